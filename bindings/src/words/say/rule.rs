//! Causes, rules, and what they leave free.

use super::super::Words;
use crate::desk::Allowance;
use crate::hours::Holiday;
use crate::ids::Interval;
use crate::rule::{LimitKind, Rule};
use crate::status::Cause;
use allkontor_core::model::Text;
use allkontor_core::time::{CivilMinute, OfficeDay};
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    pub(in crate::words) fn say_cause(&self, cause: &Cause) -> String {
        let key = match cause {
            Cause::Cancelled => "cause-cancelled",
            Cause::Moved => "cause-moved",
            Cause::NoShow => "cause-no-show",
            Cause::Closed => "cause-closed",
            Cause::Override => "cause-override",
            Cause::Lost => "cause-lost",
            Cause::Ended => "cause-ended",
            Cause::Limit => "cause-limit",
            Cause::Rules => "cause-rules",
            Cause::Uses => "cause-uses",
            Cause::Staff => "cause-staff",
            Cause::Present => "cause-present",
            Cause::Late => "cause-late",
            Cause::Transferred => "cause-transferred",
            Cause::Taken => "cause-taken",
            Cause::CalledOff => "cause-called-off",
            Cause::Guidelines => "cause-guidelines",
            Cause::ByRule {
                number: super::super::people::GUIDELINES,
                ..
            } => {
                return self.say_guidelines_first();
            }
            Cause::ByRule { key: Some(key), .. } => {
                let key = format!("by-rule-{}", key.replace('_', "-"));
                if self.book.has(&key) {
                    return say!(self, &key);
                }
                "cause-later"
            }
            Cause::ByRule { key: None, .. } | Cause::Later { .. } => "cause-later",
        };
        say!(self, key)
    }

    pub(in crate::words) fn say_rule(&self, rule: &Rule) -> String {
        let moment = |minute: &CivilMinute| self.say_moment(*minute);
        let day = |day: &OfficeDay| self.say_date(day.date());
        match rule {
            Rule::UnknownUnit { unit } => {
                let unit = say!(self, "a-unit", "number": unit.0.to_string());
                say!(self, "rule-unknown-unit", "unit": unit)
            }
            Rule::NotBookable { unit } => {
                say!(self, "rule-not-bookable", "unit": self.say_unit(*unit))
            }
            Rule::ClosedThatDay { day: closed } => {
                say!(self, "rule-closed-that-day", "day": day(closed))
            }
            Rule::OutsideHours { day: on, open } => {
                let hours = |at: &Interval| {
                    let (from, to) = (self.say_clock(at.start), self.say_clock(at.end));
                    say!(self, "hours", "from": from, "to": to)
                };
                let open = self.list(open, hours);
                say!(self, "rule-outside-hours", "day": day(on), "open": open)
            }
            Rule::ClosedFor { closed, reason } => {
                let pairs = reason
                    .iter()
                    .map(|(tag, words)| (tag.as_str(), words.as_str()));
                let reason = Text::new(pairs).in_language(&self.language).to_owned();
                say!(self, "rule-closed-for", "when": self.say_span(*closed), "reason": reason)
            }
            Rule::TooShort { least, got } => {
                say!(self, "rule-too-short", "least": least.to_string(), "got": got.to_string())
            }
            Rule::TooLong { most, got } => {
                say!(self, "rule-too-long", "most": most.to_string(), "got": got.to_string())
            }
            Rule::OffRaster { raster, start } => {
                let start = self.say_clock(*start);
                say!(self, "rule-off-raster", "start": start, "raster": raster.to_string())
            }
            Rule::TooSoon { earliest } => {
                say!(self, "rule-too-soon", "earliest": moment(earliest))
            }
            Rule::BeyondHorizon { last_day, opens } => {
                let last_day = day(last_day);
                say!(self, "rule-beyond-horizon", "last-day": last_day, "opens": moment(opens))
            }
            Rule::DatesOpenAt { opens } => {
                say!(self, "rule-dates-open-at", "opens": moment(opens))
            }
            Rule::PartyTooSmall { least, got } => {
                say!(self, "rule-party-too-small", "least": least.to_string(), "got": *got)
            }
            Rule::SkippedHour { minute } => {
                say!(self, "rule-skipped-hour", "minute": moment(minute))
            }
            Rule::CrossesDay { day_ends } => {
                say!(self, "rule-crosses-day", "day-ends": moment(day_ends))
            }
            Rule::CrossesYear { year_ends } => {
                say!(self, "rule-crosses-year", "year-ends": moment(year_ends))
            }
            Rule::Over { end } => say!(self, "rule-over", "end": moment(end)),
            Rule::TooFewUnits {
                class_id,
                asked,
                of,
            } => {
                let class = self.say_class(*class_id);
                say!(self, "rule-too-few-units",
                    "asked": asked.to_string(), "of": of.to_string(), "class": class)
            }
            Rule::OtherUse { class_id } => {
                say!(self, "rule-other-use", "class": self.say_class(*class_id))
            }
            Rule::IntroducedOnly { class_id } => {
                say!(self, "rule-introduction", "class": self.say_class(*class_id))
            }
            Rule::GuidelinesFirst { version, .. } => {
                say!(self, "rule-guidelines", "version": version.to_string())
            }
            Rule::LimitReached {
                limit,
                allowed,
                used,
                next_at,
            } => {
                let (limit, used) = (self.limit(*limit), used.to_string());
                let allowed = allowed.to_string();
                match next_at {
                    Some(next) => say!(self, "rule-limit-next",
                        "limit": limit, "used": used, "allowed": allowed, "next": moment(next)),
                    None => say!(self, "rule-limit",
                        "limit": limit, "used": used, "allowed": allowed),
                }
            }
        }
    }

    pub(in crate::words) fn say_allowance(&self, allowance: &Allowance) -> String {
        let limit = self.limit(allowance.limit);
        let (left, allowed) = (allowance.left.to_string(), allowance.allowed.to_string());
        match allowance.next_at {
            Some(next) => {
                let next = self.say_moment(next);
                say!(self, "left-next",
                    "limit": limit, "left": left, "allowed": allowed, "next": next)
            }
            None => say!(self, "left", "limit": limit, "left": left, "allowed": allowed),
        }
    }

    fn limit(&self, limit: LimitKind) -> String {
        let key = match limit {
            LimitKind::AtOnce => "limit-at-once",
            LimitKind::PerDay => "limit-per-day",
            LimitKind::PerWeek => "limit-per-week",
            LimitKind::PerMonth => "limit-per-month",
            LimitKind::Minutes => "limit-minutes",
        };
        say!(self, key)
    }

    pub(in crate::words) fn say_holiday(&self, holiday: Holiday) -> String {
        let key = match holiday {
            Holiday::NewYear => "holiday-new-year",
            Holiday::Epiphany => "holiday-epiphany",
            Holiday::GoodFriday => "holiday-good-friday",
            Holiday::EasterSunday => "holiday-easter-sunday",
            Holiday::EasterMonday => "holiday-easter-monday",
            Holiday::MayDay => "holiday-may-day",
            Holiday::Ascension => "holiday-ascension",
            Holiday::WhitSunday => "holiday-whit-sunday",
            Holiday::WhitMonday => "holiday-whit-monday",
            Holiday::NationalDay => "holiday-national-day",
            Holiday::Midsummer => "holiday-midsummer",
            Holiday::AllSaints => "holiday-all-saints",
            Holiday::Christmas => "holiday-christmas",
            Holiday::BoxingDay => "holiday-boxing-day",
        };
        say!(self, key)
    }
}
