//! One statement of every kind, with every optional field; and the sparsest of those that can do with less.

use allkontor_core::id::{
    ClassId, ConditionId, Digest, FeatureId, LineId, OfficeId, PublicKey, StatementId, UnitId,
};
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    About, Activate, Allow, Amend, Amendment, Answer, Answers, AnyEqual, Appoint, Approve, Arrive,
    Assign, Body, CallOff, Cancel, Carry, CarryOver, Cause, CellRange, Certify, ChainPoint, Charge,
    CheckIn, Code, Confirm, Contact, Cut, Decline, Deposit, Document, DropBefore, Edit, Entry,
    EventKey, Family, Genesis, Give, Ground, HandIn, HandOut, HandOver, Header, Hold, Honour,
    Introduce, KeyCopy, Keypair, Kind, Link, Means, Moderate, NoticeKind, Occupy, OpenAccount,
    Opened, Order, Origin, PaidOut, Part, Pass, Pay, Post, Posting, Propose, Publish, Refund,
    Release, Renew, Replace, Request, Retract, Review, Revoke, Role, RosterKey, SealedContact,
    Seats, Settle, Spend, Statement, Succeed, Suggest, Support, Suspend, Take, Ticket, TopUp,
    Vacate, Verdict, Verified, Wish, Words,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, Month, OfficeDay};

pub const LEDGER: i32 = 2026;

pub fn key(n: u8) -> Keypair {
    Keypair::from_seed(&[n; 32])
}

pub fn public(n: u8) -> PublicKey {
    key(n).public()
}

pub fn id(n: u8) -> StatementId {
    StatementId([n; 32])
}

pub fn office() -> OfficeId {
    OfficeId([0xaf; 32])
}

/// A minute of 24 November 2026.
pub fn at(hour: u32, minute: u32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, 24, hour, minute).unwrap()
}

pub fn hours(from: u32, to: u32) -> Interval {
    Interval::new(at(from, 0), at(to, 0)).unwrap()
}

pub fn november() -> Document {
    Document::Ledger(Month::new(LEDGER, 11).unwrap())
}

pub fn roster() -> Document {
    Document::Roster(Month::new(LEDGER, 11).unwrap())
}

/// What visitors say in commons documents, and nowhere else.
pub fn is_of_commons(body: &Body) -> bool {
    matches!(body, Body::Suggest(_) | Body::Support(_) | Body::Post(_))
}

/// What there is of a text.
pub fn words(n: u8) -> Words {
    Words {
        hash: Digest([n; 32]),
        length: 2_000,
    }
}

pub fn answer() -> Answer {
    Answer {
        suggestion: id(0x29),
        outcome: Verdict::Planned,
        text: Some(words(0x84)),
        minute: at(10, 4),
    }
}

/// A body where its kind stands: the admin chain, a steward's chain in November's ledger, or no chain.
pub fn placed(body: impl Into<Body>) -> Statement {
    let body = body.into();
    let header = match body.kind() {
        _ if matches!(body, Body::Genesis(_)) => Header::GENESIS,
        Kind::Authority => Header::linked(
            office(),
            Document::Authority,
            Link {
                seq: 7,
                prev: Some(id(0x70)),
                auth: None,
            },
        ),
        Kind::Steward | Kind::Money | Kind::People | Kind::Commons | Kind::Roster => {
            Header::linked(
                office(),
                match body.kind() {
                    Kind::Money => Document::Till(LEDGER as u16),
                    Kind::People => Document::People(LEDGER as u16),
                    Kind::Commons => Document::Commons(LEDGER as u16),
                    Kind::Roster => roster(),
                    _ => november(),
                },
                Link {
                    seq: 300,
                    prev: Some(id(0x71)),
                    auth: Some(id(0x72)),
                },
            )
        }
        Kind::Visitor if is_of_commons(&body) => {
            Header::standalone(office(), Document::Commons(LEDGER as u16))
        }
        Kind::Visitor | Kind::Unknown => Header::standalone(office(), november()),
    };
    Statement { header, body }
}

pub fn ticket() -> Ticket {
    Ticket {
        serial: [9; 16],
        key: public(5),
        decider: public(2),
        uses: vec![ClassId(1), ClassId(400)],
        slots: 3,
        stamp: at(8, 15),
        expires: at(8, 15).plus(7 * 1440).unwrap(),
        introduced: Some(true),
    }
}

pub fn request() -> Request {
    Request {
        event: None,
        ticket: id(0x20),
        slot: 1,
        version: 2,
        options: vec![
            vec![
                Wish::new(UnitId(7), hours(9, 10)),
                Wish::new(UnitId(70_000), hours(9, 10)),
            ],
            vec![Wish::new(UnitId(8), hours(9, 10))],
        ],
        any_equal: Some(AnyEqual {
            class: ClassId(2),
            needs: vec![FeatureId(1), FeatureId(300)],
        }),
        party: 4,
        claimed: at(8, 17),
        accepts: Some(3),
    }
}

pub fn edit() -> Edit {
    Edit {
        proposal: id(0x27),
        after: vec![id(0x28), id(0x29)],
        patch: Digest([0x28; 32]),
        length: 4_000,
        claimed: at(8, 18),
        appoint: Some(id(0x26)),
    }
}

pub fn propose() -> Propose {
    Propose {
        ticket: id(0x20),
        slot: 1,
        version: 2,
        dates: vec![hours(9, 10), hours(11, 12)],
        text: Digest([0x27; 32]),
        length: 4_000,
        room: true,
        seats: Some(Seats {
            class: ClassId(9),
            first: UnitId(101),
            last: UnitId(140),
        }),
        public: true,
        partner: Some(3),
        claimed: at(8, 17),
    }
}

pub fn confirm() -> Confirm {
    let holds = vec![
        Hold::new(UnitId(7), hours(9, 10), 15, 0),
        Hold::new(UnitId(70_000), hours(9, 10), 0, 720),
    ];
    Confirm {
        request: id(0x21),
        holds,
        ends: Some(id(0x33)),
    }
}

pub fn code() -> Code {
    Code {
        confirm: id(0x33),
        unit: UnitId(70_000),
        generation: 300,
        sealed: std::array::from_fn(|at| at as u8),
        minute: at(12, 31),
        first: Some(id(0x46)),
    }
}

pub fn carry() -> Carry {
    Carry {
        ticket: id(0x20),
        slot: 1,
        version: 3,
        wishes: vec![Wish::new(UnitId(7), hours(9, 10))],
        from: Origin {
            document: Document::Storage(2025),
            confirm: id(0x33),
        },
        claimed: at(8, 18),
        since: at(8, 0),
        until: Some(at(18, 0)),
        answers: Some(id(0x25)),
    }
}

fn ore(amount: i64) -> Ore {
    Ore::new(amount).unwrap()
}

fn part(of: u8, amount: i64) -> Part {
    let (of, amount) = (id(of), ore(amount));
    Part { of, amount }
}

fn about() -> About {
    About {
        document: november(),
        confirm: id(0x33),
    }
}

pub fn charge() -> Charge {
    Charge {
        line: LineId(300),
        quantity: 5,
        amount: ore(1_000),
        catalogue: 12,
        minute: at(10, 0),
        about: Some(about()),
    }
}

pub fn deposit() -> Deposit {
    Deposit {
        line: LineId(7),
        amount: ore(20_000),
        means: Means::Cash,
        catalogue: 12,
        minute: at(10, 2),
        about: Some(about()),
    }
}

pub fn settle() -> Settle {
    Settle {
        deposit: id(0x42),
        returned: ore(15_000),
        forfeited: ore(5_000),
        cause: Cause::Lost,
        paid_out: Some(id(0x44)),
    }
}

pub fn correction() -> Entry {
    let posting = Posting::Correction {
        of: id(0x40),
        change: ore(-200),
        returned: vec![part(0x41, 200)],
    };
    Entry {
        posting,
        minute: at(10, 5),
        cause: Some(Cause::Staff),
    }
}

pub fn revoke() -> Revoke {
    let cut = |document, seq| Cut {
        document,
        head: ChainPoint { seq, id: id(0x34) },
    };
    Revoke {
        device: public(3),
        cuts: vec![cut(november(), 41), cut(Document::Storage(2026), 100_000)],
        successor: Some(public(4)),
    }
}

pub fn genesis() -> Genesis {
    Genesis {
        admin: public(1),
        recovery: public(9),
        zone: "Europe/Stockholm".into(),
        day_start: DayStart::default(),
        salt: [0x5a; 32],
        rules: 1,
    }
}

/// Every kind once, in the order of their numbers, with every optional field.
pub fn full() -> Vec<Statement> {
    let day = |d| OfficeDay::from_ymd(2026, 12, d).unwrap();
    let cells = vec![
        CellRange {
            unit: UnitId(7),
            first: day(1).get(),
            last: day(31).get(),
        },
        CellRange {
            unit: UnitId(8),
            first: 2026,
            last: 2026,
        },
    ];
    let bodies: Vec<Body> = vec![
        genesis().into(),
        Certify {
            device: public(2),
            role: Role::Kiosk,
        }
        .into(),
        revoke().into(),
        Succeed {
            device: public(3),
            successor: public(4),
        }
        .into(),
        Assign {
            units: vec![UnitId(1), UnitId(70_000)],
            family: Family::Storage,
            device: public(2),
        }
        .into(),
        HandOver { admin: public(8) }.into(),
        Replace {
            admin: public(8),
            keeps: id(0x70),
        }
        .into(),
        Publish {
            version: 12,
            hash: Digest([0xc0; 32]),
        }
        .into(),
        DropBefore {
            family: Family::Ledger,
            before: day(1),
        }
        .into(),
        Activate {
            rules: 2,
            from: day(1),
        }
        .into(),
        ticket().into(),
        Request {
            event: Some(EventKey {
                ticket: id(0x22),
                slot: 3,
            }),
            ..request()
        }
        .into(),
        Cancel {
            ticket: id(0x20),
            slot: 1,
            version: 15,
        }
        .into(),
        Arrive {
            ticket: id(0x20),
            slot: 1,
            claimed: at(9, 2),
        }
        .into(),
        Order {
            key: public(5),
            uses: vec![ClassId(1)],
            slots: 60,
            claimed: at(7, 59),
            introduced: Some(true),
        }
        .into(),
        Renew {
            ticket: id(0x20),
            slot: 1,
            until: at(12, 0),
            claimed: at(9, 3),
        }
        .into(),
        Appoint {
            ticket: id(0x20),
            slot: 1,
            key: public(6),
            claimed: at(8, 18),
        }
        .into(),
        propose().into(),
        edit().into(),
        Suggest {
            ticket: id(0x20),
            slot: 1,
            text: words(0x29),
            claimed: at(8, 19),
        }
        .into(),
        Give {
            cells,
            to: public(4),
        }
        .into(),
        Take {
            of: id(0x30),
            via: Some(id(3)),
        }
        .into(),
        Pass {
            ticket: id(0x20),
            to: public(4),
        }
        .into(),
        confirm().into(),
        Decline {
            request: id(0x21),
            cause: Cause::Limit,
            note: Some([9; 64]),
        }
        .into(),
        Release {
            confirm: id(0x33),
            cause: Cause::NoShow,
        }
        .into(),
        CheckIn { confirm: id(0x33) }.into(),
        Occupy {
            unit: UnitId(7),
            interval: hours(12, 13),
            cause: Cause::Present,
        }
        .into(),
        Vacate { occupy: id(0x37) }.into(),
        Honour { confirm: id(0x33) }.into(),
        charge().into(),
        Pay {
            parts: vec![part(0x40, 1_000), part(0x41, 5)],
            means: Means::Cash,
            minute: at(10, 1),
        }
        .into(),
        deposit().into(),
        settle().into(),
        PaidOut {
            deposit: id(0x42),
            amount: ore(15_000),
            means: Means::Card,
            minute: at(16, 0),
        }
        .into(),
        correction().into(),
        carry().into(),
        code().into(),
        Opened {
            unit: UnitId(7),
            minute: at(12, 30),
            cause: Cause::Late,
            remark: Some(words(0x48)),
        }
        .into(),
        HandOut {
            confirm: id(0x33),
            unit: UnitId(70_000),
            minute: at(9, 1),
            condition: vec![ConditionId(1), ConditionId(300)],
            remark: Some(words(0x49)),
        }
        .into(),
        HandIn {
            hand_out: id(0x49),
            minute: at(10, 1),
            condition: vec![ConditionId(2)],
            remark: Some(words(0x50)),
        }
        .into(),
        OpenAccount {
            holder: public(5),
            limit: ore(5_000),
            minute: at(10, 4),
            account: Some(id(0x51)),
        }
        .into(),
        TopUp {
            account: id(0x51),
            amount: ore(10_000),
            means: Means::Card,
            minute: at(10, 5),
        }
        .into(),
        Spend {
            account: id(0x51),
            parts: vec![part(0x40, 1_000), part(0x41, 5)],
            minute: at(10, 6),
        }
        .into(),
        Approve { proposal: id(0x27) }.into(),
        CallOff {
            proposal: id(0x27),
            cause: Cause::Guidelines,
        }
        .into(),
        Allow {
            account: id(0x51),
            amount: ore(2_000),
            to: public(4),
        }
        .into(),
        CarryOver {
            account: id(0x51),
            change: ore(-700),
            document: Document::Till(2027),
            minute: at(10, 7),
        }
        .into(),
        refund().into(),
        Suspend {
            holder: public(5),
            from: OfficeDay::from_ymd(2026, 11, 24).unwrap(),
            until: OfficeDay::from_ymd(2026, 12, 24).unwrap(),
            ground: Ground::Damage,
            minute: at(10, 2),
        }
        .into(),
        Amend {
            suspend: id(0x60),
            amendment: Amendment::Appealed,
            minute: at(10, 3),
        }
        .into(),
        Introduce {
            holder: public(5),
            minute: at(10, 4),
            first: Some(id(0x62)),
        }
        .into(),
        Retract {
            holder: public(5),
            minute: at(10, 5),
        }
        .into(),
        RosterKey {
            public: public(6),
            copies: key_copies(14),
        }
        .into(),
        Contact {
            holder: public(5),
            key: public(6),
            sealed: SealedContact::new(&[0x65; 192 + 48]).unwrap(),
            minute: at(10, 6),
        }
        .into(),
        Support {
            ticket: id(0x20),
            slot: 1,
            suggestion: id(0x29),
            claimed: at(8, 20),
        }
        .into(),
        Post {
            ticket: id(0x20),
            slot: 2,
            notice: NoticeKind::Ask,
            text: words(0x81),
            last: OfficeDay::from_ymd(2026, 12, 23).unwrap(),
            answers: Answers::AtDesk,
            claimed: at(8, 21),
        }
        .into(),
        answer().into(),
        Moderate {
            of: id(0x29),
            cause: Cause::Guidelines,
            minute: at(10, 5),
        }
        .into(),
        Review {
            of: id(0x29),
            minute: at(10, 6),
        }
        .into(),
    ];
    let mut all: Vec<Statement> = bodies.into_iter().map(placed).collect();
    all.iter_mut()
        .filter(|s| s.header != Header::GENESIS)
        .for_each(|s| s.header.critical = true);
    all
}

/// So many, in order.
pub fn key_copies(copies: u8) -> Vec<KeyCopy> {
    let all = (0..copies).map(|n| KeyCopy {
        device: PublicKey([n; 32]),
        sealed: [n; 80],
    });
    all.collect()
}

fn refund() -> Refund {
    Refund {
        account: id(0x51),
        amount: ore(300),
        means: Means::Cash,
        minute: at(10, 8),
        of: Some(id(0x52)),
    }
}

/// The kinds that have optional fields, without them.
pub fn sparse() -> Vec<Statement> {
    let bodies: [Body; 20] = [
        OpenAccount {
            holder: public(5),
            limit: ore(0),
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

/// All samples, each signed by one of eight keys.
pub fn signed() -> Vec<Verified> {
    let all = full().into_iter().chain(sparse());
    all.zip((1..=8).cycle())
        .map(|(statement, n)| key(n).sign(statement).unwrap())
        .collect()
}
