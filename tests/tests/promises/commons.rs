//! Suggestions and notices, against an oracle that goes through everything again: support counts once a ticket, an erased
//! text stands nowhere, and nothing depends on order.

use allkontor_core::resolve::{Fold, Gone, SlotKey};
use allkontor_core::statement::Body;
use allkontor_tests::adapter::{fold_all, resolve_authority};
use allkontor_tests::chance::Chance;
use allkontor_tests::history::commons::{DOCUMENT, History};
use std::collections::BTreeMap;

/// How often what is interesting happens in a thousand histories, at least.
const ENOUGH: [(&str, usize); 8] = [
    ("suggestions stand", 1_500),
    ("notices stand", 1_000),
    ("support counts", 500),
    ("supported twice", 50),
    ("erased", 800),
    ("taken back", 800),
    ("beaten to the slot", 300),
    ("answered", 300),
];

const HISTORIES: u64 = 100;

fn play(seed: u64, seen: &mut BTreeMap<&'static str, usize>) {
    let history = History::new(seed, 60);
    let (office, oracle) = (&history.office, history.oracle());
    let whole = fold_all(office.id, DOCUMENT, &office.heap).unwrap();
    let resolved = whole.resolved();
    let commons = &resolved.commons;
    for one in &office.heap {
        let (ticket, slot, known) = match one.body() {
            Body::Suggest(b) => (
                b.ticket,
                b.slot,
                commons.suggestions.contains_key(&one.id()),
            ),
            Body::Post(b) => (b.ticket, b.slot, commons.notices.contains_key(&one.id())),
            _ => continue,
        };
        let key = SlotKey { ticket, slot };
        let gone = known.then(|| resolved.gone(&key, &one.id())).flatten();
        let stands = known && gone.is_none();
        assert_eq!(stands, oracle.stands(one.id()), "seed {seed}: {}", one.id());
        let what = match (one.body(), gone) {
            (_, Some(Gone::Erased(_))) => "erased",
            (_, Some(Gone::TakenBack)) => "taken back",
            (_, Some(Gone::NotFirst)) => "beaten to the slot",
            (Body::Post(_), None) => "notices stand",
            (_, None) => "suggestions stand",
        };
        *seen.entry(what).or_default() += usize::from(known);
        if let (true, Body::Suggest(_)) = (known, one.body()) {
            let support = resolved.supporters(&one.id()).len();
            assert_eq!(
                support,
                oracle.support(one.id()),
                "seed {seed}: {}",
                one.id()
            );
            let said = commons.support.get(&one.id());
            let own = said.into_iter().flatten();
            let own = own.filter(|(id, key)| resolved.gone(key, id).is_none());
            let others = own.filter(|(_, key)| key.ticket != ticket).count();
            *seen.entry("support counts").or_default() += support;
            *seen.entry("supported twice").or_default() += others - support;
            let verdict = resolved.verdict(&one.id());
            assert_eq!(
                verdict,
                oracle.verdict(one.id()),
                "seed {seed}: {}",
                one.id()
            );
            *seen.entry("answered").or_default() += usize::from(verdict.is_some());
        }
    }
    let mut chance = Chance(seed);
    for _ in 0..2 {
        let mut order = office.heap.clone();
        chance.shuffle(&mut order);
        let authority = resolve_authority(office.id, &office.heap).unwrap();
        let mut fold = Fold::new(DOCUMENT, authority);
        for one in order {
            fold.extend([one]);
        }
        assert_eq!(fold.resolved(), resolved, "seed {seed}: the order counts");
    }
}

#[test]
fn e5_support_counts_once_a_ticket_and_nothing_depends_on_order() {
    let mut seen = BTreeMap::new();
    for seed in 0..HISTORIES {
        play(seed, &mut seen);
    }
    println!("{seen:?}");
    for (what, of_thousand) in ENOUGH {
        let got = seen.get(what).copied().unwrap_or(0);
        let least = of_thousand * HISTORIES as usize / 1_000;
        assert!(got >= least, "{what}: {got} times, expected {least}");
    }
}
