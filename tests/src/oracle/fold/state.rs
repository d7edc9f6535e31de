//! What a fold knows of places, bookings and wishes.

use crate::oracle::cells::Cell;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Cause, Hold, Request, Ticket};

/// Where a cell or a deciding right is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// With nobody: no device was assigned.
    Nowhere,
    /// With a device.
    With(PublicKey),
    /// Given or passed, and not yet taken.
    InFlight {
        /// The Give or Pass.
        under: StatementId,
        /// Whom it is addressed to.
        to: PublicKey,
    },
}

/// Something that moves cells or rights.
#[derive(Clone, Debug)]
pub enum Motion {
    /// An effective `Give`.
    Give {
        /// Its id.
        id: StatementId,
        /// Whose cells.
        by: PublicKey,
        /// Which cells.
        cells: Vec<Cell>,
        /// To whom.
        to: PublicKey,
    },
    /// An effective `Pass`.
    Pass {
        /// Its id.
        id: StatementId,
        /// Whose right.
        by: PublicKey,
        /// Over which ticket.
        ticket: StatementId,
        /// To whom.
        to: PublicKey,
    },
    /// An effective `Take` of what is in flight.
    Take {
        /// The Give or Pass.
        under: StatementId,
        /// The new holder.
        by: PublicKey,
    },
    /// An effective `Take` of a Revoke.
    Inherit {
        /// The revoked device.
        from: PublicKey,
        /// The new holder.
        by: PublicKey,
    },
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands.
    Live,
    /// The person came.
    CheckedIn,
    /// A later confirmation of its slot ended it; it may still block.
    Moved,
    /// Given back, for good.
    Released(Cause),
    /// It never had an effect.
    Void,
}

/// A Confirm that was judged.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Its id.
    pub id: StatementId,
    /// The device that signed it.
    pub by: PublicKey,
    /// The request it names, when that is a request that is not inert.
    pub request: Option<Asked>,
    /// The confirmation it says it ends.
    pub ends: Option<StatementId>,
    /// What it holds or was to hold.
    pub holds: Vec<Hold>,
    /// What became of it.
    pub standing: Standing,
    /// Cells that were free at once when it was moved.
    pub freed: Vec<Cell>,
}

/// A request that is not inert, with its ticket.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request's id.
    pub id: StatementId,
    /// What it asks.
    pub request: Request,
    /// The ticket's content.
    pub ticket: Ticket,
    /// Who signed the ticket.
    pub issuer: PublicKey,
}

/// Where something is after a motion that concerns it.
pub(super) fn arrive(at: Place, motion: &Motion) -> Place {
    match (at, motion) {
        (Place::InFlight { under, .. }, Motion::Take { under: taken, by }) if under == *taken => {
            Place::With(*by)
        }
        (Place::With(holder), Motion::Inherit { from, by }) if holder == *from => Place::With(*by),
        _ => at,
    }
}
