//! Random histories: people ask, change their minds and come; stewards decide, mostly sensibly.

use crate::office::{LOOP, Office, STEP_FREE, catalogue};
use allkontor_core::id::{ClassId, StatementId, UnitId};
use allkontor_core::resolve::{Fold, Forecast, SlotKey};
use allkontor_core::statement::{
    AnyEqual, Arrive, Body, Cancel, Cause, CellRange, CheckIn, Confirm, Decline, Document, Give,
    Hold, Keypair, Occupy, Release, Request, Take, Vacate, Verified, Wish,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};
use allkontor_core::view::Published;
use std::collections::BTreeMap;

/// SplitMix64: small, seeded, good enough to choose what happens next.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let index = self.below(from.len().max(1) as u64);
        from.get(usize::try_from(index).unwrap()).cloned()
    }
}

pub(crate) struct History {
    pub(crate) office: Office,
    pub(crate) document: Document,
    /// Everything said so far, folded: what the stewards know.
    pub(crate) fold: Fold,
    pub(crate) chance: Chance,
    tickets: BTreeMap<StatementId, Keypair>,
}

impl History {
    pub(crate) fn new(seed: u64, document: Document) -> Self {
        let office = Office::found();
        Self {
            fold: Fold::new(document, office.authority()),
            office,
            document,
            chance: Chance(seed),
            tickets: BTreeMap::new(),
        }
    }

    /// What happens next: some statement, known to the stewards at once.
    pub(crate) fn next(&mut self) -> Verified {
        loop {
            let said = match self.chance.below(20) {
                0 | 1 => self.issue(),
                2..=7 => self.ask(),
                8 => self.visitor_word(),
                9..=13 => self.confirm(),
                14 => self.decline(),
                15 => self.release(),
                16 => self.check_in(),
                17 => self.occupy(),
                18 => self.vacate(),
                _ => self.hand_over(),
            };
            if let Some(said) = said {
                self.fold.extend([said.clone()]);
                return said;
            }
        }
    }

    /// A time of the right grain: within three days, or weeks of the year, sometimes off every raster.
    pub(crate) fn interval(&mut self) -> Interval {
        let chance = &mut self.chance;
        let fine = if chance.one_in(4) { 1 } else { 15 };
        let (first, steps, longest) = match self.document {
            Document::Storage(_) => (
                OfficeDay::from_ymd(2026, 3, 1).unwrap(),
                30 * 24 * 60,
                10 * 24 * 60,
            ),
            _ => (OfficeDay::from_ymd(2026, 11, 24).unwrap(), 22 * 60, 200),
        };
        let day = first.plus(i32::try_from(chance.below(3)).unwrap());
        let from = day.interval(DayStart::default()).start().get();
        let from = i64::from(from) + i64::try_from(chance.below(steps) / fine * fine).unwrap();
        let length = i64::try_from((1 + chance.below(longest) / fine) * fine).unwrap();
        let length = if chance.one_in(3) {
            length
        } else {
            length % (24 * 60) + 1
        };
        Interval::new(
            CivilMinute::new(from).unwrap(),
            CivilMinute::new(from + length).unwrap(),
        )
        .unwrap()
    }

    fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = match self.document {
            Document::Storage(_) => vec![21, 22],
            _ => vec![1, 2, 3, 4, 11, 12, 13],
        }
        .into_iter()
        .map(UnitId)
        .collect();
        // One of the other family, one that is not for booking and one that nobody knows.
        units.extend([UnitId(3), UnitId(21), UnitId(31), UnitId(99)]);
        units
    }

    fn unit(&mut self) -> UnitId {
        let units = self.units();
        self.chance.pick(&units).unwrap()
    }

    fn issue(&mut self) -> Option<Verified> {
        let number = self.chance.next();
        let decider = if self.chance.one_in(2) {
            &self.office.kiosk
        } else {
            &self.office.staff
        };
        let (ticket, key) = self.office.ticket(number, decider, self.document);
        self.tickets.insert(ticket.id(), key);
        Some(ticket)
    }

    fn say(&mut self, ticket: &StatementId, body: impl Into<Body>) -> Option<Verified> {
        let key = self.tickets.get(ticket)?;
        Some(self.office.say(key, self.document, body))
    }

    fn ask(&mut self) -> Option<Verified> {
        let tickets: Vec<_> = self.tickets.keys().copied().collect();
        let ticket = self.chance.pick(&tickets)?;
        let options = (0..=self.chance.below(2)).map(|_| {
            let interval = self.interval();
            let mut option = vec![Wish::new(self.unit(), interval)];
            if self.chance.one_in(4) {
                let again = if self.chance.one_in(2) {
                    interval
                } else {
                    self.interval()
                };
                option.push(Wish::new(self.unit(), again));
            }
            option
        });
        let options = options.collect();
        let class = ClassId(1 + u16::try_from(self.chance.below(3)).unwrap());
        let needs = [vec![], vec![STEP_FREE], vec![LOOP]];
        let needs = self.chance.pick(&needs)?;
        let any_equal = self.chance.one_in(2).then_some(AnyEqual { class, needs });
        let claimed = CivilMinute::new(
            i64::from(crate::office::at(20, 9, 0).get())
                + i64::try_from(self.chance.below(600)).unwrap(),
        );
        let request = Request {
            event: None,
            ticket,
            slot: u8::try_from(self.chance.below(3)).unwrap(),
            version: u8::try_from(self.chance.below(3)).unwrap(),
            options,
            any_equal,
            party: 1,
            claimed: claimed.unwrap(),
            accepts: None,
        };
        self.say(&ticket, request)
    }

    fn visitor_word(&mut self) -> Option<Verified> {
        let slots: Vec<SlotKey> = self.fold.resolved().slots.keys().copied().collect();
        let SlotKey { ticket, slot } = self.chance.pick(&slots)?;
        if self.chance.one_in(2) {
            let version = u8::try_from(self.chance.below(3)).unwrap();
            return self.say(
                &ticket,
                Cancel {
                    ticket,
                    slot,
                    version,
                },
            );
        }
        let claimed = crate::office::at(24, 9, 0);
        self.say(
            &ticket,
            Arrive {
                ticket,
                slot,
                claimed,
            },
        )
    }

    fn steward(&mut self) -> Keypair {
        let office = &self.office;
        let both = [office.kiosk.clone(), office.staff.clone()];
        self.chance.pick(&both).unwrap()
    }

    fn decide(&mut self, body: impl Into<Body>) -> Option<Verified> {
        let by = self.steward();
        Some(self.office.decide(&by, &self.fold, body))
    }

    fn confirm(&mut self) -> Option<Verified> {
        let pending: Vec<SlotKey> = self.fold.pending().iter().copied().collect();
        let key = self.chance.pick(&pending)?;
        let catalogue = catalogue();
        let places = Published::new(&catalogue, self.document, DayStart::default());
        let forecast = Forecast::new(&self.fold, &places);
        let outlook = forecast.outlook(&key)?;
        let mut holds: Vec<Hold> = outlook.place.holds().to_vec();
        if holds.is_empty() || self.chance.one_in(6) {
            let slot = self.fold.resolved().slots.get(&key)?;
            let option = slot.current()?.request.options.first()?.clone();
            holds = option
                .iter()
                .map(|w| Hold::new(w.unit, w.interval, 0, 20))
                .collect();
        }
        let request = outlook.request;
        let ends = self.fold.resolved().slots.get(&key)?.last();
        let confirm = Confirm {
            request,
            holds,
            ends,
        };
        // The custodian and decider, if it is one device; else somebody.
        for by in [self.office.kiosk.clone(), self.office.staff.clone()] {
            let signed = self.office.decide(&by, &self.fold, confirm.clone());
            let mut trial = self.fold.clone();
            trial.extend([signed.clone()]);
            if trial.resolved().confirmations.contains_key(&signed.id()) {
                return Some(signed);
            }
        }
        self.chance
            .one_in(4)
            .then(|| self.decide(confirm))
            .flatten()
    }

    fn decline(&mut self) -> Option<Verified> {
        let pending: Vec<SlotKey> = self.fold.pending().iter().copied().collect();
        let key = self.chance.pick(&pending)?;
        let request = self.fold.resolved().slots.get(&key)?.current()?.id;
        let causes = [Cause::from_rule(17), Cause::Staff];
        let cause = self.chance.pick(&causes)?;
        self.decide(Decline {
            request,
            cause,
            note: None,
        })
    }

    fn confirmation(&mut self) -> Option<StatementId> {
        let all: Vec<_> = self.fold.resolved().confirmations.keys().copied().collect();
        self.chance.pick(&all)
    }

    fn release(&mut self) -> Option<Verified> {
        let confirm = self.confirmation()?;
        let causes = [
            Cause::Cancelled,
            Cause::NoShow,
            Cause::Override,
            Cause::Moved,
            Cause::Closed,
        ];
        let cause = self.chance.pick(&causes)?;
        self.decide(Release { confirm, cause })
    }

    fn check_in(&mut self) -> Option<Verified> {
        let confirm = self.confirmation()?;
        self.decide(CheckIn { confirm })
    }

    fn occupy(&mut self) -> Option<Verified> {
        let (unit, interval) = (self.unit(), self.interval());
        let longer = self.interval().end().max(interval.end());
        let interval = Interval::new(interval.start(), longer).unwrap();
        self.decide(Occupy {
            unit,
            interval,
            cause: Cause::Present,
        })
    }

    fn vacate(&mut self) -> Option<Verified> {
        let all: Vec<_> = self.fold.resolved().occupations.keys().copied().collect();
        let occupy = self.chance.pick(&all)?;
        self.decide(Vacate { occupy })
    }

    /// Cells in flight are taken; else a day of a unit is given away.
    fn hand_over(&mut self) -> Option<Verified> {
        let gives = self
            .fold
            .statements()
            .values()
            .filter(|s| matches!(s.body(), Body::Give(_)));
        let gives: Vec<_> = gives.map(Verified::id).collect();
        if let Some(of) = self.chance.pick(&gives).filter(|_| self.chance.one_in(2)) {
            return self.decide(Take { of, via: None });
        }
        let by = self.steward();
        let to = if by.public() == self.office.kiosk.public() {
            self.office.staff.public()
        } else {
            self.office.kiosk.public()
        };
        let first = match self.document {
            Document::Storage(year) => i32::from(year),
            _ => OfficeDay::from_ymd(2026, 11, 24).unwrap().get(),
        };
        let cells = vec![CellRange {
            unit: self.unit(),
            first,
            last: first,
        }];
        Some(self.office.decide(&by, &self.fold, Give { cells, to }))
    }
}
