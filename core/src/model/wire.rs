//! How days and intervals are written in a catalogue's JSON.

/// An office day as `"2026-11-24"`.
pub(super) mod day {
    use crate::time::OfficeDay;
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(day: &OfficeDay, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OfficeDay, D::Error> {
        let text = String::deserialize(from)?;
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .ok()
            .and_then(OfficeDay::from_date);
        day.ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            D::Error::custom(format_args!(
                "{shown:?} is not a date like 2026-11-24 in the years 1970 to 2199"
            ))
        })
    }
}

/// An interval as `{"start": "2026-11-24T09:00", "end": "2026-11-24T10:00"}`.
pub(super) mod interval {
    use crate::time::{CivilMinute, Interval};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[derive(Serialize, Deserialize)]
    struct Ends {
        start: CivilMinute,
        end: CivilMinute,
    }

    pub(crate) fn serialize<S: Serializer>(interval: &Interval, to: S) -> Result<S::Ok, S::Error> {
        Ends {
            start: interval.start(),
            end: interval.end(),
        }
        .serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Interval, D::Error> {
        let Ends { start, end } = Ends::deserialize(from)?;
        Interval::new(start, end).map_err(D::Error::custom)
    }
}
