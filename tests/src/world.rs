//! Devices of one office that meet when a test says so: phones, a kiosk, real sync sessions, one clock for all.

use allkontor_core::command::{Book, Booked, DateOutcome, Founding};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{
    Address, Catalogue, CellSpan, Class, Composite, CompositeId, DayHours, Duration, Feature,
    HolidayCalendar, HolidayPolicy, Hours, Kind, Operator, Parts, Profile, Raster, Rule, Rules,
    Text, Unit, Week,
};
use allkontor_core::replica::{AgendaEntry, BookingId, Command, Event, Outcome, Replica};
use allkontor_core::statement::{Keypair, Role};
use allkontor_core::sync::{Session, SessionConfig, Wants};
use allkontor_core::time::{CivilMinute, DayStart, Interval, LocalMinute, Timestamp, Zone};
use allkontor_core::view::{Stage, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Rooms 1 and 2 are equal, room 3 is step-free; desks 11–14; parts 21 and 22 make the hall (composite 1).
pub const ROOM: ClassId = ClassId(1);
/// The class of desks.
pub const DESK: ClassId = ClassId(2);
/// The class of the hall's parts.
pub const PART: ClassId = ClassId(3);
/// The feature that only room 3 has.
pub const STEP_FREE: FeatureId = FeatureId(1);
/// The seed that was printed when the office was founded.
pub const RECOVERY: [u8; 32] = [9; 32];
/// The hall, made of parts 21 and 22.
pub const HALL: CompositeId = CompositeId(1);

/// One office and those who use it.
pub struct World {
    /// The time, the same for everybody.
    pub now: Timestamp,
    /// The one device that decides.
    pub kiosk: Replica,
    /// Phones by name.
    pub phones: BTreeMap<String, Replica>,
}

/// An office open around the clock every day, so that a test about nights is not a test about hours.
pub fn parts() -> Parts {
    let text = |words: &str| Text::new([("en", words)]);
    let class = |name: &str, kind, rules| Class {
        name: text(name),
        kind,
        cells: CellSpan::Day,
        rules,
    };
    let unit = |class: ClassId, features: &[FeatureId]| Unit {
        name: text("unit"),
        class,
        features: features.iter().copied().collect(),
        bookable: true,
    };
    let room = Rules {
        max_minutes: 480,
        raster: Raster::new(30).unwrap(),
        ..Rules::default()
    };
    let mut units = BTreeMap::from([
        (UnitId(1), unit(ROOM, &[])),
        (UnitId(2), unit(ROOM, &[])),
        (UnitId(3), unit(ROOM, &[STEP_FREE])),
        (UnitId(21), unit(PART, &[])),
        (UnitId(22), unit(PART, &[])),
    ]);
    units.extend((11..=14).map(|number| (UnitId(number), unit(DESK, &[]))));
    let around: DayHours = serde_json::from_str(r#"{"open":["00:00-24:00"]}"#).unwrap();
    let always = Week::new(around.clone(), around);
    Parts {
        profile: Profile {
            name: text("The office"),
            address: Address::default(),
            languages: BTreeSet::from(["en".into(), "sv".into()]),
            zone: "Europe/Stockholm".into(),
            operator: Operator::Association,
            commissioned_by: None,
            duration: Duration::Permanent,
        },
        hours: Hours {
            weekly: always,
            seasons: Vec::new(),
            calendar: HolidayCalendar::None,
            holidays: HolidayPolicy::AsUsual,
            exceptions: Vec::new(),
        },
        features: BTreeMap::from([(
            STEP_FREE,
            Feature {
                key: "step_free".into(),
                name: text("step-free"),
                accessibility: true,
            },
        )]),
        classes: BTreeMap::from([
            (ROOM, class("room", Kind::Room, room)),
            (DESK, class("desk", Kind::Desk, Rules::default())),
            (PART, class("part", Kind::Room, Rules::default())),
        ]),
        units,
        composites: BTreeMap::from([(
            HALL,
            Composite {
                name: text("hall"),
                units: BTreeSet::from([UnitId(21), UnitId(22)]),
            },
        )]),
        closures: Vec::new(),
        conditions: BTreeMap::new(),
        guidelines: None,
        partners: BTreeMap::new(),
        hosts: Vec::new(),
        events: Default::default(),
        commons: None,
        roster: false,
        premises: BTreeSet::new(),
        tariff: None,
    }
}

/// `"2026-11-24T10:00"` on the office's clock.
pub fn at(text: &str) -> CivilMinute {
    text.parse().unwrap()
}

/// `"24T10:00-11:30"`: a day of November 2026 and two times; the second may be of the next day as `25T01:00`.
pub fn span(text: &str) -> Interval {
    let (start, end) = text.split_once('-').unwrap();
    let day = &start[..2];
    let end = if end.contains('T') {
        format!("2026-11-{end}")
    } else {
        format!("2026-11-{day}T{end}")
    };
    Interval::new(at(&format!("2026-11-{start}")), at(&end)).unwrap()
}

/// What every office of these tests is founded with: the same keys, the same salt.
pub fn founding(parts: Parts, role: Role) -> Founding {
    Founding {
        catalogue: Catalogue::new(parts).unwrap(),
        day_start: DayStart::default(),
        role,
        recovery_seed: RECOVERY,
        salt: [7; 32],
    }
}

impl World {
    /// Tuesday 24 November 2026, 08.00.
    pub fn new() -> Self {
        Self::with(parts())
    }

    /// The same morning, with another catalogue.
    pub fn with(parts: Parts) -> Self {
        Self::starting(parts, "2026-11-24T08:00")
    }

    /// Another morning, with another catalogue.
    pub fn starting(parts: Parts, start: &str) -> Self {
        let now = instant(at(start));
        let founding = founding(parts, Role::Kiosk);
        let (kiosk, _) = Replica::found(now, Keypair::from_seed(&[1; 32]), &founding).unwrap();
        Self {
            now,
            kiosk,
            phones: BTreeMap::new(),
        }
    }

    /// A phone that has met the kiosk and has tickets at hand.
    pub fn phone(&mut self, name: &str) {
        let seed = name
            .bytes()
            .cycle()
            .take(32)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let phone = Replica::new(Keypair::from_seed(&seed), self.kiosk.office());
        self.phones.insert(name.to_owned(), phone);
        self.meet(name);
        self.meet(name);
    }

    /// Several phones.
    pub fn phones(&mut self, names: &[&str]) {
        names.iter().for_each(|name| self.phone(name));
    }

    /// The clock goes to a time of the office's wall clock, and the kiosk notices.
    pub fn clock(&mut self, time: &str) {
        self.now = instant(at(time));
        self.kiosk.handle(self.now, Event::Tick).unwrap();
    }

    /// Lets a phone and the kiosk talk until neither has anything to say.
    pub fn meet(&mut self, name: &str) {
        let mut phone = self.phones.remove(name).unwrap();
        talk(self.now, &mut phone, &mut self.kiosk);
        self.phones.insert(name.to_owned(), phone);
    }

    /// Lets two phones talk.
    pub fn meet_each_other(&mut self, one: &str, other: &str) {
        let mut phone = self.phones.remove(one).unwrap();
        talk(self.now, &mut phone, self.phones.get_mut(other).unwrap());
        self.phones.insert(one.to_owned(), phone);
    }

    /// Everybody meets the kiosk, twice: what the first brings, the second hears of.
    pub fn all_meet(&mut self) {
        let names: Vec<String> = self.phones.keys().cloned().collect();
        for _ in 0..2 {
            names.iter().for_each(|name| self.meet(name));
        }
    }

    /// A phone's command.
    pub fn command(
        &mut self,
        name: &str,
        command: Command,
    ) -> Result<Outcome, allkontor_core::error::Error> {
        let phone = self.phones.get_mut(name).unwrap();
        phone
            .handle(self.now, Event::Command(command))
            .map(|effects| effects.outcome)
    }

    /// A phone books.
    pub fn book(&mut self, name: &str, book: Book) -> Booked {
        match self.command(name, Command::Book(book)).unwrap() {
            Outcome::Booked(booked) => booked,
            other => panic!("booking answered {other:?}"),
        }
    }

    /// A phone books one date that no rule forbids.
    pub fn booked(&mut self, name: &str, book: Book) -> BookingId {
        let booked = self.book(name, book);
        booked
            .bookings()
            .next()
            .unwrap_or_else(|| panic!("refused: {booked:?}"))
    }

    /// A phone books one date that a rule forbids.
    pub fn refused(&mut self, name: &str, book: Book) -> Rule {
        match self.book(name, book).dates.remove(0) {
            DateOutcome::Refused { rule, .. } => rule,
            DateOutcome::Requested { .. } => panic!("no rule forbade it"),
        }
    }

    /// The kiosk's command.
    pub fn desk(&mut self, command: Command) -> Outcome {
        self.kiosk
            .handle(self.now, Event::Command(command))
            .unwrap()
            .outcome
    }

    /// How a phone sees one of its bookings.
    pub fn see(&self, name: &str, booking: BookingId) -> AgendaEntry {
        self.phones[name].booking(booking).unwrap()
    }

    /// One word and the place: `confirmed 1 10:00-11:00`, `waiting 2`.
    pub fn told(&self, name: &str, booking: BookingId) -> String {
        words(&self.see(name, booking).status)
    }

    /// Every device has the same picture.
    pub fn assert_agreed(&self) {
        for (name, phone) in &self.phones {
            assert_eq!(
                phone.digest(),
                self.kiosk.digest(),
                "{name} sees another picture"
            );
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// One word and the place: `confirmed 1 10:00-11:00`, `waiting 2`.
pub fn words(status: &Status) -> String {
    let with_place = |word: &str| {
        let holds = if status.holding.is_empty() {
            status.stage.holds()
        } else {
            &status.holding
        };
        let holds = holds.iter().map(|hold| (hold.unit, hold.interval()));
        format!("{word} {}", place(holds))
    };
    match &status.stage {
        Stage::Likely { .. } => with_place("likely"),
        Stage::Alternative { .. } => with_place("alternative"),
        Stage::Confirmed { .. } => with_place("confirmed"),
        Stage::CheckedIn { .. } => with_place("checked in"),
        Stage::Waiting { n } => format!("waiting {n}"),
        Stage::Released { cause } => format!("released: {}", cause.word()),
        Stage::Declined { cause } => {
            let rule = cause.rule().and_then(Rule::key);
            format!("declined: {}", rule.unwrap_or_else(|| cause.word()))
        }
        Stage::Withdrawn { .. } => with_place("withdrawn"),
        Stage::Asked => "asked".into(),
        Stage::Cancelled => "cancelled".into(),
        Stage::Moved => "moved".into(),
    }
}

/// Units with their times: `1 10:00-11:00, 2 10:00-11:00`.
pub fn place(spans: impl Iterator<Item = (UnitId, Interval)>) -> String {
    let spans = spans.map(|(unit, interval)| {
        let (start, end) = (interval.start().to_string(), interval.end().to_string());
        format!("{} {}-{}", unit.0, &start[11..], &end[11..])
    });
    spans.collect::<Vec<_>>().join(", ")
}

/// The instant at which the office's wall clock shows a minute; the earlier of two.
pub fn instant(minute: CivilMinute) -> Timestamp {
    match Zone::new("Europe/Stockholm").unwrap().local(minute) {
        LocalMinute::Unambiguous(at) | LocalMinute::Fold(at, _) => at,
        LocalMinute::Gap => panic!("the clock never shows {minute}"),
    }
}

/// Two devices talk until neither has anything to say.
pub fn talk(now: Timestamp, one: &mut Replica, other: &mut Replica) {
    one.stock_up(now).unwrap();
    other.stock_up(now).unwrap();
    let session = || {
        Session::new(SessionConfig {
            wants: Wants::All,
            remembered: None,
        })
    };
    let (mut here, mut there) = (session(), session());
    let mut outgoing = here.open(&one.at(now));
    while !outgoing.is_empty() {
        let answer = hand_over(now, outgoing, other, &mut there);
        outgoing = hand_over(now, answer, one, &mut here);
    }
}

fn hand_over(
    now: Timestamp,
    messages: Vec<Vec<u8>>,
    to: &mut Replica,
    session: &mut Session,
) -> Vec<Vec<u8>> {
    for message in messages {
        let incoming = session.receive(&message, &to.at(now)).unwrap();
        to.handle(now, Event::TakeIn(incoming)).unwrap();
    }
    session.poll(&to.at(now))
}
