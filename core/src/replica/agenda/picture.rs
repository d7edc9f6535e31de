//! The documents here, what they resolve to, and one hash of it all.

use super::super::Replica;
use crate::id::Digest;
use crate::resolve::{Fold, Forecast};
use crate::statement::Document;
use crate::view::Board;
use sha2::{Digest as _, Sha256};

impl Replica {
    /// What is free and what is taken, by document.
    pub fn boards(&self) -> impl Iterator<Item = (Document, &Board)> {
        let ledgers = self.shelf.ledgers.iter();
        ledgers.filter_map(|(document, ledger)| Some((*document, ledger.view()?.board())))
    }

    /// Documents of bookings that wait for a ticket.
    pub(crate) fn draft_documents(&self) -> Vec<Document> {
        let drafts = self.wallet.drafts();
        drafts
            .into_iter()
            .filter_map(|booking| self.wallet.entry(booking)?.document())
            .collect()
    }

    /// The documents that have statements here.
    pub fn documents(&self) -> Vec<Document> {
        let ledgers = self
            .shelf
            .ledgers
            .iter()
            .filter(|(_, ledger)| !ledger.pages.recorded.is_empty());
        ledgers.map(|(document, _)| *document).collect()
    }

    /// The fold of a document, for those who want to look closer.
    pub fn fold(&self, document: Document) -> Option<&Fold> {
        self.shelf.ledger(document).map(|ledger| &ledger.fold)
    }

    /// The forecast of a document.
    pub fn forecast(&self, document: Document) -> Option<&Forecast> {
        self.shelf
            .ledger(document)?
            .view()
            .map(|view| view.forecast())
    }

    /// One hash of the picture of a document: equal on every device with the same statements in it. What this device
    /// carries and no document has yet is left out.
    pub fn document_digest(&self, document: Document) -> Option<Digest> {
        let ledger = self.shelf.ledger(document)?;
        let recorded = &ledger.pages.recorded;
        if ledger
            .fold
            .statements()
            .keys()
            .all(|id| recorded.contains(id))
        {
            return Some(ledger.fold.resolved().digest());
        }
        let mut fold = Fold::new(document, ledger.fold.authority().clone());
        fold.extend(
            ledger
                .fold
                .statements()
                .values()
                .filter(|s| recorded.contains(&s.id()))
                .cloned(),
        );
        Some(fold.resolved().digest())
    }

    /// One hash of what this device has of the office: authority, and every document that is not internal to it.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        if let Some(authority) = self.authority() {
            hash.update(authority.head().id.0);
        }
        // Phones are not given what is internal, and shall be able to compare.
        let documents = self.documents().into_iter();
        for document in documents.filter(|document| !document.is_internal()) {
            let (tag, period) = document.to_parts();
            hash.update([tag]);
            hash.update(period.to_be_bytes());
            if let Some(digest) = self.document_digest(document) {
                hash.update(digest.0);
            }
        }
        Digest(hash.finalize().into())
    }
}
