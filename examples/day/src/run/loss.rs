//! A device of the office is lost and replaced, and whoever has its word comes with it.
//!
//! What it had promised is read from the device itself in the minute in which it is lost; what the office had heard of
//! that, from the front desk in the minute in which it is replaced. The engine's own account of what broke is not asked.

mod outcome;

pub(super) use outcome::Inheritance;

use super::error::Trouble;
use super::kiosk::Ledger;
use super::promise::Promise;
use super::world::{World, trouble};
use crate::desks::{Desk, Loss, Party};
use crate::people::PersonId;
use crate::story::Carrier;
use allkontor_core::device::Device;
use allkontor_core::id::PublicKey;
use allkontor_core::replica::{HonourStanding, Honoured};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Hold;
use allkontor_core::time::CivilMinute;
use allkontor_core::view::{BrokenBy, Stage, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The device that is gone, and what it leaves.
pub(super) struct Gone {
    loss: Loss,
    key: PublicKey,
    is_replaced: bool,
    made: Vec<Made>,
    /// Whose coming it had written down.
    came: BTreeSet<SlotKey>,
    /// Bookings of which staff were shown what was promised, and what that was worth when they last looked.
    shown: BTreeMap<SlotKey, HonourStanding>,
}

/// A confirmation of the lost device that stood.
pub(super) struct Made {
    key: SlotKey,
    holds: Vec<Hold>,
    since: CivilMinute,
    /// Whether its holder had been checked in.
    came: bool,
    /// Whether the office had it when the device was replaced.
    heard: bool,
}

impl Gone {
    /// Whether that is a promise that the office had not heard of when it replaced the device: all that it can do is
    /// to have whoever was promised it come first in line.
    pub(super) fn only_honours(&self, key: &SlotKey, promise: &Promise) -> bool {
        let unheard = |made: &&Made| made.key == *key && !made.heard && promise.is_of(&made.holds);
        self.is_replaced
            && (self.made.iter().any(|made| unheard(&made))
                || (promise.came() && self.came.contains(key)))
    }
}

impl World {
    /// The device is gone; where it was, the next one stands in until it is replaced.
    pub(super) fn lose(&mut self, desk: Desk, at: CivilMinute) -> Result<(), Trouble> {
        let (now, ledger) = (self.now(at), self.ledger);
        let (Some(key), Some(loss)) = (self.keys.get(&desk).copied(), self.loss) else {
            return Ok(());
        };
        self.look_at_desk(desk, at)?;
        let Some(device) = self.desk(desk) else {
            return Ok(());
        };
        let question = device
            .replacement(now, key)
            .map_err(trouble(desk.the(), "say what it would leave"))?;
        let entries = device
            .desk_entries(ledger)
            .map_err(trouble(desk.the(), "list the bookings"))?;
        let stands = question.documents.get(&ledger).map(|left| &left.stands);
        let said = self.seen.get(&desk);
        let came = |status: &Status| matches!(status.stage, Stage::CheckedIn { .. });
        let of_its_own = entries
            .iter()
            .filter(|entry| stands.is_some_and(|stands| stands.contains(&entry.key)));
        let mut made: Vec<Made> = of_its_own
            .map(|entry| Made {
                key: entry.key,
                since: since(said, &entry.key, &entry.status.holding).unwrap_or(at),
                holds: entry.status.holding.clone(),
                came: came(&entry.status),
                heard: false,
            })
            .collect();
        made.sort_by_key(|made| made.since);
        let came = entries
            .iter()
            .filter(|entry| came(&entry.status))
            .map(|entry| entry.key)
            .collect();
        self.gone = Some(Gone {
            loss,
            key,
            is_replaced: false,
            made,
            came,
            shown: BTreeMap::new(),
        });
        self.take_away(desk);
        Ok(())
    }

    /// When it was at the front, the tablet is from now on.
    fn take_away(&mut self, desk: Desk) {
        if desk != self.at_front {
            self.others.remove(&desk);
            return;
        }
        let heir = self.others.keys().copied().find(|desk| desk.has_people());
        if let Some((heir, device)) = heir.and_then(|heir| self.others.remove_entry(&heir)) {
            (self.at_front, self.front) = (heir, device);
        }
    }

    /// Staff ask what replacing it would mean, and do it: a new device comes, is certified, and takes over.
    pub(super) fn replace(&mut self, desk: Desk, at: CivilMinute) -> Result<(), Trouble> {
        let (now, ledger, at_front) = (self.now(at), self.ledger, self.at_front);
        let front = |what| trouble(at_front.the(), what);
        let Some(mut gone) = self.gone.take() else {
            return Ok(());
        };
        if desk == Desk::Kiosk {
            // The admin key is lost with it: the recovery key is in a drawer.
            self.front
                .recover_office(now, self.recovery, None, at_front.role())
                .map_err(front("become the admin's"))?;
        }
        let (new, seed) = (desk.successor(), self.random.split("successor").bytes32());
        self.add_desk(new, seed, at)?;
        let question = self
            .front
            .replacement(now, gone.key)
            .map_err(front("say what replacing a device would mean"))?;
        let heard = question.documents.get(&ledger).map(|left| &left.stands);
        let entries = self
            .front
            .desk_entries(ledger)
            .map_err(front("list the bookings"))?;
        let known: BTreeMap<SlotKey, Status> = entries
            .into_iter()
            .map(|entry| (entry.key, entry.status))
            .collect();
        for made in &mut gone.made {
            let same = known
                .get(&made.key)
                .is_some_and(|status| status.holding == made.holds);
            made.heard = same && heard.is_some_and(|heard| heard.contains(&made.key));
        }
        gone.came.retain(|key| {
            let status = known.get(key);
            !status.is_some_and(|status| matches!(status.stage, Stage::CheckedIn { .. }))
        });
        self.front
            .replace_device(now, gone.key, self.keys.get(&new).copied())
            .map_err(front("replace a device"))?;
        gone.is_replaced = true;
        self.gone = Some(gone);
        self.bring_together(Party::Desk(new), Party::Desk(at_front), Carrier::Socket, at)?;
        self.look_at_desks(at)
    }

    /// Where somebody goes who wanted to meet a device that is lost: to what replaced it, or to the front desk.
    pub(super) fn who_is_there(&self, party: Party) -> Party {
        let gone = self.gone.as_ref().map(|gone| gone.loss.desk);
        match party.desk() {
            Some(desk) if gone == Some(desk) => {
                if self.desks().contains(&desk.successor()) {
                    Party::Desk(desk.successor())
                } else if desk.has_people() {
                    Party::Desk(self.at_front)
                } else {
                    party
                }
            }
            _ => party,
        }
    }

    /// Whether a device has not been lost.
    pub(super) fn is_there(&self, party: Party) -> bool {
        party.desk().is_none_or(|desk| self.desks().contains(&desk))
    }

    pub(super) fn desk(&mut self, desk: Desk) -> Option<&mut Device> {
        let found = self.every_desk().find(|(other, _)| *other == desk);
        found.map(|(_, device)| device)
    }

    /// After a loss people show the code of what they were promised, and staff read it. Returns its bytes.
    pub(super) fn show_certificates(
        &mut self,
        one: Party,
        other: Party,
        carrier: Carrier,
        at: CivilMinute,
    ) -> Result<u64, Trouble> {
        let (true, Some((who, desk))) = (carrier == Carrier::Qr, self.in_person(one, other)) else {
            return Ok(0);
        };
        let (now, mut bytes) = (self.now(at), 0_u64);
        let phone = self.phone(who)?;
        let mut codes = Vec::new();
        for id in phone.promised()? {
            let code = phone
                .device
                .certificate(id)
                .map_err(phone.says("show a certificate"))?;
            codes.push(code.to_bytes());
        }
        let Some(device) = self.desk(desk) else {
            return Ok(0);
        };
        let mut answers = Vec::new();
        for code in codes {
            bytes = bytes.saturating_add(code.len() as u64);
            let answer = device.honour_certificate(now, &code);
            answers.push(answer.map_err(trouble(desk.the(), "honour a certificate"))?);
        }
        self.note_shown(answers);
        Ok(bytes)
    }

    /// Whoever's phone says that a promise of theirs was unheard of tells staff, who vouch for it.
    pub(super) fn vouch(
        &mut self,
        one: Party,
        other: Party,
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let Some((who, desk)) = self.in_person(one, other) else {
            return Ok(());
        };
        let now = self.now(at);
        let phone = self.phone(who)?;
        let broken = phone
            .unheard(now)
            .map_err(phone.says("explain a booking"))?;
        let Some(device) = self.desk(desk) else {
            return Ok(());
        };
        let mut answers = Vec::new();
        for confirm in broken {
            let answer = device.honour(now, confirm);
            answers.push(answer.map_err(trouble(desk.the(), "vouch for a confirmation"))?);
        }
        self.note_shown(answers);
        Ok(())
    }

    fn note_shown(&mut self, answers: Vec<Honoured>) {
        let Some(gone) = &mut self.gone else { return };
        let of_key = |answer: Honoured| Some((answer.key?, answer.standing));
        gone.shown.extend(answers.into_iter().filter_map(of_key));
    }

    /// A person before one of the office's devices, once staff know that a device is lost.
    fn in_person(&self, one: Party, other: Party) -> Option<(PersonId, Desk)> {
        let who = one.person().or(other.person())?;
        let desk = one.desk().or(other.desk())?;
        let aware = self.gone.as_ref().is_some_and(|gone| gone.is_replaced);
        (aware && desk.has_people()).then_some((who, desk))
    }

    /// What the front desk says of each of the lost device's promises in the end.
    pub(super) fn inheritance(&mut self, at: CivilMinute) -> Result<Option<Inheritance>, Trouble> {
        let Some(gone) = self.gone.take() else {
            return Ok(None);
        };
        let (now, at_front) = (self.now(at), self.at_front.the());
        let mut vouched = BTreeSet::new();
        for made in &gone.made {
            let explained = self
                .front
                .explain_at_desk(now, made.key)
                .map_err(trouble(at_front, "explain a booking"))?;
            let honoured = BrokenBy::Unheard { honoured: true };
            let broken = explained.into_iter().flat_map(|explained| explained.broken);
            if broken.into_iter().any(|broken| broken.why == honoured) {
                vouched.insert(made.key);
            }
        }
        Ok(Some(Inheritance::new(gone, vouched)))
    }
}

fn since(said: Option<&Ledger>, key: &SlotKey, holds: &[Hold]) -> Option<CivilMinute> {
    let seen = said?.0.get(key)?;
    let stay = seen.held.iter().rev().find(|stay| stay.holds == holds)?;
    Some(stay.since)
}
