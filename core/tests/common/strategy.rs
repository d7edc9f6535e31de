//! Any statement that can be signed, kind by kind.

mod authority;
mod booking;
mod event;
mod money;
mod people;
mod place;
mod values;

pub use booking::*;
pub use place::in_place;
pub use values::*;

use authority::{cuts, genesis};
use event::propose;
use money::{about, half, line, means, ore, parts, posting};
use people::{post, suspend};

use allkontor_core::id::{Digest, PublicKey};
use allkontor_core::limits;
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    Activate, Allow, Amend, Amendment, Answer, Appoint, Approve, Arrive, Assign, Body, CallOff,
    Cancel, CarryOver, Certify, Charge, CheckIn, Code, Confirm, Contact, Decline, Deposit,
    Document, DropBefore, Edit, Entry, Give, HandIn, HandOut, HandOver, Honour, Introduce, KeyCopy,
    Moderate, Occupy, OpenAccount, Opened, Order, PaidOut, Pass, Pay, Publish, Refund, Release,
    Renew, Replace, Retract, Review, Revoke, RosterKey, SealedContact, Settle, Spend, Statement,
    Succeed, Suggest, Support, Take, TopUp, Vacate, Verdict,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Each kind by its number, with a strategy for its body.
#[rustfmt::skip]
pub fn bodies() -> Vec<(u16, BoxedStrategy<Body>)> {
    fn body<T: Into<Body> + 'static>(strategy: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Body> {
        strategy.prop_map(Into::into).boxed()
    }
    let units = || vec(unit(), 1..=limits::MAX_ASSIGNED);
    let holds = || vec(hold(), 1..=limits::MAX_HOLDS);
    let cells = || vec(cell_range(), 1..=limits::MAX_CELL_RANGES);
    vec![
        (1, body(genesis())),
        (2, body((public(), role()).prop_map(|(device, role)| Certify { device, role }))),
        (3, body((public(), cuts(), option::of(public())).prop_map(|(device, cuts, successor)| Revoke { device, cuts, successor }))),
        (4, body((public(), public()).prop_map(|(device, successor)| Succeed { device, successor }))),
        (5, body((units(), family(), public()).prop_map(|(units, family, device)| Assign { units, family, device }))),
        (6, body(public().prop_map(|admin| HandOver { admin }))),
        (7, body((public(), id()).prop_map(|(admin, keeps)| Replace { admin, keeps }))),
        (8, body((any::<u32>(), any::<[u8; 32]>()).prop_map(|(version, hash)| Publish { version, hash: Digest(hash) }))),
        (9, body((family(), day()).prop_map(|(family, before)| DropBefore { family, before }))),
        (10, body((any::<u16>(), day()).prop_map(|(rules, from)| Activate { rules, from }))),
        (20, body(ticket())),
        (21, body(request())),
        (22, body((id(), any::<u8>(), version()).prop_map(|(ticket, slot, version)| Cancel { ticket, slot, version }))),
        (23, body((id(), any::<u8>(), minute()).prop_map(|(ticket, slot, claimed)| Arrive { ticket, slot, claimed }))),
        (24, body((public(), uses(), slots(), minute(), shown()).prop_map(|(key, uses, slots, claimed, introduced)| Order { key, uses, slots, claimed, introduced }))),
        (25, body((id(), any::<u8>(), minute(), minute()).prop_map(|(ticket, slot, until, claimed)| Renew { ticket, slot, until, claimed }))),
        (26, body((id(), any::<u8>(), public(), minute()).prop_map(|(ticket, slot, key, claimed)| Appoint { ticket, slot, key, claimed }))),
        (27, body(propose())),
        (28, body((id(), vec(id(), 0..=limits::MAX_EDITS_AFTER), any::<[u8; 32]>(), 1..=limits::MAX_EVENT_TEXT, minute(), option::of(id())).prop_map(|(proposal, after, patch, length, claimed, appoint)| Edit { proposal, after, patch: Digest(patch), length, claimed, appoint }))),
        (29, body((id(), any::<u8>(), words(), minute()).prop_map(|(ticket, slot, text, claimed)| Suggest { ticket, slot, text, claimed }))),
        (30, body((cells(), public()).prop_map(|(cells, to)| Give { cells, to }))),
        (31, body((id(), option::of(id())).prop_map(|(of, via)| Take { of, via }))),
        (32, body((id(), public()).prop_map(|(ticket, to)| Pass { ticket, to }))),
        (33, body((id(), holds(), option::of(id())).prop_map(|(request, holds, ends)| Confirm { request, holds, ends }))),
        (34, body((id(), cause(), option::of(any::<[u8; 32]>())).prop_map(|(request, cause, note)| Decline { request, cause, note: note.map(|half| std::array::from_fn(|at| half[at % 32])) }))),
        (35, body((id(), cause()).prop_map(|(confirm, cause)| Release { confirm, cause }))),
        (36, body(id().prop_map(|confirm| CheckIn { confirm }))),
        (37, body((unit(), interval(), cause()).prop_map(|(unit, interval, cause)| Occupy { unit, interval, cause }))),
        (38, body(id().prop_map(|occupy| Vacate { occupy }))),
        (39, body(id().prop_map(|confirm| Honour { confirm }))),
        (40, body((line(), 1..=limits::MAX_QUANTITY, ore(0), any::<u32>(), minute(), option::of(about())).prop_map(|(line, quantity, amount, catalogue, minute, about)| Charge { line, quantity, amount, catalogue, minute, about }))),
        (41, body((parts(1), means(), minute()).prop_map(|(parts, means, minute)| Pay { parts, means, minute }))),
        (42, body((line(), ore(1), means(), any::<u32>(), minute(), option::of(about())).prop_map(|(line, amount, means, catalogue, minute, about)| Deposit { line, amount, means, catalogue, minute, about }))),
        (43, body((id(), half(), half(), cause(), option::of(id())).prop_map(|(deposit, returned, forfeited, cause, paid_out)| Settle { deposit, returned, forfeited, cause, paid_out }))),
        (44, body((id(), ore(1), means(), minute()).prop_map(|(deposit, amount, means, minute)| PaidOut { deposit, amount, means, minute }))),
        (45, body((posting(), minute(), option::of(cause())).prop_map(|(posting, minute, cause)| Entry { posting, minute, cause }))),
        (46, body(carry())),
        (47, body((id(), unit(), any::<u32>(), sealed(), minute(), option::of(id())).prop_map(|(confirm, unit, generation, sealed, minute, first)| Code { confirm, unit, generation, sealed, minute, first }))),
        (48, body((unit(), minute(), cause(), option::of(words())).prop_map(|(unit, minute, cause, remark)| Opened { unit, minute, cause, remark }))),
        (49, body((id(), unit(), minute(), conditions(), option::of(words())).prop_map(|(confirm, unit, minute, condition, remark)| HandOut { confirm, unit, minute, condition, remark }))),
        (50, body((id(), minute(), conditions(), option::of(words())).prop_map(|(hand_out, minute, condition, remark)| HandIn { hand_out, minute, condition, remark }))),
        (51, body((public(), ore(0), minute(), option::of(id())).prop_map(|(holder, limit, minute, account)| OpenAccount { holder, limit, minute, account }))),
        (52, body((id(), ore(1), means(), minute()).prop_map(|(account, amount, means, minute)| TopUp { account, amount, means, minute }))),
        (53, body((id(), parts(1), minute()).prop_map(|(account, parts, minute)| Spend { account, parts, minute }))),
        (54, body(id().prop_map(|proposal| Approve { proposal }))),
        (55, body((id(), cause()).prop_map(|(proposal, cause)| CallOff { proposal, cause }))),
        (56, body((id(), ore(1), public()).prop_map(|(account, amount, to)| Allow { account, amount, to }))),
        (57, body((id(), ore(1), any::<bool>(), 1970..2200_u16, minute()).prop_map(|(account, amount, comes, year, minute)| CarryOver { account, change: if comes { amount } else { Ore::ZERO.less(amount).unwrap() }, document: Document::Till(year), minute }))),
        (58, body((id(), ore(1), means(), minute(), option::of(id())).prop_map(|(account, amount, means, minute, of)| Refund { account, amount, means, minute, of }))),
        (60, body(suspend())),
        (61, body((id(), any::<u16>(), minute()).prop_map(|(suspend, amendment, minute)| Amend { suspend, amendment: Amendment::from_number(amendment), minute }))),
        (62, body((public(), minute(), option::of(id())).prop_map(|(holder, minute, first)| Introduce { holder, minute, first }))),
        (63, body((public(), minute()).prop_map(|(holder, minute)| Retract { holder, minute }))),
        (64, body((public(), 1..=limits::MAX_KEY_COPIES, any::<[u8; 32]>()).prop_map(|(public, copies, sealed)| RosterKey { public, copies: (0..copies).map(|n| KeyCopy { device: PublicKey([n as u8; 32]), sealed: std::array::from_fn(|at| sealed[at % 32]) }).collect() }))),
        (65, body((public(), public(), 0..limits::CONTACT_LENGTHS.len(), any::<u8>(), minute()).prop_map(|(holder, key, length, byte, minute)| Contact { holder, key, sealed: SealedContact::new(&vec![byte; limits::CONTACT_LENGTHS[length] + limits::SEAL_OVERHEAD]).unwrap(), minute }))),
        (80, body((id(), any::<u8>(), id(), minute()).prop_map(|(ticket, slot, suggestion, claimed)| Support { ticket, slot, suggestion, claimed }))),
        (81, body(post())),
        (84, body((id(), any::<u16>(), option::of(words()), minute()).prop_map(|(suggestion, outcome, text, minute)| Answer { suggestion, outcome: Verdict::from_number(outcome), text, minute }))),
        (85, body((id(), cause(), minute()).prop_map(|(of, cause, minute)| Moderate { of, cause, minute }))),
        (86, body((id(), minute()).prop_map(|(of, minute)| Review { of, minute }))),
    ]
}

/// Any statement of any kind.
pub fn statement() -> impl Strategy<Value = Statement> {
    let bodies = bodies().into_iter().map(|(_, body)| body);
    proptest::strategy::Union::new(bodies).prop_flat_map(in_place)
}
