//! The form of the files. Bytes are base64, civil times `2026-11-24T10:00`, days `2026-11-24`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// By language tag.
pub(crate) type ByLanguage<T> = BTreeMap<String, T>;

/// `texts.json`
#[derive(Serialize, Deserialize)]
pub(crate) struct Texts {
    pub(crate) format: u32,
    pub(crate) languages: Vec<String>,
    pub(crate) errors: BTreeMap<String, ByLanguage<String>>,
    pub(crate) causes: BTreeMap<String, ByLanguage<String>>,
    pub(crate) spans: Vec<Span>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) text: ByLanguage<String>,
}

/// `histories.json`
#[derive(Serialize, Deserialize)]
pub(crate) struct Histories {
    pub(crate) format: u32,
    pub(crate) histories: Vec<History>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct History {
    pub(crate) shows: String,
    pub(crate) office: String,
    pub(crate) now: i64,
    pub(crate) files: Vec<String>,
    pub(crate) digest: String,
    pub(crate) name: ByLanguage<String>,
    pub(crate) days: Vec<Day>,
    pub(crate) bookings: Vec<Filed>,
    pub(crate) asks: Vec<Asked>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Day {
    pub(crate) day: String,
    pub(crate) open: Vec<(String, String)>,
    pub(crate) taken: Vec<Taken>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
pub(crate) struct Taken {
    pub(crate) unit: u32,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) kind: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Filed {
    pub(crate) ticket: String,
    pub(crate) slot: u8,
    pub(crate) stage: String,
    pub(crate) units: Vec<u32>,
    pub(crate) why: ByLanguage<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) unit: u32,
    pub(crate) start: String,
    pub(crate) end: String,
    /// The rule's number; none when it was asked for.
    pub(crate) refused: Option<u16>,
    pub(crate) text: ByLanguage<String>,
}

/// `codes.json`
#[derive(Serialize, Deserialize)]
pub(crate) struct Codes {
    pub(crate) format: u32,
    pub(crate) office: String,
    pub(crate) payloads: Vec<Payload>,
    pub(crate) bad: Vec<Bad>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) kind: String,
    pub(crate) bytes: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Bad {
    pub(crate) door: String,
    pub(crate) bytes: String,
    pub(crate) code: String,
}

/// `incident.json`
#[derive(Serialize, Deserialize)]
pub(crate) struct Incident {
    pub(crate) format: u32,
    pub(crate) office: String,
    pub(crate) now: i64,
    /// What the office says of itself.
    pub(crate) file: String,
    /// What a device of the office sends that no honest one sends.
    pub(crate) bad: String,
    pub(crate) signer: String,
    /// The alarm, as it is told.
    pub(crate) text: ByLanguage<String>,
    /// Of whoever has taken in both.
    pub(crate) digest: String,
}

/// `locks.json`
#[derive(Serialize, Deserialize)]
pub(crate) struct Locks {
    pub(crate) format: u32,
    pub(crate) office: String,
    pub(crate) now: i64,
    /// What the office says, the sealed code with it.
    pub(crate) file: String,
    /// What the device's key is made from that rents the lock.
    pub(crate) renter: String,
    /// And that of a device that rents nothing.
    pub(crate) stranger: String,
    /// What the renter reads.
    pub(crate) codes: Vec<Told>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) unit: u32,
    pub(crate) code: String,
    pub(crate) generation: u32,
    pub(crate) text: ByLanguage<String>,
}
