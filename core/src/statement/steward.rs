//! What stewards decide, each in a chain of its own per document.

use super::field::kind;
use super::values::{Origin, in_range};
use super::{Cause, CellRange, Hold, Wish, Words};
use crate::id::{ConditionId, PublicKey, StatementId, UnitId};
use crate::limits;
use crate::time::{CivilMinute, Interval};

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
        /// What only whoever asked can read of it. Always written, so that nobody sees whether there is anything to read.
        12 note: Option<[u8; limits::SEALED_NOTE_BYTES]>,
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

kind! {
    /// A rental goes on: stands where a request would, for a renter who need not be there to ask. It continues a
    /// confirmation of this document, until another time, or one of the year before.
    Carry {
        /// The ticket, of this document.
        10 ticket: StatementId,
        /// Which of its bookings.
        11 slot: u8,
        /// As a request's.
        12 version: u8,
        /// What is kept.
        13 wishes: Vec<Wish>,
        /// The confirmation that it continues, and the document that it is in.
        14 from: Origin,
        /// When it was written.
        15 claimed: CivilMinute,
        /// When the rental began, in whatever year.
        16 since: CivilMinute,
        /// Until when it goes on beyond this document's year; the last minute there is means without an end.
        17 until: Option<CivilMinute>,
        /// The `Renew` that it answers.
        18 answers: Option<StatementId>,
    }
    check |carry| in_range("version", carry.version, 0, limits::MAX_VERSION);
}

kind! {
    /// What a lock opens by, sealed to its renter. A fact: the lock was set so.
    Code {
        /// The confirmation of whoever rents it.
        10 confirm: StatementId,
        /// The lock.
        11 unit: UnitId,
        /// Which code of that lock it is; a later one takes the place of those before.
        12 generation: u32,
        /// For the key of the confirmation's ticket alone.
        13 sealed: [u8; limits::SEALED_CODE_BYTES],
        /// When it was issued.
        14 minute: CivilMinute,
        /// The confirmation that it was sealed for, when it is said again for one of the next year.
        15 first: Option<StatementId>,
    }
}

kind! {
    /// A unit was opened without its renter. A physical fact.
    Opened {
        /// The unit.
        10 unit: UnitId,
        /// When.
        11 minute: CivilMinute,
        /// Why.
        12 cause: Cause,
        /// A remark in free text, salted: SPEC 5.3, remarks.
        13 remark: Option<Words>,
    }
}

kind! {
    /// A thing left the office in somebody's hands. A physical fact.
    HandOut {
        /// The confirmation whose holder has it.
        10 confirm: StatementId,
        /// What was handed out, whatever was confirmed.
        11 unit: UnitId,
        /// When.
        12 minute: CivilMinute,
        /// What is to be said of its condition, by the catalogue's numbers.
        13 condition: Vec<ConditionId>,
        /// A remark in free text, salted.
        14 remark: Option<Words>,
    }
}

kind! {
    /// A thing came back. A physical fact.
    HandIn {
        /// The `HandOut`.
        10 hand_out: StatementId,
        /// When.
        11 minute: CivilMinute,
        /// What is to be said of its condition, by the catalogue's numbers.
        12 condition: Vec<ConditionId>,
        /// A remark in free text, salted.
        13 remark: Option<Words>,
    }
}
