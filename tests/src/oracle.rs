//! The specification as slowly and obviously as it can be written: no caches, everything derived again.
//!
//! It reads statements and nothing else of the core, so that a mistake in the resolver is not repeated here. Clauses
//! of the specification are quoted where they are carried out. Where the text is silent, this is what holds:
//!
//! **Authority.** `Genesis` is signed by the admin key it names. A child counts only if its signature is by the admin
//! key in force after its `prev` (a `Replace`: by the recovery key, and `keeps` is its `prev`) and its seq is one
//! more. The standing path runs from Genesis towards the subtree with a `Replace`; where two subtrees have one, or
//! none has and there are two children, it ends: the fork point itself stays applied and the office is flagged. A
//! critical statement of an unknown kind ends it too, before that statement. A device's first `Certify` counts, a
//! `Revoke` of what is not certified does not, and the first catalogue of a version does.
//!
//! **Visitors.** A Ticket not signed by a device that was ever certified as admin, staff, kiosk or hub is inert. A
//! Request whose slot is not below the ticket's `slots`, whose signer is not the ticket's key, or that came after
//! `expires` is inert. A Confirm that names an inert one is ready, and void.
//!
//! **Chains.** The fold's order is among chain statements; what visitors say is known from the start. A void
//! statement keeps its place: the chain goes on. Every kind is open to admin, staff, kiosk and hub, but `Occupy`,
//! `Vacate` and `Honour` not to a hub. Cells outside the document are not cells of it. A `Take` through a `Revoke`
//! counts for every device on the line of successors, also one revoked since: its takes before its cut stand.
//!
//! **Confirm.** The holds equal an option as a multiset of (unit, start, end). With `any_equal` the multisets of times
//! are equal: the fold has no catalogue, so classes are not judged. Only a live or checked-in confirmation becomes
//! moved; a released one stays released.
//!
//! **Outdated.** A critical statement beyond its author's cut stops nothing: a revoked device cannot make every view
//! outdated.
//!
//! **Victims.** What a void Confirm held is judged by its ancestors alone, with no cut applied; it held nothing when
//! its holds overlap or lie in no cell. "Since" must not depend on the order of what two devices do at the same time,
//! so it is read along the slot's confirmations, each of which ends the one before it: a void Confirm counts while its
//! `ends` is still the slot's last, and that one does not stand for the same version; a released one while it is the
//! slot's last itself. Also a victim: who was released as a no-show although an `Arrive` of that slot, claimed no later
//! than the earliest end among its holds, is present.
//!
//! **Money.** An amount is what its statement says with every correction that counts; nothing is kept but the list of
//! statements that count, in the order of the fold. A settlement names the pay-out that it is for if it returns anything.
//!
//! **Forecast.** A unit that is not in the catalogue is not placed on. "The slot's own hold" is the slot's last
//! confirmation, the one that a Confirm would end. `any_equal` replaces units of the first option only, and its units
//! are distinct. A victim ranks first even if the ticket's signer is revoked. Rivals are told by single holds, whether
//! or not the rest of the option could be placed.

pub mod account;
pub mod authority;
pub mod cells;
pub mod commons;
pub mod events;
pub mod fold;
pub mod forecast;
pub mod judge;
pub mod lost;
pub mod money;
pub mod picture;
pub mod victims;

use allkontor_core::id::{OfficeId, StatementId};
use allkontor_core::statement::{Document, Verified};
use std::collections::BTreeMap;

pub use authority::Authority;
pub use fold::Fold;
pub use forecast::{Forecast, Shop};
pub use picture::{Picture, State};

/// The authority of an office and the picture of one of its documents, from any heap of statements.
pub fn resolve(office: OfficeId, document: Document, heap: &[Verified]) -> (Authority, Picture) {
    let authority = Authority::of(office, heap);
    let fold = Fold::run(&authority, document, heap, true);
    let picture = Picture::of(&fold);
    (authority, picture)
}

/// The statements of one document, each once. "In another office or document it is inert" (§1).
pub(crate) fn belonging(
    office: OfficeId,
    document: Document,
    heap: &[Verified],
) -> BTreeMap<StatementId, Verified> {
    heap.iter()
        .filter(|s| s.header().document == document)
        .filter(|s| match s.header().office {
            Some(named) => named == office,
            None => OfficeId::from(s.id()) == office,
        })
        .map(|s| (s.id(), s.clone()))
        .collect()
}
