//! Seats and rooms of events, however many stewards give them away and in whatever order they hear of it.

use super::HONEST;
use super::play::each_history;
use allkontor_core::resolve::{EventStage, Fold, SlotKey};
use allkontor_core::statement::{Body, Request};
use allkontor_core::time::Interval;
use allkontor_tests::adapter::fold_all;
use allkontor_tests::history::Mode;
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many seats each event has given away for each time, by counting again.
fn given(fold: &Fold) -> BTreeMap<(SlotKey, Interval), u32> {
    let mut given = BTreeMap::new();
    for (_, confirmation) in fold.standing() {
        let request = fold.statements()[&confirmation.request].body();
        let Body::Request(Request {
            event: Some(event), ..
        }) = request
        else {
            continue;
        };
        let event = SlotKey::from(*event);
        if event != confirmation.key {
            for placed in &confirmation.holds {
                let at = placed.hold.interval();
                *given.entry((event, at)).or_default() += 1;
            }
        }
    }
    given
}

#[test]
fn e2_no_event_has_more_people_than_seats_however_many_stewards_give_them() {
    let full = Cell::new(0);
    let counts = each_history("seats", Mode::Honest, |played| {
        for percent in [100, 70] {
            let heap = played.some(percent);
            let (office, document) = (played.world.office.id, played.world.office.document);
            let Some(fold) = fold_all(office, document, &heap) else {
                continue;
            };
            for ((event, at), given) in given(&fold) {
                let versions = fold.resolved().events.get(&event);
                let versions = versions
                    .into_iter()
                    .flat_map(|event| event.proposals.values());
                let seats = versions.filter_map(|propose| propose.seats);
                let most = seats.map(|seats| seats.last.0 - seats.first.0 + 1).max();
                // A proposal that has not come says nothing yet.
                let Some(most) = most.or((percent == 100).then_some(0)) else {
                    continue;
                };
                assert!(given <= most, "{given} of {most} seats are given for {at}");
                full.set(full.get() + usize::from(given == most));
            }
        }
    });
    counts.at_least(HONEST);
    counts.enough("full events", full.get(), 10);
}

#[test]
fn e1_a_room_is_never_in_an_event_and_in_a_booking() {
    let rooms = Cell::new(0);
    let counts = each_history("rooms of events", Mode::Wild, |played| {
        let heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let Some(fold) = fold_all(office, document, &heap) else {
            return;
        };
        for key in fold.resolved().events.keys() {
            if fold.event_stage(key) != Some(EventStage::Open) {
                continue;
            }
            let of_event = |of: SlotKey| of == *key;
            let own = || fold.standing().filter(|(_, c)| of_event(c.key));
            let others = || fold.standing().filter(|(_, c)| !of_event(c.key));
            for held in own().flat_map(|(_, c)| &c.holds) {
                rooms.set(rooms.get() + 1);
                let clash = others()
                    .flat_map(|(_, c)| &c.holds)
                    .any(|other| other.cell == held.cell && other.occupied.overlaps(held.occupied));
                assert!(!clash, "{} is in an event and in a booking", held.hold.unit);
            }
        }
    });
    counts.enough("rooms that events hold", rooms.get(), 20);
}
