//! Any statement that can be signed, kind by kind.

use super::samples::{is_of_commons, placed};
use allkontor_core::id::{
    ClassId, ConditionId, Digest, FeatureId, LineId, OfficeId, PublicKey, StatementId, UnitId,
};
use allkontor_core::limits;
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    About, Activate, Allow, Amend, Amendment, Answer, Answers, AnyEqual, Appoint, Approve, Arrive,
    Assign, Body, CallOff, Cancel, Carry, CarryOver, Cause, CellRange, Certify, ChainPoint, Charge,
    CheckIn, Code, Confirm, Contact, Cut, Decline, Deposit, Document, DropBefore, Edit, Entry,
    EventKey, Family, Genesis, Give, Ground, HandIn, HandOut, HandOver, Header, Hold, Honour,
    Introduce, KeyCopy, Kind, Link, Means, Moderate, NoticeKind, Occupy, OpenAccount, Opened,
    Order, Origin, PaidOut, Part, Pass, Pay, Post, Posting, Propose, Publish, Refund, Release,
    Renew, Replace, Request, Retract, Review, Revoke, Role, RosterKey, SealedContact, Seats,
    Settle, Spend, Statement, Succeed, Suggest, Support, Suspend, Take, Ticket, TopUp, Vacate,
    Verdict, Wish, Words,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, Month, OfficeDay};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

pub fn id() -> impl Strategy<Value = StatementId> {
    any::<[u8; 32]>().prop_map(StatementId)
}

pub fn public() -> impl Strategy<Value = PublicKey> {
    any::<[u8; 32]>().prop_map(PublicKey)
}

pub fn minute() -> impl Strategy<Value = CivilMinute> {
    (CivilMinute::MIN.get()..=CivilMinute::MAX.get())
        .prop_map(|m| CivilMinute::new(m.into()).unwrap())
}

pub fn interval() -> impl Strategy<Value = Interval> {
    (minute(), minute())
        .prop_filter("two minutes", |(a, b)| a != b)
        .prop_map(|(a, b)| Interval::new(a.min(b), a.max(b)).unwrap())
}

pub fn day() -> impl Strategy<Value = OfficeDay> {
    (OfficeDay::MIN.get()..=OfficeDay::MAX.get()).prop_map(|d| OfficeDay::new(d.into()).unwrap())
}

pub fn unit() -> impl Strategy<Value = UnitId> {
    prop_oneof![0..300u32, any::<u32>()].prop_map(UnitId)
}

pub fn uses() -> impl Strategy<Value = Vec<ClassId>> {
    vec(any::<u16>().prop_map(ClassId), 0..=limits::MAX_USES)
}

fn slots() -> impl Strategy<Value = u8> {
    1..=limits::MAX_SLOTS
}

fn version() -> impl Strategy<Value = u8> {
    0..=limits::MAX_VERSION
}

fn month() -> impl Strategy<Value = Month> {
    (Month::MIN.index()..=Month::MAX.index()).prop_map(|m| Month::from_index(m.into()).unwrap())
}

/// A ledger or storage document.
pub fn chain_document() -> impl Strategy<Value = Document> {
    prop_oneof![
        month().prop_map(Document::Ledger),
        (1970..2200u16).prop_map(Document::Storage)
    ]
}

/// Any document, of later versions too.
pub fn document() -> impl Strategy<Value = Document> {
    let later = (any::<u8>(), any::<u16>())
        .prop_filter("a tag of ours", |(tag, _)| {
            ![0, 2, 3, 4, 5, 6, 7].contains(tag)
        })
        .prop_map(|(tag, period)| Document::Other {
            tag,
            period: period.into(),
        });
    prop_oneof![1 => Just(Document::Authority), 4 => chain_document(), 1 => later]
}

fn role() -> impl Strategy<Value = Role> {
    any::<u16>().prop_map(Role::from_number)
}

pub fn cause() -> impl Strategy<Value = Cause> {
    prop_oneof![0..20u16, any::<u16>()].prop_map(Cause::from_number)
}

fn family() -> impl Strategy<Value = Family> {
    prop_oneof![Just(Family::Ledger), Just(Family::Storage)]
}

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    // Chains longer than 65,535 in one document would not leave room for 40 cuts: see `every_list_fits`.
    let head = (any::<u16>(), id()).prop_map(|(seq, id)| ChainPoint {
        seq: seq.into(),
        id,
    });
    btree_map(document(), head, 0..=limits::MAX_CUTS).prop_map(|cuts| {
        cuts.into_iter()
            .map(|(document, head)| Cut { document, head })
            .collect()
    })
}

pub fn wish() -> impl Strategy<Value = Wish> {
    (unit(), interval()).prop_map(|(unit, interval)| Wish::new(unit, interval))
}

pub fn hold() -> impl Strategy<Value = Hold> {
    let buffer = || 0..=limits::MAX_BUFFER;
    (unit(), interval(), buffer(), buffer())
        .prop_map(|(unit, span, before, after)| Hold::new(unit, span, before, after))
}

fn options() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    prop_oneof![
        vec(vec(wish(), 1..=3), 1..=limits::MAX_OPTIONS),
        vec(vec(wish(), 1..=limits::MAX_HOLDS), 1..=1),
    ]
}

fn cell_range() -> impl Strategy<Value = CellRange> {
    let length = 1..=limits::MAX_RANGE_CELLS as i32;
    (unit(), any::<i32>(), length).prop_map(|(unit, first, cells)| {
        let last = first.saturating_add(cells - 1);
        CellRange {
            unit,
            first: last - (cells - 1).min(last.saturating_sub(i32::MIN)),
            last,
        }
    })
}

pub fn ticket() -> impl Strategy<Value = Ticket> {
    let life = 0..=limits::MAX_TICKET_LIFE;
    // The stamp leaves room for a ticket's life before the last minute there is.
    let stamp = minute().prop_map(|m| {
        let last = CivilMinute::MAX.plus(-limits::MAX_TICKET_LIFE).unwrap();
        let first = CivilMinute::MIN.plus(limits::STAMP_STEP).unwrap();
        m.clamp(first, last).floor_to(limits::STAMP_STEP)
    });
    (
        any::<[u8; 16]>(),
        public(),
        public(),
        uses(),
        slots(),
        stamp,
        life,
        shown(),
    )
        .prop_map(
            |(serial, key, decider, uses, slots, stamp, life, introduced)| {
                let expires = stamp.plus(life).unwrap();
                Ticket {
                    serial,
                    key,
                    decider,
                    uses,
                    slots,
                    stamp,
                    expires,
                    introduced,
                }
            },
        )
}

fn shown() -> impl Strategy<Value = Option<bool>> {
    any::<bool>().prop_map(|shown| shown.then_some(true))
}

pub fn request() -> impl Strategy<Value = Request> {
    let needs = vec(any::<u16>().prop_map(FeatureId), 0..=limits::MAX_NEEDS);
    let any_equal = (any::<u16>(), needs).prop_map(|(class, needs)| AnyEqual {
        class: ClassId(class),
        needs,
    });
    let party = 1..=limits::MAX_PARTY;
    (
        id(),
        any::<u8>(),
        version(),
        options(),
        option::of(any_equal),
        party,
        minute(),
        option::of((id(), any::<u8>()).prop_map(|(ticket, slot)| EventKey { ticket, slot })),
        option::of(any::<u32>()),
    )
        .prop_map(
            |(ticket, slot, version, options, any_equal, party, claimed, event, accepts)| Request {
                event,
                accepts,
                ticket,
                slot,
                version,
                options,
                any_equal,
                party,
                claimed,
            },
        )
}

fn propose() -> impl Strategy<Value = Propose> {
    let dates = (
        minute(),
        vec((1..600_i32, 0..600_i32), 1..=limits::MAX_EVENT_DATES),
    );
    let dates = dates.prop_filter_map("within the years", |(start, lengths)| {
        let mut at = start;
        let mut dates = Vec::new();
        for (length, pause) in lengths {
            let end = at.plus(length).ok()?;
            dates.push(Interval::new(at, end).ok()?);
            at = end.plus(pause).ok()?;
        }
        Some(dates)
    });
    let seats = (any::<u16>(), any::<u32>(), any::<u32>()).prop_map(|(class, a, b)| Seats {
        class: ClassId(class),
        first: UnitId(a.min(b)),
        last: UnitId(a.max(b)),
    });
    (
        (id(), any::<u8>(), version(), dates),
        (any::<[u8; 32]>(), 1..=limits::MAX_EVENT_TEXT, any::<bool>()),
        (
            option::of(seats),
            any::<bool>(),
            option::of(any::<u16>()),
            minute(),
        ),
    )
        .prop_map(
            |((ticket, slot, version, dates), (text, length, room), rest)| {
                let (seats, public, partner, claimed) = rest;
                Propose {
                    ticket,
                    slot,
                    version,
                    dates,
                    text: Digest(text),
                    length,
                    room,
                    seats,
                    public,
                    partner,
                    claimed,
                }
            },
        )
}

fn conditions() -> impl Strategy<Value = Vec<ConditionId>> {
    vec(
        any::<u16>().prop_map(ConditionId),
        0..=limits::MAX_CONDITIONS,
    )
}

fn suspend() -> impl Strategy<Value = Suspend> {
    let days = (
        -10_957..72_000i64,
        0..i64::from(limits::MAX_SUSPENSION_DAYS),
    );
    (public(), days, any::<u16>(), minute()).prop_map(|(holder, (from, days), ground, minute)| {
        Suspend {
            holder,
            from: OfficeDay::new(from).unwrap(),
            until: OfficeDay::new(from + days).unwrap(),
            ground: Ground::from_number(ground),
            minute,
        }
    })
}

fn words() -> impl Strategy<Value = Words> {
    let text = (any::<[u8; 32]>(), 1..=limits::MAX_COMMONS_TEXT);
    text.prop_map(|(hash, length)| Words {
        hash: Digest(hash),
        length,
    })
}

fn post() -> impl Strategy<Value = Post> {
    let days = (
        -10_956..72_000i64,
        -1..=i64::from(limits::MAX_NOTICE_DAYS),
        0..1_440i64,
    );
    let numbers = (any::<u8>(), any::<u16>(), any::<u16>());
    (id(), numbers, words(), days).prop_map(|(ticket, numbers, text, (day, days, minute))| {
        let (slot, notice, answers) = numbers;
        Post {
            ticket,
            slot,
            notice: NoticeKind::from_number(notice),
            text,
            last: OfficeDay::new(day + days).unwrap(),
            answers: Answers::from_number(answers),
            claimed: CivilMinute::new(day * 1_440 + minute).unwrap(),
        }
    })
}

fn sealed() -> impl Strategy<Value = [u8; limits::SEALED_CODE_BYTES]> {
    vec(any::<u8>(), limits::SEALED_CODE_BYTES).prop_map(|bytes| bytes.try_into().unwrap())
}

fn carry() -> impl Strategy<Value = Carry> {
    let from = (document(), id()).prop_map(|(document, confirm)| Origin { document, confirm });
    (
        (id(), any::<u8>(), version()),
        vec(wish(), 1..=limits::MAX_HOLDS),
        from,
        (minute(), minute()),
        option::of(minute()),
        option::of(id()),
    )
        .prop_map(
            |((ticket, slot, version), wishes, from, (claimed, since), until, answers)| Carry {
                ticket,
                slot,
                version,
                wishes,
                from,
                claimed,
                since,
                until,
                answers,
            },
        )
}

fn line() -> impl Strategy<Value = LineId> {
    any::<u16>().prop_map(LineId)
}

fn means() -> impl Strategy<Value = Means> {
    let by_hand = |means: &Means| *means != Means::Account;
    any::<u16>()
        .prop_map(Means::from_number)
        .prop_filter("by hand", by_hand)
}

/// An amount of at least so much.
fn ore(least: i64) -> impl Strategy<Value = Ore> {
    (least..=limits::MAX_ORE).prop_map(|ore| Ore::new(ore).unwrap())
}

/// Two of them are still an amount.
fn half() -> impl Strategy<Value = Ore> {
    (1..=limits::MAX_ORE / 2).prop_map(|ore| Ore::new(ore).unwrap())
}

fn about() -> impl Strategy<Value = About> {
    (document(), id()).prop_map(|(document, confirm)| About { document, confirm })
}

fn parts(least: usize) -> impl Strategy<Value = Vec<Part>> {
    let part = 1..=limits::MAX_ORE / limits::MAX_PARTS as i64;
    btree_map(id(), part, least..=limits::MAX_PARTS).prop_map(|parts| {
        let part = |(of, amount)| Part {
            of,
            amount: Ore::new(amount).unwrap(),
        };
        parts.into_iter().map(part).collect()
    })
}

fn posting() -> impl Strategy<Value = Posting> {
    let change = || (1..=limits::MAX_ORE).prop_map(|ore| Ore::new(-ore).unwrap());
    prop_oneof![
        (id(), change(), parts(0)).prop_map(|(of, change, returned)| Posting::Correction {
            of,
            change,
            returned
        }),
        (ore(0), ore(-limits::MAX_ORE))
            .prop_map(|(counted, expected)| Posting::Count { counted, expected }),
        ore(-limits::MAX_ORE).prop_map(|change| Posting::Float { change }),
        id().prop_map(|account| Posting::Closed { account }),
    ]
}

fn genesis() -> impl Strategy<Value = Genesis> {
    let zone = "[A-Za-z_/+-]{1,64}";
    let day_start = (0..1440u16).prop_map(|m| DayStart::new(m).unwrap());
    (
        public(),
        public(),
        zone,
        day_start,
        any::<[u8; 32]>(),
        any::<u16>(),
    )
        .prop_map(|(admin, recovery, zone, day_start, salt, rules)| Genesis {
            admin,
            recovery,
            zone,
            day_start,
            salt,
            rules,
        })
}

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

/// That body in any place where its kind may stand.
pub fn in_place(body: Body) -> impl Strategy<Value = Statement> {
    let office = any::<[u8; 32]>().prop_map(OfficeId);
    (
        office,
        chain_document(),
        any::<bool>(),
        any::<u32>(),
        id(),
        id(),
    )
        .prop_map(move |(office, document, critical, seq, prev, auth)| {
            let mut statement = placed(body.clone());
            if statement.header == Header::GENESIS {
                return statement;
            }
            let header = &mut statement.header;
            (header.office, header.critical) = (Some(office), critical);
            match statement.body.kind() {
                Kind::Authority => {
                    header.link = Some(Link {
                        seq: seq.max(1),
                        prev: Some(prev),
                        auth: None,
                    })
                }
                Kind::Steward => {
                    header.document = document;
                    header.link = Some(Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(auth),
                    });
                }
                Kind::Money => {
                    header.document = Document::Till(2026);
                    header.link = Some(Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(auth),
                    });
                }
                Kind::People => {
                    header.document = Document::People(2026);
                    header.link = Some(Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(auth),
                    });
                }
                Kind::Commons => {
                    header.document = Document::Commons(2026);
                    header.link = Some(Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(auth),
                    });
                }
                Kind::Roster => {
                    header.document = super::samples::roster();
                    header.link = Some(Link {
                        seq,
                        prev: Some(prev),
                        auth: Some(auth),
                    });
                }
                Kind::Visitor if is_of_commons(&statement.body) => {
                    header.document = Document::Commons(2026);
                }
                Kind::Visitor | Kind::Unknown => header.document = document,
            }
            statement
        })
}

/// Any statement of any kind.
pub fn statement() -> impl Strategy<Value = Statement> {
    let bodies = bodies().into_iter().map(|(_, body)| body);
    proptest::strategy::Union::new(bodies).prop_flat_map(in_place)
}
