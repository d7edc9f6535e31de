//! The documents of one office: merged changes, what they resolve to, and what is derived from that.

mod heard;
mod touched;
mod vouched;
mod waiting;

pub(crate) use touched::{Touched, touch};

use super::authors::Authors;
use super::due::Due;
use super::pages::Pages;
use super::strangers::Strangers;
use crate::document::WaitingRoom;
use crate::envelope::VerifiedEnvelope;
use crate::error::Error;
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey, StatementId};
use crate::model::Catalogue;
use crate::resolve::{Authority, Changed, Fold};
use crate::statement::{ChainPoint, Document, Verified};
use crate::time::{CivilMinute, DayStart, Zone};
use crate::view::{Redrawn, View};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A ledger or storage document, resolved.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) pages: Pages,
    /// Also folds what this device carries and no document has yet.
    pub(crate) fold: Fold,
    view: Option<View>,
    /// What the automation has to look at.
    pub(crate) due: Due,
}

#[derive(Debug)]
pub(crate) struct Shelf {
    office: OfficeId,
    pub(crate) authority_pages: Pages,
    authority_statements: BTreeMap<StatementId, Verified>,
    authority: Option<Arc<Authority>>,
    zone: Option<Zone>,
    pub(crate) ledgers: BTreeMap<Document, Ledger>,
    blobs: BTreeMap<Digest, Arc<[u8]>>,
    catalogue: Option<(u32, Arc<Catalogue>)>,
    /// Envelopes that follow changes which have not come.
    waiting: WaitingRoom<ChangeHash, Digest, VerifiedEnvelope>,
    /// Envelopes that nobody vouches for yet.
    pub(crate) strangers: Strangers,
    authors: Authors,
    /// Documents dropped since somebody last asked.
    dropped: Vec<Document>,
    /// What looks different since somebody last asked.
    touched: Touched,
    /// Documents of kinds that a later version knows: kept and passed on.
    later: BTreeMap<Document, Pages>,
    /// When each device last wrote something that has come here, by its own clock.
    heard: BTreeMap<PublicKey, CivilMinute>,
    /// When somebody last called itself that device in a conversation.
    greeted: BTreeMap<PublicKey, CivilMinute>,
}

impl Ledger {
    /// What is derived from it; `None` before a catalogue is known.
    pub(crate) fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }
}

impl Shelf {
    pub(crate) fn new(office: OfficeId) -> Self {
        Self {
            office,
            authority_pages: Pages::new(Document::Authority),
            authority_statements: BTreeMap::new(),
            authority: None,
            zone: None,
            ledgers: BTreeMap::new(),
            blobs: BTreeMap::new(),
            catalogue: None,
            waiting: WaitingRoom::new(),
            strangers: Strangers::default(),
            authors: Authors::default(),
            dropped: Vec::new(),
            touched: Touched::new(),
            later: BTreeMap::new(),
            heard: BTreeMap::new(),
            greeted: BTreeMap::new(),
        }
    }

    /// Documents of kinds that a later version knows.
    pub(crate) fn later(&self) -> &BTreeMap<Document, Pages> {
        &self.later
    }

    pub(crate) fn authority(&self) -> Option<&Arc<Authority>> {
        self.authority.as_ref()
    }

    pub(crate) fn require_authority(&self) -> Result<&Arc<Authority>, Error> {
        self.authority.as_ref().ok_or(Error::NotJoined {
            office: self.office,
        })
    }

    pub(crate) fn authority_statement(&self, id: &StatementId) -> Option<&Verified> {
        self.authority_statements.get(id)
    }

    pub(crate) fn zone(&self) -> Result<Zone, Error> {
        self.zone.ok_or(Error::NotJoined {
            office: self.office,
        })
    }

    pub(crate) fn day_start(&self) -> DayStart {
        self.authority
            .as_ref()
            .map(|authority| authority.day_start())
            .unwrap_or_default()
    }

    pub(crate) fn catalogue(&self) -> Option<&(u32, Arc<Catalogue>)> {
        self.catalogue.as_ref()
    }

    pub(crate) fn blobs(&self) -> &BTreeMap<Digest, Arc<[u8]>> {
        &self.blobs
    }

    pub(crate) fn pages(&self, document: Document) -> Option<&Pages> {
        match document {
            Document::Authority => Some(&self.authority_pages),
            Document::Other { .. } => self.later.get(&document),
            _ => self.ledgers.get(&document).map(|ledger| &ledger.pages),
        }
    }

    pub(crate) fn pages_mut(&mut self, document: Document) -> Option<&mut Pages> {
        match document {
            Document::Authority => Some(&mut self.authority_pages),
            Document::Other { .. } => {
                let later = self.later.entry(document);
                Some(later.or_insert_with(|| Pages::new(document)))
            }
            _ => self.ledger_mut(document).map(|ledger| &mut ledger.pages),
        }
    }

    pub(crate) fn ledger(&self, document: Document) -> Option<&Ledger> {
        self.ledgers.get(&document)
    }

    /// The ledger, opened if need be; `None` for other documents and before the authority is known.
    pub(crate) fn ledger_mut(&mut self, document: Document) -> Option<&mut Ledger> {
        document.family()?;
        let authority = self.authority.clone()?;
        if authority.is_dropped(document) {
            return None;
        }
        let catalogue = self
            .catalogue
            .as_ref()
            .map(|(_, catalogue)| catalogue.clone());
        Some(self.ledgers.entry(document).or_insert_with(|| {
            let fold = Fold::new(document, authority);
            let view = catalogue.map(|catalogue| View::rebuild(&fold, &catalogue));
            Ledger {
                pages: Pages::new(document),
                fold,
                view,
                due: Due::default(),
            }
        }))
    }

    /// Folds statements of a ledger, and brings its view up to date.
    pub(crate) fn extend(
        &mut self,
        document: Document,
        statements: impl IntoIterator<Item = Verified>,
    ) {
        let catalogue = self
            .catalogue
            .as_ref()
            .map(|(_, catalogue)| catalogue.clone());
        let Some(ledger) = self.ledger_mut(document) else {
            return;
        };
        let changed = ledger.fold.extend(statements);
        if changed != Changed::Nothing {
            let redrawn = ledger.refresh(catalogue.as_deref(), &changed);
            touch(&mut self.touched, document, redrawn);
        }
    }

    /// Folds a ledger anew without a statement that turned out not to belong in it, so that this device shows what it
    /// would show when opened again.
    pub(crate) fn leave_out(&mut self, document: Document, id: &StatementId) {
        let catalogue = self
            .catalogue
            .as_ref()
            .map(|(_, catalogue)| catalogue.clone());
        let folded = |ledger: &&mut Ledger| {
            ledger.fold.statements().contains_key(id) && !ledger.pages.recorded.contains(id)
        };
        let Some(ledger) = self.ledgers.get_mut(&document).filter(folded) else {
            return;
        };
        let mut fold = Fold::new(document, ledger.fold.authority().clone());
        let others = ledger.fold.statements().values();
        fold.extend(others.filter(|statement| statement.id() != *id).cloned());
        ledger.fold = fold;
        let redrawn = ledger.refresh(catalogue.as_deref(), &Changed::Everything);
        touch(&mut self.touched, document, redrawn);
    }

    /// Takes in authority statements, and resolves everything anew if they change anything.
    pub(crate) fn extend_authority(&mut self, statements: impl IntoIterator<Item = Verified>) {
        let before = self.authority_statements.len();
        for statement in statements {
            self.authority_statements.insert(statement.id(), statement);
        }
        if self.authority_statements.len() == before {
            return;
        }
        let Ok(authority) = Authority::resolve(self.office, self.authority_statements.values())
        else {
            return;
        };
        self.zone = Zone::new(&authority.genesis().zone).ok();
        let authority = Arc::new(authority);
        self.authority = Some(authority.clone());
        let gone = self
            .ledgers
            .keys()
            .copied()
            .filter(|document| authority.is_dropped(*document));
        for document in gone {
            self.dropped.push(document);
            touch(&mut self.touched, document, Redrawn::Everything);
        }
        self.ledgers
            .retain(|document, _| !authority.is_dropped(*document));
        for (document, ledger) in &mut self.ledgers {
            let changed = ledger.fold.set_authority(authority.clone());
            let catalogue = self.catalogue.as_ref().map(|(_, catalogue)| &**catalogue);
            let redrawn = ledger.refresh(catalogue, &changed);
            touch(&mut self.touched, *document, redrawn);
        }
        let nothing = Redrawn::Periods(BTreeSet::new());
        touch(&mut self.touched, Document::Authority, nothing);
        self.adopt_catalogue();
    }

    /// Keeps a catalogue's bytes when they are published under that hash.
    pub(crate) fn add_blob(&mut self, bytes: &[u8]) -> bool {
        use sha2::Digest as _;
        let hash = Digest(sha2::Sha256::digest(bytes).into());
        let Some(authority) = &self.authority else {
            return false;
        };
        let wanted = authority
            .catalogues()
            .values()
            .any(|published| *published == hash);
        if !wanted || self.blobs.contains_key(&hash) {
            return false;
        }
        self.blobs.insert(hash, bytes.into());
        self.adopt_catalogue();
        true
    }

    /// The highest published version whose bytes are here and can be read.
    fn adopt_catalogue(&mut self) {
        let Some(authority) = &self.authority else {
            return;
        };
        let published = authority.catalogues().iter().rev();
        let newest = published.into_iter().find_map(|(version, hash)| {
            let known = self
                .catalogue
                .as_ref()
                .filter(|(known, _)| known == version);
            if let Some((_, catalogue)) = known {
                return Some((*version, catalogue.clone()));
            }
            let catalogue = Catalogue::from_bytes(self.blobs.get(hash)?).ok()?;
            Some((*version, Arc::new(catalogue)))
        });
        let version = |catalogue: &Option<(u32, Arc<Catalogue>)>| {
            catalogue.as_ref().map(|(version, _)| *version)
        };
        if version(&newest) == version(&self.catalogue) {
            return;
        }
        self.catalogue = newest;
        for (document, ledger) in &mut self.ledgers {
            let catalogue = self.catalogue.as_ref().map(|(_, catalogue)| &**catalogue);
            let redrawn = ledger.refresh(catalogue, &Changed::Everything);
            touch(&mut self.touched, *document, redrawn);
        }
    }

    /// What looks different since this was last asked.
    pub(crate) fn touched(&mut self) -> Touched {
        std::mem::take(&mut self.touched)
    }

    /// Documents dropped since this was last asked.
    pub(crate) fn dropped(&mut self) -> Vec<Document> {
        std::mem::take(&mut self.dropped)
    }

    /// The authority statements that stand, from the Genesis on.
    pub(crate) fn admin_chain(&self) -> Vec<Verified> {
        let Some(authority) = &self.authority else {
            return Vec::new();
        };
        let mut chain: Vec<(u32, &Verified)> = authority
            .applied()
            .iter()
            .filter_map(|(id, seq)| Some((*seq, self.authority_statements.get(id)?)))
            .collect();
        chain.sort_by_key(|(seq, _)| *seq);
        chain
            .into_iter()
            .map(|(_, statement)| statement.clone())
            .collect()
    }

    /// Whether a statement is here, in the document that it names.
    pub(crate) fn has(&self, document: Document, id: &StatementId) -> bool {
        match document {
            Document::Authority => self.authority_statements.contains_key(id),
            Document::Other { .. } => self
                .later
                .get(&document)
                .is_some_and(|pages| pages.recorded.contains(id)),
            _ => self
                .ledgers
                .get(&document)
                .is_some_and(|ledger| ledger.fold.statements().contains_key(id)),
        }
    }

    /// A statement of any document here.
    pub(crate) fn statement(&self, id: &StatementId) -> Option<&Verified> {
        let ledgers = || {
            self.ledgers
                .values()
                .find_map(|ledger| ledger.fold.statements().get(id))
        };
        self.authority_statements.get(id).or_else(ledgers)
    }

    /// The last statement of each of a device's chains, and its last in the admin chain.
    pub(crate) fn chains_of(&self, device: &PublicKey) -> BTreeMap<Document, ChainPoint> {
        let ledgers = self.ledgers.iter().filter_map(|(document, ledger)| {
            Some((*document, *ledger.fold.resolved().chains.get(device)?))
        });
        let standing = self.authority.as_ref().map(|authority| authority.applied());
        let own = standing.into_iter().flatten().filter(|(id, _)| {
            self.authority_statements
                .get(*id)
                .is_some_and(|statement| statement.signer() == *device)
        });
        let admin = own.max_by_key(|(_, seq)| **seq).map(|(id, seq)| {
            let head = ChainPoint { seq: *seq, id: *id };
            (Document::Authority, head)
        });
        ledgers.chain(admin).collect()
    }
}

impl Ledger {
    fn refresh(&mut self, catalogue: Option<&Catalogue>, changed: &Changed) -> Redrawn {
        self.due.follow(&self.fold, changed);
        match (&mut self.view, catalogue) {
            (Some(view), Some(catalogue)) if *changed != Changed::Everything => {
                return view.update(&self.fold, catalogue, changed);
            }
            (view, Some(catalogue)) => *view = Some(View::rebuild(&self.fold, catalogue)),
            (view, None) => *view = None,
        }
        Redrawn::Everything
    }
}
