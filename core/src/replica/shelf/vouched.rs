//! Who vouches for what comes, and what of it can be read.

use super::super::authors::Stranger;
use super::super::pages::Pages;
use super::Shelf;
use crate::document::Change;
use crate::id::{PublicKey, StatementId};
use crate::resolve::Authority;
use crate::statement::{BadSignature, Body, Document, Signed, Verified};
use std::sync::Arc;

impl Shelf {
    /// The authority that would result from these statements besides those known.
    pub(crate) fn authority_with(&self, statements: &[Verified]) -> Option<Authority> {
        let all = self.authority_statements.values().chain(statements);
        Authority::resolve(self.office, all).ok()
    }

    /// The authority that judges an envelope: for its own document, with what the envelope says.
    ///
    /// The authority speaks for itself: every statement in it is signed by the key that the one before put in force.
    /// So what strangers sent of it counts too, when the signer is one by it.
    pub(crate) fn authority_for(
        &self,
        document: Document,
        signer: &PublicKey,
        statements: &[Verified],
    ) -> Option<Arc<Authority>> {
        if document != Document::Authority {
            return self.authority.clone();
        }
        let known = || self.authority_statements.values().chain(statements);
        let alone = Authority::resolve(self.office, known()).ok();
        if alone
            .as_ref()
            .is_some_and(|authority| authority.is_writer(signer))
        {
            return alone.map(Arc::new);
        }
        let all = known().chain(self.strangers.authority());
        let together = Authority::resolve(self.office, all).ok();
        let vouches = |authority: &Authority| authority.is_writer(signer);
        together.filter(vouches).or(alone).map(Arc::new)
    }

    /// Whether the authors of changes are devices of the office, once these statements are known.
    pub(crate) fn check_authors(
        &mut self,
        document: Document,
        changes: &[Change],
        statements: &[Verified],
    ) -> Result<(), Stranger> {
        let pages = self.pages(document);
        let wrote = |change: &Change| pages.is_some_and(|p| p.merged.has_author(&change.actor()));
        if changes.iter().all(wrote) {
            return Ok(());
        }
        let vector = pages.map(Pages::vector).unwrap_or_default();
        let known = self.authority_statements.values().chain(statements);
        let authority = known.chain(self.strangers.authority());
        self.authors.check(document, authority, &vector, changes)
    }

    /// Decodes and verifies the statements of some changes. What cannot be read is inert: a later version may have
    /// written it. A signature that does not hold is an error: nobody honest writes such a thing down, and what was
    /// written down is not verified again when a device opens.
    pub(crate) fn read<'a>(
        &self,
        document: Document,
        statements: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Vec<Verified>, BadSignature> {
        let known = |id: &StatementId| match document {
            Document::Authority => self.authority_statements.get(id),
            _ => self
                .ledgers
                .get(&document)
                .and_then(|ledger| ledger.fold.statements().get(id)),
        };
        let decoded = statements
            .into_iter()
            .filter_map(|bytes| Signed::decode(bytes).ok());
        let verified = decoded.map(|signed| match known(&signed.id()) {
            // The same content under another signature is the same statement, if that signature holds too.
            Some(verified) if verified.bytes() == signed.bytes() => Ok(verified.clone()),
            _ => signed.verify(),
        });
        let is_here = |statement: &Verified| {
            let header = statement.header();
            let founds =
                matches!(statement.body(), Body::Genesis(_)) && statement.id().0 == self.office.0;
            header.document == document && (founds || header.office == Some(self.office))
        };
        let verified = verified.collect::<Result<Vec<_>, _>>()?;
        Ok(verified.into_iter().filter(is_here).collect())
    }
}
