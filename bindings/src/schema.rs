//! An office's hours as schema.org writes them.

use crate::AllkontorError;
use allkontor_core::device::DeviceError;
use allkontor_core::model::{Catalogue, Parts};
use allkontor_interchange::schema;

/// The hours of a catalogue, given as JSON, as JSON-LD of schema.org's `OpeningHoursSpecification`, to be put into a web
/// page. `language` (BCP 47) is the one that notes are written in. A span of a day or more, which it has no words for, is
/// refused.
#[uniffi::export]
pub fn schema_hours(catalogue: Vec<u8>, language: String) -> Result<String, AllkontorError> {
    let catalogue = Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?;
    schema::from_hours(&catalogue.parts().hours, &language)
        .map_err(|error| AllkontorError::argument("not_sayable", error))
}

/// A catalogue, given as JSON, with the hours of a page's JSON-LD instead of its own: JSON to found or publish with. Its
/// calendar stays, and says which days `PublicHolidays` are. What cannot be said exactly in the engine's terms is refused,
/// with the specification and the reason.
#[uniffi::export]
pub fn with_schema_hours(
    catalogue: Vec<u8>,
    json_ld: String,
    language: String,
) -> Result<Vec<u8>, AllkontorError> {
    let catalogue = Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?;
    let parts = catalogue.parts().clone();
    let hours = schema::read(&json_ld, parts.hours.calendar, &language)
        .map_err(|error| AllkontorError::argument("not_hours", error))?;
    let catalogue = Catalogue::new(Parts { hours, ..parts }).map_err(DeviceError::from)?;
    Ok(catalogue.to_bytes().to_vec())
}
