//! A year of confirmed bookings, from signed statements.

use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::resolve::{Authority, Fold};
use allkontor_core::statement::{
    Assign, Body, Certify, Confirm, Document, Family, Genesis, Header, Hold, Keypair, Link,
    Request, Role, Statement, Ticket, Verified, Wish,
};
use allkontor_core::time::{DayStart, Interval, Month, OfficeDay};
use std::sync::Arc;

pub(crate) const CLASS: ClassId = ClassId(1);
pub(crate) const UNITS: u32 = 60;

pub(crate) struct Year {
    pub(crate) catalogue: Catalogue,
    /// One a month.
    pub(crate) folds: Vec<Fold>,
    /// Every booking: unit, day, interval.
    pub(crate) bookings: Vec<(UnitId, OfficeDay, Interval)>,
}

impl Year {
    /// About that many bookings of 60 desks between 08 and 22, on every day of 2026.
    pub(crate) fn booked(bookings: usize) -> Self {
        let (admin, desk) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
        let chain = found(&admin, &desk);
        let office = chain[0].id().into();
        let authority = Arc::new(Authority::resolve(office, &chain).unwrap());
        let certificate = authority.device(&desk.public()).unwrap().certificate;
        let mut year = Self {
            catalogue: Catalogue::from_bytes(catalogue().as_bytes()).unwrap(),
            folds: Vec::new(),
            bookings: Vec::new(),
        };
        let mut seed = 88_172_645_463_325_252_u64;
        let mut below = move |n: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % n
        };
        // 365 days of 60 units; a booking takes about 1 h 22 min and the gaps use up the rest of 14 hours.
        let each = bookings.div_ceil(365 * 60) as u64;
        for month in 1..=12 {
            let month = Month::new(2026, month).unwrap();
            let document = Document::Ledger(month);
            let say = |key: &Keypair, body: Body, link: Option<Link>| {
                let header = Header {
                    link,
                    ..Header::standalone(office, document)
                };
                key.sign(Statement { header, body }).unwrap()
            };
            let mut fold = Fold::new(document, authority.clone());
            let mut said = Vec::new();
            let (mut prev, mut seq, mut ticket, mut slot) = (certificate, 0, None, 0);
            let days = (0..31)
                .map(|day| month.first_day().plus(day))
                .filter(|day| day.month() == month);
            for (day, unit) in days.flat_map(|day| (1..=UNITS).map(move |unit| (day, UnitId(unit))))
            {
                let four = day.interval(DayStart::default()).start();
                let mut at = 240;
                for _ in 0..each {
                    let (gap, length) = (below(5) * 15, (2 + below(9)) * 15);
                    let (from, to) = (at + gap, at + gap + length);
                    if to > 1080 || year.bookings.len() >= bookings {
                        break;
                    }
                    at = to;
                    let minute = |offset: u64| four.plus(i32::try_from(offset).unwrap()).unwrap();
                    let interval = Interval::new(minute(from), minute(to)).unwrap();
                    let ticket_id = *ticket.get_or_insert_with(|| {
                        let serial = u128::from(seq).to_be_bytes();
                        let (key, decider, stamp) = (
                            desk.public(),
                            desk.public(),
                            month
                                .first_day()
                                .interval(DayStart::new(0).unwrap())
                                .start(),
                        );
                        let ticket = Ticket {
                            serial,
                            key,
                            decider,
                            uses: Vec::new(),
                            slots: 60,
                            stamp,
                            expires: stamp,
                        };
                        let ticket = say(&desk, ticket.into(), None);
                        said.push(ticket.clone());
                        ticket.id()
                    });
                    let request = Request {
                        ticket: ticket_id,
                        slot,
                        version: 0,
                        options: vec![vec![Wish::new(unit, interval)]],
                        any_equal: None,
                        party: 1,
                        claimed: month
                            .first_day()
                            .interval(DayStart::new(0).unwrap())
                            .start(),
                    };
                    let request = say(&desk, request.into(), None);
                    let confirm = Confirm {
                        request: request.id(),
                        holds: vec![Hold::new(unit, interval, 0, 0)],
                        ends: None,
                    };
                    let link = Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(authority.head().id),
                    };
                    let confirm = say(&desk, confirm.into(), Some(link));
                    (prev, seq, slot) = (confirm.id(), seq + 1, slot + 1);
                    if slot == 60 {
                        (ticket, slot) = (None, 0);
                    }
                    said.extend([request, confirm]);
                    year.bookings.push((unit, day, interval));
                }
            }
            fold.extend(said);
            year.folds.push(fold);
        }
        let confirmed: usize = year
            .folds
            .iter()
            .map(|fold| fold.resolved().confirmations.len())
            .sum();
        println!("{confirmed} confirmed bookings");
        assert_eq!(confirmed, year.bookings.len());
        year
    }
}

fn found(admin: &Keypair, desk: &Keypair) -> Vec<Verified> {
    let genesis = Genesis {
        admin: admin.public(),
        recovery: admin.public(),
        zone: "Europe/Stockholm".to_owned(),
        day_start: DayStart::default(),
        salt: [7; 32],
        rules: 1,
    };
    let genesis = Statement {
        header: Header::GENESIS,
        body: genesis.into(),
    };
    let mut chain = vec![admin.sign(genesis).unwrap()];
    let device = desk.public();
    let certify = Certify {
        device,
        role: Role::Staff,
    };
    let units = (1..=UNITS).map(UnitId).collect();
    let assign = Assign {
        units,
        family: Family::Ledger,
        device,
    };
    for body in [Body::from(certify), Body::from(assign)] {
        let link = Link {
            seq: chain.len() as u32,
            prev: chain.last().map(Verified::id),
            auth: None,
        };
        let header = Header::linked(chain[0].id().into(), Document::Authority, link);
        chain.push(admin.sign(Statement { header, body }).unwrap());
    }
    chain
}

fn catalogue() -> String {
    let units: Vec<String> = (1..=UNITS)
        .map(|unit| format!(r#""{unit}": {{"name": {{"en": "Desk {unit}"}}, "class": 1}}"#))
        .collect();
    let open = r#"{"open": ["08:00-22:00"]}"#;
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let week: Vec<String> = days
        .iter()
        .map(|day| format!(r#""{day}": {open}"#))
        .collect();
    format!(
        r#"{{"profile": {{"name": {{"sv": "Kontoret"}}, "languages": ["sv"], "zone": "Europe/Stockholm",
        "operator": "library", "duration": {{"kind": "permanent"}},
        "address": {{"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}}}},
        "hours": {{"weekly": {{{}}}}},
        "classes": {{"1": {{"name": {{"en": "Desk"}}, "kind": "desk"}}}}, "units": {{{}}}}}"#,
        week.join(","),
        units.join(",")
    )
}
