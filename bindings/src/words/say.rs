//! Which message says what.

use super::Words;
use crate::custody::Awaits;
use crate::desk::Allowance;
use crate::explain::{BrokenBy, Decider, Explanation, Obstacle, OptionReport};
use crate::hours::Holiday;
use crate::ids::Interval;
use crate::rule::{LimitKind, Rule};
use crate::status::{Cause, Delivery, Hold, Outlook, Stage, Status, Wish};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::Text;
use allkontor_core::time::{CivilMinute, OfficeDay};
use chrono::{Datelike, NaiveDate, Timelike};
use fluent_bundle::{FluentArgs, FluentValue};

/// Free times and units named in one line: what a small screen takes.
const MOST_NAMED: usize = 3;

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

    fn place(&self, wishes: &[Wish]) -> String {
        let units: Vec<UnitId> = wishes.iter().map(|wish| wish.unit).collect();
        let mut times: Vec<Interval> = wishes.iter().map(|wish| wish.interval).collect();
        times.dedup();
        let units = self.list(&units, |unit| self.say_unit(*unit));
        let when = self.list(&times, |time| self.say_span(*time));
        say!(self, "place", "units": units, "when": when)
    }

    fn held(&self, holds: &[Hold]) -> String {
        self.place(&wishes(holds))
    }

    pub(super) fn say_status(&self, status: &Status) -> String {
        let stage = self.stage(&status.stage);
        let decided = !matches!(
            status.stage,
            Stage::Asked | Stage::Likely { .. } | Stage::Alternative { .. } | Stage::Waiting { .. }
        );
        let note = match status.delivery {
            _ if !decided && !status.holding.is_empty() => {
                say!(self, "still-holding", "place": self.held(&status.holding))
            }
            _ if decided => return stage,
            Delivery::Draft => say!(self, "delivery-draft"),
            Delivery::Carried => say!(self, "delivery-carried"),
            Delivery::Received => say!(self, "delivery-received"),
        };
        format!("{stage} {note}")
    }

    fn stage(&self, stage: &Stage) -> String {
        match stage {
            Stage::Asked => say!(self, "stage-asked"),
            Stage::Likely { holds } => say!(self, "stage-likely", "place": self.held(holds)),
            Stage::Alternative { holds } => {
                say!(self, "stage-alternative", "place": self.held(holds))
            }
            Stage::Waiting { number } => say!(self, "stage-waiting", "number": number.to_string()),
            Stage::Confirmed { holds } => say!(self, "stage-confirmed", "place": self.held(holds)),
            Stage::CheckedIn { holds } => {
                say!(self, "stage-checked-in", "place": self.held(holds))
            }
            Stage::Moved => say!(self, "stage-moved"),
            Stage::Released { cause } => {
                say!(self, "stage-released", "cause": self.say_cause(cause))
            }
            Stage::Declined { cause } => {
                say!(self, "stage-declined", "cause": self.say_cause(cause))
            }
            Stage::Withdrawn { cause, outlook } => {
                let cause = match cause {
                    Some(cause) => self.say_cause(cause),
                    None => say!(self, "cause-not-known"),
                };
                let outlook = self.outlook(outlook);
                say!(self, "stage-withdrawn", "cause": cause, "outlook": outlook)
            }
            Stage::Cancelled => say!(self, "stage-cancelled"),
        }
    }

    fn outlook(&self, outlook: &Outlook) -> String {
        match outlook {
            Outlook::Likely { holds } => say!(self, "stage-likely", "place": self.held(holds)),
            Outlook::Alternative { holds } => {
                say!(self, "stage-alternative", "place": self.held(holds))
            }
            Outlook::Waiting { number } => {
                say!(self, "stage-waiting", "number": number.to_string())
            }
        }
    }

    pub(super) fn say_explanation(&self, why: &Explanation) -> Vec<String> {
        let mut lines = vec![self.say_status(&why.status)];
        let got = match &why.status.stage {
            Stage::Confirmed { holds } | Stage::CheckedIn { holds } => wishes(holds),
            _ => Vec::new(),
        };
        let before = why
            .status
            .before
            .as_ref()
            .map(|before| wishes(&before.holds));
        if let Some(before) = before.filter(|before| !got.is_empty() && *before != got) {
            lines.push(say!(self, "moved-from", "place": self.place(&before)));
        }
        for broken in &why.broken {
            let key = match broken.why {
                BrokenBy::Unheard { honoured: false } => "broken-unheard",
                BrokenBy::Unheard { honoured: true } => "broken-honoured",
                BrokenBy::Contradicted => "broken-contradicted",
            };
            lines.push(say!(self, key));
        }
        let lacking = why.options.iter().take_while(|option| option.wishes != got);
        for option in lacking {
            let mut reasons = self.reasons(option);
            reasons.dedup();
            let reason = reasons.join("; ");
            if !reason.is_empty() {
                let place = self.place(&option.wishes);
                lines.push(say!(self, "because-option", "place": place, "reason": reason));
            }
        }
        // That it is on its way, and its place in the queue, are said with how it stands.
        let said = |awaits: &&Awaits| matches!(awaits, Awaits::Delivery | Awaits::Place { .. });
        if let Some(awaits) = why.awaits.as_ref().filter(|awaits| !said(awaits)) {
            lines.push(self.say_awaits(awaits));
        }
        let gave_it_up = matches!(
            why.status.stage,
            Stage::Released {
                cause: Cause::Cancelled | Cause::Ended
            }
        );
        if gave_it_up {
            return lines;
        }
        for near in why.nearest.iter().filter(|near| !near.times.is_empty()) {
            let times: Vec<&Interval> = near.times.iter().take(MOST_NAMED).collect();
            let units = self.list(&near.units, |unit| self.say_unit(*unit));
            let times = self.list(&times, |time| self.say_span(**time));
            lines.push(say!(self, "nearest", "units": units, "times": times));
        }
        for equal in why.equals.iter().filter(|equal| !equal.units.is_empty()) {
            let units: Vec<UnitId> = equal.units.iter().map(|free| free.unit).collect();
            let named = units.get(..units.len().min(MOST_NAMED)).unwrap_or_default();
            let units = self.list(named, |unit| self.say_unit(*unit));
            lines.push(say!(self, "equals", "units": units));
        }
        lines
    }

    /// What it waits for.
    pub(super) fn say_awaits(&self, awaits: &Awaits) -> String {
        match awaits {
            Awaits::Delivery => say!(self, "awaits-delivery"),
            Awaits::Update { .. } => say!(self, "awaits-update"),
            Awaits::Place { number } => say!(self, "awaits-place", "number": number.to_string()),
            Awaits::WindowOpens { at } => {
                say!(self, "awaits-window", "at": self.say_moment(*at))
            }
            Awaits::Arrival => say!(self, "awaits-arrival"),
            Awaits::Decision { steward } => {
                say!(self, "awaits-decision", "device": self.say_steward(steward))
            }
            Awaits::Custodians { steward, holders } => {
                let holders = self.list(holders, |holder| self.say_steward(holder));
                let device = self.say_steward(steward);
                say!(self, "awaits-custodians", "device": device, "holders": holders)
            }
            Awaits::Nobody => say!(self, "awaits-nobody"),
        }
    }

    /// Why an option does not fit: the rules it breaks, else what is in the way.
    fn reasons(&self, option: &OptionReport) -> Vec<String> {
        if option.rules.is_empty() {
            let obstacles = option.obstacles.iter();
            return obstacles
                .map(|obstacle| self.say_obstacle(obstacle))
                .collect();
        }
        let rules = option.rules.iter().map(|rule| self.say_rule(rule));
        rules
            .map(|words| words.trim_end_matches('.').to_owned())
            .collect()
    }

    pub(super) fn say_obstacle(&self, obstacle: &Obstacle) -> String {
        match obstacle {
            Obstacle::NotBookable { .. } => say!(self, "in-the-way-not-bookable"),
            Obstacle::Confirmed { interval, .. } => {
                say!(self, "in-the-way-confirmed", "when": self.say_span(*interval))
            }
            Obstacle::Occupied {
                interval, cause, ..
            } => {
                let cause = self.say_cause(cause);
                say!(self, "in-the-way-occupied", "when": self.say_span(*interval), "cause": cause)
            }
            Obstacle::RankedBefore { by, .. } => match by {
                Decider::Victim => say!(self, "in-the-way-victim"),
                Decider::RevokedSigner => say!(self, "in-the-way-revoked-signer"),
                Decider::Draw => say!(self, "in-the-way-draw"),
                Decider::Earlier {
                    theirs,
                    ours,
                    last_contact,
                } => {
                    let key = if *last_contact {
                        "in-the-way-earlier-contact"
                    } else {
                        "in-the-way-earlier"
                    };
                    let (theirs, ours) = (self.say_moment(*theirs), self.say_moment(*ours));
                    say!(self, key, "theirs": theirs, "ours": ours)
                }
            },
        }
    }

    pub(super) fn say_cause(&self, cause: &Cause) -> String {
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
                number: super::people::GUIDELINES,
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

    pub(super) fn say_rule(&self, rule: &Rule) -> String {
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

    pub(super) fn say_allowance(&self, allowance: &Allowance) -> String {
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

    pub(super) fn say_holiday(&self, holiday: Holiday) -> String {
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

    pub(super) fn say_error(&self, code: &str) -> String {
        let key = format!("error-{}", code.replace('_', "-"));
        if self.book.has(&key) {
            say!(self, &key)
        } else {
            say!(self, "error-unknown")
        }
    }
}

fn wishes(holds: &[Hold]) -> Vec<Wish> {
    let wish = |hold: &Hold| Wish {
        unit: hold.unit,
        interval: hold.interval,
    };
    holds.iter().map(wish).collect()
}
