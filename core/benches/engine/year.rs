//! A kiosk's store with a year of bookings. Signing takes a while, so it is kept in the target folder and used again.

use crate::clerk::Clerk;
use crate::plan;
use crate::scribe::{self, Scribe};
use crate::whole;
use allkontor_core::command::Founding;
use allkontor_core::device::Device;
use allkontor_core::document::StatementDocument;
use allkontor_core::id::OfficeId;
use allkontor_core::model::Catalogue;
use allkontor_core::replica::{Replica, Stored};
use allkontor_core::resolve::Authority;
use allkontor_core::statement::{Certify, Document, Header, Keypair, Link, Role, Statement};
use allkontor_core::store::{Batch, SqliteStore, Store as _};
use allkontor_core::time::{DayStart, Timestamp, Zone};
use allkontor_core::vault::{FileVault, Vault as _, VaultState};
use std::fs;
use std::path::PathBuf;

/// Raise it when what is written below changes.
const EDITION: u32 = 1;
const KIOSK: [u8; 32] = [1; 32];
const HUB: [u8; 32] = [2; 32];
/// 2025-11-02T12:00 in Stockholm.
const FOUNDED: Timestamp = Timestamp(1_762_081_200);
/// 2026-06-15T10:05 in Stockholm, a Monday.
pub(crate) const NOW: Timestamp = Timestamp(1_781_510_700);

/// How much there is in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Desks.
    Desks,
    /// Everything: [`whole`].
    Whole,
}

/// A year of an office, on disk.
pub(crate) struct Year {
    folder: PathBuf,
    extent: Extent,
    pub(crate) office: OfficeId,
}

pub(crate) fn kiosk_key() -> Keypair {
    Keypair::from_seed(&KIOSK)
}

pub(crate) fn hub_key() -> Keypair {
    Keypair::from_seed(&HUB)
}

impl Extent {
    pub(crate) fn catalogue(self) -> Catalogue {
        let catalogue = match self {
            Self::Desks => plan::catalogue(["", "", ""]),
            Self::Whole => plan::catalogue([whole::classes(), &whole::units(), &whole::tariff()]),
        };
        Catalogue::from_bytes(catalogue.as_bytes()).unwrap()
    }
}

impl Year {
    /// The one kept, or a new one.
    pub(crate) fn open(extent: Extent) -> Self {
        let name = match extent {
            Extent::Desks => format!("year-{EDITION}"),
            Extent::Whole => format!("whole-year-{EDITION}"),
        };
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let founding = Founding {
            catalogue: extent.catalogue(),
            day_start: DayStart::default(),
            role: Role::Kiosk,
            recovery_seed: [9; 32],
            salt: [7; 32],
        };
        let (replica, founded) = Replica::found(FOUNDED, kiosk_key(), &founding).unwrap();
        let year = Self {
            folder,
            extent,
            office: replica.office(),
        };
        if !year.folder.join("complete").exists() {
            println!("signing a year of bookings");
            let _ = fs::remove_dir_all(&year.folder);
            fs::create_dir_all(&year.folder).unwrap();
            year.write(&founded.batch);
            fs::write(year.folder.join("complete"), []).unwrap();
        }
        year
    }

    pub(crate) fn store(&self) -> SqliteStore {
        SqliteStore::open(self.folder.join("office.db")).unwrap()
    }

    /// The kiosk, from what is on disk.
    pub(crate) fn device(&self) -> Device {
        let vault = FileVault::new(self.folder.join("vault"));
        Device::open(Box::new(self.store()), Box::new(vault)).unwrap()
    }

    /// What a replica is restored from.
    pub(crate) fn stored(&self) -> Stored {
        let store = self.store();
        let documents = store.documents().unwrap();
        let envelopes = documents.into_iter().map(|document| {
            let envelopes = store.envelopes(document).unwrap().into_iter();
            (document, envelopes.map(|envelope| envelope.bytes).collect())
        });
        Stored {
            envelopes: envelopes.collect(),
            blobs: vec![self.extent.catalogue().to_bytes().to_vec()],
            ..Stored::default()
        }
    }

    /// The documents as Automerge's own files.
    pub(crate) fn automerge(&self) -> Vec<Vec<u8>> {
        let folder = fs::read_dir(self.folder.join("automerge")).unwrap();
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| fs::read(file).unwrap()).collect()
    }

    fn write(&self, founded: &Batch) {
        let mut store = self.store();
        store.commit(founded).unwrap();
        let authority = self.certify_hub(&mut store);
        let mut scribe = Scribe::new(self.office, Clerk::new(kiosk_key(), &authority));
        let zone = Zone::new("Europe/Stockholm").unwrap();
        scribe.write_year(zone.civil(NOW), |batch| store.commit(&batch).unwrap());
        if self.extent == Extent::Whole {
            whole::write(&mut scribe, |batch| store.commit(&batch).unwrap());
        }
        drop(store);

        let mut state = VaultState::new(KIOSK, self.office);
        state.chains = scribe.clerk.chains.clone();
        let mut vault = FileVault::new(self.folder.join("vault"));
        vault.save(&state).unwrap();
        let folder = self.folder.join("automerge");
        fs::create_dir_all(&folder).unwrap();
        for (document, written) in &scribe.documents {
            let name = document.to_string().replace('/', "-");
            fs::write(folder.join(name), written.save().unwrap()).unwrap();
        }
        // The second time retires the rows that the first time packed.
        for _ in 0..2 {
            let mut device = self.device();
            device.confirm_clock(NOW).unwrap();
            device.tick(NOW).unwrap();
            device.close().unwrap();
        }
    }

    fn certify_hub(&self, store: &mut SqliteStore) -> Authority {
        let mut document = scribe::load(store, Document::Authority);
        let resolve = |document: &StatementDocument| {
            Authority::resolve(self.office, &scribe::statements(document)).unwrap()
        };
        let head = resolve(&document).head();
        let link = Link {
            seq: head.seq + 1,
            prev: Some(head.id),
            auth: None,
        };
        let certify = Certify {
            device: hub_key().public(),
            role: Role::Hub,
        };
        let header = Header::linked(self.office, Document::Authority, link);
        let body = certify.into();
        let certify = kiosk_key().sign(Statement { header, body }).unwrap();
        let minute = plan::minute(plan::first_day().plus(-60), 12, 0);
        let envelope = scribe::put(self.office, &mut document, &kiosk_key(), minute, &[certify]);
        store.commit(&[envelope].into_iter().collect()).unwrap();
        resolve(&document)
    }
}
