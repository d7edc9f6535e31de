//! An office's hours as OpenStreetMap writes them.

use crate::AllkontorError;
use allkontor_core::device::DeviceError;
use allkontor_core::model::{Catalogue, Parts};
use allkontor_interchange::osm;

/// An office's hours as OpenStreetMap's tags.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OsmHours {
    /// The value of `opening_hours`: when the office is open.
    pub opening_hours: String,
    /// The value of `service_times`: when it is staffed. Empty when nobody promised to be there.
    #[uniffi(default = "")]
    pub service_times: String,
}

/// The hours of a catalogue, given as JSON. `language` (BCP 47) is the one that notes are written in.
#[uniffi::export]
pub fn osm_hours(catalogue: Vec<u8>, language: String) -> Result<OsmHours, AllkontorError> {
    let catalogue = read(&catalogue)?;
    let osm::HoursText {
        opening_hours,
        service_times,
    } = osm::from_hours(&catalogue.parts().hours, &language);
    Ok(OsmHours {
        opening_hours,
        service_times,
    })
}

/// A catalogue, given as JSON, with these hours instead of its own: JSON to found or publish with. Its calendar stays, and
/// says which days `PH` means. `language` (BCP 47) is the one that comments are in. What cannot be said exactly in the
/// engine's terms is refused, with the rule and the reason.
#[uniffi::export]
pub fn with_osm_hours(
    catalogue: Vec<u8>,
    hours: OsmHours,
    language: String,
) -> Result<Vec<u8>, AllkontorError> {
    let catalogue = read(&catalogue)?;
    let text = osm::HoursText {
        opening_hours: hours.opening_hours,
        service_times: hours.service_times,
    };
    let parts = catalogue.parts().clone();
    let hours = text
        .read(parts.hours.calendar, &language)
        .map_err(|error| AllkontorError::argument("not_hours", error))?;
    let catalogue = Catalogue::new(Parts { hours, ..parts }).map_err(DeviceError::from)?;
    Ok(catalogue.to_bytes())
}

fn read(catalogue: &[u8]) -> Result<Catalogue, AllkontorError> {
    Ok(Catalogue::from_bytes(catalogue).map_err(DeviceError::from)?)
}
