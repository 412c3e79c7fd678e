//! A utility as the rest of the house sees it.

use crate::fault::Stored;
use crate::ids::TenantId;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text_enum! {
    /// What is supplied.
    Commodity {
        /// Electricity.
        Electricity = "electricity",
        /// Natural gas.
        Gas = "gas",
        /// Drinking and waste water.
        Water = "water",
        /// District heat.
        Heat = "heat",
    }
}

/// A text per language (ISO 639-1).
pub type Labels = BTreeMap<String, String>;

/// The label in `language`, else in `fallback`, else any, else the empty text.
pub fn label<'a>(labels: &'a Labels, language: &str, fallback: &str) -> &'a str {
    labels
        .get(language)
        .or_else(|| labels.get(fallback))
        .or_else(|| labels.values().next())
        .map_or("", String::as_str)
}

/// Logo outline, mark and solid colour of a utility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// bolt, flame, w, drop …
    pub mark: String,
    /// square, hexagon, circle, drop.
    pub shape: String,
    /// `#rrggbb`, text on it is white.
    pub solid: String,
}

/// A utility, or the centre itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Short key used in the `Busbar-Tenant` header and in addresses.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it supplies.
    pub commodities: Vec<Commodity>,
    /// ISO 3166 country.
    pub country: String,
    /// Languages it serves, its own first.
    pub languages: Vec<String>,
    /// IANA time zone.
    pub zone: String,
    /// ISO 4217 currency.
    pub currency: String,
    /// Prefix of its case numbers.
    pub case_prefix: String,
    /// Name its mails come from.
    pub mail_name: String,
    /// Address its mails come from.
    pub mail_address: String,
    /// Its looks.
    pub brand: Brand,
    /// What an operator says first, per language.
    pub greetings: Labels,
}

impl Tenant {
    /// The day it is at the utility; in UTC if its zone is unknown.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        let zone: Tz = self.zone.parse().unwrap_or(Tz::UTC);
        now.with_timezone(&zone).date_naive()
    }

    /// The language that texts fall back to.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }
}

/// Where utilities are read. They are platform rows: no tenant has to be set.
pub trait TenantStore {
    /// All utilities, the centre (nil id) included, by key.
    fn tenant_list(&mut self) -> Stored<Vec<Tenant>>;
}
