//! What everybody is going to do, drawn from a seed before anything happens: plain data, one step after another.
//!
//! Nothing here depends on what will come of it. Whoever books a room on a phone that has heard nothing for a day does
//! not know whether it is taken; neither does the plan.

mod crew;
mod diary;
mod loss;
mod meetings;
mod wishes;

use crate::desks::{Crew, Desk, Loss, Party};
use crate::people::{Person, PersonId, Trick};
use crate::random::Random;
use crate::story::Carrier;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{Catalogue, CompositeId};
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};

/// The day that is played: a Tuesday in the season that the library's data is from, three days before Midsummer Eve.
pub const DATE: (i32, u32, u32) = (2026, 6, 16);

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, by the office's clock.
    pub at: CivilMinute,
    /// What.
    pub act: Act,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Somebody books, on their phone alone.
    Book {
        /// Who.
        who: PersonId,
        /// Which of their own bookings this is, from 0.
        nth: usize,
        /// What they want.
        wish: Wish,
    },
    /// Somebody wants another time instead.
    Move {
        /// Who.
        who: PersonId,
        /// Which of their own bookings.
        nth: usize,
        /// The whole of the new wish.
        wish: Wish,
    },
    /// Somebody wants to stay longer.
    Extend {
        /// Who.
        who: PersonId,
        /// Which of their own bookings.
        nth: usize,
        /// Until when.
        until: CivilMinute,
    },
    /// Somebody gives a booking back.
    Cancel {
        /// Who.
        who: PersonId,
        /// Which of their own bookings.
        nth: usize,
    },
    /// Somebody says on their phone that they have come.
    Arrive {
        /// Who.
        who: PersonId,
        /// Which of their own bookings.
        nth: usize,
    },
    /// Two devices meet.
    Meet {
        /// The one that opens the connection.
        one: Party,
        /// The other.
        other: Party,
        /// How.
        carrier: Carrier,
    },
    /// The network goes, or comes back.
    Network {
        /// Whether there is one from now on.
        up: bool,
    },
    /// A hostile phone tries what it does.
    Try {
        /// Who.
        who: PersonId,
        /// What.
        trick: Trick,
    },
    /// Staff close a unit at the kiosk.
    Close {
        /// What is closed.
        unit: UnitId,
        /// For how long.
        interval: Interval,
        /// What is the matter.
        words: &'static str,
    },
    /// An app is closed without a word and opened again: it has what its files have and nothing else.
    Restart {
        /// Whose phone; `None` is the kiosk.
        who: Option<PersonId>,
    },
    /// Staff look at the kiosk's clock and find it right.
    ConfirmClock,
    /// A quarter of an hour has passed at the kiosk.
    Tick,
    /// One of the office's devices is gone, with all that it had.
    Lose {
        /// Which.
        desk: Desk,
    },
    /// Staff take its certificate back, and another takes over.
    Replace {
        /// Which.
        desk: Desk,
    },
}

/// What somebody wants to book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What.
    pub what: Wanted,
    /// When.
    pub interval: Interval,
    /// Another time that would do.
    pub or_at: Option<Interval>,
    /// Features they cannot do without.
    pub needs: Vec<FeatureId>,
    /// How many come.
    pub party: u16,
    /// This unit and no other.
    pub exactly: bool,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// That unit, or its equal.
    Unit(UnitId),
    /// Any of a class.
    AnyOf(ClassId),
    /// Things that belong together.
    Together(CompositeId),
}

/// A day that is going to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The office day.
    pub day: OfficeDay,
    /// When no phone can reach the kiosk through a network.
    pub outages: Vec<Interval>,
    /// Which of the office's devices is lost, if one is.
    pub loss: Option<Loss>,
    /// Everything, in order.
    pub steps: Vec<Step>,
}

impl Plan {
    /// The plan of a seed.
    pub fn new(
        office: &Catalogue,
        people: &[Person],
        crew: &Crew,
        random: &Random,
    ) -> Option<Self> {
        let (year, month, date) = DATE;
        let day = OfficeDay::from_ymd(year, month, date)?;
        let hours = office.open(day, DayStart::default());
        let (opens, closes) = (hours.first()?.start(), hours.last()?.end());
        let frame = Frame { day, opens, closes };
        let outages = frame.outages(&mut random.split("outages"));
        let mut steps = frame.office_steps(&outages);
        for (index, person) in people.iter().enumerate() {
            let mut own = random.split(&format!("diary {index}"));
            let diary = diary::Diary::write(&frame, office, PersonId(index), person, &mut own);
            steps.extend(meetings::of(
                &frame,
                &diary,
                people.len(),
                &outages,
                &mut own,
            ));
            steps.extend(diary.steps);
        }
        steps.extend(frame.restarts(people.len(), &mut random.split("restarts")));
        steps.extend(meetings::closing_rounds(
            &frame,
            people.len(),
            &mut random.split("closing"),
        ));
        crew::share(&frame, crew, &mut steps, &mut random.split("crew"));
        let mut own = random.split("loss");
        let loss = loss::draw(&frame, crew, &mut own);
        if let Some(loss) = &loss {
            loss::happen(&frame, office, people, loss, &mut steps, &mut own);
        }
        // What happens in the same minute happens in an order of its own, which the seed decides too.
        let mut dice = random.split("order");
        let mut order: Vec<_> = steps
            .into_iter()
            .map(|step| (step.at, dice.next(), step))
            .collect();
        order.sort_by_key(|(at, chance, _)| (*at, *chance));
        let steps = order.into_iter().map(|(_, _, step)| step).collect();
        Some(Self {
            day,
            outages,
            loss,
            steps,
        })
    }
}

/// What a plan hangs on.
pub(crate) struct Frame {
    pub(crate) day: OfficeDay,
    pub(crate) opens: CivilMinute,
    pub(crate) closes: CivilMinute,
}

impl Frame {
    /// A time of the day, in minutes after the midnight before it; negative is the evening before.
    pub(crate) fn at(&self, minutes: i32) -> CivilMinute {
        self.day
            .interval(DayStart::default())
            .start()
            .saturating_plus(minutes.saturating_sub(4 * 60))
    }

    /// Minutes after midnight.
    pub(crate) fn minutes(&self, at: CivilMinute) -> i32 {
        at.minutes_since(self.at(0))
    }

    pub(crate) fn span(&self, from: i32, to: i32) -> Option<Interval> {
        Interval::new(self.at(from), self.at(to)).ok()
    }

    /// One outage in the morning and one in the afternoon.
    fn outages(&self, random: &mut Random) -> Vec<Interval> {
        let mut outage = |earliest: i32, latest: i32| {
            let from = random.between(earliest / 5, latest / 5) * 5;
            self.span(from, from + random.between(8, 18) * 5)
        };
        [outage(9 * 60, 10 * 60), outage(13 * 60 + 30, 15 * 60)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The kiosk loses power at noon; every third phone's app is killed once, as systems do.
    fn restarts(&self, people: usize, random: &mut Random) -> Vec<Step> {
        let mut steps = vec![Step {
            at: self.at(12 * 60 + 7),
            act: Act::Restart { who: None },
        }];
        for who in (0..people).map(PersonId) {
            if random.chance(33) {
                let at = self.at(random.between(7 * 60, 19 * 60));
                steps.push(Step {
                    at,
                    act: Act::Restart { who: Some(who) },
                });
            }
        }
        steps
    }

    /// What the office does: its clock, its network, a leak, and looking up every quarter of an hour.
    fn office_steps(&self, outages: &[Interval]) -> Vec<Step> {
        let step = |at, act| Step { at, act };
        let mut steps = vec![
            step(self.at(15 * 60 + 30 - 24 * 60), Act::ConfirmClock),
            step(self.opens.saturating_plus(-60), Act::ConfirmClock),
        ];
        for outage in outages {
            steps.push(step(outage.start(), Act::Network { up: false }));
            steps.push(step(outage.end(), Act::Network { up: true }));
        }
        let leak = self.at(12 * 60 + 40);
        if let Ok(interval) = Interval::new(leak, self.closes) {
            let words = "a pipe leaks";
            steps.push(step(
                leak,
                Act::Close {
                    unit: UnitId(22),
                    interval,
                    words,
                },
            ));
        }
        let quarters = self.closes.minutes_since(self.opens) / 15;
        steps.extend((-4..=quarters).map(|n| step(self.opens.saturating_plus(n * 15), Act::Tick)));
        steps
    }
}

#[cfg(test)]
mod tests;
