//! A small office to sign statements with: a kiosk that keeps the desks, a member of staff who keeps the rooms.

use allkontor_core::id::{ClassId, FeatureId, OfficeId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::resolve::{Authority, Fold};
use allkontor_core::statement::{
    Assign, Body, Certify, Document, Family, Genesis, Header, Keypair, Link, Revoke, Role,
    Statement, Ticket, Verified,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, Month};
use std::sync::Arc;

pub(crate) const DESK: ClassId = ClassId(1);
pub(crate) const ROOM: ClassId = ClassId(2);
pub(crate) const LOCKER: ClassId = ClassId(3);
pub(crate) const STEP_FREE: FeatureId = FeatureId(1);
pub(crate) const LOOP: FeatureId = FeatureId(2);
/// What the premises have as a whole.
pub(crate) const QUIET: FeatureId = FeatureId(9);

/// Desks 1–4 (4 and 3 step-free), rooms 11–13 with buffers (11 has everything), lockers 21–22, a printer 31.
const CATALOGUE: &str = r#"{
  "profile": {"name": {"sv": "Kontoret"}, "languages": ["sv"], "zone": "Europe/Stockholm", "operator": "library",
    "duration": {"kind": "permanent"},
    "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}},
  "hours": {"weekly": {
    "monday": {"open": ["08:00-22:00"]}, "tuesday": {"open": ["08:00-22:00"]}, "wednesday": {"open": ["08:00-12:00", "13:00-26:00"]},
    "thursday": {"open": ["08:00-22:00"]}, "friday": {"open": ["08:00-22:00"]}, "saturday": {"open": []}, "sunday": {"open": []}}},
  "features": {"1": {"key": "step_free", "name": {"en": "Step-free"}, "accessibility": true},
               "2": {"key": "hearing_loop", "name": {"en": "Hearing loop"}, "accessibility": true},
               "9": {"key": "quiet", "name": {"en": "Quiet"}}},
  "premises": [9],
  "classes": {
    "1": {"name": {"en": "Desk"}, "kind": "desk"},
    "2": {"name": {"en": "Room"}, "kind": "room", "rules": {"before": 5, "after": 10, "raster": 30}},
    "3": {"name": {"en": "Locker"}, "kind": "locker", "cells": "year", "rules": {"max_minutes": 525600}}},
  "units": {
    "1": {"name": {"en": "Desk 1"}, "class": 1}, "2": {"name": {"en": "Desk 2"}, "class": 1},
    "3": {"name": {"en": "Desk 3"}, "class": 1, "features": [1]}, "4": {"name": {"en": "Desk 4"}, "class": 1, "features": [1, 2]},
    "11": {"name": {"en": "Room A"}, "class": 2, "features": [1, 2]}, "12": {"name": {"en": "Room B"}, "class": 2},
    "13": {"name": {"en": "Room C"}, "class": 2, "features": [2]},
    "21": {"name": {"en": "Locker 21"}, "class": 3}, "22": {"name": {"en": "Locker 22"}, "class": 3},
    "31": {"name": {"en": "Printer"}, "class": 1, "bookable": false}},
  "closures": [
    {"interval": {"start": "2026-11-24T15:00", "end": "2026-11-24T16:20"}, "unit": 12},
    {"interval": {"start": "2026-11-26T18:00", "end": "2026-11-26T20:00"}}]
}"#;

pub(crate) fn catalogue() -> Catalogue {
    Catalogue::from_bytes(CATALOGUE.as_bytes()).unwrap()
}

pub(crate) fn ledger() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

pub(crate) fn storage() -> Document {
    Document::Storage(2026)
}

/// A minute of November 2026.
pub(crate) fn at(day: u32, hour: u32, minute: u32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, day, hour, minute).unwrap()
}

/// Whole hours of one day of November 2026.
pub(crate) fn hours(day: u32, from: u32, to: u32) -> Interval {
    Interval::new(at(day, from, 0), at(day, to, 0)).unwrap()
}

pub(crate) struct Office {
    pub(crate) id: OfficeId,
    pub(crate) admin: Keypair,
    pub(crate) kiosk: Keypair,
    pub(crate) staff: Keypair,
    pub(crate) chain: Vec<Verified>,
}

impl Office {
    pub(crate) fn found() -> Self {
        let [admin, recovery, kiosk, staff] =
            [1, 2, 3, 4].map(|seed| Keypair::from_seed(&[seed; 32]));
        let genesis = Genesis {
            admin: admin.public(),
            recovery: recovery.public(),
            zone: "Europe/Stockholm".to_owned(),
            day_start: DayStart::default(),
            salt: [7; 32],
            rules: 1,
        };
        let genesis = Statement {
            header: Header::GENESIS,
            body: genesis.into(),
        };
        let genesis = admin.sign(genesis).unwrap();
        let mut office = Self {
            id: genesis.id().into(),
            admin,
            kiosk,
            staff,
            chain: vec![genesis],
        };
        let (kiosk, staff) = (office.kiosk.public(), office.staff.public());
        let units = |list: &[u32]| list.iter().copied().map(UnitId).collect::<Vec<_>>();
        office.decree(Certify {
            device: kiosk,
            role: Role::Kiosk,
        });
        office.decree(Certify {
            device: staff,
            role: Role::Staff,
        });
        office.decree(Assign {
            units: units(&[1, 2, 3, 4]),
            family: Family::Ledger,
            device: kiosk,
        });
        office.decree(Assign {
            units: units(&[11, 12, 13]),
            family: Family::Ledger,
            device: staff,
        });
        office.decree(Assign {
            units: units(&[21, 22]),
            family: Family::Storage,
            device: kiosk,
        });
        office
    }

    /// One more statement of the admin chain.
    pub(crate) fn decree(&mut self, body: impl Into<Body>) {
        let link = Link {
            seq: u32::try_from(self.chain.len()).unwrap(),
            prev: self.chain.last().map(Verified::id),
            auth: None,
        };
        let header = Header::linked(self.id, Document::Authority, link);
        let signed = self
            .admin
            .sign(Statement {
                header,
                body: body.into(),
            })
            .unwrap();
        self.chain.push(signed);
    }

    pub(crate) fn authority(&self) -> Arc<Authority> {
        Arc::new(Authority::resolve(self.id, &self.chain).unwrap())
    }

    /// Revokes the kiosk beyond its last statement that `fold` knows, in favour of staff.
    pub(crate) fn revoke_kiosk(&mut self, fold: &Fold) {
        let (device, successor) = (self.kiosk.public(), Some(self.staff.public()));
        let head = fold.resolved().chains.get(&device);
        let document = fold.document();
        let cuts = head.map(|head| allkontor_core::statement::Cut {
            document,
            head: *head,
        });
        self.decree(Revoke {
            device,
            cuts: cuts.into_iter().collect(),
            successor,
        });
    }

    /// A visitor's statement.
    pub(crate) fn say(&self, by: &Keypair, document: Document, body: impl Into<Body>) -> Verified {
        let header = Header::standalone(self.id, document);
        by.sign(Statement {
            header,
            body: body.into(),
        })
        .unwrap()
    }

    /// The next statement of a steward's chain, as far as `fold` knows it.
    pub(crate) fn decide(&self, by: &Keypair, fold: &Fold, body: impl Into<Body>) -> Verified {
        let authority = self.authority();
        let certificate = authority.device(&by.public()).unwrap().certificate;
        let head = fold.resolved().chains.get(&by.public());
        let link = Link {
            seq: head.map_or(0, |head| head.seq + 1),
            prev: Some(head.map_or(certificate, |head| head.id)),
            auth: Some(authority.head().id),
        };
        let header = Header::linked(self.id, fold.document(), link);
        by.sign(Statement {
            header,
            body: body.into(),
        })
        .unwrap()
    }

    /// A ticket of three slots for visitor `number`, decided by `decider`.
    pub(crate) fn ticket(
        &self,
        number: u64,
        decider: &Keypair,
        document: Document,
    ) -> (Verified, Keypair) {
        let key = self.admin.derive("visitor", number);
        let stamp = at(20, 9, 0);
        let mut serial = [0; 16];
        serial[..8].copy_from_slice(&number.to_be_bytes());
        let ticket = Ticket {
            serial,
            key: key.public(),
            decider: decider.public(),
            uses: Vec::new(),
            slots: 3,
            stamp,
            expires: stamp.plus(7 * 24 * 60).unwrap(),
            introduced: None,
        };
        (self.say(&self.staff, document, ticket), key)
    }
}
