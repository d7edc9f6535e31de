//! One person's day, meetings left aside.

use super::{Act, Frame, Step, Wanted, Wish, wishes};
use crate::office::{DESK, HALF_HALL, LAPTOP, SMALL_ROOM};
use crate::people::{Person, PersonId, Trick};
use crate::random::Random;
use allkontor_core::model::Catalogue;
use allkontor_core::time::{CivilMinute, Interval};

/// What a person does, and the moments at which their phone has something to say.
pub(super) struct Diary {
    pub(super) who: PersonId,
    pub(super) steps: Vec<Step>,
    /// When they have done something that the office should hear of.
    pub(super) news: Vec<CivilMinute>,
    /// When they stand in the office and come to the kiosk.
    pub(super) visits: Vec<CivilMinute>,
    /// The evening before, when they were welcomed and got the catalogue and a ticket; not everybody was.
    pub(super) welcomed: Option<CivilMinute>,
}

impl Diary {
    pub(super) fn write(
        frame: &Frame,
        office: &Catalogue,
        who: PersonId,
        person: &Person,
        random: &mut Random,
    ) -> Self {
        let evening = random.between(16 * 60, 19 * 60 + 45) - 24 * 60;
        // Whoever is hostile was welcomed like anyone else: a ticket is what they misuse.
        let welcomed = (person.trick.is_some() || random.chance(85)).then(|| frame.at(evening));
        let mut diary = Self {
            who,
            steps: Vec::new(),
            news: Vec::new(),
            visits: Vec::new(),
            welcomed,
        };
        let mut taken: Vec<Interval> = Vec::new();
        let bookings = [1, 1, 2, 2, 2, 3]
            .get(random.below(6))
            .copied()
            .unwrap_or(1);
        let mut nth = 0;
        for round in 0..bookings {
            let at = diary.moment(frame, round, random);
            let Some(wish) = diary.free_wish(frame, office, at, &taken, random) else {
                continue;
            };
            taken.push(wish.interval);
            diary.book(frame, nth, at, wish, random);
            nth += 1;
        }
        if who == PersonId(0) {
            diary.ask_for_midsummer_eve(frame, nth);
        }
        if let Some(trick) = person.trick {
            diary.misbehave(frame, trick, random);
        }
        diary
    }

    /// The first booking is made at home early in the morning, or in bed the evening before; others on the way.
    fn moment(&self, frame: &Frame, round: usize, random: &mut Random) -> CivilMinute {
        let morning = if self.welcomed.is_none() {
            random.between(8 * 60 + 10, 10 * 60)
        } else if random.chance(25) {
            random.between(20 * 60, 23 * 60) - 24 * 60
        } else {
            random.between(6 * 60 + 30, 8 * 60 + 15)
        };
        let later = random.between(8 * 60, 14 * 60);
        frame.at(if round == 0 || random.chance(40) {
            morning
        } else {
            later
        })
    }

    /// A wish that leaves the person in one place at a time; nobody asks twice for a scarce thing.
    fn free_wish(
        &self,
        frame: &Frame,
        office: &Catalogue,
        at: CivilMinute,
        taken: &[Interval],
        random: &mut Random,
    ) -> Option<Wish> {
        let scarce = |what| {
            matches!(
                what,
                Wanted::AnyOf(LAPTOP | HALF_HALL) | Wanted::Together(_)
            )
        };
        let asked: Vec<Wanted> = self.wishes().map(|wish| wish.what).collect();
        let from = at.saturating_plus(75);
        for _ in 0..20 {
            let wish = wishes::wish(frame, office, from, random)?;
            let again = scarce(wish.what) && asked.iter().any(|what| scarce(*what));
            if !again
                && !taken
                    .iter()
                    .any(|interval| interval.overlaps(wish.interval))
            {
                return Some(wish);
            }
        }
        None
    }

    fn wishes(&self) -> impl Iterator<Item = &Wish> {
        self.steps.iter().filter_map(|step| match &step.act {
            Act::Book { wish, .. } => Some(wish),
            _ => None,
        })
    }

    /// A booking, perhaps a change of mind, and coming or not coming.
    fn book(
        &mut self,
        frame: &Frame,
        nth: usize,
        at: CivilMinute,
        wish: Wish,
        random: &mut Random,
    ) {
        let who = self.who;
        let mut comes = wish.interval;
        self.say(
            at,
            Act::Book {
                who,
                nth,
                wish: wish.clone(),
            },
        );
        let start = wish.interval.start();
        let until_start = start.minutes_since(at.max(frame.at(7 * 60)));
        let second_thoughts = at
            .max(frame.at(7 * 60))
            .saturating_plus(random.between(20, until_start.max(40) - 15));
        match random.below(100) {
            0..=13 => {
                let moved =
                    wishes::elsewhen(frame, &wish, second_thoughts.saturating_plus(75), random);
                if let Some(wish) = moved {
                    comes = wish.interval;
                    self.say(second_thoughts, Act::Move { who, nth, wish });
                }
            }
            14..=22 => {
                self.say(second_thoughts, Act::Cancel { who, nth });
                return;
            }
            _ => {}
        }
        if random.chance(12) {
            // Nobody comes: the office gives the place back after a while.
            return;
        }
        let arrives = comes
            .start()
            .saturating_plus(random.between(-12, 8))
            .max(frame.opens);
        self.say(arrives, Act::Arrive { who, nth });
        self.visits.push(arrives);
        let longer = comes.end().saturating_plus(30);
        if random.chance(10)
            && matches!(wish.what, Wanted::AnyOf(DESK | SMALL_ROOM))
            && longer <= frame.closes
        {
            let asked = comes.end().saturating_plus(-random.between(10, 25));
            self.say(
                asked,
                Act::Extend {
                    who,
                    nth,
                    until: longer,
                },
            );
        }
    }

    fn say(&mut self, at: CivilMinute, act: Act) {
        self.news.push(at);
        self.steps.push(Step { at, act });
    }

    /// Friday is Midsummer Eve: the phone knows the hours and says so at once.
    fn ask_for_midsummer_eve(&mut self, frame: &Frame, nth: usize) {
        let days = 3 * 24 * 60;
        let Some(interval) = frame.span(days + 10 * 60, days + 12 * 60) else {
            return;
        };
        let at = self
            .welcomed
            .map_or(frame.at(10 * 60 + 5), |_| frame.at(7 * 60 + 20));
        let wish = Wish {
            what: Wanted::AnyOf(DESK),
            interval,
            or_at: None,
            needs: Vec::new(),
            party: 1,
            exactly: false,
        };
        self.steps.push(Step {
            at,
            act: Act::Book {
                who: self.who,
                nth,
                wish,
            },
        });
    }

    fn misbehave(&mut self, frame: &Frame, trick: Trick, random: &mut Random) {
        let who = self.who;
        for at in [
            random.between(9 * 60, 11 * 60),
            random.between(12 * 60, 16 * 60),
        ] {
            let at = frame.at(at);
            self.steps.push(Step {
                at,
                act: Act::Try { who, trick },
            });
            self.news.push(at);
            self.visits.push(at.saturating_plus(-6));
        }
    }
}
