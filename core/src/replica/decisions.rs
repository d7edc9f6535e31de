//! What an office's device decides about requests: in rank order, where the forecast places them, by the rules.

use super::Replica;
use crate::command::Note;
use crate::custody::{Route, Stewards, route};
use crate::error::Error;
use crate::id::PublicKey;
use crate::model::limits::{Share, Usage, UsageState};
use crate::model::{Ask, Catalogue, Moment, Rule};
use crate::resolve::{ConfirmState, Holding, Outlook, SlotKey, SlotState};
use crate::statement::{Body, Cause, Confirm, Document, Hold, Pass, Request};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use std::collections::BTreeSet;

/// What this turn's decisions are made by.
pub(super) struct Basis<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) moment: Moment,
    pub(super) stewards: &'a Stewards,
    /// Whether the clock is believed.
    pub(super) believed: bool,
    /// Whether this device has the newest catalogue: by an older one it would send requests to and fro.
    pub(super) is_current: bool,
}

impl Replica {
    /// Decides whatever is ripe in every open document.
    pub(super) fn decide_all(&mut self, now: Timestamp) -> Result<(), Error> {
        let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
        for document in documents {
            if self.may_decide(document) {
                self.tend_late(now, document)?;
                self.tend(now, document)?;
                self.tend_rentals(now, document)?;
                self.approve_by_rule(now, document)?;
                self.decide_requests(now, document)?;
                self.tend_rentals(now, document)?;
            }
        }
        Ok(())
    }

    fn decide_requests(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let (Ok(catalogue), Ok(moment)) = (self.require_catalogue(), self.moment(now)) else {
            return Ok(());
        };
        let stewards = self.stewards(now)?;
        let basis = Basis {
            catalogue: &catalogue,
            moment,
            stewards: &stewards,
            believed: self.clock.is_believed(now),
            is_current: self.is_current(),
        };
        // Each round decides as many as can be judged by one forecast; declining frees places for the rest. None is
        // decided twice in a turn, and no right is passed on twice.
        let ledger = self.shelf.ledger(document);
        let view = ledger.and_then(|ledger| ledger.view());
        let open = view.map_or(0, |view| view.forecast().line().len());
        for _ in 0..open.saturating_mul(2) {
            let verdicts = self.round(document, &basis);
            if verdicts.is_empty() {
                break;
            }
            for verdict in verdicts {
                self.decide_that(now, document, verdict)?;
            }
        }
        self.give_what_is_asked(now, document, &basis)
    }

    /// What can be decided now; when nothing can, the rights that are passed on.
    fn round(&self, document: Document, basis: &Basis<'_>) -> Vec<Body> {
        let Some((ledger, view)) = self
            .shelf
            .ledger(document)
            .and_then(|ledger| Some((ledger, ledger.view()?)))
        else {
            return Vec::new();
        };
        let (fold, forecast, me) = (&ledger.fold, view.forecast(), self.key.public());
        let now = basis.moment.now;
        let (mut verdicts, mut passes) = (Vec::new(), Vec::new());
        let (mut holders, mut passed) = (BTreeSet::new(), BTreeSet::new());
        for (key, outlook) in forecast.line() {
            if fold.decider(&key.ticket) != Some(Holding::Held(me)) {
                continue;
            }
            let Some(slot) = fold.resolved().slots.get(key) else {
                continue;
            };
            let Some(request) = slot.current().map(|current| &current.request) else {
                continue;
            };
            let end = last_end(request, now);
            if self.follows_rules_until(end).is_err() {
                continue;
            }
            if basis.believed && end <= now {
                verdicts.push(self.declined(document, outlook, &Rule::Over { end }));
                return verdicts;
            }
            if let Some(suspension) = self.suspended_on(basis.moment, key) {
                let note = Note::Suspended {
                    until: suspension.until,
                    ground: suspension.ground,
                    minute: now,
                };
                let refusal = self.refusal(document, outlook.request, Cause::Staff, note);
                verdicts.push(refusal.into());
                return verdicts;
            }
            let event = request.event.map(SlotKey::from);
            if let Some(cause) = event.and_then(|event| fold.off_for(key, &event)) {
                let request = outlook.request;
                let refusal = self.refusal(document, request, cause, Note::Nothing);
                verdicts.push(refusal.into());
                return verdicts;
            }
            if !self.is_due(document, basis, key) {
                continue;
            }
            let holds = outlook.place.holds();
            if let Err(rule) = self.check(document, key, basis, request, holds) {
                verdicts.push(self.declined(document, outlook, &rule));
                return verdicts;
            }
            // A holder's share is counted from what is decided, so one booking of each holder is confirmed or passed on
            // a round.
            let holder = self.desk.holder_of(&key.ticket);
            if holder.is_some_and(|holder| holders.contains(&holder)) {
                continue;
            }
            match route(fold, forecast, view.places(), basis.stewards, key, me) {
                Route::Here(places) => {
                    holders.extend(holder);
                    let elsewhere = places != holds;
                    verdicts.push(Body::from(Confirm {
                        request: outlook.request,
                        holds: places,
                        ends: slot.last(),
                    }));
                    // The forecast gives that place to nobody, so it must be made anew before the next.
                    if elsewhere {
                        return verdicts;
                    }
                }
                // One ticket may have bookings in several places: what can be decided here goes first.
                Route::To(to) if basis.is_current && passed.insert(key.ticket) => {
                    holders.extend(holder);
                    let ticket = key.ticket;
                    passes.push(Body::from(Pass { ticket, to }));
                }
                Route::To(_) | Route::Gather | Route::Wait => {}
            }
        }
        if verdicts.is_empty() {
            passes
        } else {
            verdicts
        }
    }

    /// Whether the office decides about a request now, where the forecast places it: its place is open for decisions,
    /// and whoever asked can still be there in time.
    pub(super) fn is_due(&self, document: Document, basis: &Basis<'_>, key: &SlotKey) -> bool {
        let ledger = self.shelf.ledger(document);
        let forecast = ledger.and_then(|ledger| Some(ledger.view()?.forecast()));
        let outlook = forecast.and_then(|forecast| forecast.outlook(key));
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(key));
        let Some((outlook, slot)) = outlook.zip(slot) else {
            return false;
        };
        let holds = outlook.place.holds();
        !holds.is_empty()
            && is_ripe(basis, holds)
            && !self.is_too_late(document, basis, key, slot, holds)
    }

    /// Who was not told in time cannot have come in time: their place would go again at once, as a no-show's.
    fn is_too_late(
        &self,
        document: Document,
        basis: &Basis<'_>,
        key: &SlotKey,
        slot: &SlotState,
        holds: &[Hold],
    ) -> bool {
        let now = basis.moment.now;
        let expected = slot
            .current()
            .and_then(|asked| self.expected_by(document, &asked.request, holds.iter(), now));
        basis.believed
            && slot.arrived.is_none()
            && !self.stands(document, key)
            && expected.is_some_and(|by| by <= now)
    }

    /// The office's rules, judged as of when the request counts as asked; and the holder's share.
    fn check(
        &self,
        document: Document,
        key: &SlotKey,
        basis: &Basis<'_>,
        request: &Request,
        holds: &[Hold],
    ) -> Result<(), Rule> {
        let (catalogue, moment) = (basis.catalogue, &basis.moment);
        let Some(record) = self
            .shelf
            .ledger(document)
            .and_then(|ledger| ledger.fold.resolved().tickets.get(&key.ticket))
        else {
            return Ok(());
        };
        // A clock that runs ahead must not open dates early: nobody asked later than now.
        let asked = request.claimed.max(record.ticket.stamp).min(moment.now);
        for hold in holds {
            let interval = hold.interval();
            // A stay that has begun is judged as asked when it began, so that it can be lengthened.
            let now = if self.stands(document, key) {
                asked.min(interval.start())
            } else {
                asked
            };
            let ask = Ask {
                unit: hold.unit,
                interval,
                party: request.party,
            };
            catalogue.check_hold(&Moment { now, ..*moment }, &ask)?;
            let class = catalogue.unit(hold.unit).map(|unit| unit.class);
            if let Some(class) = class.filter(|class| !record.ticket.covers(*class)) {
                return Err(Rule::OtherUse { class });
            }
        }
        self.check_person(document, key, basis, request, holds)?;
        self.check_share(key, catalogue, moment.now, holds)
    }

    /// Whether whoever asked had been shown round, by the ticket, and had accepted the guidelines that held then. What the
    /// office carries over nobody asked for.
    fn check_person(
        &self,
        document: Document,
        key: &SlotKey,
        basis: &Basis<'_>,
        request: &Request,
        holds: &[Hold],
    ) -> Result<(), Rule> {
        let resolved = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let Some((resolved, record)) = resolved.and_then(|resolved| {
            let record = resolved.tickets.get(&key.ticket)?;
            Some((resolved, record))
        }) else {
            return Ok(());
        };
        let current = resolved.slots.get(key).and_then(|slot| slot.current());
        if current.is_some_and(|current| resolved.carried.contains_key(&current.id)) {
            return Ok(());
        }
        let asked = request
            .claimed
            .max(record.ticket.stamp)
            .min(basis.moment.now);
        let day = OfficeDay::of(asked, basis.moment.day_start);
        holds.iter().try_for_each(|hold| {
            let accepted = request.accepts;
            let introduced = record.ticket.is_introduced();
            basis.catalogue.check_introduction(hold.unit, introduced)?;
            basis.catalogue.check_acceptance(hold.unit, day, accepted)
        })
    }

    /// A refusal by a rule.
    fn declined(&self, document: Document, outlook: &Outlook, rule: &Rule) -> Body {
        let cause = Cause::from_rule(rule.code());
        self.refusal(document, outlook.request, cause, Note::Nothing)
            .into()
    }

    /// What the holder of the ticket has besides this booking, against the limits of the class.
    fn check_share(
        &self,
        key: &SlotKey,
        catalogue: &Catalogue,
        now: CivilMinute,
        holds: &[Hold],
    ) -> Result<(), Rule> {
        let Some(holder) = self.desk.holder_of(&key.ticket) else {
            return Ok(());
        };
        let usages = self.usages(holder, Some(key), catalogue);
        let mut seen = BTreeSet::new();
        for hold in holds {
            let Some(class) = catalogue.unit(hold.unit).map(|unit| unit.class) else {
                continue;
            };
            let limits = catalogue.class(class).map(|class| &class.rules.limits);
            if let Some(limits) = limits.filter(|_| seen.insert(class)) {
                let share = Share::of(limits, holder, class, self.shelf.day_start(), &usages);
                share.check(now, hold.interval())?;
            }
        }
        Ok(())
    }

    /// A holder's bookings, by all tickets, one booking left out.
    pub(super) fn usages(
        &self,
        holder: PublicKey,
        except: Option<&SlotKey>,
        catalogue: &Catalogue,
    ) -> Vec<Usage> {
        let mut usages = Vec::new();
        let mut tickets = self.desk.tickets_of(&holder);
        if holder == self.key.public() {
            tickets.extend(self.wallet.tickets());
        }
        for ledger in self.shelf.ledgers.values() {
            let resolved = ledger.fold.resolved();
            for ticket in &tickets {
                let slots = SlotKey {
                    ticket: *ticket,
                    slot: 0,
                }..=SlotKey {
                    ticket: *ticket,
                    slot: u8::MAX,
                };
                for (key, slot) in resolved
                    .slots
                    .range(slots)
                    .filter(|(key, _)| Some(*key) != except)
                {
                    let last = slot
                        .last()
                        .and_then(|last| resolved.confirmations.get(&last));
                    if !last.is_some_and(|last| last.state.stands()) {
                        usages.extend(self.passed_on(ledger, key, holder, catalogue));
                    }
                    let Some(confirmation) = last else { continue };
                    let state = match confirmation.state {
                        ConfirmState::Live | ConfirmState::CheckedIn => UsageState::Held,
                        ConfirmState::Released(Cause::NoShow) if slot.arrived.is_none() => {
                            UsageState::NoShow
                        }
                        ConfirmState::Moved | ConfirmState::Released(_) => UsageState::GivenBack,
                    };
                    let holds = confirmation.holds.iter().map(|placed| &placed.hold);
                    usages.extend(used(catalogue, holder, holds, state));
                }
            }
        }
        usages
    }

    /// A request passed on to another device counts as if it were confirmed there: who passes it on answers for the
    /// holder's share, since nobody else knows whose it is.
    fn passed_on(
        &self,
        ledger: &super::shelf::Ledger,
        key: &SlotKey,
        holder: PublicKey,
        catalogue: &Catalogue,
    ) -> Vec<Usage> {
        let mine = Some(Holding::Held(self.key.public()));
        let outlook = ledger.view().and_then(|view| view.forecast().outlook(key));
        let elsewhere = outlook.filter(|_| ledger.fold.decider(&key.ticket) != mine);
        elsewhere.map_or_else(Vec::new, |outlook| {
            let holds = outlook.place.holds().iter();
            used(catalogue, holder, holds, UsageState::Held)
        })
    }
}

/// What some holds count for. A whole room made of parts is one booking of their class.
fn used<'h>(
    catalogue: &Catalogue,
    holder: PublicKey,
    holds: impl Iterator<Item = &'h Hold>,
    state: UsageState,
) -> Vec<Usage> {
    let mut classes = BTreeSet::new();
    let of_class = |hold: &Hold| {
        let class = catalogue.unit(hold.unit)?.class;
        classes.insert(class).then_some(Usage {
            holder,
            class,
            interval: hold.interval(),
            state,
        })
    };
    holds.filter_map(of_class).collect()
}

/// When the last of the times that would do is over; `now` when none is named.
fn last_end(request: &Request, now: CivilMinute) -> CivilMinute {
    request
        .options
        .iter()
        .flatten()
        .map(|wish| wish.interval.end())
        .max()
        .unwrap_or(now)
}

/// Whether the office decides about these places now: on sight, or after the window of a scarce class.
fn is_ripe(basis: &Basis<'_>, holds: &[Hold]) -> bool {
    let Moment { now, day_start, .. } = basis.moment;
    holds.iter().all(|hold| {
        let day = OfficeDay::of(hold.interval().start(), day_start);
        let class = basis.catalogue.class_of(hold.unit);
        class.is_some_and(|class| class.rules.decides_from(day).is_none_or(|from| now >= from))
    })
}
