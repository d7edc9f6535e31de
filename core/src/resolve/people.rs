//! What is known of people in one `people` document (spec §5.4). Facts add up: nothing depends on their order.

use super::fold::Fold;
use crate::cbor::Writer;
use crate::id::{PublicKey, StatementId};
use crate::statement::{Amendment, Body, Ground, Role, Verified};
use crate::time::{CivilMinute, OfficeDay};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is known of people; empty but in a `people` document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Suspensions, in force or over.
    pub suspensions: BTreeMap<StatementId, Suspension>,
    /// By holder, the last word on whether they were shown round.
    pub introductions: BTreeMap<PublicKey, Introduction>,
}

/// The last word on whether somebody was shown round. The greater of two counts: the later one, at the same minute that
/// it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Introduction {
    /// When it was said.
    pub minute: CivilMinute,
    /// Whether it is taken back.
    pub is_retracted: bool,
    /// The statement that says so, or said so first; of two the smaller.
    pub id: Reverse<StatementId>,
}

/// Somebody may not book for a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suspension {
    /// The pseudonym.
    pub holder: PublicKey,
    /// The first office day.
    pub from: OfficeDay,
    /// The last office day.
    pub until: OfficeDay,
    /// Why.
    pub ground: Ground,
    /// When it was said.
    pub minute: CivilMinute,
    /// Whether whoever it is has appealed.
    pub is_appealed: bool,
    /// Whether it is taken back.
    pub is_lifted: bool,
}

impl Suspension {
    /// Whether it stands on that office day. It is over by itself the day after its last.
    pub fn stands_on(&self, day: OfficeDay) -> bool {
        !self.is_lifted && self.from <= day && day <= self.until
    }
}

impl People {
    fn heard(&mut self, holder: PublicKey, said: Introduction) {
        let last = self.introductions.entry(holder).or_insert(said);
        *last = said.max(*last);
    }

    /// Nothing at all while there is nothing of the kind.
    pub(super) fn digest_into(&self, out: &mut Writer) {
        for (id, suspension) in &self.suspensions {
            out.array(7).bytes(&id.0);
            out.bool(suspension.is_appealed).bool(suspension.is_lifted);
        }
        for (holder, last) in &self.introductions {
            out.array(8).bytes(&holder.0).bytes(&last.id.0.0);
            out.bool(last.is_retracted);
        }
    }
}

impl Fold {
    /// A statement of a `people` document. `cut`: it is void because its author was revoked before it.
    pub(super) fn judge_people(&mut self, statement: &Verified, cut: bool) {
        let role = self.authority.device(&statement.signer()).map(|d| d.role);
        let Some(role) = role.filter(|_| !cut) else {
            return;
        };
        if let Body::Introduce(introduce) = statement.body()
            && (is_staff(role) || (introduce.first.is_some() && role.issues_tickets()))
        {
            let said = Introduction {
                minute: introduce.minute,
                is_retracted: false,
                id: Reverse(introduce.first.unwrap_or(statement.id())),
            };
            let people = &mut self.progress.resolved.people;
            people.heard(introduce.holder, said);
        }
        if !role.states_facts() {
            return;
        }
        let people = &mut self.progress.resolved.people;
        match statement.body() {
            Body::Suspend(suspend) => {
                let suspension = Suspension {
                    holder: suspend.holder,
                    from: suspend.from,
                    until: suspend.until,
                    ground: suspend.ground,
                    minute: suspend.minute,
                    is_appealed: false,
                    is_lifted: false,
                };
                people.suspensions.insert(statement.id(), suspension);
            }
            Body::Amend(amend) => {
                if let Some(suspension) = people.suspensions.get_mut(&amend.suspend) {
                    suspension.is_appealed |= amend.amendment == Amendment::Appealed;
                    suspension.is_lifted |= amend.amendment == Amendment::Lifted;
                }
            }
            Body::Retract(retract) => {
                let said = Introduction {
                    minute: retract.minute,
                    is_retracted: true,
                    id: Reverse(statement.id()),
                };
                people.heard(retract.holder, said);
            }
            _ => {}
        }
    }
}

/// Whether devices of that role show people round.
const fn is_staff(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Staff)
}

/// What a statement about people builds on.
pub(super) fn named(body: &Body) -> Vec<StatementId> {
    match body {
        Body::Amend(amend) => vec![amend.suspend],
        other => super::money::named(other),
    }
}
