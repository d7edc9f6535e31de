//! The deck that a run's events are drawn from.

use super::{Plan, Theme};
use crate::chance::Chance;
use crate::sim::node::Part;
use crate::sim::op::{Mischief, Op, Verb, Want, Weather, Who};

/// A kind of event: its theme, how many of it are in the deck, and how one is made.
type Card = (Theme, usize, fn(&mut Dealer) -> Op);

/// Out of about a thousand.
const DECK: &[Card] = &[
    (Theme::People, 90, |d| Op::Wait {
        minutes: d.minutes(),
    }),
    (Theme::People, 60, |d| Op::Tick { who: d.steward() }),
    (Theme::People, 130, |d| Op::Book {
        who: d.phone(),
        want: d.want(),
    }),
    (Theme::People, 40, |d| Op::Move {
        who: d.phone(),
        nth: d.byte(),
        want: d.want(),
    }),
    (Theme::People, 20, |d| Op::Extend {
        who: d.phone(),
        nth: d.byte(),
        quarters: d.quarters(),
    }),
    (Theme::People, 40, |d| Op::Cancel {
        who: d.phone(),
        nth: d.byte(),
    }),
    (Theme::People, 50, |d| Op::Arrive {
        who: d.phone(),
        nth: d.byte(),
    }),
    (Theme::People, 25, |d| Op::Look {
        who: d.anybody(),
        nth: d.byte(),
        want: d.want(),
    }),
    (Theme::Desk, 35, |d| Op::WalkIn {
        who: d.steward(),
        want: d.want(),
        seed: d.salt(),
    }),
    (Theme::Desk, 15, |d| Op::Slip {
        who: d.steward(),
        nth: d.byte(),
        cancels: d.coin(),
    }),
    (Theme::Desk, 50, |d| Op::Desk {
        who: d.steward(),
        verb: d.verb(),
        nth: d.byte(),
    }),
    (Theme::Desk, 10, |d| Op::Close {
        who: d.steward(),
        want: d.want(),
        all: d.one_in(8),
    }),
    (Theme::Desk, 8, |d| Op::Reopen {
        who: d.steward(),
        nth: d.byte(),
    }),
    (Theme::Desk, 12, |d| Op::ConfirmClock { who: d.steward() }),
    (Theme::Office, 6, |d| Op::Publish {
        who: d.steward(),
        variant: d.byte(),
    }),
    (Theme::Office, 3, |d| Op::DropMonths { who: d.steward() }),
    (Theme::Office, 6, |d| Op::Wait { minutes: d.days() }),
    (Theme::Meetings, 260, |d| d.meeting()),
    (Theme::Meetings, 4, |d| Op::Split {
        islands: d.salt() as u32,
    }),
    (Theme::Meetings, 6, |_| Op::Join),
    (Theme::Meetings, 4, |_| Op::Settle),
    (Theme::Wires, 35, |d| d.call()),
    (Theme::Wires, 120, |d| d.carry()),
    (Theme::Wires, 20, |d| Op::HangUp {
        link: d.byte(),
        rudely: d.coin(),
    }),
    (Theme::Papers, 25, |d| Op::Export { who: d.anybody() }),
    (Theme::Papers, 35, |d| Op::Import {
        who: d.anybody(),
        file: d.byte(),
        mangled: d.one_in(6),
        salt: d.salt(),
    }),
    (Theme::Papers, 30, |d| Op::Card {
        who: d.phone(),
        nth: d.byte(),
        to: d.reader(),
        mangled: d.one_in(6),
        salt: d.salt(),
    }),
    (Theme::Power, 40, |d| Op::Kill { who: d.anybody() }),
    (Theme::Power, 50, |d| Op::Cut {
        who: d.anybody(),
        effects: d.few(),
        kept: d.coin(),
        again: d.one_in(6),
    }),
    (Theme::Power, 12, |d| Op::Sleep { who: d.anybody() }),
    (Theme::Disks, 8, |d| Op::Fill { who: d.anybody() }),
    (Theme::Disks, 20, |d| Op::FailWrite {
        who: d.anybody(),
        after: d.few(),
        kept: d.coin(),
    }),
    (Theme::Disks, 20, |d| Op::FailSave {
        who: d.steward(),
        after: d.few(),
        kept: d.coin(),
    }),
    (Theme::Disks, 20, |d| Op::Repair { who: d.anybody() }),
    (Theme::Backups, 5, |d| Op::Lie { who: d.anybody() }),
    (Theme::Backups, 12, |d| Op::Backup { who: d.anybody() }),
    (Theme::Backups, 5, |d| Op::Restore { who: d.anybody() }),
    (Theme::Clocks, 14, |d| Op::Skew {
        who: d.anybody(),
        minutes: d.error(),
    }),
    (Theme::Clocks, 5, |d| Op::Stop { who: d.anybody() }),
    (Theme::Clocks, 16, |d| Op::SetRight { who: d.anybody() }),
    (Theme::Hostile, 40, |d| Op::Hostile {
        who: d.phone(),
        trick: d.byte(),
        to: d.reader(),
        salt: d.salt(),
    }),
    (Theme::Rogue, 25, |d| Op::Rogue {
        who: d.steward(),
        trick: d.byte(),
        to: d.anybody(),
        salt: d.salt(),
    }),
    (Theme::Doubles, 6, |d| Op::Clone {
        who: d.anybody(),
        into: d.double,
    }),
];

/// Events without end.
pub(super) fn deal(plan: &Plan, mut chance: Chance) -> impl Iterator<Item = Op> {
    let deck: Vec<(usize, fn(&mut Dealer) -> Op)> = DECK
        .iter()
        .filter(|(theme, ..)| plan.themes.contains(theme))
        .map(|(_, count, make)| (*count * (50 + chance.below(150)), *make))
        .collect();
    let all = deck.iter().map(|(count, _)| count).sum::<usize>();
    let mut dealer = Dealer {
        stewards: plan.cast.those(Part::is_of_the_office),
        phones: plan.cast.those(|part| part == Part::Phone),
        relays: plan.cast.those(|part| part == Part::Relay),
        double: plan.cast.those(|part| part == Part::Double)[0],
        chance,
    };
    std::iter::from_fn(move || {
        let mut left = dealer.chance.below(all);
        let (_, make) = deck.iter().find(|(count, _)| {
            let hit = left < *count;
            left = left.saturating_sub(*count);
            hit
        })?;
        Some(make(&mut dealer))
    })
}

struct Dealer {
    stewards: Vec<Who>,
    phones: Vec<Who>,
    relays: Vec<Who>,
    double: Who,
    chance: Chance,
}

impl Dealer {
    fn byte(&mut self) -> u8 {
        self.chance.below(256) as u8
    }

    fn few(&mut self) -> u8 {
        self.chance.below(6) as u8
    }

    fn salt(&mut self) -> u64 {
        self.chance.bits()
    }

    fn coin(&mut self) -> bool {
        self.one_in(2)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.chance.below(n) == 0
    }

    fn steward(&mut self) -> Who {
        self.chance.pick(&self.stewards)
    }

    fn phone(&mut self) -> Who {
        self.chance.pick(&self.phones)
    }

    fn anybody(&mut self) -> Who {
        match self.chance.below(10) {
            0..4 => self.steward(),
            8 if self.one_in(3) => self.double,
            9 if !self.relays.is_empty() => self.chance.pick(&self.relays),
            _ => self.phone(),
        }
    }

    /// Who reads a code or a message of a stranger: mostly the office.
    fn reader(&mut self) -> Who {
        if self.one_in(4) {
            self.anybody()
        } else {
            self.steward()
        }
    }

    fn pair(&mut self) -> (Who, Who) {
        let (from, to) = match self.chance.below(20) {
            0..12 => (self.phone(), self.steward()),
            12..14 => (self.steward(), self.phone()),
            14..17 => (self.phone(), self.phone()),
            _ => (self.anybody(), self.anybody()),
        };
        if self.coin() { (from, to) } else { (to, from) }
    }

    fn meeting(&mut self) -> Op {
        let (from, to) = self.pair();
        let weather = match self.chance.below(10) {
            0..6 => Weather::FAIR,
            _ => Weather {
                lost: self.chance.pick(&[0, 0, 10, 40]),
                twice: self.chance.pick(&[0, 0, 20, 50]),
                shuffled: self.coin(),
                cut: self.coin().then(|| self.few()),
                salt: self.salt(),
            },
        };
        Op::Meet { from, to, weather }
    }

    fn call(&mut self) -> Op {
        let (from, to) = self.pair();
        Op::Dial { from, to }
    }

    fn carry(&mut self) -> Op {
        use Mischief::{Lost, Mangled, None, Overtaken, Twice};
        Op::Carry {
            link: self.byte(),
            count: 1 + self.few(),
            mischief: self.chance.pick(&[
                None, None, None, None, None, Lost, Twice, Overtaken, Mangled,
            ]),
            salt: self.salt(),
        }
    }

    fn verb(&mut self) -> Verb {
        self.chance.pick(&[
            Verb::Confirm,
            Verb::Confirm,
            Verb::Decline,
            Verb::Release,
            Verb::CheckIn,
        ])
    }

    fn minutes(&mut self) -> u16 {
        let most = self.chance.pick(&[5, 20, 60, 240]);
        1 + self.chance.below(most) as u16
    }

    fn days(&mut self) -> u16 {
        1_440 * (1 + self.chance.below(5) as u16)
    }

    fn quarters(&mut self) -> i8 {
        self.chance.below(9) as i8 - 4
    }

    /// How wrong a clock is, in minutes: a little, hours, days.
    fn error(&mut self) -> i32 {
        let error = self
            .chance
            .pick(&[3, 12, 17, 60, 300, 1_500, 9_000, 60_000]);
        if self.coin() { error } else { -error }
    }

    fn want(&mut self) -> Want {
        Want {
            what: self.byte(),
            day: self.chance.pick(&[0, 0, 0, 0, 1, 1, 2, 3, 6, 20]),
            // Most want to come when others do.
            start: if self.one_in(4) {
                self.chance.below(96) as u8
            } else {
                36 + self.chance.below(20) as u8
            },
            length: 1 + self.chance.below(12) as u8,
            extra: self.byte(),
        }
    }
}
