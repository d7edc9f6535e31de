//! §5.4: "Each statement is judged against the state so far".

use super::cells::{Cell, Span, cell_of, is_period_of, occupied, occupied_together};
use super::fold::{Asked, Confirmation, Fold, Motion, Place, Standing};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{
    Body, CheckIn, Confirm, Decline, Give, Hold, Kind, Release, Request, Role, Take, Verified,
};
use allkontor_core::time::DayStart;

impl Fold<'_> {
    /// Carries out what the statement says, if its author may. Whether it had an effect.
    pub(super) fn judge(&mut self, statement: &Verified) -> bool {
        let (id, by) = (statement.id(), statement.signer());
        let cut = self.is_cut(statement);
        let role = self.authority.devices.get(&by).map(|d| d.role);
        let steward = !cut && self.is_steward(by);
        let facts = !cut && matches!(role, Some(Role::Admin | Role::Staff | Role::Kiosk));
        match statement.body().clone() {
            Body::Give(b) if steward => self.give(id, by, b),
            // "`Pass`: likewise the deciding right."
            Body::Pass(b) if steward => {
                let held = self.right(b.ticket) == Place::With(by);
                let (ticket, to) = (b.ticket, b.to);
                if held {
                    self.motions.push(Motion::Pass { id, by, ticket, to });
                }
                held
            }
            Body::Take(b) if steward => self.take(by, &b),
            Body::Confirm(b) => {
                let verdict = steward && self.is_live(by, &b);
                self.confirm(id, by, b, verdict)
            }
            Body::Decline(b) if steward => self.decline(by, &b),
            Body::Release(b) if steward => self.release(by, &b),
            Body::CheckIn(b) if steward => self.check_in(by, &b),
            // "physical facts from any staff device: they need no custody, decide nothing"
            Body::Occupy(_) if facts => self.facts.insert(id),
            Body::Vacate(b) if facts => self.facts.remove(&b.occupy),
            // "staff vouch for a confirmation beyond a cut"
            Body::Honour(b) if facts => {
                matches!(
                    self.all.get(&b.confirm).map(Verified::body),
                    Some(Body::Confirm(_))
                ) && self.honoured.insert(b.confirm)
            }
            // "if right[ticket] = With(d) and slot is below the ticket's slots"
            Body::Carry(b) if steward => {
                let in_slots = self.ticket(b.ticket).is_some_and(|(t, _)| b.slot < t.slots);
                let counts = in_slots && self.right(b.ticket) == Place::With(by);
                if counts {
                    self.carried.insert(id);
                    // "it answers the renew if that is of this slot and not inert"
                    let answers = b.answers;
                    let of_slot = answers.filter(|a| self.renewed(*a) == Some((b.ticket, b.slot)));
                    self.answered.extend(of_slot);
                }
                counts
            }
            Body::Approve(b) if steward => {
                self.proposed(b.proposal).is_some() && {
                    self.approved.insert(b.proposal);
                    true
                }
            }
            Body::CallOff(b) if facts => {
                self.proposed(b.proposal).is_some() && {
                    self.called_off.insert(id, b.proposal);
                    true
                }
            }
            Body::Opened(_) if facts => self.opened.insert(id),
            // "if confirm is not void and holds unit"
            Body::Code(b) if steward => {
                let mut all = self.confirmations.iter();
                let of_rental = all.find(|c| c.id == b.confirm && c.standing != Standing::Void);
                let holds = of_rental.is_some_and(|c| c.holds.iter().any(|h| h.unit == b.unit));
                holds && self.codes.insert(id)
            }
            // "and confirm is not void"
            Body::HandOut(b) if facts => {
                let mut all = self.confirmations.iter();
                let counts = all.any(|c| c.id == b.confirm && c.standing != Standing::Void);
                if counts {
                    self.loans.insert(id, None);
                }
                counts
            }
            // "the earliest (minute, id) counts"
            Body::HandIn(b) if facts => match self.loans.get_mut(&b.hand_out) {
                None => false,
                Some(back) => {
                    let this = (b.minute, id);
                    *back = Some(back.map_or(this, |first| first.min(this)));
                    true
                }
            },
            body if body.kind() == Kind::Money && cut => {
                self.strays.insert(id);
                false
            }
            Body::Settle(_) | Body::Entry(_) if facts || steward => {
                let counts = self.counts(by, statement.body(), facts);
                match counts {
                    Some(true) => {
                        if let Body::Entry(entry) = statement.body() {
                            self.back_to_accounts(by, &entry.posting);
                        }
                        self.money.push(id);
                    }
                    Some(false) => drop(self.no_money.insert(id)),
                    None => {}
                }
                counts == Some(true)
            }
            Body::OpenAccount(_)
            | Body::TopUp(_)
            | Body::Spend(_)
            | Body::Allow(_)
            | Body::CarryOver(_)
            | Body::Refund(_)
                if steward =>
            {
                let counts = self.on_account(id, by, statement.body(), facts);
                match counts {
                    Some(true) => self.money.push(id),
                    Some(false) => drop(self.no_money.insert(id)),
                    None => {}
                }
                counts == Some(true)
            }
            body if body.kind() == Kind::Money && facts => {
                self.money.push(id);
                true
            }
            _ => false,
        }
    }

    pub(super) fn is_steward(&self, device: PublicKey) -> bool {
        let role = self.authority.devices.get(&device).map(|d| d.role);
        matches!(
            role,
            Some(Role::Admin | Role::Staff | Role::Kiosk | Role::Hub)
        )
    }

    /// "of the named cells, those the device holds become in flight to `to` under this Give."
    fn give(&mut self, id: StatementId, by: PublicKey, give: Give) -> bool {
        let cells: Vec<Cell> = give
            .cells
            .iter()
            .flat_map(|range| range.cells())
            .filter(|(_, period)| is_period_of(self.document, *period))
            .filter(|cell| self.cell(*cell) == Place::With(by))
            .collect();
        let any = !cells.is_empty();
        let to = give.to;
        self.motions.push(Motion::Give { id, by, cells, to });
        any
    }

    fn take(&mut self, by: PublicKey, take: &Take) -> bool {
        // "`Take{of: Revoke}` by the (transitive) successor moves every cell and right that the revoked device holds
        // here."
        if let Some(from) = self.revoked_by(take.of) {
            let succeeds = self.authority.successors(from).contains(&by);
            if succeeds {
                self.motions.push(Motion::Inherit { from, by });
                self.inherit(from, by);
            }
            return succeeds;
        }
        // "what is in flight under the named Give or Pass, if it is addressed to the device, or to a revoked device of
        // which it is the (transitive) successor named through `as`, becomes the device's own."
        let to = match self.all.get(&take.of).map(Verified::body) {
            Some(Body::Give(b)) => b.to,
            Some(Body::Pass(b)) => b.to,
            Some(Body::Allow(b)) => b.to,
            _ => return false,
        };
        let stands_in = take.via.and_then(|via| self.revoked_by(via)) == Some(to)
            && self.authority.successors(to).contains(&by);
        let may = to == by || stands_in;
        if may {
            self.motions.push(Motion::Take { under: take.of, by });
            self.take_allowed(take.of, by);
        }
        may
    }

    /// The device of which that statement is the Revoke that counts.
    fn revoked_by(&self, revoke: StatementId) -> Option<PublicKey> {
        self.authority
            .revoked
            .iter()
            .find(|(_, revoked)| revoked.revoke == revoke)
            .map(|(device, _)| *device)
    }

    /// "`Confirm` is **live** iff …"
    fn is_live(&self, by: PublicKey, confirm: &Confirm) -> bool {
        let Some(asked) = self.asked(confirm.request) else {
            return false;
        };
        // "the device holds the deciding right of the ticket and custody of every cell of every hold"
        let Some(spans) = occupied_together(self.document, self.day_start(), &confirm.holds) else {
            return false;
        };
        let holds_all = self.holds_right_and_cells(by, asked.request.ticket, &confirm.holds);
        // "no hold overlaps what a live, checked-in or moved-but-unreleased confirmation occupies on that unit, `ends`
        // excepted"
        let overlaps = self
            .blocking()
            .iter()
            .filter(|(_, holder)| Some(*holder) != confirm.ends)
            .any(|(taken, _)| spans.iter().any(|span| span.overlaps(taken)));
        holds_all
            && grants(&asked.request, &confirm.holds)
            && !overlaps
            // "the request was not declined"
            && !self.declined.contains(&confirm.request)
            // "`ends` names exactly this slot's last non-void confirmation, whatever its state (absent iff there is
            // none)"
            && confirm.ends == self.last_of_slot(&asked)
    }

    /// Whether the device holds "the deciding right of the ticket and custody of every cell of every hold".
    pub(super) fn holds_right_and_cells(
        &self,
        by: PublicKey,
        ticket: StatementId,
        holds: &[Hold],
    ) -> bool {
        self.right(ticket) == Place::With(by) && self.holds_cells(by, holds)
    }

    fn holds_cells(&self, by: PublicKey, holds: &[Hold]) -> bool {
        holds.iter().all(|hold| {
            cell_of(self.document, self.day_start(), hold)
                .is_some_and(|cell| self.cell(cell) == Place::With(by))
        })
    }

    /// "this slot's last non-void confirmation, *whatever its state*"
    pub(super) fn last_of_slot(&self, asked: &Asked) -> Option<StatementId> {
        let place = |a: &Asked| (a.request.ticket, a.request.slot);
        self.confirmations
            .iter()
            .rev()
            .filter(|c| c.standing != Standing::Void)
            .find(|c| c.request.as_ref().is_some_and(|r| place(r) == place(asked)))
            .map(|c| c.id)
    }

    /// What nobody else can hold, and whose it is.
    pub fn blocking(&self) -> Vec<(Span, StatementId)> {
        let mut blocking = vec![];
        for confirmation in &self.confirmations {
            let blocks = matches!(
                confirmation.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            );
            for hold in confirmation.holds.iter().filter(|_| blocks) {
                let cell = cell_of(self.document, self.day_start(), hold);
                let free = cell.is_some_and(|cell| confirmation.freed.contains(&cell));
                if let Some(span) = occupied(self.document, self.day_start(), hold)
                    && !free
                {
                    blocking.push((span, confirmation.id));
                }
            }
        }
        blocking
    }

    fn confirm(&mut self, id: StatementId, by: PublicKey, confirm: Confirm, live: bool) -> bool {
        // "Then the one in `ends` becomes `moved`: its cells in the device's custody are free at once, the others stay
        // blocked until their custodian releases them. Otherwise the Confirm is **void**."
        if live && let Some(ended) = confirm.ends {
            let cells = self.cells_of(ended);
            let freed = cells
                .into_iter()
                .filter(|cell| self.cell(*cell) == Place::With(by))
                .collect();
            for c in self.confirmations.iter_mut().filter(|c| c.id == ended) {
                if matches!(c.standing, Standing::Live | Standing::CheckedIn) {
                    c.standing = Standing::Moved;
                    c.freed = freed;
                    break;
                }
            }
        }
        self.confirmations.push(Confirmation {
            id,
            by,
            request: self.asked(confirm.request),
            ends: confirm.ends,
            holds: confirm.holds,
            standing: if live { Standing::Live } else { Standing::Void },
            freed: vec![],
        });
        live
    }

    /// "`Decline`: iff deciding right; it binds that request id and changes no hold."
    fn decline(&mut self, by: PublicKey, decline: &Decline) -> bool {
        let asked = self
            .asked(decline.request)
            .map(|asked| asked.request.ticket);
        let ticket = asked.or(self.renewed(decline.request).map(|(ticket, _)| ticket));
        let may = ticket.is_some_and(|ticket| self.right(ticket) == Place::With(by));
        if may {
            self.declined.insert(decline.request);
        }
        may
    }

    /// "`Release`: iff custody of **all** its cells, and it is live, checked in or moved. Final."
    fn release(&mut self, by: PublicKey, release: &Release) -> bool {
        let custody = self.has_custody_of(by, release.confirm);
        let Some(c) = self
            .confirmations
            .iter_mut()
            .find(|c| c.id == release.confirm)
        else {
            return false;
        };
        let may = custody
            && matches!(
                c.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            );
        if may {
            c.standing = Standing::Released(release.cause);
        }
        may
    }

    /// "`CheckIn`: iff custody of all and live or checked in."
    fn check_in(&mut self, by: PublicKey, check_in: &CheckIn) -> bool {
        let custody = self.has_custody_of(by, check_in.confirm);
        let Some(c) = self
            .confirmations
            .iter_mut()
            .find(|c| c.id == check_in.confirm)
        else {
            return false;
        };
        let may = custody && matches!(c.standing, Standing::Live | Standing::CheckedIn);
        if may {
            c.standing = Standing::CheckedIn;
        }
        may
    }

    fn has_custody_of(&self, by: PublicKey, confirm: StatementId) -> bool {
        self.confirmations
            .iter()
            .find(|c| c.id == confirm)
            .is_some_and(|c| self.holds_cells(by, &c.holds))
    }

    fn cells_of(&self, confirm: StatementId) -> Vec<Cell> {
        self.confirmations
            .iter()
            .filter(|c| c.id == confirm)
            .flat_map(|c| &c.holds)
            .filter_map(|hold| cell_of(self.document, self.day_start(), hold))
            .collect()
    }

    pub(super) fn day_start(&self) -> DayStart {
        self.authority
            .genesis
            .as_ref()
            .map(|g| g.day_start)
            .unwrap_or_default()
    }
}

/// "the holds equal one option of the request, or, with `any_equal`, one option with units replaced one for one and
/// times unchanged"
fn grants(request: &Request, holds: &[Hold]) -> bool {
    let sorted = |mut spans: Vec<Span>| {
        spans.sort();
        spans
    };
    let asked = |keep_unit: bool, unit, interval| {
        let mut span = Span::bare(unit, interval);
        if !keep_unit {
            span.unit = allkontor_core::id::UnitId(0);
        }
        span
    };
    request.options.iter().any(|option| {
        let equal = |keep_unit: bool| {
            let wishes = option.iter().map(|w| asked(keep_unit, w.unit, w.interval));
            let held = holds.iter().map(|h| asked(keep_unit, h.unit, h.interval()));
            sorted(wishes.collect()) == sorted(held.collect())
        };
        equal(true) || (request.any_equal.is_some() && equal(false))
    })
}
