//! A utility as clients see it.

use crate::context::Ctx;
use crate::ids::{self, Kind};
use crate::scalars::Commodity;
use domain::tenant as model;
use juniper::{GraphQLObject, ID, graphql_object};
use std::sync::Arc;

/// A utility served by the centre.
pub struct Tenant(pub Arc<model::Tenant>);

/// How a utility looks.
#[derive(GraphQLObject)]
pub struct Brand {
    /// Mark inside the logo: bolt, flame, w, drop.
    pub mark: String,
    /// Outline of the logo: square, hexagon, circle, drop.
    pub shape: String,
    /// Solid colour, `#rrggbb`; text on it is white.
    pub solid: String,
}

/// A key with its label in the reader's language.
#[derive(GraphQLObject)]
pub struct Label {
    /// Key, to be sent back.
    pub key: String,
    /// Label, to be shown.
    pub label: String,
}

impl Label {
    /// Labels of a dictionary.
    pub fn list(ctx: &Ctx, rows: Vec<(String, model::Labels)>) -> Vec<Label> {
        let fallback = ctx.tenant().map_or("en", |t| t.language()).to_owned();
        rows.into_iter()
            .map(|(key, labels)| Label {
                label: model::label(&labels, ctx.locale().text(), &fallback).to_owned(),
                key,
            })
            .collect()
    }
}

/// A utility served by the centre.
#[graphql_object(context = Ctx)]
impl Tenant {
    /// Global id.
    fn id(&self) -> ID {
        ids::encode(Kind::Tenant, self.0.id, self.0.id)
    }
    /// Key: goes into the `Busbar-Tenant` header and into addresses.
    fn key(&self) -> &str {
        &self.0.key
    }
    /// Its name.
    fn name(&self) -> &str {
        &self.0.name
    }
    /// ISO 3166 country.
    fn country(&self) -> &str {
        &self.0.country
    }
    /// ISO 4217 currency.
    fn currency(&self) -> &str {
        &self.0.currency
    }
    /// IANA time zone.
    fn zone(&self) -> &str {
        &self.0.zone
    }
    /// Languages it serves, its own first.
    fn languages(&self) -> &[String] {
        &self.0.languages
    }
    /// What it supplies.
    fn commodities(&self) -> Vec<Commodity> {
        self.0.commodities.iter().map(|c| (*c).into()).collect()
    }
    /// How it looks.
    fn brand(&self) -> Brand {
        let b = &self.0.brand;
        Brand {
            mark: b.mark.clone(),
            shape: b.shape.clone(),
            solid: b.solid.clone(),
        }
    }
    /// What an operator says first.
    fn greeting(
        &self,
        #[graphql(description = "ISO 639-1 language of the customer; the utility's own if absent.")] language: Option<String>,
    ) -> &str {
        model::label(
            &self.0.greetings,
            language.as_deref().unwrap_or(self.0.language()),
            self.0.language(),
        )
    }
}
