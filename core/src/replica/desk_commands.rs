//! What staff ask for: decide by hand, close, book for a walk-in, issue tickets.

use super::{Command, Outcome, Replica, Standing};
use crate::command::{self, Close, Closed, DateOutcome, Note, WalkIn, WalkInDate, WalkedIn};
use crate::custody::{Route, route};
use crate::error::Error;
use crate::id::{StatementId, UnitId};
use crate::resolve::{Confirmation, Holding, SlotKey};
use crate::statement::{CheckIn, Confirm, Document, Occupy, Release, Request, Role, Vacate};
use crate::sync::qr::Slip;
use crate::time::{Interval, OfficeDay, Timestamp};
use sha2::Digest as _;

/// Months ahead for which tickets are issued.
pub(super) const MONTHS_AHEAD: u16 = 14;

impl Replica {
    pub(super) fn desk_command(
        &mut self,
        now: Timestamp,
        command: Command,
    ) -> Result<Outcome, Error> {
        self.require_role()?;
        self.require_current()?;
        match command {
            Command::Confirm(key) => self.confirm_by_hand(now, key),
            Command::Decline { key, cause } => {
                let (document, request) = self.pending_request(&key)?;
                self.require_right(document, &key)?;
                let decline = self.refusal(document, request, cause, Note::Nothing);
                self.decide_that(now, document, decline)?;
                Ok(Outcome::Done)
            }
            Command::Release { key, cause } => {
                let (document, confirm) = self.standing_confirmation(&key)?;
                self.decide_that(now, document, Release { confirm, cause })?;
                Ok(Outcome::Done)
            }
            Command::CheckIn(key) => {
                let (document, confirm) = self.standing_confirmation(&key)?;
                self.decide_that(now, document, CheckIn { confirm })?;
                Ok(Outcome::Done)
            }
            Command::HandOut {
                key,
                unit,
                condition,
                remark,
            } => self.hand_out(now, key, unit, condition, remark.as_deref()),
            Command::HandIn {
                unit,
                condition,
                remark,
            } => self.hand_in(now, unit, condition, remark.as_deref()),
            Command::Open {
                unit,
                cause,
                remark,
            } => self.open_unit(now, unit, cause, remark.as_deref()),
            Command::EraseRemark { of, cause } => self.erase_remark(now, of, cause),
            Command::IssueCode(new) => self.issue_code(now, &new),
            Command::Prolong { key, until } => self.prolong(now, key, until),
            Command::Transfer { key, to } => self.transfer(now, key, &to),
            Command::Close(close) => self.close(now, &close).map(Outcome::Closed),
            Command::Reopen(occupy) => self.reopen(now, occupy),
            Command::WalkIn(walk_in) => self.walk_in(now, &walk_in).map(Outcome::WalkedIn),
            Command::Suspend {
                holder,
                until,
                ground,
            } => self.suspend(now, holder, until, ground),
            Command::ReportLost { holder, seed } => self.report_lost(now, holder, &seed),
            Command::AmendSuspension { suspend, amendment } => {
                self.amend_suspension(now, suspend, amendment)
            }
            Command::Introduce(holder) => self.introduce(now, holder),
            Command::Retract(holder) => self.retract(now, holder),
            Command::WriteContact(new) => self.write_contact(now, &new),
            Command::AtTill(act) => self.at_till(now, act),
            Command::Import(entries) => self.import(now, &entries),
            Command::IssueTicket {
                holder,
                key,
                document,
                uses,
                slots,
            } => {
                let order = StatementId(sha2::Sha256::digest([holder.0, key.0].concat()).into());
                let issued = self.issue(now, holder, order, key, document, uses, slots)?;
                Ok(Outcome::Ticket(issued))
            }
            Command::Honour(confirm) => self.honour(now, confirm),
            Command::ConfirmClock => {
                self.clock.confirm(now);
                self.keep_clock();
                Ok(Outcome::Done)
            }
            other => self.admin_command(now, other),
        }
    }

    /// What this device may do, if it is one of the office's and may decide.
    pub(super) fn require_role(&self) -> Result<Role, Error> {
        match self.standing() {
            Standing::Steward(role) => Ok(role),
            Standing::Recovering => Err(Error::Recovering),
            Standing::Visitor => Err(Error::NotASteward),
        }
    }

    pub(super) fn find_slot(
        &self,
        key: &SlotKey,
    ) -> Result<(Document, &super::shelf::Ledger), Error> {
        let found = self
            .shelf
            .ledgers
            .iter()
            .find(|(_, l)| l.fold.resolved().slots.contains_key(key));
        found
            .map(|(document, ledger)| (*document, ledger))
            .ok_or(Error::NoSuchBooking { key: *key })
    }

    pub(super) fn pending_request(&self, key: &SlotKey) -> Result<(Document, StatementId), Error> {
        let (document, ledger) = self.find_slot(key)?;
        let outlook = ledger.view().and_then(|view| view.forecast().outlook(key));
        outlook
            .map(|outlook| (document, outlook.request))
            .ok_or(Error::NotPending { key: *key })
    }

    pub(super) fn standing_confirmation(
        &self,
        key: &SlotKey,
    ) -> Result<(Document, StatementId), Error> {
        let (document, ledger) = self.find_slot(key)?;
        let resolved = ledger.fold.resolved();
        let last = resolved.slots.get(key).and_then(|slot| slot.last());
        let confirmation = last.and_then(|last| Some((last, resolved.confirmations.get(&last)?)));
        let standing = confirmation.filter(|(_, confirmation)| confirmation.state.stands());
        let (id, confirmation) = standing.ok_or(Error::NotConfirmed { key: *key })?;
        if self.is_custodian_of(document, confirmation) {
            Ok((document, id))
        } else {
            Err(Error::NotCustodian { key: *key })
        }
    }

    /// Fails when another device decides about a request.
    pub(super) fn require_right(&self, document: Document, key: &SlotKey) -> Result<(), Error> {
        let ledger = self.shelf.ledger(document);
        let decider = ledger.and_then(|ledger| ledger.fold.decider(&key.ticket));
        if decider == Some(Holding::Held(self.key.public())) {
            Ok(())
        } else {
            Err(Error::NotDecider { key: *key })
        }
    }

    /// Fails on a device whose role may not say what is physically so.
    pub(super) fn require_facts(&self) -> Result<(), Error> {
        match self.standing() {
            Standing::Steward(role) if !role.states_facts() => Err(Error::NoFacts { role }),
            _ => Ok(()),
        }
    }

    /// Confirms a request where the forecast places it, without waiting for its class's window.
    fn confirm_by_hand(&mut self, now: Timestamp, key: SlotKey) -> Result<Outcome, Error> {
        let (document, request) = self.pending_request(&key)?;
        self.require_right(document, &key)?;
        let stewards = self.stewards(now)?;
        let (ledger, view) = self
            .shelf
            .ledger(document)
            .and_then(|ledger| Some((ledger, ledger.view()?)))
            .ok_or(Error::NotPending { key })?;
        let (fold, forecast) = (&ledger.fold, view.forecast());
        let placed = forecast.outlook(&key).map(|outlook| outlook.place.holds());
        let Some(placed) = placed.filter(|holds| !holds.is_empty()) else {
            return Err(Error::NoPlace { key });
        };
        let end = placed.iter().map(|hold| hold.interval().end()).max();
        end.map_or(Ok(()), |end| self.follows_rules_until(end))?;
        let me = self.key.public();
        let Route::Here(holds) = route(fold, forecast, view.places(), &stewards, &key, me) else {
            return Err(Error::NotCustodian { key });
        };
        let ends = self.last_of(document, &key);
        self.decide_that(
            now,
            document,
            Confirm {
                request,
                holds,
                ends,
            },
        )?;
        Ok(Outcome::Done)
    }

    /// Takes units for a time. The automation then moves everybody affected, or puts them first in line.
    fn close(&mut self, now: Timestamp, close: &Close) -> Result<Closed, Error> {
        self.require_facts()?;
        let units = self.units_to_close(close)?;
        let mut closed = Closed::default();
        for document in self.months_of(close.interval) {
            closed
                .affected
                .extend(self.affected(document, &units, close));
            for unit in &units {
                let occupy = Occupy {
                    unit: *unit,
                    interval: close.interval,
                    cause: close.cause,
                };
                self.decide_that(now, document, occupy)?;
            }
        }
        self.decide_all(now)?;
        for key in &closed.affected {
            match self.standing_confirmation(key) {
                Ok(_) => closed.moved.push(*key),
                Err(Error::NotCustodian { .. }) => closed.elsewhere.push(*key),
                Err(_) => {}
            }
        }
        Ok(closed)
    }

    pub(super) fn units_to_close(&self, close: &Close) -> Result<Vec<UnitId>, Error> {
        if !close.units.is_empty() {
            return Ok(close.units.clone());
        }
        let catalogue = self.require_catalogue()?;
        Ok(catalogue.parts().units.keys().copied().collect())
    }

    /// The ledgers of the months that an interval has days of.
    pub(super) fn months_of(&self, interval: Interval) -> Vec<Document> {
        let start = self.shelf.day_start();
        let first = OfficeDay::of(interval.start(), start).month();
        let last = OfficeDay::of(interval.end().saturating_plus(-1), start).month();
        let months = std::iter::successors(Some(first), |month| {
            Some(month.next()).filter(|next| next > month)
        });
        let months = months.take_while(|month| *month <= last);
        months.map(Document::Ledger).collect()
    }

    pub(super) fn affected(
        &self,
        document: Document,
        units: &[UnitId],
        close: &Close,
    ) -> Vec<SlotKey> {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let touches = |confirmation: &Confirmation| {
            confirmation.holds.iter().any(|placed| {
                units.contains(&placed.hold.unit) && placed.hold.interval().overlaps(close.interval)
            })
        };
        let standing = ledger
            .fold
            .standing()
            .filter(|(_, confirmation)| touches(confirmation));
        standing.map(|(_, confirmation)| confirmation.key).collect()
    }

    fn reopen(&mut self, now: Timestamp, occupy: StatementId) -> Result<Outcome, Error> {
        self.require_facts()?;
        let documents = self.shelf.ledgers.iter();
        let found = documents.into_iter().find(|(_, ledger)| {
            let occupations = &ledger.fold.resolved().occupations;
            occupations.get(&occupy).is_some_and(|known| !known.vacated)
        });
        let document = *found.ok_or(Error::NotOccupied { occupy })?.0;
        self.decide_that(now, document, Vacate { occupy })?;
        Ok(Outcome::Done)
    }

    /// Books for somebody without a phone: a ticket for a key that is printed on the slip, and the request under it.
    fn walk_in(&mut self, now: Timestamp, walk_in: &WalkIn) -> Result<WalkedIn, Error> {
        let claimed = self.civil(now)?;
        let (book, _) = command::spelled_out(&walk_in.book, self.shelf.zone()?)?;
        let mut dates = Vec::new();
        let mut all = self.plans(now, &book)?;
        self.refuse_reserved(&mut all, self.is_staff());
        for (index, planned) in all.into_iter().enumerate() {
            let plan = match planned.plan {
                Ok(plan) => plan,
                Err(rule) => {
                    let interval = planned.interval;
                    let nearest = self.nearest(now, &self.near(&book)?, interval, &[])?;
                    dates.push(WalkInDate::Refused(DateOutcome::Refused {
                        interval,
                        rule,
                        nearest,
                    }));
                    continue;
                }
            };
            let seed = slip_seed(&walk_in.slip_seed, index);
            let key = Slip::key_of(&seed);
            let vouched = self.is_staff();
            let ticket =
                self.sign_ticket(now, key.public(), plan.document, Vec::new(), 1, vouched)?;
            let (document, id) = (plan.document, ticket);
            let command::Plan {
                options,
                any_equal,
                party,
                until,
                ..
            } = plan;
            let request = Request {
                event: None,
                ticket: id,
                slot: 0,
                version: 0,
                options,
                any_equal,
                party,
                claimed,
                accepts: self.guidelines_in_force(now)?,
            };
            let request = self.say(&key, document, request)?;
            self.record(document, request);
            if let Some(until) = until {
                let slot = SlotKey {
                    ticket: id,
                    slot: 0,
                };
                let renew = self.say_renew(now, &key, document, slot, until)?;
                self.record(document, renew);
            }
            dates.push(WalkInDate::Requested {
                key: SlotKey {
                    ticket: id,
                    slot: 0,
                },
                slip: Slip { seed, ticket: id },
            });
        }
        Ok(WalkedIn { dates })
    }

    /// Whether tickets are issued for that document: from last month on, not further ahead than offices plan.
    pub(super) fn is_near(&self, document: Document, now: Timestamp) -> Result<bool, Error> {
        let month = OfficeDay::of(self.civil(now)?, self.shelf.day_start()).month();
        Ok(match document {
            Document::Ledger(asked) => {
                asked >= month.previous()
                    && asked.index() <= month.index().saturating_add(MONTHS_AHEAD)
            }
            Document::Storage(year) | Document::Commons(year) => {
                i32::from(year).abs_diff(month.year()) <= 1
            }
            Document::Authority
            | Document::Till(_)
            | Document::People(_)
            | Document::Roster(_)
            | Document::Other { .. } => false,
        })
    }
}

fn slip_seed(seed: &[u8; 16], index: usize) -> [u8; 16] {
    if index == 0 {
        return *seed;
    }
    half_hash(&[seed, &index.to_be_bytes()])
}

/// The first half of the SHA-256 of all parts.
pub(super) fn half_hash(parts: &[&[u8]]) -> [u8; 16] {
    let hash: [u8; 32] = sha2::Sha256::digest(parts.concat()).into();
    let mut derived = [0; 16];
    derived
        .iter_mut()
        .zip(hash)
        .for_each(|(to, from)| *to = from);
    derived
}
