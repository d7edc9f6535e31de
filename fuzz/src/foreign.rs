use allkontor_core::model::HolidayCalendar;
use allkontor_core::time::Zone;
use allkontor_interchange::ics::{self, MAX_DATES, MAX_LENGTH_DAYS, MAX_UID};
use allkontor_interchange::{archive, osm, schema};

/// Reads the input as each kind of file that an office takes in from elsewhere.
///
/// Whatever is read keeps within the limits, and what we write of it reads back equal.
pub fn foreign(input: &[u8]) {
    let zone = Zone::new("Europe/Stockholm").expect("a zone");
    if let Ok(import) = ics::read(input, zone) {
        assert!(import.dates.len() <= MAX_DATES);
        for date in &import.dates {
            assert!(date.uid.len() <= MAX_UID && !date.uid.is_empty());
            // A night on which the clocks change may add an hour.
            assert!(date.interval.minutes() <= (MAX_LENGTH_DAYS + 2) * 1440);
        }
        assert_eq!(ics::read(input, zone), Ok(import));
    }
    if let Ok(archive) = archive::read(input) {
        assert_eq!(archive::read(&archive::write(&archive)), Ok(archive));
    }
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let sweden = HolidayCalendar::Sweden;
    if let Ok(hours) = schema::read(text, sweden, "sv")
        && let Ok(written) = schema::from_hours(&hours, "sv")
    {
        // What was read can take more room to say than a file may have.
        if let Ok(again) = schema::read(&written, sweden, "sv") {
            assert_eq!(again.weekly, hours.weekly);
        }
    }
    if let Ok(hours) = osm::HoursText::open(text).read(sweden, "sv") {
        osm::from_hours(&hours, "sv");
    }
}
