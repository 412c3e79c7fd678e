//! Readers of foreign formats: bytes in, domain records out, nothing stored and nothing guessed.
//!
//! A file is taken whole or not at all. Every fault found is told, each with its place, so that the sender can
//! mend the file in one go.

mod codes;
mod csv_text;
mod customers_csv;
mod tree;
mod ubl;

pub use customers_csv::customers_csv;
pub use tree::{Element, Node};
pub use ubl::{rule_faults, ubl, ubl_xml};

/// Most faults that are told of one file; a file with more is not the one that was meant.
pub const FAULTS_MAX: usize = 100;

/// A format that `import` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Customers with accounts, supply points and meters, one row per supply point.
    CustomersCsv,
    /// An EN 16931 invoice or credit note in UBL 2.1.
    Ubl,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] = &[Format::CustomersCsv, Format::Ubl];

    /// The format's name on the command line and in the import log.
    pub const fn text(self) -> &'static str {
        match self {
            Format::CustomersCsv => "customers-csv",
            Format::Ubl => "ubl",
        }
    }

    /// The format of that name.
    pub fn parse(text: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.text() == text)
    }
}

/// Where in a file a fault was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name as it was given.
    pub file: String,
    /// Line, from 1; none if the file as a whole is meant.
    pub line: Option<u32>,
    /// Path of the element (`/Invoice/cac:InvoiceLine[2]/cbc:ID`) or name of the column.
    pub element: Option<String>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.element {
            Some(element) => write!(f, " {element}"),
            None => Ok(()),
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    /// Stable code, e.g. `CSV_COLUMN_MISSING` or `UBL_TOTAL_DIFFERS`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// One English sentence; begins with the rule of the standard where there is one.
    pub reason: String,
}

impl std::fmt::Display for ReadFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} {}", self.place, self.code, self.reason)
    }
}
