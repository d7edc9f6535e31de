//! Accounts: money that was paid in ahead, or a tab, each in its steward's chain of a `till` document.
//!
//! An account is named by the statement that opened it, in whichever year that was. Nothing waits for that to be here.

use super::Document;
use super::field::kind;
use super::money::{Means, Part, at_least, by_hand, in_order};
use crate::cbor::CborError;
use crate::id::{PublicKey, StatementId};
use crate::money::Ore;
use crate::time::CivilMinute;

kind! {
    /// An account is opened, at the wish of whoever it is for; or goes on in another year. Whoever opens it is its custodian.
    OpenAccount {
        /// A lasting key, made for this alone.
        10 holder: PublicKey,
        /// How far below nothing it may go.
        11 limit: Ore,
        /// When.
        12 minute: CivilMinute,
        /// The account that goes on; none when this is a new one.
        13 account: Option<StatementId>,
    }
    check |open| at_least("limit", open.limit, 0);
}

kind! {
    /// Money came in for an account, into whichever till: a physical fact.
    TopUp {
        /// The account.
        10 account: StatementId,
        /// How much.
        11 amount: Ore,
        /// In what form.
        12 means: Means,
        /// When.
        13 minute: CivilMinute,
    }
    check |top_up| {
        at_least("top-up", top_up.amount, 1)?;
        by_hand(top_up.means)
    };
}

kind! {
    /// Charges are paid from an account, out of what the device may spend of it.
    Spend {
        /// The account.
        10 account: StatementId,
        /// Which charges, and how much for each.
        11 parts: Vec<Part>,
        /// When.
        12 minute: CivilMinute,
    }
    check |spend| in_order(&spend.parts, 1);
}

kind! {
    /// What a device may spend of an account it allows another to spend, which takes it; or it gives it back.
    Allow {
        /// The account.
        10 account: StatementId,
        /// How much.
        11 amount: Ore,
        /// To whom.
        12 to: PublicKey,
    }
    check |allow| at_least("allowance", allow.amount, 1);
}

kind! {
    /// What a device may spend of an account goes on in another year's document, or comes from there.
    CarryOver {
        /// The account.
        10 account: StatementId,
        /// How much comes; less than nothing when it goes.
        11 change: Ore,
        /// Where from, or where to.
        12 document: Document,
        /// When.
        13 minute: CivilMinute,
    }
    check |carry| {
        if carry.change == Ore::ZERO || !matches!(carry.document, Document::Till(_)) {
            return Err(CborError::Invalid {
                what: "carry-over",
                why: "expected an amount, and a till document",
            });
        }
        Ok(())
    };
}

kind! {
    /// Money of an account left a till: the rest is paid out, or a top-up was wrong.
    Refund {
        /// The account.
        10 account: StatementId,
        /// How much.
        11 amount: Ore,
        /// In what form.
        12 means: Means,
        /// When.
        13 minute: CivilMinute,
        /// The top-up that was wrong.
        14 of: Option<StatementId>,
    }
    check |refund| {
        at_least("refund", refund.amount, 1)?;
        by_hand(refund.means)
    };
}
