//! What must hold at any time, and when everybody has heard of everything.

use super::desk::standing;
use super::{History, Person};
use crate::adapter;
use crate::oracle;
use crate::world::words;
use allkontor_core::id::StatementId;
use allkontor_core::replica::Replica;
use allkontor_core::resolve::{ConfirmState, Fold, SlotKey};
use allkontor_core::statement::{Body, Cause, Document};
use allkontor_core::time::{DayStart, OfficeDay, Timestamp};
use allkontor_core::view::Stage;
use std::collections::{BTreeMap, BTreeSet};

impl History {
    /// Nobody is promised what somebody else was, and no honest device signs what is void.
    pub(super) fn check(&mut self) {
        let names: Vec<String> = self.fleet.devices.keys().cloned().collect();
        for name in names {
            let picture = self.fleet.on(&name).picture().unwrap();
            for document in picture.documents() {
                let fold = picture.fold(document).unwrap();
                let resolved = fold.resolved();
                assert!(resolved.void.is_empty(), "{name}: signed what is void");
                assert!(resolved.forks.is_empty(), "{name}: forked");
                assert_no_overlap(&name, fold);
                let stands = fold.standing().map(|(id, of)| (id, of.key));
                self.promised.extend(stands);
            }
        }
    }

    /// A phone is lost, or its database: nothing more is sure of what it asked for and nobody has promised.
    pub(super) fn doubt(&mut self, who: usize, phone: &str) {
        let own = self.fleet.on(phone).agenda().unwrap();
        let person = &mut self.people[who];
        for entry in own {
            let of = person.booking(&entry);
            let promised = matches!(entry.status.stage, Stage::Confirmed { .. });
            if !promised && person.maker[&of] == phone {
                person.doubtful.insert(of);
            }
        }
    }

    /// Since it is lost: bookings that nobody else has heard of are nobody's any more, whoever carried them.
    pub(super) fn forget_what_nobody_knows(&mut self) {
        let names: Vec<String> = self.fleet.devices.keys().cloned().collect();
        for person in &mut self.people {
            let mut known = BTreeSet::new();
            for name in &names {
                let device = self.fleet.on(name);
                if person.phones.contains(name) {
                    let agenda = device.agenda().unwrap();
                    known.extend(agenda.iter().map(|entry| person.booking(entry)));
                }
                known.extend(asked_in(device.picture().unwrap(), person));
            }
            let gone = (0..person.bookings).filter(|of| !known.contains(of));
            person.forgotten.extend(gone);
        }
    }

    /// Whoever has no phone left but a code has a new one; then everybody meets everybody, days pass so that tickets
    /// come for everything, and all of it is checked.
    pub fn rest(&mut self) {
        for who in 0..self.people.len() {
            if self.people[who].phones.is_empty() {
                let code = self.people[who].code.clone().unwrap();
                self.restore(who, &code);
            }
        }
        self.fleet.all_meet();
        for _ in 0..2 {
            self.fleet.now.0 += 4 * 24 * 3600 + 3600;
            let now = self.fleet.now;
            for steward in self.stewards.clone() {
                self.fleet.on(steward).confirm_clock(now).unwrap();
                self.let_events_through(steward);
                self.fleet.on(steward).tick(now).unwrap();
            }
            self.fleet.all_meet();
            self.check();
        }
        self.all_agree();
        self.suspensions_stand();
        self.promises_are_kept();
        for who in 0..self.people.len() {
            self.nothing_is_lost(who);
        }
        self.oracle_agrees();
    }

    /// Every device of the office has the same documents, and phones the same of those that they follow.
    fn all_agree(&mut self) {
        let digests = |picture: &Replica, follows: &dyn Fn(&Document) -> bool| {
            let documents = picture.documents().into_iter().filter(follows);
            let digest = |document| Some((document, picture.document_digest(document)?));
            documents.filter_map(digest).collect::<BTreeMap<_, _>>()
        };
        let all = digests(self.fleet.on("kiosk").picture().unwrap(), &|_| true);
        let now = self.fleet.now;
        let names: Vec<String> = self.fleet.devices.keys().cloned().collect();
        for name in names {
            let picture = self.fleet.on(&name).picture().unwrap();
            if self.stewards.contains(&&*name) {
                assert_eq!(digests(picture, &|_| true), all, "{name}");
                continue;
            }
            let followed = followed(picture, now);
            for (document, digest) in digests(picture, &|document| followed.contains(document)) {
                assert_eq!(all.get(&document), Some(&digest), "{name}: {document}");
            }
        }
    }

    fn suspensions_stand(&mut self) {
        let now = self.fleet.now;
        for steward in self.stewards.clone() {
            let known = self.fleet.on(steward).suspensions(now).unwrap();
            let known: BTreeSet<StatementId> = known.into_iter().map(|(id, _)| id).collect();
            assert_eq!(known, self.suspended, "{steward}");
        }
    }

    /// What anybody was told is theirs stands, or its owner gave it up, or did not come, or it went on on a slip.
    fn promises_are_kept(&mut self) {
        let (promised, people, now) = (&self.promised, &self.people, self.fleet.now);
        let reissued = &self.reissued;
        let picture = self.fleet.on("kiosk").picture().unwrap();
        let minute = picture.civil(now).unwrap();
        let mut counted = BTreeMap::<&str, u64>::new();
        for (id, key) in promised {
            let documents = picture.documents().into_iter();
            let mut folds = documents.filter_map(|document| picture.fold(document));
            let fold = folds.find(|fold| fold.resolved().confirmations.contains_key(id));
            let fold = fold.unwrap_or_else(|| panic!("{id} was confirmed and is gone"));
            let of = &fold.resolved().confirmations[id];
            let ticket = &fold.resolved().tickets[&key.ticket].ticket;
            let asked = match fold.statements()[&of.request].body() {
                Body::Request(request) => request,
                other => panic!("{other:?}"),
            };
            let owner = people.iter().find(|one| one.keys.contains(&ticket.key));
            // Who withdraws or moves what is in a slot does so with what a twin asked for there too, which asks again.
            let given_up = owner.is_some_and(|person| {
                person.gave_up(asked) || (person.twins && person.gave_up_any())
            });
            let begun = of.holds.iter().any(|p| p.hold.interval().start() <= minute);
            let what = match of.state {
                ConfirmState::Live | ConfirmState::CheckedIn => "stands",
                ConfirmState::Moved | ConfirmState::Released(Cause::Moved) => {
                    assert!(given_up, "{id} was moved by nobody");
                    "moved"
                }
                ConfirmState::Released(Cause::Cancelled) => {
                    assert!(given_up, "{id} was cancelled by nobody");
                    "released"
                }
                ConfirmState::Released(Cause::Transferred) => {
                    let slip = reissued.get(key).expect("a slip");
                    let stands = standing(picture, slip).is_some();
                    assert!(stands || begun, "{id}: the slip's booking is gone");
                    "goes on on a slip"
                }
                ConfirmState::Released(cause) => {
                    assert!(begun, "{id} was released as {}", cause.word());
                    "over"
                }
            };
            *counted.entry(what).or_default() += 1;
        }
        for (what, count) in counted {
            self.counts.add(what, count);
        }
    }

    /// All phones of one person show the same, and in it whatever was asked for on any of them.
    fn nothing_is_lost(&mut self, who: usize) {
        let phones = self.people[who].phones.clone();
        let mut views = Vec::new();
        for phone in &phones {
            views.push(self.agenda(who, phone));
        }
        for (phone, view) in phones.iter().zip(&views) {
            assert_eq!(view, &views[0], "{phone} beside {}", phones[0]);
        }
        let person = &self.people[who];
        let told: BTreeSet<u32> = views[0].values().map(|(_, of)| *of).collect();
        for booking in (0..person.bookings).filter(|of| !person.forgotten.contains(of)) {
            let withdrawn = person.cancelled.contains(&booking);
            let displaced = person.twins && person.doubtful.contains(&booking);
            assert!(
                told.contains(&booking) || withdrawn || displaced || person.reported,
                "{}: {booking} is gone unsaid: {:#?}",
                person.name,
                views[0]
            );
        }
        let mut standing = BTreeMap::<u32, usize>::new();
        for (_, of) in views[0]
            .values()
            .filter(|(told, _)| told.starts_with("confirmed"))
        {
            *standing.entry(*of).or_default() += 1;
        }
        for (booking, times) in standing {
            // Two phones may each have asked for it in another month.
            assert!(
                times == 1 || person.twins || person.changed.contains(&booking),
                "{}: {booking} stands {times} times",
                person.name
            );
        }
        let moved = phones.iter();
        let moved = moved.filter(|phone| self.fleet.on(phone).own_keys().unwrap().moved);
        let moved = moved.count() as u64;
        self.counts.add("left a lane", moved);
    }

    fn agenda(&mut self, who: usize, phone: &str) -> BTreeMap<SlotKey, (String, u32)> {
        let now = self.fleet.now;
        let entries = self.fleet.on(phone).agenda().unwrap().into_iter();
        let minute = self.fleet.on(phone).civil(now).unwrap();
        let person = &self.people[who];
        let told = entries.filter_map(|entry| {
            let of = person.booking(&entry);
            let is_over = entry.wanted[0].interval.start() <= minute;
            let withdrawn =
                entry.status.stage == Stage::Cancelled || person.cancelled.contains(&of);
            let excused = person.reported || is_over || withdrawn;
            assert!(entry.key.is_some() || excused, "{phone} waits: {entry:?}");
            Some((entry.key?, (words(&entry.status), of)))
        });
        told.collect()
    }

    fn oracle_agrees(&mut self) {
        let heap = self.heap("kiosk");
        let picture = self.fleet.on("kiosk").picture().unwrap();
        let office = picture.office();
        for document in picture.documents() {
            if matches!(document, Document::Ledger(_) | Document::Storage(_)) {
                let (_, expected) = oracle::resolve(office, document, &heap);
                let fold = picture.fold(document).unwrap();
                assert_eq!(adapter::picture(fold, &expected), expected, "{document}");
            }
        }
    }
}

/// The bookings of somebody that a device has heard of, as what their slots say.
fn asked_in(picture: &Replica, person: &Person) -> BTreeSet<u32> {
    let documents = picture.documents().into_iter();
    let folds = documents.filter_map(|document| picture.fold(document));
    let mut known = BTreeSet::new();
    for fold in folds {
        let resolved = fold.resolved();
        let theirs = resolved.slots.iter().filter(|(key, _)| {
            let ticket = resolved.tickets.get(&key.ticket);
            ticket.is_some_and(|record| person.keys.contains(&record.ticket.key))
        });
        for (_, slot) in theirs {
            let current = slot.current().map(|current| &current.request);
            let wish = current.and_then(|request| request.options.first()?.first());
            known.extend(wish.and_then(|wish| person.wishes.get(&(wish.unit, wish.interval))));
        }
    }
    known
}

/// The documents that a phone follows whoever else has its keys: this month's, the next one's, and where it has bookings.
fn followed(picture: &Replica, now: Timestamp) -> BTreeSet<Document> {
    let minute = picture.civil(now).unwrap();
    let month = OfficeDay::of(minute, DayStart::default()).month();
    let agenda = picture.agenda().into_iter();
    let own = agenda.filter_map(|entry| picture.slot_of(entry.booking));
    own.map(|(document, _)| document)
        .chain([Document::Ledger(month), Document::Ledger(month.next())])
        .collect()
}

fn assert_no_overlap(name: &str, fold: &Fold) {
    let standing = fold.standing();
    let all: Vec<_> = standing
        .flat_map(|(id, of)| of.holds.iter().map(move |placed| (id, placed)))
        .collect();
    for (index, (id, placed)) in all.iter().enumerate() {
        for (other, beside) in &all[index + 1..] {
            let clash = placed.cell == beside.cell && placed.occupied.overlaps(beside.occupied);
            assert!(!clash || id == other, "{name}: {id} and {other} overlap");
        }
    }
}
