//! What happens at the desks: time passes, things are handed out, and phones are reported lost.

use super::History;
use crate::oracle::lost::{Fate, Lost, Report};
use allkontor_core::limits::MAX_SUSPENSION_DAYS;
use allkontor_core::replica::{LeftBecause, LostPhone, Reissued, Replica};
use allkontor_core::resolve::{ConfirmState, Confirmation, SlotKey};
use allkontor_core::statement::{
    Amendment, Body, Cause, Document, Ground, Hold, Keypair, Verified,
};
use allkontor_core::sync::qr::Slip;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// The confirmation of a booking that stands, as a device has it.
pub(super) fn standing<'a>(picture: &'a Replica, key: &SlotKey) -> Option<&'a Confirmation> {
    picture.documents().into_iter().find_map(|document| {
        let resolved = picture.fold(document)?.resolved();
        let last = resolved.slots.get(key)?.last()?;
        let last = resolved.confirmations.get(&last)?;
        last.state.stands().then_some(last)
    })
}

impl History {
    pub(super) fn wait(&mut self) {
        let minutes = self.chance.pick(&[5, 90, 600, 1_500]);
        self.fleet.now = self.fleet.now.plus_minutes(minutes);
        self.tell(format!("{minutes} minutes pass"));
        let now = self.fleet.now;
        for steward in self.stewards.clone() {
            if self.chance.below(3) > 0 {
                self.let_events_through(steward);
                self.fleet.on(steward).confirm_clock(now).unwrap();
                self.fleet.on(steward).tick(now).unwrap();
            }
        }
    }

    /// Something that stands is handed out, or a thing comes back.
    pub(super) fn hand_over_or_take_back(&mut self) {
        let steward = self.chance.pick(&self.stewards);
        let now = self.fleet.now;
        let device = self.fleet.on(steward);
        if self.chance.below(2) == 0 {
            let picture = device.picture().unwrap();
            let documents = picture.documents().into_iter();
            let folds = documents.filter_map(|document| picture.fold(document));
            let stands = folds.flat_map(|fold| fold.standing());
            let stands: Vec<_> = stands
                .map(|(_, of)| (of.key, of.holds[0].hold.unit))
                .collect();
            if !stands.is_empty() {
                let (key, unit) = self.chance.pick(&stands);
                let out = device.hand_out(now, key, unit, Vec::new(), None);
                self.counts.add("handed out", u64::from(out.is_ok()));
            }
        } else {
            let loans = device.loans(now).unwrap_or_default();
            if let Some(loan) = loans.first() {
                device.hand_in(now, loan.unit, Vec::new(), None).ok();
            }
        }
    }

    pub(super) fn let_events_through(&mut self, steward: &str) {
        let now = self.fleet.now;
        let device = self.fleet.on(steward);
        for event in device.events().unwrap() {
            device.approve_event(now, event.key).ok();
        }
    }

    /// Somebody has lost their phone, or says so, and a desk does what can be done: that, and nothing else, is what the
    /// oracle expects of it.
    pub(super) fn report_lost(&mut self) {
        // Whoever has no code keeps their phone; it is one of the others, mostly where there is something to do.
        let reported = self.people.iter().position(|person| person.reported);
        let people = reported.map_or(vec![0, 1], |who| vec![who]);
        let desks = self.stewards.iter().filter(|steward| **steward != "hub");
        let desks: Vec<&'static str> = desks.copied().collect();
        for desk in &desks {
            self.let_events_through(desk);
        }
        let pairs = people.into_iter();
        let pairs = pairs.flat_map(|who| desks.iter().map(move |desk| (who, *desk)));
        let pairs: Vec<(usize, &'static str)> = pairs.collect();
        let expected = pairs.iter().map(|(who, desk)| self.expected(desk, *who));
        let mut all: Vec<_> = expected.zip(&pairs).collect();
        all.sort_by_key(|(expected, _)| std::cmp::Reverse(expected.fates.len()));
        let any = self.chance.below(all.len());
        let most = self.chance.below(4) > 0;
        let (expected, (who, steward)) = all.swap_remove(if most { 0 } else { any });
        let (who, steward) = (*who, *steward);
        if most && reported.is_none() && expected.fates.is_empty() {
            return;
        }
        let expected = self.some_have_come(steward, who, expected);
        let code = self.people[who].code.clone().unwrap();
        let holder = Keypair::from_seed(&code.seed).public();
        let now = self.fleet.now;
        if self.stewards.contains(&"hub") {
            let refused = self.fleet.on("hub").report_lost(now, holder, [6; 32]);
            assert_eq!(refused.unwrap_err().code(), "no_facts");
        }
        let name = self.people[who].name;
        self.tell(format!("{name} reports a loss at {steward}"));
        let device = self.fleet.on(steward);
        let minute = device.civil(now).unwrap();
        let before = device.suspensions(now).unwrap();
        let known = before
            .iter()
            .find(|(_, one)| one.holder == holder && one.ground == Ground::LostKeys);

        let drawn = Keypair::from_seed(&[7; 32]).derive("drawn", self.chance.bits());
        let lost = device.report_lost(now, holder, drawn.to_seed()).unwrap();
        self.compare(steward, &lost, &expected, minute);
        match known {
            Some((id, _)) => assert_eq!(lost.suspend, *id, "it is said once"),
            None => {
                let all = self.fleet.on(steward).suspensions(now).unwrap();
                let mut new = all.iter().filter(|(id, _)| *id == lost.suspend);
                let (_, said) = new.next().expect("a suspension");
                let first = OfficeDay::of(minute, Default::default());
                let last = first.plus(MAX_SUSPENSION_DAYS as i32 - 1);
                assert_eq!((said.holder, said.ground), (holder, Ground::LostKeys));
                assert_eq!((said.from, said.until), (first, last));
                self.suspended.insert(lost.suspend);
            }
        }
        let came = |fate: &&Fate| matches!(fate, Fate::Slip { came: true, .. });
        let came = expected.fates.values().filter(came).count() as u64;
        self.counts.add("reissued to who had come", came);
        for one in &lost.reissued {
            self.reissued.insert(one.before, one.now);
        }
        self.people[who].reported = true;
        self.counts.add("reported", 1);
        self.counts
            .add("reported again", u64::from(known.is_some()));
        self.counts.add("reissued", lost.reissued.len() as u64);
        self.counts.add("asked in vain", lost.waiting.len() as u64);
    }

    /// Whoever reports a loss may have come for what they booked, or have things with them.
    fn some_have_come(&mut self, desk: &str, who: usize, expected: Lost) -> Lost {
        let now = self.fleet.now;
        for ((ticket, slot), fate) in expected.fates {
            let Fate::Slip { holds, .. } = fate else {
                continue;
            };
            let key = SlotKey { ticket, slot };
            let device = self.fleet.on(desk);
            match self.chance.below(4) {
                0 => device.check_in(now, key).unwrap(),
                1 => drop(device.hand_out(now, key, holds[0].unit, Vec::new(), None)),
                _ => {}
            }
        }
        self.expected(desk, who)
    }

    /// What that desk should do for somebody.
    fn expected(&mut self, desk: &str, who: usize) -> Lost {
        let (heap, now) = (self.heap(desk), self.fleet.now);
        let device = self.fleet.on(desk);
        let report = Report {
            office: device.office(),
            desk: device.public_key().unwrap(),
            keys: &self.people[who].keys,
            now: device.civil(now).unwrap(),
        };
        Lost::of(report, &heap)
    }

    fn compare(&mut self, steward: &str, lost: &LostPhone, expected: &Lost, now: CivilMinute) {
        let key = |key: &SlotKey| (key.ticket, key.slot);
        let waiting: BTreeSet<_> = lost.waiting.iter().map(key).collect();
        assert_eq!(waiting, expected.waiting, "what waited at {steward}");
        let left: BTreeMap<_, _> = lost.left.iter().map(|(of, why)| (key(of), *why)).collect();
        let reissued: BTreeSet<_> = lost.reissued.iter().map(|one| key(&one.before)).collect();
        for (of, fate) in &expected.fates {
            let told = (left.get(of).copied(), reissued.contains(of));
            let meant = match fate {
                Fate::Slip { .. } => (None, true),
                Fate::Elsewhere => (Some(LeftBecause::Elsewhere), false),
                Fate::OwnEvent => (Some(LeftBecause::OwnEvent), false),
                Fate::HandedOut => (Some(LeftBecause::HandedOut), false),
            };
            assert_eq!(told, meant, "{steward}: {of:?} is {fate:?}");
            let name = match fate {
                Fate::Slip { .. } => continue,
                Fate::Elsewhere => "left elsewhere",
                Fate::OwnEvent => "left for an event",
                Fate::HandedOut => "left in hand",
            };
            self.counts.add(name, 1);
        }
        let all = left.len() + reissued.len();
        assert_eq!(all, expected.fates.len(), "{steward}: {lost:?}");
        let picture = self.fleet.on(steward).picture().unwrap();
        for one in &lost.reissued {
            assert_goes_on(picture, one, &expected.fates[&key(&one.before)], now);
        }
    }

    /// They have found it again: whoever has a suspension lifted may book as before.
    pub(super) fn lift(&mut self) {
        let now = self.fleet.now;
        let has_desk = self.stewards.contains(&"desk");
        let desk = self.fleet.on(if has_desk { "desk" } else { "kiosk" });
        let Some((id, one)) = desk.suspensions(now).unwrap().into_iter().next() else {
            return;
        };
        desk.amend_suspension(now, id, Amendment::Lifted).unwrap();
        assert_eq!(one.ground, Ground::LostKeys);
        self.suspended.remove(&id);
        self.tell("a suspension is lifted");
        self.counts.add("lifted", 1);
    }
}

/// The booking of a slip stands for what the lost phone was promised, and that one is given back.
fn assert_goes_on(picture: &Replica, one: &Reissued, fate: &Fate, now: CivilMinute) {
    let Fate::Slip { holds, event, came } = fate else {
        panic!("{fate:?}");
    };
    assert!(standing(picture, &one.before).is_none(), "{one:?}");
    let (document, fold) = (picture.documents().into_iter())
        .filter_map(|document| Some((document, picture.fold(document)?)))
        .find(|(_, fold)| fold.resolved().slots.contains_key(&one.before))
        .unwrap();
    let resolved = fold.resolved();
    let last = resolved.slots[&one.before].last().unwrap();
    let state = resolved.confirmations[&last].state;
    assert_eq!(state, ConfirmState::Released(Cause::Transferred));
    let new = standing(picture, &one.now).expect("the slip's booking");
    let rented = matches!(document, Document::Storage(_));
    // What is rented goes on from now.
    let goes_on = |hold: &Hold| {
        let old = hold.interval();
        let start = if rented {
            old.start().max(now)
        } else {
            old.start()
        };
        let rest = Interval::new(start, old.end()).unwrap();
        Hold::new(hold.unit, rest, hold.before, hold.after)
    };
    let expected: BTreeSet<Hold> = holds.iter().map(goes_on).collect();
    let held: BTreeSet<Hold> = new.holds.iter().map(|placed| placed.hold).collect();
    assert_eq!(held, expected, "{one:?}");
    assert_eq!(new.state == ConfirmState::CheckedIn, *came && !rented);
    let said = fold.statements().get(&new.request).map(Verified::body);
    let Some(Body::Request(request)) = said else {
        panic!("{said:?}");
    };
    assert_eq!(request.event, *event);
    let ticket = &resolved.tickets[&one.now.ticket].ticket;
    assert_eq!(ticket.key, Slip::key_of(&one.slip.seed).public());
    assert_eq!(one.slip.ticket, one.now.ticket);
}
