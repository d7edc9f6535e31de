//! One statement judged against the state so far (spec §5.4).

use super::fold::Fold;
use super::state::{
    Cell, Confirmation, Holding, Occupation, Placed, SlotKey, SlotRecord, State, TicketRecord,
};
use crate::id::{PublicKey, StatementId};
use crate::statement::{Body, Confirm, Give, Hold, Kind, Role, Take, Verified};
use std::collections::btree_map::Entry;

impl Fold {
    /// What visitors say, and tickets. None of it is a decision.
    pub(super) fn hear(&mut self, statement: &Verified) {
        let (id, signer) = (statement.id(), statement.signer());
        let issued = |ticket: &StatementId| self.progress.resolved.tickets.get(ticket);
        let spoken_for = |ticket: &StatementId, slot: u8| {
            let record =
                issued(ticket).filter(|t| t.ticket.key == signer && slot < t.ticket.slots)?;
            Some((
                SlotKey {
                    ticket: *ticket,
                    slot,
                },
                record.ticket.clone(),
            ))
        };
        match statement.body() {
            Body::Ticket(ticket) => {
                let issuer = self.authority.device(&signer);
                if issuer.is_some_and(|device| device.role.issues_tickets()) {
                    let of_key = self.progress.by_key.entry(ticket.key).or_insert(id);
                    *of_key = id.min(*of_key);
                    let record = TicketRecord {
                        ticket: ticket.clone(),
                        signer,
                    };
                    self.progress.deciders.insert(ticket.decider);
                    self.progress.resolved.tickets.insert(id, record);
                }
            }
            Body::Request(request) => {
                let Some((key, ticket)) = spoken_for(&request.ticket, request.slot) else {
                    return;
                };
                if ticket.is_expired_at(request.claimed) {
                    return;
                }
                self.progress.good.insert(id);
                self.attend(key, request);
                self.progress.said.entry(key.ticket).or_default().push(id);
                let slot = self.progress.slot(key);
                let record = SlotRecord {
                    id,
                    request: request.clone(),
                };
                match slot.versions.entry(request.version) {
                    Entry::Vacant(first) => {
                        first.insert(record);
                    }
                    Entry::Occupied(mut current) if id < current.get().id => {
                        current.insert(record);
                    }
                    Entry::Occupied(_) => {}
                }
            }
            Body::Cancel(cancel) => {
                let Some((key, _)) = spoken_for(&cancel.ticket, cancel.slot) else {
                    return;
                };
                self.progress.said.entry(key.ticket).or_default().push(id);
                let slot = self.progress.slot(key);
                slot.cancelled = slot.cancelled.max(Some(cancel.version));
            }
            Body::Arrive(arrive) => {
                let Some((key, _)) = spoken_for(&arrive.ticket, arrive.slot) else {
                    return;
                };
                self.progress.said.entry(key.ticket).or_default().push(id);
                let slot = self.progress.slot(key);
                slot.arrived = Some(
                    slot.arrived
                        .map_or(arrive.claimed, |at| at.min(arrive.claimed)),
                );
            }
            Body::Renew(renew) => {
                if let Some((key, _)) = spoken_for(&renew.ticket, renew.slot) {
                    self.renew(id, key, renew);
                }
            }
            Body::Edit(edit) => self.edit(id, signer, edit),
            Body::Appoint(appoint) => {
                if let Some((key, _)) = spoken_for(&appoint.ticket, appoint.slot) {
                    self.appoint(id, key, appoint);
                }
            }
            Body::Suggest(suggest) => {
                if let Some((key, _)) = spoken_for(&suggest.ticket, suggest.slot) {
                    self.suggest(id, key, suggest);
                }
            }
            Body::Support(support) => {
                if let Some((key, _)) = spoken_for(&support.ticket, support.slot) {
                    self.support(id, key, support);
                }
            }
            Body::Post(post) => {
                if let Some((key, _)) = spoken_for(&post.ticket, post.slot) {
                    self.post(id, key, post);
                }
            }
            Body::Propose(propose) => {
                let spoken = spoken_for(&propose.ticket, propose.slot);
                if let Some((key, _)) = spoken.filter(|(_, t)| !t.is_expired_at(propose.claimed)) {
                    self.propose(id, key, propose);
                }
            }
            _ => {}
        }
    }

    /// A statement of a steward's chain. `cut`: it is void because its author was revoked before it.
    pub(super) fn judge(&mut self, statement: &Verified, cut: bool) {
        let (id, device) = (statement.id(), statement.signer());
        // What a role of a later version may do is not known, so it may do nothing.
        let role = self.authority.device(&device).map(|d| d.role);
        let is_steward = role.is_some_and(Role::issues_tickets);
        if let Body::Confirm(confirm) = statement.body() {
            if is_steward {
                self.judge_confirm(id, device, confirm, cut);
            } else {
                self.progress.resolved.void.insert(id);
            }
            return;
        }
        if statement.body().kind() == Kind::Money {
            self.judge_money(statement, cut);
            return;
        }
        if let Body::Carry(carry) = statement.body() {
            let carries = self.progress.carries.entry(SlotKey {
                ticket: carry.ticket,
                slot: carry.slot,
            });
            let carries = carries.or_default();
            *carries = carries.saturating_add(1);
        }
        if statement.body().kind() == Kind::People {
            self.judge_people(statement, cut);
            return;
        }
        if statement.body().kind() == Kind::Roster {
            self.judge_roster(statement, cut);
            return;
        }
        if statement.body().kind() == Kind::Commons {
            self.judge_commons(statement, cut);
            return;
        }
        if cut || !is_steward || statement.body().kind() != Kind::Steward {
            return;
        }
        let states_facts = role.is_some_and(Role::states_facts);
        if let Body::Give(_) | Body::Take(_) | Body::Pass(_) | Body::Occupy(_) | Body::Vacate(_) =
            statement.body()
        {
            self.progress.shifts = self.progress.shifts.saturating_add(1);
        }
        match statement.body() {
            Body::Give(give) => self.give(id, device, give),
            Body::Take(take) => self.take(device, take),
            Body::Pass(pass) if self.decides(&device, &pass.ticket) => {
                let flight = Holding::InFlight {
                    under: id,
                    to: pass.to,
                };
                self.progress.resolved.rights.insert(pass.ticket, flight);
            }
            Body::Decline(decline) => {
                let asked = self.good_request(&decline.request).map(|request| SlotKey {
                    ticket: request.ticket,
                    slot: request.slot,
                });
                let key = asked.or_else(|| self.renewed(&decline.request));
                if let Some(key) = key.filter(|key| self.decides(&device, &key.ticket)) {
                    let resolved = &mut self.progress.resolved;
                    if let Entry::Vacant(first) = resolved.declined.entry(decline.request) {
                        first.insert(decline.cause);
                        let note = decline.note.map(|note| (decline.request, note));
                        resolved.notes.extend(note);
                    }
                    self.progress.touched.insert(key);
                }
            }
            Body::Release(release) => {
                let releasable = |state: State| state.stands() || state == State::Moved;
                if self.holds_all_of(&device, &release.confirm, releasable) {
                    self.set_state(&release.confirm, State::Released(release.cause));
                    self.unblock(&release.confirm, |_| true);
                }
            }
            Body::CheckIn(check_in)
                if self.holds_all_of(&device, &check_in.confirm, State::stands) =>
            {
                self.set_state(&check_in.confirm, State::CheckedIn);
            }
            Body::Occupy(occupy) if states_facts => {
                let (unit, interval, cause) = (occupy.unit, occupy.interval, occupy.cause);
                let occupation = Occupation {
                    unit,
                    interval,
                    cause,
                    vacated: false,
                };
                self.progress.resolved.occupations.insert(id, occupation);
            }
            Body::Vacate(vacate) if states_facts => {
                if let Some(occupation) = self.progress.resolved.occupations.get_mut(&vacate.occupy)
                {
                    occupation.vacated = true;
                }
            }
            Body::Honour(honour) if states_facts => {
                self.progress.honoured.insert(honour.confirm);
            }
            Body::Carry(carry) => self.carry(id, device, carry),
            Body::Approve(approve) => self.approve(&approve.proposal),
            Body::CallOff(call_off) if states_facts => self.call_off(id, call_off),
            Body::Code(code) => self.code(id, code),
            Body::Opened(opened) if states_facts => self.opened(id, opened),
            Body::HandOut(hand_out) if states_facts => self.hand_out(id, hand_out),
            Body::HandIn(hand_in) if states_facts => self.hand_in(id, hand_in),
            _ => {}
        }
    }

    fn judge_confirm(&mut self, id: StatementId, device: PublicKey, confirm: &Confirm, cut: bool) {
        let Some(request) = self.good_request(&confirm.request).cloned() else {
            self.progress.resolved.void.insert(id);
            return;
        };
        let key = SlotKey {
            ticket: request.ticket,
            slot: request.slot,
        };
        let holds = self
            .place(&confirm.holds)
            .filter(|_| !cut && self.decides(&device, &request.ticket));
        let held = holds.filter(|holds| {
            holds
                .iter()
                .all(|placed| self.has_custody(&device, &placed.cell))
        });
        let granted = held.as_ref().filter(|holds| {
            request.is_granted_by(&holds.iter().map(|placed| placed.hold).collect::<Vec<_>>())
                && !self
                    .progress
                    .resolved
                    .declined
                    .contains_key(&confirm.request)
                && self.last_of(&key) == confirm.ends
                && !holds
                    .iter()
                    .any(|placed| self.is_blocked(placed, confirm.ends))
        });
        let Some(granted) = granted.cloned() else {
            self.progress.resolved.void.insert(id);
            if cut {
                self.progress.beyond_cut.insert(id);
            } else if self.is_doubtful() {
                self.progress.doubtful.insert(id);
            } else if held.is_some() {
                self.progress.slot(key).broken.insert(id);
            }
            return;
        };
        if let Some(ended) = confirm.ends {
            self.end(&ended, &device);
        }
        for placed in &granted {
            self.progress.touched_cells.insert(placed.cell);
            self.progress
                .blocked
                .entry(placed.cell)
                .or_default()
                .push((id, placed.occupied));
        }
        self.progress.slot(key).confirmed.push(id);
        let (request, version) = (confirm.request, request.version);
        let confirmation = Confirmation {
            request,
            key,
            version,
            device,
            holds: granted,
            state: State::Live,
        };
        self.progress
            .resolved
            .confirmations
            .insert(id, confirmation);
    }

    /// Whether what a device holds now may differ from what its statement's ancestors say: without a fork and a cut,
    /// it does not.
    fn is_doubtful(&self) -> bool {
        let mut devices = self.authority.devices().values();
        let revoked = devices.any(|device| device.revoked.is_some());
        self.heed_cuts && (revoked || !self.progress.resolved.forks.is_empty())
    }

    /// Each hold in its cell; `None` when one lies in no cell of this document or two overlap.
    fn place(&self, holds: &[Hold]) -> Option<Vec<Placed>> {
        let placed = holds
            .iter()
            .map(|hold| self.place_one(hold))
            .collect::<Option<Vec<_>>>()?;
        let clash = placed.iter().enumerate().any(|(i, a)| {
            placed
                .iter()
                .skip(i.saturating_add(1))
                .any(|b| a.cell == b.cell && a.occupied.overlaps(b.occupied))
        });
        (!clash).then_some(placed)
    }

    pub(super) fn place_one(&self, hold: &Hold) -> Option<Placed> {
        let day_start = self.authority.day_start();
        let period = self.document.cell_period(hold, day_start)?;
        let occupied = hold.occupied(self.document.cell_interval(period, day_start)?)?;
        Some(Placed {
            hold: *hold,
            cell: Cell {
                unit: hold.unit,
                period,
            },
            occupied,
            blocks: true,
        })
    }

    fn is_blocked(&self, placed: &Placed, except: Option<StatementId>) -> bool {
        let others = self
            .progress
            .blocked
            .get(&placed.cell)
            .into_iter()
            .flatten();
        others
            .into_iter()
            .any(|(id, occupied)| Some(*id) != except && occupied.overlaps(placed.occupied))
    }

    /// The confirmation that a new one replaces becomes `moved`. What of it lies in the device's own custody is
    /// free at once; the rest blocks until its custodian releases it.
    fn end(&mut self, ended: &StatementId, device: &PublicKey) {
        let state = self
            .progress
            .resolved
            .confirmations
            .get(ended)
            .map(|confirmation| confirmation.state);
        if state.is_some_and(State::stands) {
            self.set_state(ended, State::Moved);
            let own: Vec<Cell> = self
                .cells_of(ended)
                .into_iter()
                .filter(|cell| self.has_custody(device, cell))
                .collect();
            self.unblock(ended, |cell| own.contains(cell));
        }
    }

    fn give(&mut self, id: StatementId, device: PublicKey, give: &Give) {
        for (unit, period) in give.cells.iter().flat_map(|range| range.cells()) {
            let cell = Cell { unit, period };
            if self.is_cell(&cell) && self.has_custody(&device, &cell) {
                let given = self.progress.given.entry(cell).or_default();
                *given = given.saturating_add(1);
                self.progress.resolved.custody.insert(
                    cell,
                    Holding::InFlight {
                        under: id,
                        to: give.to,
                    },
                );
            }
        }
    }

    fn take(&mut self, device: PublicKey, take: &Take) {
        if let Some((revoked, _)) = self.authority.revoked_by(&take.of) {
            if self.authority.succeeds(&device, &revoked) {
                self.take_over(revoked, device);
            }
            return;
        }
        let via = take
            .via
            .and_then(|id| self.authority.revoked_by(&id))
            .map(|(revoked, _)| revoked);
        let authority = self.authority.clone();
        let mine = |holding: &Holding| match *holding {
            Holding::InFlight { under, to } if under == take.of => {
                to == device || (Some(to) == via && authority.succeeds(&device, &to))
            }
            _ => false,
        };
        let resolved = &mut self.progress.resolved;
        for holding in resolved
            .custody
            .values_mut()
            .chain(resolved.rights.values_mut())
        {
            if mine(holding) {
                *holding = Holding::Held(device);
            }
        }
        let is_mine =
            |to: &PublicKey| *to == device || (Some(*to) == via && authority.succeeds(&device, to));
        resolved.books.take_allowed(&take.of, device, is_mine);
    }

    fn take_over(&mut self, revoked: PublicKey, heir: PublicKey) {
        let resolved = &mut self.progress.resolved;
        for holding in resolved
            .custody
            .values_mut()
            .chain(resolved.rights.values_mut())
        {
            if *holding == Holding::Held(revoked) {
                *holding = Holding::Held(heir);
            }
        }
        resolved.stand_ins.entry(revoked).or_insert(revoked);
        for stand_in in resolved
            .stand_ins
            .values_mut()
            .filter(|device| **device == revoked)
        {
            *stand_in = heir;
        }
        resolved.books.inherit(revoked, heir);
    }
}
