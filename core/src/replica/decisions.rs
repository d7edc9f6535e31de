//! What an office's device decides about requests: in rank order, where the forecast places them, by the rules.

use super::Replica;
use crate::error::Error;
use crate::id::PublicKey;
use crate::model::limits::{Share, Usage, UsageState};
use crate::model::{Ask, Catalogue, Moment, Policy, Rule};
use crate::resolve::{Cell, ConfirmState, Holding, Outlook, SlotKey};
use crate::statement::{Body, Cause, Confirm, Decline, Document, Hold, Request};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use std::collections::BTreeSet;

/// A decision about a request.
enum Verdict {
    Confirm(Confirm),
    Decline(Decline),
}

impl Replica {
    /// Decides whatever is ripe in every open document.
    pub(super) fn decide_all(&mut self, now: Timestamp) -> Result<(), Error> {
        let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
        for document in documents {
            self.tend(now, document)?;
            self.decide_requests(now, document)?;
        }
        Ok(())
    }

    fn decide_requests(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let (Ok(catalogue), Ok(moment)) = (self.require_catalogue(), self.moment(now)) else {
            return Ok(());
        };
        if !self.may_decide(document) {
            return Ok(());
        }
        // Each round decides as many as can be judged by one forecast; declining frees places for the rest.
        loop {
            let verdicts = self.round(document, &catalogue, &moment, self.clock.is_believed(now));
            if verdicts.is_empty() {
                return Ok(());
            }
            for verdict in verdicts {
                let body: Body = match verdict {
                    Verdict::Confirm(confirm) => confirm.into(),
                    Verdict::Decline(decline) => decline.into(),
                };
                self.decide_that(now, document, body)?;
            }
        }
    }

    fn round(
        &self,
        document: Document,
        catalogue: &Catalogue,
        moment: &Moment,
        believed: bool,
    ) -> Vec<Verdict> {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let Some(view) = ledger.view() else {
            return Vec::new();
        };
        let mut line: Vec<(&SlotKey, &Outlook)> = view.forecast().outlooks().iter().collect();
        line.sort_by_key(|(key, outlook)| (outlook.rank, **key));
        let mut verdicts = Vec::new();
        let mut holders = BTreeSet::new();
        for (key, outlook) in line {
            if ledger.fold.decider(&key.ticket) != Some(Holding::Held(self.key.public())) {
                continue;
            }
            let Some(slot) = ledger.fold.resolved().slots.get(key) else {
                continue;
            };
            let Some(request) = slot.current().map(|current| &current.request) else {
                continue;
            };
            let end = last_end(request, moment.now);
            if believed && end <= moment.now {
                verdicts.push(decline(outlook, &Rule::Over { end }));
                return verdicts;
            }
            let holds = outlook.place.holds();
            if holds.is_empty()
                || !is_ripe(catalogue, moment, holds)
                || !self.has_custody(document, holds)
            {
                continue;
            }
            // Who was not told in time cannot have come in time: their place would go again at once, as a no-show's.
            let late = || {
                self.expected_by(document, request, holds.iter(), moment.now)
                    .is_some_and(|by| by <= moment.now)
            };
            if believed && slot.arrived.is_none() && !self.stands(document, key) && late() {
                continue;
            }
            if let Err(rule) = self.check(document, key, catalogue, moment, request, holds) {
                verdicts.push(decline(outlook, &rule));
                return verdicts;
            }
            // A holder's share is counted from what is decided, so one booking of each holder a round.
            if self
                .desk
                .holder_of(&key.ticket)
                .is_some_and(|holder| !holders.insert(holder))
            {
                continue;
            }
            let (request, holds, ends) = (outlook.request, holds.to_vec(), slot.last());
            verdicts.push(Verdict::Confirm(Confirm {
                request,
                holds,
                ends,
            }));
        }
        verdicts
    }

    /// The office's rules, judged as of when the request counts as asked; and the holder's share.
    fn check(
        &self,
        document: Document,
        key: &SlotKey,
        catalogue: &Catalogue,
        moment: &Moment,
        request: &Request,
        holds: &[Hold],
    ) -> Result<(), Rule> {
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
        self.check_share(key, catalogue, moment.now, holds)
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
        let tickets = self.desk.tickets_of(&holder);
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
                    let Some(confirmation) = last else { continue };
                    let state = match confirmation.state {
                        ConfirmState::Live | ConfirmState::CheckedIn => UsageState::Held,
                        ConfirmState::Released(Cause::NoShow) if slot.arrived.is_none() => {
                            UsageState::NoShow
                        }
                        ConfirmState::Moved | ConfirmState::Released(_) => UsageState::GivenBack,
                    };
                    // A whole room made of parts is one booking of their class.
                    let mut classes = BTreeSet::new();
                    for placed in &confirmation.holds {
                        let class = catalogue.unit(placed.hold.unit).map(|unit| unit.class);
                        if let Some(class) =
                            class.filter(|class| classes.insert((key.slot, *class)))
                        {
                            usages.push(Usage {
                                holder,
                                class,
                                interval: placed.hold.interval(),
                                state,
                            });
                        }
                    }
                }
            }
        }
        usages
    }

    fn has_custody(&self, document: Document, holds: &[Hold]) -> bool {
        let Some(ledger) = self.shelf.ledger(document) else {
            return false;
        };
        let me = Some(Holding::Held(self.key.public()));
        holds.iter().all(|hold| {
            let period = document.cell_period(hold, self.shelf.day_start());
            period.is_some_and(|period| {
                ledger.fold.custodian(&Cell {
                    unit: hold.unit,
                    period,
                }) == me
            })
        })
    }
}

fn decline(outlook: &Outlook, rule: &Rule) -> Verdict {
    Verdict::Decline(Decline {
        request: outlook.request,
        cause: Cause::from_rule(rule.code()),
    })
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
fn is_ripe(catalogue: &Catalogue, moment: &Moment, holds: &[Hold]) -> bool {
    holds.iter().all(
        |hold| match catalogue.class_of(hold.unit).map(|class| &class.rules) {
            None => false,
            Some(rules) => match rules.policy {
                Policy::OnSight => true,
                Policy::Window { minutes } => {
                    let opens =
                        rules.opens(OfficeDay::of(hold.interval().start(), moment.day_start));
                    moment.now >= opens.saturating_plus(i32::try_from(minutes).unwrap_or(i32::MAX))
                }
            },
        },
    )
}
