//! Resolving a month of ten thousand bookings, visit by visit as they are received: decided by four stewards, beside the
//! same bookings decided by one.
//!
//! The four: a hub that holds the coming days and hands most of each to the others the day before, a kiosk and two
//! tablets. Each decides about fifteen desks; every twentieth ticket is passed on to the steward who decides.

use crate::clerk::{Booking, Clerk, Signed};
use crate::plan::{self, UNITS};
use crate::report::{Pair, Report, Wanted, timed};
use crate::year::Extent;
use allkontor_core::id::{OfficeId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::resolve::{Authority, Fold};
use allkontor_core::statement::{
    Assign, Body, CellRange, Certify, Document, Family, Genesis, Give, Header, Keypair, Link, Pass,
    Role, Statement, Take, Verified,
};
use allkontor_core::time::{CivilMinute, DayStart, OfficeDay};
use allkontor_core::view::View;
use criterion::{Criterion, SamplingMode};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const BOOKINGS: u64 = 10_000;

/// A month's statements, in the batches in which they are received.
pub(crate) struct Month {
    authority: Arc<Authority>,
    document: Document,
    visits: Vec<Vec<Verified>>,
}

/// Who decides about a desk when `stewards` share them.
fn steward_of(unit: UnitId, stewards: usize) -> usize {
    (unit.0 as usize - 1) * stewards / UNITS as usize
}

impl Month {
    pub(crate) fn decided_by(stewards: usize) -> Self {
        let admin = Keypair::from_seed(&[31; 32]);
        let keys: Vec<Keypair> = (0..stewards)
            .map(|n| Keypair::from_seed(&[32 + n as u8; 32]))
            .collect();
        let authority = Arc::new(found(&admin, &keys));
        let first = OfficeDay::from_ymd(2026, 6, 1).unwrap();
        let mut month = Self {
            document: Document::ledger_of(first),
            visits: Vec::new(),
            authority,
        };
        let mut clerks: Vec<Clerk> = keys
            .into_iter()
            .map(|key| Clerk::new(key, &month.authority))
            .collect();
        let mut expected: Vec<BTreeMap<(CivilMinute, u64), (Booking, Signed)>> = Vec::new();
        expected.resize_with(stewards, BTreeMap::new);
        for (day, bookings) in (0..).zip(plan::month(first, BOOKINGS)) {
            let day = first.plus(day);
            month.hand_over(day, &mut clerks);
            for (minute, visit) in visits(day, &bookings) {
                let who = steward_of(visit[0].unit, stewards);
                month.receive(who, minute, &visit, &mut clerks, &mut expected[who]);
            }
        }
        month
    }

    /// The first steward holds everything at first, and gives the others their desks of a day the day before.
    fn hand_over(&mut self, day: OfficeDay, clerks: &mut [Clerk]) {
        for to in 1..clerks.len() {
            let units = (1..=UNITS).map(UnitId);
            let theirs = units.filter(|unit| steward_of(*unit, clerks.len()) == to);
            let (first, last) = (day.get(), day.get());
            let cells = theirs.map(|unit| CellRange { unit, first, last }).collect();
            let heir = clerks[to].key.public();
            let give = clerks[0].says(self.document, Give { cells, to: heir });
            let take = Take {
                of: give.id(),
                via: None,
            };
            let take = clerks[to].says(self.document, take);
            self.visits.extend([vec![give], vec![take]]);
        }
    }

    /// Two turns, as a kiosk's: check-ins and tickets; requests and what is decided about them.
    fn receive(
        &mut self,
        who: usize,
        minute: CivilMinute,
        visit: &[Booking],
        clerks: &mut [Clerk],
        expected: &mut BTreeMap<(CivilMinute, u64), (Booking, Signed)>,
    ) {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        while let Some(entry) = expected.first_entry().filter(|next| next.key().0 <= minute) {
            let (booking, signed) = entry.remove();
            first.extend(clerks[who].check_in(&booking, &signed));
        }
        for booking in visit {
            let passed = clerks.len() > 1 && booking.number % 20 == 0;
            let decider = if passed {
                (who + 1) % clerks.len()
            } else {
                who
            };
            let decider = clerks[decider].key.clone();
            let ticket = clerks[who].ticket(booking, minute, &decider);
            first.push(ticket.clone());
            if passed {
                let (to, other) = (clerks[who].key.public(), (who + 1) % clerks.len());
                let pass = Pass {
                    ticket: ticket.id(),
                    to,
                };
                let pass = clerks[other].says(self.document, pass);
                let take = Take {
                    of: pass.id(),
                    via: None,
                };
                let take = clerks[who].says(self.document, take);
                second.extend([pass, take]);
            }
            let request = clerks[who].request(booking, &ticket, minute);
            let confirm = clerks[who].confirm(booking, &request);
            second.extend([request, confirm.clone()]);
            let key = (booking.interval.start(), booking.number);
            expected.insert(key, (*booking, Signed { ticket, confirm }));
        }
        self.visits.extend([first, second]);
    }

    /// Everything resolved, batch by batch, with its view.
    fn resolve(&self, catalogue: &Catalogue) -> Fold {
        let mut fold = Fold::new(self.document, self.authority.clone());
        let mut view = View::rebuild(&fold, catalogue);
        for visit in &self.visits {
            let changed = fold.extend(visit.iter().cloned());
            view.update(&fold, catalogue, &changed);
        }
        fold
    }
}

/// One or two bookings a visit, all about the desks of one steward whether there are four or one; made the day before.
fn visits(day: OfficeDay, bookings: &[Booking]) -> Vec<(CivilMinute, Vec<Booking>)> {
    let mut visits = Vec::new();
    for steward in 0..4 {
        let theirs: Vec<&Booking> = bookings
            .iter()
            .filter(|booking| steward_of(booking.unit, 4) == steward)
            .collect();
        let mut from = 0;
        while from < theirs.len() {
            let size = (1 + visits.len() % 2).min(theirs.len() - from);
            let after = i32::try_from(from * 840 / theirs.len()).unwrap();
            let minute = plan::minute(day.plus(-1), 8, 0).plus(after).unwrap();
            let visit = theirs[from..from + size].iter().map(|booking| **booking);
            visits.push((minute, visit.collect()));
            from += size;
        }
    }
    visits.sort_by_key(|(minute, _)| *minute);
    visits
}

fn found(admin: &Keypair, stewards: &[Keypair]) -> Authority {
    let genesis = Genesis {
        admin: admin.public(),
        recovery: admin.public(),
        zone: "Europe/Stockholm".to_owned(),
        day_start: DayStart::default(),
        salt: [7; 32],
        rules: 1,
    };
    let header = Header::GENESIS;
    let body = genesis.into();
    let mut chain = vec![admin.sign(Statement { header, body }).unwrap()];
    let roles = [Role::Hub, Role::Kiosk, Role::Staff, Role::Staff];
    let certified = stewards.iter().zip(roles).map(|(key, role)| {
        let device = key.public();
        Body::from(Certify { device, role })
    });
    let assign = Assign {
        units: (1..=UNITS).map(UnitId).collect(),
        family: Family::Ledger,
        device: stewards[0].public(),
    };
    let office = OfficeId::from(chain[0].id());
    for body in certified.chain([assign.into()]) {
        let link = Link {
            seq: chain.len() as u32,
            prev: chain.last().map(Verified::id),
            auth: None,
        };
        let header = Header::linked(office, Document::Authority, link);
        chain.push(admin.sign(Statement { header, body }).unwrap());
    }
    Authority::resolve(office, &chain).unwrap()
}

/// The same bookings, decided by four and by one.
pub(crate) struct Months {
    four: Month,
    one: Month,
    catalogue: Catalogue,
}

impl Months {
    pub(crate) fn new() -> Self {
        Self {
            four: Month::decided_by(4),
            one: Month::decided_by(1),
            catalogue: Extent::Desks.catalogue(),
        }
    }

    pub(crate) fn compare(&self, report: &mut Report) {
        let mut pair = Pair::default();
        for _ in 0..9 {
            let (ours, fold) = timed(|| self.four.resolve(&self.catalogue));
            let (theirs, alone) = timed(|| self.one.resolve(&self.catalogue));
            for fold in [&fold, &alone] {
                assert_eq!(fold.standing().count() as u64, BOOKINGS);
                assert!(fold.resolved().void.is_empty());
            }
            pair.push(ours, theirs);
        }
        let (ours, theirs) = pair.medians();
        let count = |month: &Month| {
            let statements: usize = month.visits.iter().map(Vec::len).sum();
            format!("{} batches of {statements} statements", month.visits.len())
        };
        report.add(
            "of one steward: resolving a month of 10,000 bookings decided by four, visit by visit",
            pair.ratio(),
            &Wanted::AtMost(2.0),
            &format!(
                "{ours:?} for {} against {theirs:?} for {}",
                count(&self.four),
                count(&self.one)
            ),
        );
    }

    pub(crate) fn bench(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group("a month of 10,000 bookings, visit by visit");
        group
            .sample_size(10)
            .sampling_mode(SamplingMode::Flat)
            .warm_up_time(Duration::from_millis(100))
            .measurement_time(Duration::from_secs(5));
        for (name, month) in [("four stewards", &self.four), ("one steward", &self.one)] {
            group.bench_function(name, |bencher| {
                bencher.iter(|| month.resolve(&self.catalogue))
            });
        }
        group.finish();
    }
}
