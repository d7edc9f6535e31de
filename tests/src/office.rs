//! A small office to sign statements with: by hand in a test, or by a random history.

mod signed;

use allkontor_core::id::{OfficeId, PublicKey, StatementId, UnitId};
use allkontor_core::statement::{
    Arrive, Assign, Body, Cancel, CellRange, Certify, Confirm, Document, Family, Genesis, Give,
    Header, Hold, Keypair, Link, Request, Role, Statement, Ticket, Verified, Wish,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, Month, OfficeDay};

/// Keys, chains, and everything that was ever signed.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// The ledger that everything happens in.
    pub document: Document,
    /// Steward devices, in the order they were certified.
    pub devices: Vec<Device>,
    /// Signs the admin chain now.
    pub admin: Keypair,
    /// Signs a Replace.
    pub recovery: Keypair,
    /// The last statement of the admin chain.
    pub authority: (u32, StatementId),
    /// Everything signed, in order.
    pub heap: Vec<Verified>,
}

/// One steward's device.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its key.
    pub key: Keypair,
    /// Its Certify.
    pub certify: StatementId,
    /// The last statement of its chain.
    pub head: Option<(u32, StatementId)>,
}

/// A key pair numbered within a test: the same number is the same key.
pub fn keypair(purpose: &str, number: u64) -> Keypair {
    Keypair::from_seed(&[7; 32]).derive(purpose, number)
}

/// The minute `minute` of the calendar day `day` of November 2026, counted from 0.
pub fn at(day: i32, minute: i32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, 1, 0, 0)
        .unwrap()
        .plus(day * 1440 + minute)
        .unwrap()
}

/// A span of minutes of one day of November 2026.
pub fn span(day: i32, start: i32, end: i32) -> Interval {
    Interval::new(at(day, start), at(day, end)).unwrap()
}

/// The number of that office day.
pub fn period(day: i32) -> i32 {
    OfficeDay::from_ymd(2026, 11, 1).unwrap().get() + day
}

/// A wish for a unit on a day, `[start, end)` in minutes.
pub fn wish(unit: u32, day: i32, start: i32, end: i32) -> Wish {
    Wish::new(UnitId(unit), span(day, start, end))
}

/// A hold of a unit on a day, without buffers.
pub fn hold(unit: u32, day: i32, start: i32, end: i32) -> Hold {
    Hold::new(UnitId(unit), span(day, start, end), 0, 0)
}

/// A request for that slot and version, claimed at the start of the month.
pub fn request(ticket: &Verified, slot: u8, version: u8, options: Vec<Vec<Wish>>) -> Request {
    Request {
        event: None,
        ticket: ticket.id(),
        slot,
        version,
        options,
        any_equal: None,
        party: 1,
        claimed: at(0, 600),
        accepts: None,
    }
}

impl Office {
    /// Founds an office with a device of each role; units 0 to 5 belong to the first one.
    pub fn new(roles: &[Role]) -> Self {
        let mut office = Self::unassigned(roles);
        if !office.devices.is_empty() {
            office.assign(0..6, 0);
        }
        office
    }

    /// Founds an office with a device of each role, whose units belong to nobody.
    pub fn unassigned(roles: &[Role]) -> Self {
        let (admin, recovery) = (keypair("admin", 0), keypair("recovery", 0));
        let genesis = Statement {
            header: Header::GENESIS,
            body: Body::from(Genesis {
                admin: admin.public(),
                recovery: recovery.public(),
                zone: "Europe/Stockholm".into(),
                day_start: DayStart::default(),
                salt: [9; 32],
                rules: 1,
            }),
        };
        let genesis = admin.sign(genesis).unwrap();
        let mut office = Self {
            id: genesis.id().into(),
            document: Document::Ledger(Month::new(2026, 11).unwrap()),
            devices: vec![],
            admin,
            recovery,
            authority: (0, genesis.id()),
            heap: vec![genesis],
        };
        for role in roles {
            office.certify(*role);
        }
        office
    }

    /// Makes a device the first custodian of units.
    pub fn assign(&mut self, units: impl IntoIterator<Item = u32>, device: usize) -> Verified {
        let device = self.key(device);
        self.rule(Assign {
            units: units.into_iter().map(UnitId).collect(),
            family: Family::Ledger,
            device,
        })
    }

    /// Certifies one more device and returns its number.
    pub fn certify(&mut self, role: Role) -> usize {
        let number = self.devices.len();
        let key = keypair("device", number as u64);
        let device = key.public();
        let certify = self.rule(Certify { device, role }).id();
        let head = None;
        self.devices.push(Device { key, certify, head });
        number
    }

    /// A device's public key.
    pub fn key(&self, device: usize) -> PublicKey {
        self.devices[device].key.public()
    }

    /// Adds to the admin chain.
    pub fn rule(&mut self, body: impl Into<Body>) -> Verified {
        let (seq, prev) = self.authority;
        let key = self.admin.clone();
        let statement = self.rule_after(&key, seq, prev, body);
        self.authority = (seq + 1, statement.id());
        statement
    }

    /// Adds a child of any statement of the admin chain, signed by any key.
    pub fn rule_after(
        &mut self,
        key: &Keypair,
        seq: u32,
        prev: StatementId,
        body: impl Into<Body>,
    ) -> Verified {
        let link = Link {
            seq: seq + 1,
            prev: Some(prev),
            auth: None,
        };
        self.sign(
            key,
            Header::linked(self.id, Document::Authority, link),
            body,
        )
    }

    /// The same office, whose devices write into another document.
    pub fn writing_in(mut self, document: Document) -> Self {
        self.document = document;
        self
    }

    /// Adds to a device's chain.
    pub fn say(&mut self, device: usize, body: impl Into<Body>) -> Verified {
        let head = self.devices[device].head;
        let auth = self.authority.1;
        let statement = self.say_after(device, head, auth, body);
        let seq = head.map_or(0, |(seq, _)| seq + 1);
        self.devices[device].head = Some((seq, statement.id()));
        statement
    }

    /// Adds a statement after any one of a device's chain, without moving its head: a fork, unless it is the head.
    pub fn say_after(
        &mut self,
        device: usize,
        head: Option<(u32, StatementId)>,
        auth: StatementId,
        body: impl Into<Body>,
    ) -> Verified {
        let header = self.place(device, head, auth);
        let key = self.devices[device].key.clone();
        self.sign(&key, header, body)
    }

    /// The header of what a device says after `head`.
    pub fn place(
        &self,
        device: usize,
        head: Option<(u32, StatementId)>,
        auth: StatementId,
    ) -> Header {
        let (seq, prev) = match head {
            Some((seq, id)) => (seq + 1, id),
            None => (0, self.devices[device].certify),
        };
        let link = Link {
            seq,
            prev: Some(prev),
            auth: Some(auth),
        };
        Header::linked(self.id, self.document, link)
    }

    /// A ticket of `slots` for a visitor's key, stamped at minute `stamp` of the first day.
    pub fn ticket(
        &mut self,
        issuer: usize,
        decider: usize,
        visitor: &Keypair,
        slots: u8,
        stamp: CivilMinute,
    ) -> Verified {
        let stamp = stamp.floor_to(15);
        let serial = self.heap.len() as u128;
        let ticket = Ticket {
            serial: serial.to_be_bytes(),
            key: visitor.public(),
            decider: self.key(decider),
            uses: vec![],
            slots,
            stamp,
            expires: stamp.plus(3 * 1440).unwrap(),
            introduced: None,
        };
        let key = self.devices[issuer].key.clone();
        self.sign(&key, Header::standalone(self.id, self.document), ticket)
    }

    /// What a visitor says.
    pub fn visit(&mut self, visitor: &Keypair, body: impl Into<Body>) -> Verified {
        self.sign(visitor, Header::standalone(self.id, self.document), body)
    }

    /// Asks for the first slot's first version.
    pub fn ask(&mut self, visitor: &Keypair, ticket: &Verified, wishes: &[Wish]) -> Verified {
        self.visit(visitor, request(ticket, 0, 0, vec![wishes.to_vec()]))
    }

    /// Cancels a slot's versions.
    pub fn cancel(&mut self, visitor: &Keypair, ticket: &Verified, version: u8) -> Verified {
        let (ticket, slot) = (ticket.id(), 0);
        self.visit(
            visitor,
            Cancel {
                ticket,
                slot,
                version,
            },
        )
    }

    /// "I am here."
    pub fn arrive(&mut self, visitor: &Keypair, ticket: &Verified, when: CivilMinute) -> Verified {
        let arrive = Arrive {
            ticket: ticket.id(),
            slot: 0,
            claimed: when,
        };
        self.visit(visitor, arrive)
    }

    /// A device confirms.
    pub fn confirm(
        &mut self,
        device: usize,
        request: &Verified,
        holds: &[Hold],
        ends: Option<&Verified>,
    ) -> Verified {
        let confirm = Confirm {
            request: request.id(),
            holds: holds.to_vec(),
            ends: ends.map(Verified::id),
        };
        self.say(device, confirm)
    }

    /// A device gives one day of units away.
    pub fn give(&mut self, device: usize, units: &[u32], day: i32, to: usize) -> Verified {
        let range = |unit: &u32| CellRange {
            unit: UnitId(*unit),
            first: period(day),
            last: period(day),
        };
        let cells = units.iter().map(range).collect();
        let to = self.key(to);
        self.say(device, Give { cells, to })
    }

    fn sign(&mut self, key: &Keypair, header: Header, body: impl Into<Body>) -> Verified {
        let body = body.into();
        let statement = key.sign(Statement { header, body }).unwrap();
        self.heap.push(statement.clone());
        statement
    }
}
