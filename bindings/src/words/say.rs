//! Which message says what: names, times, and lists of them.

mod booking;
mod rule;

use super::Words;
use crate::ids::Interval;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::Text;
use allkontor_core::time::CivilMinute;
use chrono::{Datelike, NaiveDate, Timelike};
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    pub(super) fn name(&self, text: Option<&Text>, otherwise: &str, number: u32) -> String {
        match text {
            Some(text) => text.in_language(&self.language).to_owned(),
            None => say!(self, otherwise, "number": number.to_string()),
        }
    }

    pub(super) fn say_unit(&self, unit: UnitId) -> String {
        let known = self.catalogue.as_ref().and_then(|office| office.unit(unit));
        self.name(known.map(|unit| &unit.name), "a-unit", unit.0)
    }

    pub(super) fn say_class(&self, class: ClassId) -> String {
        let known = self
            .catalogue
            .as_ref()
            .and_then(|office| office.class(class));
        self.name(known.map(|class| &class.name), "a-class", class.0.into())
    }

    pub(super) fn say_feature(&self, feature: FeatureId) -> String {
        let office = self.catalogue.as_ref();
        let known = office.and_then(|office| office.parts().features.get(&feature));
        self.name(known.map(|f| &f.name), "a-feature", feature.0.into())
    }

    pub(super) fn say_date(&self, date: NaiveDate) -> String {
        let weekday = format!("weekday-{}", date.weekday().number_from_monday());
        let month = format!("month-{}", date.month());
        say!(
            self,
            "date",
            "weekday": say!(self, &weekday),
            "day": date.day().to_string(),
            "month": say!(self, &month),
        )
    }

    pub(super) fn say_clock(&self, minute: CivilMinute) -> String {
        let at = minute.to_naive();
        say!(self, "clock",
            "hour": format!("{:02}", at.hour()), "minute": format!("{:02}", at.minute()))
    }

    pub(super) fn say_moment(&self, minute: CivilMinute) -> String {
        let date = self.say_date(minute.to_naive().date());
        say!(self, "moment", "date": date, "clock": self.say_clock(minute))
    }

    /// A moment that may be of another year.
    pub(super) fn say_long_moment(&self, minute: CivilMinute) -> String {
        let date = minute.to_naive().date();
        let year = date.year().to_string();
        let (date, clock) = (self.say_date(date), self.say_clock(minute));
        say!(self, "long-moment", "date": date, "year": year, "clock": clock)
    }

    pub(super) fn say_span(&self, at: Interval) -> String {
        let (first, last) = (at.start.to_naive().date(), at.end.to_naive().date());
        let (from, to) = (self.say_clock(at.start), self.say_clock(at.end));
        // Midnight at the end, and a night out, still belong to the day they began on.
        let short = at.end.minutes_since(at.start) <= 24 * 60;
        if first == last || short {
            return say!(self, "span", "date": self.say_date(first), "from": from, "to": to);
        }
        say!(self, "span-of-days",
            "from-date": self.say_date(first), "from": from,
            "to-date": self.say_date(last), "to": to)
    }

    pub(super) fn list<T>(&self, items: &[T], say: impl Fn(&T) -> String) -> String {
        let mut words = items.iter().map(say);
        let Some(mut all) = words.next() else {
            return String::new();
        };
        let mut rest: Vec<String> = words.collect();
        let last = rest.pop();
        for next in rest {
            all = say!(self, "comma", "first": all, "second": next);
        }
        match last {
            Some(last) => say!(self, "and", "first": all, "second": last),
            None => all,
        }
    }

    pub(super) fn say_error(&self, code: &str) -> String {
        let key = format!("error-{}", code.replace('_', "-"));
        if self.book.has(&key) {
            say!(self, &key)
        } else {
            say!(self, "error-unknown")
        }
    }
}
