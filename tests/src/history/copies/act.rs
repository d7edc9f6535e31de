//! What people do with their phones, and what becomes of these.

use super::{History, Wished, parts};
use allkontor_core::command::{Book, ProposeEvent, What};
use allkontor_core::replica::AgendaEntry;
use allkontor_core::store::MemoryStore;
use allkontor_core::view::Stage;

/// Phones that one person has at a time.
const PHONES: usize = 3;

fn book(wish: Wished, exactly: bool) -> Book {
    let book = Book::unit(wish.0, wish.1);
    if exactly { book.exactly() } else { book }
}

impl History {
    /// Somebody who has a phone, and one of theirs.
    fn somebody(&mut self) -> Option<(usize, String)> {
        let who = self.chance.below(self.people.len());
        let phones = &self.people[who].phones;
        (!phones.is_empty()).then(|| {
            let phone = self.chance.below(phones.len());
            (who, self.people[who].phones[phone].clone())
        })
    }

    /// A wish that this person has not had.
    fn fresh(&mut self, who: usize, room: bool) -> Wished {
        loop {
            let wish = match room {
                true => parts::room(&mut self.chance),
                false => parts::wish(&mut self.chance),
            };
            if !self.people[who].wishes.contains_key(&wish) {
                return wish;
            }
        }
    }

    fn wished(&mut self, who: usize, phone: String, wish: Wished) {
        let person = &mut self.people[who];
        person.wishes.insert(wish, person.bookings);
        person.maker.insert(person.bookings, phone);
        person.bookings += 1;
    }

    fn told(&mut self, phone: &str, what: &str, wish: Wished) {
        let lane = self.fleet.on(phone).own_keys().unwrap().lane;
        let agenda = self.fleet.on(phone).agenda().unwrap();
        let key = agenda.last().and_then(|entry| entry.key);
        self.tell(format!(
            "{phone} in lane {lane} {what} {} at {}, as {key:?}",
            wish.0.0, wish.1
        ));
    }

    pub(super) fn book(&mut self) {
        let Some((who, phone)) = self.somebody() else {
            return;
        };
        let wish = self.fresh(who, false);
        let exactly = self.chance.below(2) == 0;
        let now = self.fleet.now;
        let booked = self.fleet.on(&phone).book(now, book(wish, exactly));
        if booked.is_ok_and(|booked| booked.bookings().next().is_some()) {
            self.told(&phone, "books", wish);
            self.wished(who, phone, wish);
            self.counts.add("booked", 1);
        }
    }

    /// An event in a room.
    pub(super) fn propose(&mut self) {
        let Some((who, phone)) = self.somebody() else {
            return;
        };
        let wish = self.fresh(who, true);
        let event = ProposeEvent::new("Reading aloud\nBring a book.", [wish.1]);
        let (now, event) = (self.fleet.now, event.in_room(What::Unit(wish.0)));
        if self.fleet.on(&phone).propose_event(now, event).is_ok() {
            self.told(&phone, "proposes an event in", wish);
            self.wished(who, phone, wish);
            self.counts.add("proposed", 1);
        }
    }

    /// A booking that waits or stands, as one phone sees it.
    fn open(&mut self) -> Option<(usize, String, AgendaEntry)> {
        let (who, phone) = self.somebody()?;
        let entries = self.fleet.on(&phone).agenda().unwrap().into_iter();
        let stands = |stage: &Stage| stage.is_open() || matches!(stage, Stage::Confirmed { .. });
        let open = entries.filter(|entry| stands(&entry.status.stage));
        let open: Vec<AgendaEntry> = open.collect();
        let chosen = self.chance.below(open.len().max(1));
        open.get(chosen).map(|entry| (who, phone, entry.clone()))
    }

    pub(super) fn change(&mut self) {
        let Some((who, phone, entry)) = self.open() else {
            return;
        };
        let of = self.people[who].booking(&entry);
        let wish = self.fresh(who, false);
        let (now, exactly) = (self.fleet.now, self.chance.below(2) == 0);
        let moved = self
            .fleet
            .on(&phone)
            .move_to(now, entry.booking, book(wish, exactly));
        if moved.is_ok() {
            self.people[who].wishes.insert(wish, of);
            self.people[who].changed.insert(of);
            self.told(&phone, &format!("moves {of} to"), wish);
            self.counts.add("changed", 1);
        }
    }

    pub(super) fn cancel(&mut self) {
        let Some((who, phone, entry)) = self.open() else {
            return;
        };
        let of = self.people[who].booking(&entry);
        let now = self.fleet.now;
        if self.fleet.on(&phone).cancel(now, entry.booking).is_ok() {
            self.people[who].cancelled.insert(of);
            self.tell(format!("{phone} cancels {of}"));
            self.counts.add("cancelled", 1);
        }
    }

    pub(super) fn arrive(&mut self) {
        if let Some((_, phone, entry)) = self.open() {
            let now = self.fleet.now;
            if self.fleet.on(&phone).arrive(now, entry.booking).is_ok() {
                self.tell(format!("{phone} arrives for {:?}", entry.wanted[0]));
                self.counts.add("arrived", 1);
            }
        }
    }

    /// A code is written down, or a new phone goes on from the one that was.
    pub(super) fn back_up_or_restore(&mut self) {
        let who = self.chance.below(self.people.len());
        if let Some(code) = self.people[who].code.clone() {
            if self.chance.below(3) > 0 && self.people[who].phones.len() < PHONES {
                self.restore(who, &code);
                return;
            }
            let phones = self.people[who].phones.clone();
            if !phones.is_empty() {
                let phone = &phones[self.chance.below(phones.len())];
                self.people[who].code = Some(self.fleet.on(phone).backup().unwrap());
                self.tell(format!("a code of {phone} is written down"));
                self.counts.add("backed up", 1);
            }
        }
    }

    pub(super) fn restore(&mut self, who: usize, code: &allkontor_core::sync::qr::Backup) {
        let person = &mut self.people[who];
        let name = format!("{}-{}", person.name, person.had);
        person.had += 1;
        person.phones.push(name.clone());
        self.fleet.restored(&name, code);
        self.tell(format!("{name} goes on from a code, in lane {}", code.lane));
        // From one code two phones go by one lane.
        let lanes: Vec<u8> = self.people[who]
            .phones
            .clone()
            .iter()
            .map(|phone| self.fleet.on(phone).own_keys().unwrap().lane)
            .collect();
        let lane = lanes.last().copied();
        let others = lanes.iter().rev().skip(1);
        let twin = others.copied().any(|other| Some(other) == lane);
        self.people[who].twins |= twin || self.people[who].had > 2;
        self.counts.add("restored", 1);
        self.counts.add("restored twice", u64::from(twin));
    }

    /// A phone's disk and vault are copied: the other one goes by all that this one does.
    pub(super) fn copy(&mut self) {
        let Some((who, phone)) = self.somebody() else {
            return;
        };
        let copied = self.fleet.on(&phone).own_keys().unwrap().copied;
        if copied && self.people[who].phones.len() < PHONES {
            let copy = self.fleet.devices[&phone].copy();
            let person = &mut self.people[who];
            let name = format!("{}-{}", person.name, person.had);
            (person.had, person.twins) = (person.had + 1, true);
            person.phones.push(name.clone());
            self.tell(format!("{name} is a copy of {phone}"));
            self.fleet.devices.insert(name, copy);
            self.counts.add("copied", 1);
        }
    }

    /// A phone falls into the water. Whoever has no code keeps theirs.
    pub(super) fn lose(&mut self) {
        let Some((who, phone)) = self.somebody() else {
            return;
        };
        if self.people[who].code.is_none() {
            return;
        }
        self.doubt(who, &phone);
        self.fleet.devices.remove(&phone);
        self.people[who].phones.retain(|other| *other != phone);
        self.forget_what_nobody_knows();
        self.tell(format!("{phone} is lost"));
        self.counts.add("lost", 1);
    }

    /// All that is left of a phone is its vault, or its disk is as it was once.
    pub(super) fn lose_database(&mut self) {
        let Some((who, phone)) = self.somebody() else {
            return;
        };
        let kept = match self.chance.below(3) {
            0 => MemoryStore::new(),
            1 => self
                .disks
                .get(&phone)
                .map_or_else(MemoryStore::new, MemoryStore::copy),
            _ => {
                let disk = self.fleet.devices[&phone].disk.copy();
                self.disks.insert(phone, disk);
                return;
            }
        };
        // What was said under tickets that it has again may be said again of something else.
        self.people[who].twins |= self.disks.contains_key(&phone);
        self.doubt(who, &phone);
        self.fleet.devices.get_mut(&phone).unwrap().restore(&kept);
        self.tell(format!("{phone} loses its database"));
        self.forget_what_nobody_knows();
        self.counts.add("databases lost", 1);
    }

    pub(super) fn reopen(&mut self) {
        let names: Vec<String> = self.fleet.devices.keys().cloned().collect();
        let name = &names[self.chance.below(names.len())];
        self.fleet.devices.get_mut(name).unwrap().reopen();
    }

    pub(super) fn phones_meet(&mut self) {
        if let (Some((_, one)), Some((_, other))) = (self.somebody(), self.somebody())
            && one != other
        {
            self.tell(format!("{one} meets {other}"));
            self.fleet.meet(&one, &other);
        }
    }

    pub(super) fn phone_meets_steward(&mut self) {
        if let Some((_, phone)) = self.somebody() {
            let steward = self.chance.pick(&self.stewards);
            self.tell(format!("{phone} meets {steward}"));
            self.fleet.meet(&phone, steward);
        }
    }

    pub(super) fn stewards_meet(&mut self) {
        let one = self.chance.pick(&self.stewards);
        let other = self.chance.pick(&self.stewards);
        if one != other {
            self.tell(format!("{one} meets {other}"));
            self.fleet.meet(one, other);
        }
    }
}
