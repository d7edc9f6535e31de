//! Texts that are erased by chance, and disks that are searched for them once everybody has met.

use super::{meet, places, reads};
use allkontor_core::command::ProposeEvent;
use allkontor_core::device::Device;
use allkontor_core::id::UnitId;
use allkontor_core::model::Commons;
use allkontor_core::statement::{Answers, Cause, NoticeKind, Role};
use allkontor_core::time::{OfficeDay, Timestamp};
use allkontor_tests::chance::Chance;
use allkontor_tests::world::{at, founding, instant, parts, span};
use std::collections::BTreeSet;

/// An office of four devices on disks, two of them phones, and what each of its texts is.
struct Writers {
    folders: Vec<tempfile::TempDir>,
    devices: Vec<Device>,
    now: Timestamp,
    written: Vec<String>,
}

const STEWARDS: usize = 2;

impl Writers {
    fn new() -> Self {
        let now = instant(at("2026-11-24T08:00"));
        let mut parts = parts();
        parts.commons = Some(Commons::default());
        let founding = founding(parts, Role::Kiosk);
        let folders: Vec<_> = (0..4).map(|_| tempfile::tempdir().unwrap()).collect();
        let (store, vault) = places(folders[0].path());
        let mut devices = vec![Device::found(store, vault, now, [1; 32], &founding).unwrap()];
        for (number, folder) in folders.iter().enumerate().skip(1) {
            let (store, vault) = places(folder.path());
            let office = devices[0].office();
            devices.push(Device::join(store, vault, [number as u8 + 1; 32], office).unwrap());
        }
        let tablet = devices[1].enrolment().unwrap().device;
        devices[0].certify(now, tablet, Role::Staff).unwrap();
        let written = Vec::new();
        let mut office = Self {
            folders,
            devices,
            now,
            written,
        };
        office.all_meet();
        office
    }

    fn meet(&mut self, one: usize, other: usize) {
        let (first, last) = (one.min(other), one.max(other));
        let (before, after) = self.devices.split_at_mut(last);
        meet(self.now, &mut after[0], &mut before[first]);
    }

    fn all_meet(&mut self) {
        for _ in 0..3 {
            for one in 0..4 {
                (0..one).for_each(|other| self.meet(one, other));
            }
        }
    }

    /// A text like no other, and which it is.
    fn text(&mut self) -> String {
        let text = format!("Unkind word number {:03}.", self.written.len());
        self.written.push(text.clone());
        text
    }

    /// Which of the texts somebody reads there: the number of each.
    fn number(&self, text: Option<&str>) -> Option<usize> {
        let text = text?;
        self.written.iter().position(|known| text.contains(known))
    }
}

/// Writes, erases and meets by chance; how many texts were erased, and how many were kept.
fn erase_by_chance(seed: u64) -> (usize, usize) {
    let mut chance = Chance(seed);
    let mut office = Writers::new();
    let mut erased = BTreeSet::new();
    for _ in 0..26 {
        let (steward, phone) = (chance.below(2), STEWARDS + chance.below(2));
        let now = office.now;
        match chance.below(8) {
            0 => {
                let (text, ask) = (office.text(), NoticeKind::Ask);
                let last = OfficeDay::from_ymd(2026, 12, 10).unwrap();
                let answers = Answers::AsWritten;
                let posted = office.devices[phone].post_notice(now, ask, text, last, answers);
                posted.unwrap();
            }
            1 => {
                let text = format!("An evening\n{}", office.text());
                let event = ProposeEvent::new(text, [span("26T18:00-20:00")]);
                office.devices[phone].propose_event(now, event).unwrap();
            }
            2 => {
                let (unit, cause) = (UnitId(1), Cause::Lost);
                let remark = Some(office.text());
                let opened = office.devices[steward].open_unit(now, unit, cause, remark);
                opened.unwrap();
            }
            // An edit puts another into the text of an event.
            3 => {
                let own = office.devices[phone].events().unwrap().into_iter();
                let own = own.filter(|event| event.own.is_some() && !event.stage.is_over());
                if let Some((key, text)) = own.filter_map(|e| Some((e.key, e.text?))).next() {
                    let text = format!("{text} {}", office.text());
                    office.devices[phone].edit_event(now, key, text).unwrap();
                }
            }
            4 => {
                let notices = office.devices[steward].notices(now).unwrap();
                let read = notices.iter().find(|one| one.text.is_some());
                if let Some((id, text)) = read.map(|one| (one.id, one.text.clone())) {
                    erased.extend(office.number(text.as_deref()));
                    let device = &mut office.devices[steward];
                    device.erase_text(now, id, Cause::Guidelines).unwrap();
                }
            }
            5 => {
                let events = office.devices[steward].events().unwrap();
                if let Some(event) = events.iter().find(|event| !event.stage.is_over()) {
                    // With whatever was written into it, heard of here or not.
                    erased.extend(office.number(event.text.as_deref()));
                    let device = &mut office.devices[steward];
                    device
                        .call_off_event(now, event.key, Cause::Guidelines)
                        .unwrap();
                }
            }
            _ => {
                let (one, other) = (chance.below(4), chance.below(4));
                if one != other {
                    office.meet(one, other);
                }
            }
        }
    }
    let logged = office.devices[0].openings(UnitId(1)).unwrap();
    if let Some(opening) = logged.iter().find(|opening| opening.remark.is_some()) {
        let text = opening
            .remark
            .as_ref()
            .and_then(|remark| remark.text.as_deref());
        erased.extend(office.number(text));
        let (now, id) = (office.now, opening.id);
        office.devices[0]
            .erase_remark(now, id, Cause::Staff)
            .unwrap();
    }
    office.all_meet();
    // What can still be read anywhere is what is to be kept; all else is to be gone.
    let mut kept = BTreeSet::new();
    for number in 0..office.written.len() {
        let text = office.written[number].clone();
        let reads = |told: Option<&str>| told.is_some_and(|told| told.contains(&text));
        let now = office.now;
        let notices = office.devices[0].notices(now).unwrap();
        let events = office.devices[0].events().unwrap();
        let openings = office.devices[0].openings(UnitId(1)).unwrap();
        let remarks = openings
            .iter()
            .filter_map(|opening| opening.remark.as_ref());
        let is_read = notices.iter().any(|one| reads(one.text.as_deref()))
            || events.iter().any(|one| reads(one.text.as_deref()))
            || remarks.clone().any(|one| reads(one.text.as_deref()));
        if is_read {
            kept.insert(number);
        }
    }
    assert!(
        kept.is_disjoint(&erased),
        "seed {seed}: an erased text is read"
    );
    for device in office.devices {
        device.close().unwrap();
    }
    let mut gone = 0;
    for (number, text) in office.written.iter().enumerate() {
        let disks = office
            .folders
            .iter()
            .map(|folder| reads(folder.path(), text));
        let disks: Vec<bool> = disks.collect();
        if kept.contains(&number) {
            assert!(disks[0], "seed {seed}: {text} is lost");
        } else {
            gone += 1;
            assert_eq!(disks, [false; 4], "seed {seed}: {text} is still on a disk");
        }
    }
    (gone, kept.len())
}

#[test]
fn an_erased_text_is_on_no_disk_once_all_have_met_in_whatever_order() {
    let (mut gone, mut kept) = (0, 0);
    for seed in 0..4 {
        let (these, others) = erase_by_chance(seed);
        (gone, kept) = (gone + these, kept + others);
    }
    assert!(gone > 7 && kept > 7, "{gone} erased, {kept} kept");
}
