//! From the store and back: what a replica keeps, and how it opens again.

use super::Replica;
use super::desk::Holder;
use super::pages::Pages;
use super::wallet::Wallet;
use crate::envelope::{SignedEnvelope, VerifiedEnvelope};
use crate::id::{OfficeId, PublicKey, StatementId};
use crate::statement::{Body, ChainPoint, Document, Keypair, Signed, Verified};
use crate::store::Operation;
use std::collections::BTreeMap;

const WALLET: &str = "wallet";
const CLOCK: &str = "clock";
/// The key that somebody else signs with too.
const CLONED: &str = "cloned";
/// Confirmations to be vouched for as soon as they can be judged.
const NOTED: &str = "noted";
/// What was taken in from other calendars.
const IMPORTS: &str = "imports";
const HOLDER: &str = "holder/";
/// The note that lists the holders.
pub(crate) const HOLDERS: &str = "holders";

/// Everything a store has of one device.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Envelopes of each document, in the order in which they were stored.
    pub envelopes: BTreeMap<Document, Vec<Vec<u8>>>,
    /// Statements in no document yet.
    pub loose: Vec<Vec<u8>>,
    /// Published catalogues.
    pub blobs: Vec<Vec<u8>>,
    /// This device's own notes, by name.
    pub notes: BTreeMap<String, Vec<u8>>,
    /// The last statement of each own chain, from outside the database.
    pub heads: BTreeMap<Document, ChainPoint>,
    /// How often this device has been restored.
    pub incarnation: u32,
    /// The lane that it opens new slots in, where its notes are lost.
    pub lane: u8,
    /// Whether its keys are, or may be, on another device too.
    pub copied: bool,
}

impl Replica {
    /// Opens a device again. Signatures were checked when the statements came; the store has checked its hashes.
    ///
    /// A device whose store lacks a statement that `heads` names is [`Standing::Recovering`](super::Standing).
    pub fn restore(key: Keypair, office: OfficeId, stored: &Stored) -> Self {
        let mut replica = Self::new(key, office);
        replica.incarnation = stored.incarnation;
        // Authority first: nothing else can be read without it.
        for (document, envelopes) in &stored.envelopes {
            replica.restore_document(*document, envelopes);
            if *document == Document::Authority {
                for blob in &stored.blobs {
                    replica.shelf.add_blob(blob);
                }
            }
        }
        let notes = |name: &str| stored.notes.get(name);
        if let Some(wallet) = notes(WALLET).and_then(|bytes| serde_json::from_slice(bytes).ok()) {
            replica.wallet = wallet;
        } else {
            replica.wallet = Wallet::of_lane(stored.lane, stored.copied);
        }
        if stored.copied {
            replica.wallet.copy();
        }
        if let Some(clock) = notes(CLOCK).and_then(|bytes| serde_json::from_slice(bytes).ok()) {
            replica.clock = clock;
        }
        let noted =
            notes(NOTED).and_then(|bytes| serde_json::from_slice::<Vec<String>>(bytes).ok());
        let noted = noted.unwrap_or_default().into_iter();
        replica.noted = noted.filter_map(|id| StatementId::from_hex(&id)).collect();
        if let Some(imports) = notes(IMPORTS).and_then(|bytes| serde_json::from_slice(bytes).ok()) {
            replica.desk.imports = imports;
        }
        let me = replica.key.public().to_string();
        replica.cloned = notes(CLONED).is_some_and(|key| *key == me.as_bytes());
        let holders = stored.notes.range(HOLDER.to_owned()..);
        for (name, bytes) in holders.take_while(|(name, _)| name.starts_with(HOLDER)) {
            let holder = name.strip_prefix(HOLDER).and_then(PublicKey::from_hex);
            if let Some((holder, record)) = holder.zip(serde_json::from_slice::<Holder>(bytes).ok())
            {
                replica.desk.restore(holder, record);
            }
        }
        let loose = stored
            .loose
            .iter()
            .filter_map(|bytes| Signed::decode(bytes).ok());
        let mut told: BTreeMap<Document, Vec<Verified>> = BTreeMap::new();
        for statement in loose.map(Signed::trust_store) {
            if !matches!(statement.body(), Body::Order(_)) {
                let of_document = told.entry(statement.header().document).or_default();
                of_document.push(statement.clone());
            }
            replica.loose.insert(statement.id(), statement);
        }
        for (document, statements) in told {
            replica.shelf.extend(document, statements);
        }
        replica.signed = stored.heads.clone();
        for (document, head) in replica.own_chains() {
            let signed = replica.signed.entry(document).or_insert(head);
            if signed.seq < head.seq {
                *signed = head;
            }
        }
        replica.recovering = stored
            .heads
            .iter()
            .any(|(document, head)| !replica.has_signed(*document, head))
            || replica.cloned;
        replica
    }

    fn restore_document(&mut self, document: Document, envelopes: &[Vec<u8>]) {
        let decoded: Vec<VerifiedEnvelope> = envelopes
            .iter()
            .filter_map(|bytes| SignedEnvelope::decode(bytes).ok())
            .filter_map(|signed| signed.trust_store().ok())
            .collect();
        let statements: Vec<Verified> = decoded
            .iter()
            .flat_map(|envelope| envelope.envelope().changes())
            .flat_map(|change| change.statements())
            .filter_map(|bytes| Signed::decode(bytes).ok())
            .map(Signed::trust_store)
            .collect();
        for envelope in &decoded {
            self.shelf.hear(envelope);
        }
        if let Some(pages) = self.shelf.pages_mut(document) {
            *pages = Pages::load(document, decoded, statements.iter().map(Verified::id));
        }
        match document {
            Document::Authority => self.shelf.extend_authority(statements),
            _ => self.shelf.extend(document, statements),
        }
    }

    /// Whether the store has that statement of this device's own chain.
    fn has_signed(&self, document: Document, head: &ChainPoint) -> bool {
        match document {
            Document::Authority => self.shelf.authority_statement(&head.id).is_some(),
            // A dropped document took its chain with it.
            _ if self
                .authority()
                .is_some_and(|authority| authority.is_dropped(document)) =>
            {
                true
            }
            _ => self
                .shelf
                .ledger(document)
                .is_some_and(|ledger| ledger.fold.statements().contains_key(&head.id)),
        }
    }

    /// The names of this device's own notes, given the one that lists holders.
    pub fn note_names(holders: Option<&[u8]>) -> Vec<String> {
        let holders: Vec<String> = holders
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .unwrap_or_default();
        let listed = holders
            .into_iter()
            .map(|holder| format!("{HOLDER}{holder}"));
        [WALLET, CLOCK, CLONED, NOTED, IMPORTS]
            .map(str::to_owned)
            .into_iter()
            .chain(listed)
            .collect()
    }

    fn keep_note(&mut self, name: &str, note: &impl serde::Serialize) {
        if let Ok(bytes) = serde_json::to_vec(note) {
            self.effects.batch.push(Operation::PutMeta {
                key: name.to_owned(),
                bytes,
            });
        }
    }

    pub(super) fn keep_wallet(&mut self) {
        let wallet = std::mem::take(&mut self.wallet);
        self.keep_note(WALLET, &wallet);
        self.wallet = wallet;
    }

    pub(super) fn keep_clock(&mut self) {
        let clock = self.clock;
        self.keep_note(CLOCK, &clock);
    }

    pub(super) fn keep_imports(&mut self) {
        let imports = std::mem::take(&mut self.desk.imports);
        self.keep_note(IMPORTS, &imports);
        self.desk.imports = imports;
    }

    pub(super) fn keep_noted(&mut self) {
        let noted: Vec<String> = self.noted.iter().map(ToString::to_string).collect();
        self.keep_note(NOTED, &noted);
    }

    pub(super) fn keep_cloned(&mut self) {
        self.effects.batch.push(Operation::PutMeta {
            key: CLONED.to_owned(),
            bytes: self.key.public().to_string().into_bytes(),
        });
    }

    pub(super) fn keep_holder(&mut self, holder: PublicKey, record: &Holder) {
        if record.is_new() || record.is_empty() {
            let holders: Vec<String> = self.desk.holders().map(ToString::to_string).collect();
            self.keep_note(HOLDERS, &holders);
        }
        let key = format!("{HOLDER}{holder}");
        if record.is_empty() {
            self.effects.batch.push(Operation::RemoveMeta { key });
        } else {
            self.keep_note(&key, record);
        }
    }

    pub(super) fn keep_envelope(&mut self, document: Document, bytes: &[u8]) {
        self.effects.batch.push(Operation::PutEnvelope {
            document,
            bytes: bytes.to_vec(),
        });
    }

    pub(super) fn keep_blob(&mut self, bytes: &[u8]) {
        self.effects.batch.push(Operation::PutBlob {
            bytes: bytes.to_vec(),
        });
    }

    fn keep_loose(&mut self, statement: &Verified) {
        let (id, document, bytes) = (
            statement.id(),
            statement.header().document,
            statement.bytes().to_vec(),
        );
        self.effects.batch.push(Operation::PutLoose {
            id,
            document,
            bytes,
        });
    }

    /// Keeps what was picked up in this turn and is still carried: most of what comes goes into a document at once, and
    /// some is turned away each time that it comes.
    pub(super) fn keep_picked_up(&mut self) {
        for id in std::mem::take(&mut self.picked_up) {
            if let Some(statement) = self.loose.get(&id).cloned() {
                self.keep_loose(&statement);
                self.effects.changed = true;
            }
        }
    }

    pub(super) fn forget_loose(&mut self, id: StatementId) {
        if self.picked_up.remove(&id) {
            return;
        }
        self.effects.batch.push(Operation::RemoveLoose { id });
    }
}
