//! The sparsest of the kinds that can do with less.

use super::{
    answer, at, carry, charge, code, confirm, correction, deposit, edit, id, placed, propose,
    public, refund, request, revoke, settle, ticket,
};
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    Answer, Body, Carry, Cause, Charge, Code, Confirm, Decline, Deposit, Edit, Entry, HandIn,
    Introduce, OpenAccount, Order, Propose, Refund, Request, Revoke, Settle, Statement, Take,
    Ticket,
};

/// The kinds that have optional fields, without them.
pub fn sparse() -> Vec<Statement> {
    let bodies: [Body; 20] = [
        OpenAccount {
            holder: public(5),
            limit: Ore::ZERO,
            minute: at(10, 4),
            account: None,
        }
        .into(),
        Refund {
            of: None,
            ..refund()
        }
        .into(),
        Propose {
            seats: None,
            partner: None,
            ..propose()
        }
        .into(),
        HandIn {
            hand_out: id(0x49),
            minute: at(10, 1),
            condition: vec![],
            remark: None,
        }
        .into(),
        Edit {
            appoint: None,
            ..edit()
        }
        .into(),
        Revoke {
            cuts: vec![],
            successor: None,
            ..revoke()
        }
        .into(),
        Ticket {
            uses: vec![],
            introduced: None,
            ..ticket()
        }
        .into(),
        Order {
            key: public(5),
            uses: vec![],
            slots: 1,
            claimed: at(7, 59),
            introduced: None,
        }
        .into(),
        Introduce {
            holder: public(5),
            minute: at(10, 4),
            first: None,
        }
        .into(),
        Request {
            any_equal: None,
            accepts: None,
            ..request()
        }
        .into(),
        Take {
            of: id(0x30),
            via: None,
        }
        .into(),
        Confirm {
            ends: None,
            ..confirm()
        }
        .into(),
        Charge {
            about: None,
            ..charge()
        }
        .into(),
        Deposit {
            about: None,
            ..deposit()
        }
        .into(),
        Settle {
            paid_out: None,
            ..settle()
        }
        .into(),
        Entry {
            cause: None,
            ..correction()
        }
        .into(),
        Carry {
            until: None,
            answers: None,
            ..carry()
        }
        .into(),
        Code {
            first: None,
            ..code()
        }
        .into(),
        Decline {
            request: id(0x21),
            cause: Cause::Rules,
            note: None,
        }
        .into(),
        Answer {
            text: None,
            ..answer()
        }
        .into(),
    ];
    bodies.into_iter().map(placed).collect()
}
