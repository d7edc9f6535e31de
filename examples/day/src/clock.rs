//! Times and dates as people write them.

use allkontor_core::time::{CivilMinute, Interval, OfficeDay};

/// `09:45`.
pub fn time(at: CivilMinute) -> String {
    at.to_naive().format("%H:%M").to_string()
}

/// `09:45–11:00`.
pub fn span(interval: Interval) -> String {
    format!("{}–{}", time(interval.start()), time(interval.end()))
}

/// `Tuesday 16 June 2026`.
pub fn date(day: OfficeDay) -> String {
    day.date().format("%A %-d %B %Y").to_string()
}

/// `09:45`, with the weekday before it when it is of another day: `Mon 21:10`.
pub fn time_on(day: OfficeDay, at: CivilMinute) -> String {
    let at = at.to_naive();
    let format = if at.date() == day.date() {
        "%H:%M"
    } else {
        "%a %H:%M"
    };
    at.format(format).to_string()
}

/// `2026-06-16T09:45`.
pub fn iso(at: CivilMinute) -> String {
    at.to_naive().format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_write_them() {
        let at = |hour| CivilMinute::from_ymd_hm(2026, 6, 15, hour, 5).unwrap();
        let tuesday = OfficeDay::from_ymd(2026, 6, 16).unwrap();
        assert_eq!(span(Interval::new(at(9), at(10)).unwrap()), "09:05–10:05");
        assert_eq!(iso(at(9)), "2026-06-15T09:05");
        assert_eq!(date(tuesday), "Tuesday 16 June 2026");
        assert_eq!(time_on(tuesday, at(21)), "Mon 21:05");
        assert_eq!(time_on(tuesday.plus(-1), at(21)), "21:05");
    }
}
