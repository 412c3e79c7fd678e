//! XML as an ordered tree of elements that remembers its lines, so that nothing of a document is lost and every
//! fault has a place.
//!
//! Names carry the prefixes customary in UBL (`cac:`, `cbc:`) whatever the file's own are; elements of other
//! namespaces are `{namespace}name`. Comments and processing instructions say nothing about the document and are dropped.
//! Document types and entities of their own are refused: no invoice needs them, and they are how XML attacks its reader.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use serde::{Deserialize, Serialize};

const CAC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const CBC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const EXT: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2";
const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
/// Customary prefix of each known namespace; the two document namespaces are the default one.
const PREFIXES: &[(&str, &str)] = &[
    (CAC, "cac:"),
    (CBC, "cbc:"),
    (EXT, "ext:"),
    (INVOICE, ""),
    (CREDIT_NOTE, ""),
];
/// Deeper documents are not invoices.
const DEPTH_MAX: usize = 64;

/// An element with everything in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Name with its customary prefix.
    pub name: String,
    /// Attributes in order, without namespace declarations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(String, String)>,
    /// Text and elements in order; white space between elements is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<Node>,
    /// The line where it begins.
    #[serde(skip)]
    pub line: u32,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text as it is meant, references resolved.
    Text(String),
    /// The invoice line of this position (from 1) stood here; it is kept with the line.
    Line(u32),
}

impl Element {
    /// Child elements in order.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Children of that name.
    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first element at a path of names, e.g. `cac:Party/cbc:ID`.
    pub fn at(&self, path: &str) -> Option<&Element> {
        path.split('/').try_fold(self, |element, name| {
            element.children().find(|child| child.name == name)
        })
    }

    /// The text of the first element at a path, trimmed; none if it is absent or empty.
    pub fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).map(Element::text).filter(|text| !text.is_empty())
    }

    /// Own text, trimmed. Text in several pieces is the first piece: the reader joins neighbours.
    pub fn text(&self) -> &str {
        self.nodes
            .iter()
            .find_map(|node| match node {
                Node::Text(text) => Some(text.trim()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every element at a path of names, in document order.
    pub fn all_at<'a>(&'a self, path: &str) -> Vec<&'a Element> {
        let mut found = vec![self];
        for name in path.split('/') {
            found = found
                .into_iter()
                .flat_map(|e| e.children().filter(|c| c.name == name).collect::<Vec<_>>())
                .collect();
        }
        found
    }

    /// Visits this element and all below it with their paths; repeated siblings are counted (`cac:InvoiceLine[2]`).
    pub fn walk<'a>(&'a self, path: &str, visit: &mut dyn FnMut(&str, &'a Element)) {
        visit(path, self);
        for (index, child) in self.children().enumerate() {
            let twins = self.all(&child.name).count();
            let nth = self
                .children()
                .take(index)
                .filter(|c| c.name == child.name)
                .count()
                + 1;
            let step = if twins > 1 {
                format!("{path}/{}[{nth}]", child.name)
            } else {
                format!("{path}/{}", child.name)
            };
            child.walk(&step, visit);
        }
    }

    /// The element as XML text with the customary prefixes; `root` gets the namespace declarations.
    pub fn write_xml(&self, root: bool, out: &mut String) {
        use quick_xml::escape::escape;
        let (namespace, name) = self
            .name
            .split_once('}')
            .map_or((None, self.name.as_str()), |(ns, name)| {
                (ns.strip_prefix('{'), name)
            });
        out.push('<');
        out.push_str(name);
        if root {
            let own = if self.name == "CreditNote" {
                CREDIT_NOTE
            } else {
                INVOICE
            };
            for (prefix, namespace) in [("", own), (":cac", CAC), (":cbc", CBC), (":ext", EXT)] {
                out.push_str(&format!(" xmlns{prefix}=\"{namespace}\""));
            }
        }
        if let Some(namespace) = namespace {
            out.push_str(&format!(" xmlns=\"{}\"", escape(namespace)));
        }
        for (index, (key, value)) in self.attributes.iter().enumerate() {
            match key.strip_prefix('{').and_then(|key| key.split_once('}')) {
                Some((ns, key)) => {
                    out.push_str(&format!(
                        " xmlns:a{index}=\"{}\" a{index}:{key}=\"{}\"",
                        escape(ns),
                        attribute_text(value)
                    ));
                }
                None => out.push_str(&format!(" {key}=\"{}\"", attribute_text(value))),
            }
        }
        out.push('>');
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.write_xml(false, out),
                // A bare carriage return would come back as a line feed.
                Node::Text(text) => out.push_str(&escape(text.as_str()).replace('\r', "&#13;")),
                Node::Line(_) => {}
            }
        }
        out.push_str(&format!("</{name}>"));
    }
}

/// White space other than the blank would come back from an attribute as blanks.
fn attribute_text(value: &str) -> String {
    quick_xml::escape::escape(value)
        .replace('\r', "&#13;")
        .replace('\n', "&#10;")
        .replace('\t', "&#9;")
}

/// Why a text is no XML we read: code, line, sentence.
pub(super) struct NotXml {
    pub code: &'static str,
    pub line: u32,
    pub reason: String,
}

/// Reads a whole document.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, NotXml> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
        NotXml {
            code: "XML_ENCODING",
            line: lines(before) + 1,
            reason: "The file is not encoded in UTF-8.".to_owned(),
        }
    })?;
    Parser {
        text,
        reader: NsReader::from_str(text),
        counted: 0,
        line: 1,
    }
    .document()
}

fn lines(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap_or(u32::MAX)
}

struct Parser<'a> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    /// Up to this byte the lines are counted.
    counted: usize,
    line: u32,
}

impl Parser<'_> {
    fn document(mut self) -> Result<Element, NotXml> {
        let mut open: Vec<Element> = Vec::new();
        let mut root: Option<Element> = None;
        loop {
            self.count_lines();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(e) => return Err(self.malformed(format!("The file is no well-formed XML: {e}."))),
            };
            match event {
                Event::Decl(declaration) => {
                    if let Some(Ok(encoding)) = declaration.encoding()
                        && !encoding.eq_ignore_ascii_case(b"utf-8")
                        && !encoding.eq_ignore_ascii_case(b"us-ascii")
                    {
                        return Err(self.fault(
                            "XML_ENCODING",
                            "The file declares an encoding other than UTF-8.".to_owned(),
                        ));
                    }
                }
                Event::DocType(_) => {
                    return Err(self.fault(
                        "XML_DTD",
                        "Document types and entities are not accepted.".to_owned(),
                    ));
                }
                Event::Start(start) => {
                    if open.len() >= DEPTH_MAX {
                        return Err(self.malformed(format!("Elements are nested deeper than {DEPTH_MAX}.")));
                    }
                    let element = self.element(&start)?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.close(element, &mut open, &mut root)?;
                }
                Event::End(_) => {
                    if let Some(element) = open.pop() {
                        self.close(element, &mut open, &mut root)?;
                    }
                }
                Event::Text(text) => match text.xml_content() {
                    Ok(text) => self.add_text(&text, &mut open)?,
                    Err(e) => return Err(self.malformed(format!("The file is no well-formed XML: {e}."))),
                },
                Event::CData(data) => match data.decode() {
                    Ok(text) => self.add_text(&text, &mut open)?,
                    Err(e) => return Err(self.malformed(format!("The file is no well-formed XML: {e}."))),
                },
                Event::GeneralRef(reference) => {
                    let name = reference.decode().unwrap_or_default().into_owned();
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(c)) if c == '\t' || c == '\n' || c == '\r' || !c.is_control() => {
                            c.to_string()
                        }
                        Ok(None) => match quick_xml::escape::resolve_predefined_entity(&name) {
                            Some(text) => text.to_owned(),
                            None => {
                                return Err(
                                    self.fault("XML_DTD", format!("The entity &{name}; is not accepted."))
                                );
                            }
                        },
                        _ => return Err(self.malformed(format!("The reference &{name}; is no character."))),
                    };
                    self.add_text(&text, &mut open)?;
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if let Some(element) = open.last() {
            return Err(self.malformed(format!("The file ends inside {}.", element.name)));
        }
        root.ok_or_else(|| self.malformed("The file has no element.".to_owned()))
    }

    fn count_lines(&mut self) {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(self.counted);
        self.line += lines(
            self.text
                .as_bytes()
                .get(self.counted..position)
                .unwrap_or_default(),
        );
        self.counted = position;
    }

    fn fault(&self, code: &'static str, reason: String) -> NotXml {
        NotXml {
            code,
            line: self.line,
            reason,
        }
    }

    fn malformed(&self, reason: String) -> NotXml {
        self.fault("XML_MALFORMED", reason)
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, NotXml> {
        let name = match self.reader.resolve_element(start.name()) {
            (ResolveResult::Bound(ns), local) => named(ns, local.as_ref()),
            (ResolveResult::Unbound, local) => String::from_utf8_lossy(local.as_ref()).into_owned(),
            (ResolveResult::Unknown(prefix), _) => {
                return Err(self.malformed(format!(
                    "The prefix {} is not declared.",
                    String::from_utf8_lossy(&prefix)
                )));
            }
        };
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute =
                attribute.map_err(|e| self.malformed(format!("An attribute is malformed: {e}.")))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute
                .unescape_value()
                .map_err(|e| self.malformed(format!("An attribute is malformed: {e}.")))?;
            let key = match self.reader.resolve_attribute(attribute.key) {
                (ResolveResult::Bound(Namespace(ns)), local) => {
                    format!(
                        "{{{}}}{}",
                        String::from_utf8_lossy(ns),
                        String::from_utf8_lossy(local.as_ref())
                    )
                }
                (_, local) => String::from_utf8_lossy(local.as_ref()).into_owned(),
            };
            self.characters(&value)?;
            attributes.push((key, value.into_owned()));
        }
        Ok(Element {
            name,
            attributes,
            nodes: Vec::new(),
            line: self.line,
        })
    }

    fn close(
        &self,
        mut element: Element,
        open: &mut [Element],
        root: &mut Option<Element>,
    ) -> Result<(), NotXml> {
        // Between elements white space is layout; an element with text only keeps it as written.
        if element.nodes.iter().any(|node| matches!(node, Node::Element(_))) {
            element
                .nodes
                .retain(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
        }
        match open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Element(element)),
            None if root.is_none() => *root = Some(element),
            None => return Err(self.malformed("The file has a second root element.".to_owned())),
        }
        Ok(())
    }

    fn characters(&self, text: &str) -> Result<(), NotXml> {
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}'))
        {
            return Err(self.malformed("The file holds a control character that XML forbids.".to_owned()));
        }
        Ok(())
    }

    fn add_text(&self, text: &str, open: &mut [Element]) -> Result<(), NotXml> {
        self.characters(text)?;
        match open.last_mut() {
            Some(parent) => match parent.nodes.last_mut() {
                Some(Node::Text(before)) => before.push_str(text),
                _ => parent.nodes.push(Node::Text(text.to_owned())),
            },
            None if text.trim().is_empty() => {}
            None => return Err(self.malformed("Text stands outside the root element.".to_owned())),
        }
        Ok(())
    }
}

fn named(Namespace(ns): Namespace<'_>, local: &[u8]) -> String {
    let ns = String::from_utf8_lossy(ns);
    let local = String::from_utf8_lossy(local);
    match PREFIXES.iter().find(|(known, _)| *known == ns) {
        // The names of the two roots differ already; a root name in the wrong namespace keeps its namespace.
        Some((known, "")) if *known != INVOICE && local == "Invoice" => format!("{{{ns}}}{local}"),
        Some((known, "")) if *known != CREDIT_NOTE && local == "CreditNote" => format!("{{{ns}}}{local}"),
        Some((_, prefix)) => format!("{prefix}{local}"),
        None => format!("{{{ns}}}{local}"),
    }
}
