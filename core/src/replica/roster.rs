//! How people are reached: written by any device at which somebody stands, read by the staff's alone.
//!
//! The staff's devices make the keys and give them to one another by themselves. Nothing that was opened is kept: each
//! question opens what it needs.

use super::{Outcome, Replica};
use crate::command::{ContactCard, ContactPlace, NewContact, RosterError, open_key, seal_key};
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_KEY_COPIES;
use crate::resolve::{Fold, MonthKey, Sealed, SlotKey};
use crate::statement::{Contact, Document, KeyCopy, Keypair, RosterKey};
use crate::time::{CivilMinute, Month, OfficeDay, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Days before the turn of the month from which there is a key for the next: for kiosks that nobody meets over it.
const AHEAD: i32 = 10;

/// How somebody is reached, as the staff know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The pseudonym.
    pub holder: PublicKey,
    /// What was written last.
    pub latest: ContactEntry,
    /// What was written before, the newest first, back to when it was last hidden.
    pub earlier: Vec<ContactEntry>,
}

/// A card that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactEntry {
    /// The statement.
    pub id: StatementId,
    /// What it says; `None` while nobody has given this device the key.
    pub card: Option<ContactCard>,
    /// When it was written.
    pub minute: CivilMinute,
    /// Where it was written.
    pub device: PublicKey,
}

/// The secret halves that this device can open.
type Secrets = BTreeMap<(Document, PublicKey), Keypair>;

impl Replica {
    fn rosters(&self) -> impl Iterator<Item = (Document, &Fold)> {
        let ledgers = self.shelf.ledgers.iter();
        let rosters = ledgers.filter(|(document, _)| document.roster_month().is_some());
        rosters.map(|(document, ledger)| (*document, &ledger.fold))
    }

    /// How a holder is reached; `None` when nothing is known or it was hidden: for the staff's devices.
    pub fn person(&self, holder: &PublicKey) -> Result<Option<Person>, Error> {
        self.require_staff()?;
        Ok(self.person_by(*holder, &self.roster_secrets()))
    }

    /// How whoever has a booking is reached; `None` also where [`holder_of`](Self::holder_of) is.
    pub fn person_of(&self, key: &SlotKey) -> Result<Option<Person>, Error> {
        self.require_staff()?;
        let holder = self.holder_of(key)?;
        let secrets = self.roster_secrets();
        Ok(holder.and_then(|holder| self.person_by(holder, &secrets)))
    }

    /// Everybody whose contact or note has that text in it, in whatever case, by their contacts; `after`: the last of the
    /// page before. No text finds everybody. For the staff's devices.
    pub fn find_people(
        &self,
        text: &str,
        after: Option<PublicKey>,
        limit: usize,
    ) -> Result<Vec<Person>, Error> {
        self.require_staff()?;
        let (secrets, text) = (self.roster_secrets(), text.trim().to_lowercase());
        let holders: BTreeSet<PublicKey> = self
            .rosters()
            .flat_map(|(_, fold)| fold.resolved().roster.contacts.keys().copied())
            .collect();
        let people = holders
            .into_iter()
            .filter_map(|holder| self.person_by(holder, &secrets));
        let found = people.filter(|person| match &person.latest.card {
            Some(card) => card.contains(&text),
            None => text.is_empty(),
        });
        let mut found: Vec<(Option<String>, Person)> = found
            .map(|person| {
                let card = person.latest.card.as_ref();
                (card.map(|card| card.contact().to_lowercase()), person)
            })
            .collect();
        found.sort_by(|(one, a), (other, b)| (one, a.holder).cmp(&(other, b.holder)));
        let from = after.and_then(|after| found.iter().position(|(_, one)| one.holder == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        let page = found.into_iter().skip(from).take(limit);
        Ok(page.map(|(_, person)| person).collect())
    }

    fn person_by(&self, holder: PublicKey, secrets: &Secrets) -> Option<Person> {
        let mut written: Vec<(CivilMinute, StatementId, Document, &Sealed)> = Vec::new();
        for (document, fold) in self.rosters() {
            let of_holder = fold.resolved().roster.contacts.get(&holder);
            let of_holder = of_holder.into_iter().flatten();
            written
                .extend(of_holder.map(|((minute, id), sealed)| (*minute, *id, document, sealed)));
        }
        written.sort_by_key(|(minute, id, ..)| std::cmp::Reverse((*minute, *id)));
        let entries = written.into_iter().map(|(minute, id, document, said)| {
            let place = ContactPlace {
                office: self.office,
                document,
                holder,
                minute,
                device: said.device,
            };
            let secret = secrets.get(&(document, said.key));
            ContactEntry {
                id,
                card: secret.and_then(|secret| ContactCard::open(&place, secret, &said.sealed)),
                minute,
                device: said.device,
            }
        });
        // What was hidden stays hidden, whatever was written since.
        let hides = |entry: &ContactEntry| entry.card.as_ref().is_some_and(ContactCard::is_empty);
        let mut shown = entries.take_while(|entry| !hides(entry));
        Some(Person {
            holder,
            latest: shown.next()?,
            earlier: shown.collect(),
        })
    }

    fn roster_secrets(&self) -> Secrets {
        let keys = self.rosters().flat_map(|(document, fold)| {
            let keys = fold.resolved().roster.keys.iter();
            keys.map(move |(public, key)| (document, *public, key))
        });
        let opened = keys.filter_map(|(document, public, key)| {
            let secret = self.open_roster_key(document, public, key)?;
            Some(((document, public), secret))
        });
        opened.collect()
    }

    fn open_roster_key(
        &self,
        document: Document,
        public: PublicKey,
        key: &MonthKey,
    ) -> Option<Keypair> {
        let own = std::iter::once(&self.key).chain(&self.former);
        let mut copies = own.flat_map(|own| {
            let copies = key.copies.get(&own.public()).into_iter().flatten();
            copies.map(move |copy| (own, copy))
        });
        copies.find_map(|(own, copy)| open_key(self.office, document, public, own, copy))
    }

    /// Writes down how somebody is reached, in the month of the minute that it is said.
    pub(super) fn write_contact(
        &mut self,
        now: Timestamp,
        new: &NewContact,
    ) -> Result<Outcome, Error> {
        self.require_facts()?;
        if !self.require_catalogue()?.parts().roster {
            return Err(RosterError::None.into());
        }
        let minute = self.minute_after_contacts(now, &new.holder)?;
        let month = OfficeDay::of(minute, self.shelf.day_start()).month();
        let document = Document::Roster(month);
        if self.shelf.require_authority()?.is_dropped(document) {
            return Err(Error::NoSuchDocument { document });
        }
        if self.is_staff() {
            self.make_roster_key(now, document)?;
        }
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let Some(key) = fold.and_then(Fold::roster_key) else {
            let revoked = fold.is_some_and(|fold| !fold.resolved().roster.keys.is_empty());
            return Err(RosterError::NoKey { month, revoked }.into());
        };
        let place = ContactPlace {
            office: self.office,
            document,
            holder: new.holder,
            minute,
            device: self.key.public(),
        };
        let contact = Contact {
            holder: new.holder,
            key,
            sealed: new.card.seal(&place, &key, &new.seed)?,
            minute,
        };
        self.decide_that(now, document, contact)?;
        Ok(Outcome::Done)
    }

    /// Now, but after all that is known to have been written of a holder, whatever clock said it.
    fn minute_after_contacts(
        &self,
        now: Timestamp,
        holder: &PublicKey,
    ) -> Result<CivilMinute, Error> {
        let written = self.rosters().filter_map(|(_, fold)| {
            let of_holder = fold.resolved().roster.contacts.get(holder)?;
            of_holder.last_key_value()
        });
        let last = written.map(|((minute, _), _)| *minute).max();
        let after = last.map_or(CivilMinute::MIN, |last| last.saturating_plus(1));
        Ok(self.civil(now)?.max(after))
    }

    /// Sees to it that there is a key to seal to, and that every device that reads the roster has every key. On the
    /// staff's devices.
    pub(super) fn tend_rosters(&mut self, now: Timestamp) -> Result<(), Error> {
        if !self.is_staff() {
            return Ok(());
        }
        if self.catalogue().is_some_and(|known| known.parts().roster) {
            for month in self.months_without_key(now)? {
                self.make_roster_key(now, Document::Roster(month))?;
            }
        }
        self.share_roster_keys(now)
    }

    /// Months that this device is to make a key for: where one went out of use, and those that come and have none. Of the
    /// devices that read the roster and are there the first certified makes these, by a clock that is believed.
    fn months_without_key(&self, now: Timestamp) -> Result<Vec<Month>, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let lacks = |month: &Month| {
            let ledger = self.shelf.ledger(Document::Roster(*month));
            ledger.is_none_or(|ledger| ledger.fold.roster_key().is_none())
        };
        let known = self.rosters();
        let keyed = known.filter(|(_, fold)| !fold.resolved().roster.keys.is_empty());
        let keyed = keyed.filter_map(|(document, _)| document.roster_month());
        let keyed = keyed.filter(|month| *month >= today.month());
        let mut months: Vec<Month> = keyed.filter(lacks).collect();
        let mut coming: Vec<Month> = [today, today.plus(AHEAD)].map(OfficeDay::month).into();
        coming.dedup();
        coming.retain(|month| lacks(month) && !months.contains(month));
        if coming.is_empty() || !self.clock.is_believed(now) {
            return Ok(months);
        }
        let authority = self.shelf.require_authority()?;
        let readers: BTreeSet<PublicKey> = authority.roster_readers().collect();
        let stewards = self.stewards(now)?;
        let mut present = stewards.present().iter();
        if present.find(|device| readers.contains(device)) == Some(&self.key.public()) {
            months.extend(coming);
        }
        Ok(months)
    }

    /// Makes a key for a month that has none which only those have who may read today.
    fn make_roster_key(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let authority = self.shelf.require_authority()?.clone();
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let is_there = fold.is_some_and(|fold| fold.roster_key().is_some());
        if is_there || authority.is_dropped(document) || !self.may_decide(document) {
            return Ok(());
        }
        let known = |public: &PublicKey| {
            fold.is_some_and(|fold| fold.resolved().roster.keys.contains_key(public))
        };
        // From this device's own secret, which nobody else can know: no randomness is needed, and none is there.
        let purpose = document.to_string();
        let mut secrets = (0..).map(|number| self.key.derive(&purpose, number));
        let secret = secrets.find(|secret| !known(&secret.public()));
        let readers = authority.roster_readers().collect();
        match secret {
            Some(secret) => self.give_roster_key(now, document, &secret, readers),
            None => Ok(()),
        }
    }

    /// Gives keys to those who may read and have no copy: who was certified since. Old keys as well, by which they read
    /// what was written before.
    fn share_roster_keys(&mut self, now: Timestamp) -> Result<(), Error> {
        let readers: Vec<PublicKey> = self.shelf.require_authority()?.roster_readers().collect();
        let mut due = Vec::new();
        for (document, fold) in self.rosters() {
            if !self.may_decide(document) {
                continue;
            }
            for (public, key) in &fold.resolved().roster.keys {
                let lacks = |device: &&PublicKey| !key.copies.contains_key(device);
                let lacking: Vec<PublicKey> = readers.iter().filter(lacks).copied().collect();
                if lacking.is_empty() {
                    continue;
                }
                if let Some(secret) = self.open_roster_key(document, *public, key) {
                    due.push((document, secret, lacking));
                }
            }
        }
        for (document, secret, lacking) in due {
            self.give_roster_key(now, document, &secret, lacking)?;
        }
        Ok(())
    }

    /// `to`: in ascending order. Whose key nothing can be sealed to is left out.
    fn give_roster_key(
        &mut self,
        now: Timestamp,
        document: Document,
        secret: &Keypair,
        to: Vec<PublicKey>,
    ) -> Result<(), Error> {
        let seed = self.key.derive("roster copies", 0).to_seed();
        let copy = |device: PublicKey| {
            let sealed = seal_key(self.office, document, secret, &device, &seed).ok()?;
            Some(KeyCopy { device, sealed })
        };
        let copies: Vec<KeyCopy> = to.into_iter().filter_map(copy).collect();
        for copies in copies.chunks(MAX_KEY_COPIES) {
            let key = RosterKey {
                public: secret.public(),
                copies: copies.to_vec(),
            };
            self.decide_that(now, document, key)?;
        }
        Ok(())
    }
}
