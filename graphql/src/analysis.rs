//! What a document asks for before anything runs: root fields, aliases, and what it would cost.
//!
//! Cost: one per field; lists multiply what is below them by `first`, by the number of ids, or by ten.

use crate::connection::{PAGE, PAGE_MOST};
use juniper::meta::MetaType;
use juniper::{
    DefaultScalarValue, Definition, Document, InputValue, Operation, OperationType, SchemaType, Selection,
    Variables,
};
use std::collections::HashMap;

type S = DefaultScalarValue;

/// Most a document may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Nesting.
    pub depth: usize,
    /// Tokens of the text.
    pub tokens: usize,
    /// Fields after fragments are put in place.
    pub fields: usize,
    /// Aliases.
    pub aliases: usize,
    /// Root fields.
    pub roots: usize,
    /// Cost.
    pub cost: u32,
}

/// The limits of the house. Introspection by common tools has to fit in.
pub const LIMITS: Limits = Limits {
    depth: 20,
    tokens: 4_000,
    fields: 3_000,
    aliases: 30,
    roots: 10,
    cost: 10_000,
};

/// What a document asks for.
#[derive(Debug)]
pub struct Analysis {
    /// Root fields by name, with the key they answer under.
    pub roots: Vec<(String, String)>,
    /// Aliases in the whole document.
    pub aliases: usize,
    cost: Vec<Cost>,
}

#[derive(Debug)]
struct Cost {
    times: Times,
    below: Vec<Cost>,
}

#[derive(Debug)]
enum Times {
    /// That many rows.
    Fixed(u32),
    /// `first`, or the number of ids, given by a variable; with its default.
    Variable(String, u32),
}

impl Analysis {
    /// Cost with these variables; saturates.
    pub fn cost(&self, variables: &Variables<S>) -> u32 {
        self.cost
            .iter()
            .fold(0, |sum, c| sum.saturating_add(c.of(variables)))
    }

    /// A key that two root fields answer under: juniper would run the field twice.
    pub fn doubled_root(&self) -> Option<&str> {
        let keys: Vec<&str> = self.roots.iter().map(|(_, key)| key.as_str()).collect();
        keys.iter()
            .enumerate()
            .find(|(i, key)| keys.iter().take(*i).any(|k| k == *key))
            .map(|(_, key)| *key)
    }

    /// Reads a valid document.
    pub fn of(
        document: &Document<'_, S>,
        operation_name: Option<&str>,
        schema: &SchemaType<S>,
    ) -> Option<Analysis> {
        let fragments: HashMap<&str, (&str, &[Selection<'_, S>])> = document
            .iter()
            .filter_map(|d| match d {
                Definition::Fragment(f) => Some((
                    f.item.name.item,
                    (f.item.type_condition.item, f.item.selection_set.as_slice()),
                )),
                Definition::Operation(_) => None,
            })
            .collect();
        let operation: &Operation<'_, S> = document.iter().find_map(|d| match d {
            Definition::Operation(o)
                if operation_name.is_none() || o.item.name.as_ref().map(|n| n.item) == operation_name =>
            {
                Some(&o.item)
            }
            _ => None,
        })?;
        let root = match operation.operation_type {
            OperationType::Query => Some(schema.concrete_query_type()),
            OperationType::Mutation => schema.concrete_mutation_type(),
            OperationType::Subscription => schema.concrete_subscription_type(),
        };
        let mut walk = Walk {
            fragments,
            schema,
            aliases: 0,
            roots: Vec::new(),
        };
        let cost = walk.selections(&operation.selection_set, root, None, true);
        Some(Analysis {
            roots: walk.roots,
            aliases: walk.aliases,
            cost,
        })
    }
}

impl Cost {
    fn of(&self, variables: &Variables<S>) -> u32 {
        let times = match &self.times {
            Times::Fixed(n) => *n,
            Times::Variable(name, default) => variables
                .get(name.as_str())
                .map_or(*default, |v| rows_of(v).unwrap_or(*default)),
        };
        let below = self
            .below
            .iter()
            .fold(0u32, |sum, c| sum.saturating_add(c.of(variables)));
        1u32.saturating_add(below.saturating_mul(times))
    }
}

/// Rows an argument stands for: a number, or the length of a list.
fn rows_of(value: &InputValue<S>) -> Option<u32> {
    match value {
        InputValue::Scalar(DefaultScalarValue::Int(n)) => Some(u32::try_from(*n).unwrap_or(0)),
        InputValue::List(items) => u32::try_from(items.len()).ok(),
        _ => None,
    }
}

struct Walk<'d, 's> {
    fragments: HashMap<&'d str, (&'d str, &'d [Selection<'d, S>])>,
    schema: &'s SchemaType<S>,
    aliases: usize,
    roots: Vec<(String, String)>,
}

impl<'d> Walk<'d, '_> {
    fn selections(
        &mut self,
        selections: &'d [Selection<'d, S>],
        of: Option<&MetaType<S>>,
        page: Option<&Times>,
        is_root: bool,
    ) -> Vec<Cost> {
        let mut out = Vec::new();
        for selection in selections {
            match selection {
                Selection::Field(_) => out.extend(self.field(selection, of, page, is_root)),
                Selection::FragmentSpread(spread) => {
                    if let Some((of, selections)) = self.fragments.get(spread.item.name.item).copied() {
                        let of = self.schema.concrete_type_by_name(of);
                        out.extend(self.selections(selections, of, page, is_root));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let named = inline
                        .item
                        .type_condition
                        .as_ref()
                        .and_then(|t| self.schema.concrete_type_by_name(t.item));
                    out.extend(self.selections(&inline.item.selection_set, named.or(of), page, is_root));
                }
            }
        }
        out
    }

    // juniper keeps the type of a field to itself, hence the whole selection.
    fn field(
        &mut self,
        selection: &'d Selection<'d, S>,
        of: Option<&MetaType<S>>,
        page: Option<&Times>,
        is_root: bool,
    ) -> Option<Cost> {
        let Selection::Field(field) = selection else {
            return None;
        };
        let field = &field.item;
        let name = field.name.item;
        if field.alias.is_some() {
            self.aliases += 1;
        }
        if is_root {
            let key = field.alias.as_ref().map_or(name, |a| a.item);
            self.roots.push((name.to_owned(), key.to_owned()));
        }
        let meta = of.and_then(|of| of.field_by_name(name));
        let field_type = meta.map(|m| self.schema.make_type(&m.field_type));
        let is_list = field_type.as_ref().is_some_and(|t| t.list_contents().is_some());
        let below_type = field_type.as_ref().map(|t| t.innermost_concrete());
        let counted = |wanted: &str| {
            let arguments = field.arguments.as_ref()?;
            let (_, value) = arguments.item.items.iter().find(|(n, _)| n.item == wanted)?;
            Some(match &value.item {
                InputValue::Variable(v) => Times::Variable(v.clone(), PAGE_MOST.unsigned_abs()),
                other => Times::Fixed(rows_of(other).unwrap_or(PAGE.unsigned_abs())),
            })
        };
        let has_first = meta
            .and_then(|m| m.arguments.as_ref())
            .is_some_and(|a| a.iter().any(|a| a.name == "first"));
        let own_page = if has_first {
            Some(counted("first").unwrap_or(Times::Fixed(PAGE.unsigned_abs())))
        } else {
            None
        };
        let times = match (is_list, counted("ids"), page) {
            (true, Some(ids), _) => ids,
            (true, None, Some(Times::Fixed(n))) if name == "edges" => Times::Fixed(*n),
            (true, None, Some(Times::Variable(v, d))) if name == "edges" => Times::Variable(v.clone(), *d),
            (true, ..) => Times::Fixed(10),
            (false, ..) => Times::Fixed(1),
        };
        let below = match &field.selection_set {
            Some(selections) => self.selections(selections, below_type, own_page.as_ref(), false),
            None => Vec::new(),
        };
        Some(Cost { times, below })
    }
}
