//! What stewards decide, each in a chain of its own per document.

use super::field::kind;
use super::{Cause, CellRange, Hold};
use crate::id::{PublicKey, StatementId, UnitId};
use crate::time::Interval;

kind! {
    /// Hands custody of cells to another device. They are in flight until it takes them.
    Give {
        /// The cells.
        10 cells: Vec<CellRange>,
        /// The next custodian.
        11 to: PublicKey,
    }
}

kind! {
    /// Takes what was given or passed, or what a revoked device left behind.
    Take {
        /// A `Give`, a `Pass` or a `Revoke`.
        10 of: StatementId,
        /// The `Revoke` that makes this device the successor of the one addressed.
        11 via: Option<StatementId>,
    }
}

kind! {
    /// Hands the right to decide a ticket's requests to another device.
    Pass {
        /// The ticket.
        10 ticket: StatementId,
        /// The next decider.
        11 to: PublicKey,
    }
}

kind! {
    /// Grants a request. What it holds is never taken away by anything that arrives later.
    Confirm {
        /// The request.
        10 request: StatementId,
        /// What is held: one option of the request, or its equal.
        11 holds: Vec<Hold>,
        /// The slot's last confirmation, which this one replaces.
        12 ends: Option<StatementId>,
    }
}

kind! {
    /// Refuses a request, for good.
    Decline {
        /// The request.
        10 request: StatementId,
        /// Why.
        11 cause: Cause,
    }
}

kind! {
    /// Gives a confirmation's place back. Final.
    Release {
        /// The confirmation.
        10 confirm: StatementId,
        /// Why.
        11 cause: Cause,
    }
}

kind! {
    /// The person came.
    CheckIn {
        /// The confirmation.
        10 confirm: StatementId,
    }
}

kind! {
    /// A unit is physically taken, flooded, locked. Decides nothing; obliges the custodian to act.
    Occupy {
        /// The unit.
        10 unit: UnitId,
        /// Since when, and until when as far as is known.
        11 interval: Interval,
        /// Why.
        12 cause: Cause,
    }
}

kind! {
    /// The unit is free again.
    Vacate {
        /// The `Occupy`.
        10 occupy: StatementId,
    }
}

kind! {
    /// Staff vouch for a confirmation beyond a revoked device's cut: the person stays first in line.
    Honour {
        /// The confirmation.
        10 confirm: StatementId,
    }
}
