//! Reasons, put into English. The engine gives them as data, equal on every device and naming nobody.

use crate::clock;
use crate::plan::Wanted;
use allkontor_core::id::{FeatureId, UnitId};
use allkontor_core::model::{Catalogue, Rule};
use allkontor_core::resolve::{Decider, Obstacle};
use allkontor_core::statement::{Cause, Hold, Wish};
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use allkontor_core::view::OptionReport;

/// What things are called at an office, and what its day is.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    office: &'a Catalogue,
    day: OfficeDay,
}

impl<'a> Words<'a> {
    /// Words for a day at that office.
    pub const fn new(office: &'a Catalogue, day: OfficeDay) -> Self {
        Self { office, day }
    }

    /// What a unit's sign says.
    pub fn unit(&self, unit: UnitId) -> &'a str {
        self.office
            .unit(unit)
            .map_or("a place", |unit| unit.name.in_language("en"))
    }

    /// What somebody wants, without the time.
    pub fn wanted(&self, what: Wanted) -> String {
        match what {
            Wanted::Unit(unit) => self.unit(unit).to_owned(),
            Wanted::AnyOf(class) => {
                let name = self
                    .office
                    .class(class)
                    .map_or("place", |class| class.name.in_language("en"));
                if name.starts_with("half") {
                    name.to_owned()
                } else {
                    format!("a {name}")
                }
            }
            Wanted::Together(whole) => {
                let composite = self.office.parts().composites.get(&whole);
                composite
                    .map_or("places", |whole| whole.name.in_language("en"))
                    .to_owned()
            }
        }
    }

    /// What a feature is called.
    pub fn feature(&self, feature: FeatureId) -> &'a str {
        self.office
            .parts()
            .features
            .get(&feature)
            .map_or("a feature", |feature| feature.name.in_language("en"))
    }

    /// `10:00–11:00`, with the date when it is another day's.
    pub fn span(&self, interval: Interval) -> String {
        let date = interval.start().to_naive().date();
        if date == self.day.date() {
            clock::span(interval)
        } else {
            format!("{} {}", date.format("%a %-d %b"), clock::span(interval))
        }
    }

    fn time(&self, at: CivilMinute) -> String {
        clock::time_on(self.day, at)
    }

    /// Where somebody would go, told to somebody who asked for `wanted`: nothing when it is just there.
    pub fn place(&self, holds: &[Hold], wanted: &[Wish], always: bool) -> Option<String> {
        let first = holds.first()?;
        let there: Vec<Wish> = holds.iter().map(Hold::wish).collect();
        if !always && there == wanted {
            return None;
        }
        let units: Vec<&str> = holds.iter().map(|hold| self.unit(hold.unit)).collect();
        let same_time = wanted
            .first()
            .is_some_and(|wish| wish.interval == first.interval());
        let time = if same_time {
            String::new()
        } else {
            format!(" {}", self.span(first.interval()))
        };
        Some(format!("{}{time}", units.join(" + ")))
    }

    /// What stands in the way of the first wish.
    pub fn in_the_way(&self, options: &[OptionReport]) -> Option<String> {
        let first = options.first()?;
        let rule = first.rules.first().map(|rule| self.rule(rule));
        rule.or_else(|| {
            first
                .obstacles
                .first()
                .map(|obstacle| self.obstacle(obstacle))
        })
    }

    fn obstacle(&self, obstacle: &Obstacle) -> String {
        match obstacle {
            Obstacle::NotBookable { unit, interval } => {
                format!(
                    "{} is not for booking {}",
                    self.unit(*unit),
                    self.span(*interval)
                )
            }
            Obstacle::Confirmed { unit, interval } => {
                format!(
                    "{} is confirmed to somebody else, {}",
                    self.unit(*unit),
                    self.span(*interval)
                )
            }
            Obstacle::Occupied {
                unit,
                interval,
                cause,
            } => {
                format!(
                    "{} is {}, {}",
                    self.unit(*unit),
                    self.cause(*cause),
                    self.span(*interval)
                )
            }
            Obstacle::RankedBefore { unit, interval, by } => {
                format!(
                    "{} {}: {}",
                    self.unit(*unit),
                    self.span(*interval),
                    self.decider(by)
                )
            }
        }
    }

    fn decider(&self, by: &Decider) -> String {
        match by {
            Decider::Victim => "somebody whose place was taken back comes first".into(),
            Decider::RevokedSigner => {
                "this ticket was signed by a device that is no longer trusted".into()
            }
            Decider::Earlier {
                theirs,
                ours,
                last_contact,
            } => {
                let counts = if *last_contact {
                    "when the office last heard of this phone"
                } else {
                    "as this phone says"
                };
                format!(
                    "somebody asked at {}, this one counts as asked at {}, {counts}",
                    self.time(*theirs),
                    self.time(*ours)
                )
            }
            Decider::Draw => {
                "somebody asked in the same quarter of an hour, and the draw put them first".into()
            }
        }
    }

    /// Why a place was given back or a request declined.
    pub fn cause(&self, cause: Cause) -> String {
        match cause {
            Cause::Cancelled => "cancelled".into(),
            Cause::Moved => "moved".into(),
            Cause::NoShow => "nobody came in time".into(),
            Cause::Closed => "closed".into(),
            Cause::Override => "needed by staff".into(),
            Cause::Lost => "lost or broken".into(),
            Cause::Ended => "the visit ended".into(),
            Cause::Limit => "a limit per person is reached".into(),
            Cause::Rules => "the office's rules do not allow it".into(),
            Cause::Uses => "the ticket is for other places".into(),
            Cause::Staff => "staff said no".into(),
            Cause::Present => "somebody sits there".into(),
            Cause::Late => "not given back in time".into(),
            Cause::Transferred => "given on to somebody else".into(),
            Cause::Taken => "promised to somebody else".into(),
            Cause::CalledOff => "the event is called off".into(),
            Cause::Guidelines => "its text breaks the guidelines".into(),
            Cause::Other(_) => cause
                .rule()
                .and_then(Rule::key)
                .map_or("a rule of a later version", rule_key)
                .into(),
        }
    }

    /// A rule that the phone itself knows.
    pub fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::Closed { day } => {
                let note = self
                    .office
                    .parts()
                    .hours
                    .exception(*day)
                    .map(|exception| exception.note.in_language("fi"));
                let note = note
                    .filter(|note| !note.is_empty())
                    .map_or(String::new(), |note| format!(": {note}"));
                format!("the office is closed on {}{note}", clock::date(*day))
            }
            Rule::TooSoon { earliest } => format!(
                "the earliest start that can still be asked for is {}",
                self.time(*earliest)
            ),
            Rule::Over { end } => format!("it is over since {}", self.time(*end)),
            other => other.to_string(),
        }
    }
}

/// What the number of a rule in a decision means.
fn rule_key(key: &'static str) -> &'static str {
    match key {
        "over" => "its time was over before there was a place",
        "limit" => "the limit per person is reached",
        "too_soon" => "asked too late",
        "closed" | "closed_for" => "the office is closed then",
        "outside_hours" => "outside the opening hours",
        "beyond_horizon" | "dates_open_at" => "that date is not open for booking yet",
        "party_too_small" => "too few people for it",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office;
    use crate::plan::DATE;

    fn at(hour: u32, minute: u32) -> CivilMinute {
        CivilMinute::from_ymd_hm(2026, 6, 16, hour, minute).unwrap()
    }

    fn hour(from: u32) -> Interval {
        Interval::new(at(from, 0), at(from + 1, 0)).unwrap()
    }

    fn with<T>(use_words: impl FnOnce(Words<'_>) -> T) -> T {
        let office = office::catalogue(DATE.0).unwrap();
        use_words(Words::new(
            &office,
            OfficeDay::from_ymd(DATE.0, DATE.1, DATE.2).unwrap(),
        ))
    }

    #[test]
    fn a_reason_names_places_and_times_and_nobody() {
        with(|words| {
            let unit = UnitId(21);
            let told = [
                Obstacle::Confirmed {
                    unit,
                    interval: hour(10),
                },
                Obstacle::Occupied {
                    unit,
                    interval: hour(12),
                    cause: Cause::Closed,
                },
                Obstacle::RankedBefore {
                    unit,
                    interval: hour(10),
                    by: Decider::Draw,
                },
                Obstacle::RankedBefore {
                    unit,
                    interval: hour(10),
                    by: Decider::Earlier {
                        theirs: at(7, 15),
                        ours: at(7, 30),
                        last_contact: true,
                    },
                },
            ]
            .map(|obstacle| words.obstacle(&obstacle));
            expect_test::expect![[r#"
                Birch is confirmed to somebody else, 10:00–11:00
                Birch is closed, 12:00–13:00
                Birch 10:00–11:00: somebody asked in the same quarter of an hour, and the draw put them first
                Birch 10:00–11:00: somebody asked at 07:15, this one counts as asked at 07:30, when the office last heard of this phone"#]]
            .assert_eq(&told.join("\n"));
        });
    }

    #[test]
    fn midsummer_eve_is_named_as_the_library_names_it() {
        with(|words| {
            let day = OfficeDay::from_ymd(2026, 6, 19).unwrap();
            assert_eq!(
                words.rule(&Rule::Closed { day }),
                "the office is closed on Friday 19 June 2026: Juhannusaatto"
            );
        });
    }

    #[test]
    fn a_place_is_told_when_it_is_not_the_one_asked_for() {
        with(|words| {
            let wanted = [Wish::new(UnitId(21), hour(10))];
            let hold = |unit, hour| [Hold::new(UnitId(unit), hour, 0, 15)];
            assert_eq!(words.place(&hold(21, hour(10)), &wanted, false), None);
            assert_eq!(
                words.place(&hold(22, hour(10)), &wanted, false).as_deref(),
                Some("Spruce")
            );
            assert_eq!(
                words.place(&hold(21, hour(11)), &wanted, false).as_deref(),
                Some("Birch 11:00–12:00")
            );
            assert_eq!(
                words.place(&hold(21, hour(10)), &wanted, true).as_deref(),
                Some("Birch")
            );
        });
    }

    #[test]
    fn a_decision_by_a_rule_of_the_catalogue_is_put_into_words() {
        with(|words| {
            assert_eq!(
                words.cause(Cause::from_rule(16)),
                "its time was over before there was a place"
            );
            assert_eq!(
                words.cause(Cause::from_rule(999)),
                "a rule of a later version"
            );
        });
    }
}
