//! What calendars show as titles.

use super::Words;
use crate::import::IcsOutcome;
use allkontor_core::id::UnitId;
use allkontor_core::model::{DayHours, Text};
use allkontor_core::view;
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    pub(crate) fn say_office(&self) -> String {
        let name = self.catalogue.as_ref();
        let name = name.map(|catalogue| catalogue.profile().name.in_language(&self.language));
        name.unwrap_or_default().to_owned()
    }

    /// Where a unit is, for somebody on the way: the units, the office, and its address.
    pub(crate) fn say_location(&self, units: &[UnitId]) -> String {
        let mut parts: Vec<String> = units.iter().map(|unit| self.say_unit(*unit)).collect();
        parts.push(self.say_office());
        if let Some(catalogue) = &self.catalogue {
            let address = &catalogue.profile().address;
            parts.push(address.street.clone());
            parts.push(format!("{} {}", address.postcode, address.city));
        }
        let parts = parts.iter().map(|part| part.trim());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    pub(crate) fn say_places(&self, units: &[UnitId]) -> String {
        self.list(units, |unit| self.say_unit(*unit))
    }

    pub(crate) fn say_booking(&self, status: view::Status) -> String {
        self.say_status(&status.into())
    }

    pub(crate) fn say_my_calendar(&self) -> String {
        say!(self, "ics-mine", "office": self.say_office())
    }

    pub(crate) fn say_unit_calendar(&self, unit: UnitId) -> String {
        say!(self, "ics-of-unit", "unit": self.say_unit(unit), "office": self.say_office())
    }

    pub(crate) fn say_taken(&self, unit: UnitId) -> String {
        say!(self, "ics-taken", "unit": self.say_unit(unit))
    }

    pub(crate) fn say_freed(&self, unit: UnitId) -> String {
        say!(self, "ics-freed", "unit": self.say_unit(unit))
    }

    /// A closed unit, or the office.
    pub(crate) fn say_shut(&self, unit: Option<UnitId>) -> String {
        let what = unit.map_or_else(|| self.say_office(), |unit| self.say_unit(unit));
        say!(self, "ics-shut", "what": what)
    }

    /// The hours of a date that has its own.
    pub(crate) fn say_open(&self, hours: &DayHours) -> String {
        if hours.open().is_empty() {
            return self.say_shut(None);
        }
        let clock = |minute: u16| {
            let (hour, minute) = (minute / 60 % 24, minute % 60);
            say!(self, "clock", "hour": format!("{hour:02}"), "minute": format!("{minute:02}"))
        };
        let hours = self.list(
            hours.open(),
            |span| say!(self, "hours", "from": clock(span.from()), "to": clock(span.to())),
        );
        say!(self, "ics-open", "office": self.say_office(), "hours": hours)
    }

    pub(super) fn say_import(&self, outcome: &IcsOutcome) -> String {
        let key = match outcome {
            IcsOutcome::Known => "ics-known",
            IcsOutcome::Taken { affected } if affected.is_empty() => "ics-closed",
            IcsOutcome::Taken { affected } => {
                return say!(self, "ics-closed-affected", "count": affected.len());
            }
            IcsOutcome::Booked { .. } => "ics-booked",
            IcsOutcome::Proposed { .. } => "ics-proposed",
            IcsOutcome::Unsuitable { why, .. } => {
                return say!(self, "ics-unsuitable", "why": why.clone());
            }
            IcsOutcome::Withdrawn => "ics-withdrawn",
            IcsOutcome::Refused { rule, .. } => return self.say_rule(rule),
            IcsOutcome::Clash => "ics-clash",
            IcsOutcome::NoPlace => "ics-no-place",
            IcsOutcome::Left => "ics-left",
        };
        say!(self, key)
    }

    pub(crate) fn say_text(&self, text: &Text) -> String {
        text.in_language(&self.language).to_owned()
    }
}
