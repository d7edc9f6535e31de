use super::{Text, wire};
use crate::time::{OfficeDay, UnknownZone, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who and where an office is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What the office is called.
    pub name: Text,
    /// Where its door is.
    pub address: Address,
    /// Language tags (BCP 47) in which people are served.
    pub languages: BTreeSet<String>,
    /// The IANA time zone of the wall clock, such as `Europe/Stockholm`. The Genesis decides; this is for readers
    /// who have only the catalogue.
    pub zone: String,
    /// What kind of body runs the office.
    pub operator: Operator,
    /// Who asked the operator to run it, such as a municipality; `None` when nobody did.
    #[serde(default)]
    pub commissioned_by: Option<String>,
    /// Whether the office is here to stay.
    pub duration: Duration,
}

impl Profile {
    /// The time zone, when this device's database has it.
    pub fn zone(&self) -> Result<Zone, UnknownZone> {
        Zone::new(&self.zone)
    }
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postcode, as written in that country.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Country code (ISO 3166-1 alpha-2), such as `SE`.
    pub country: String,
}

/// What kind of body runs an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// A municipality.
    Municipality,
    /// A library.
    Library,
    /// An association.
    Association,
    /// A company.
    Company,
    /// A housing company.
    HousingCompany,
    /// Several of them together.
    Collaboration,
    /// A kind that this version has no word for.
    #[serde(other)]
    Other,
}

/// Whether an office is here to stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Duration {
    /// No last day is known.
    Permanent,
    /// A shop-front open for one summer: closed before the first day and after the last.
    Temporary {
        /// The first day it opens.
        #[serde(with = "wire::day")]
        first: OfficeDay,
        /// The last day it opens.
        #[serde(with = "wire::day")]
        last: OfficeDay,
    },
}

impl Duration {
    /// Whether the office is there on that day.
    pub fn includes(self, day: OfficeDay) -> bool {
        match self {
            Self::Permanent => true,
            Self::Temporary { first, last } => first <= day && day <= last,
        }
    }
}
