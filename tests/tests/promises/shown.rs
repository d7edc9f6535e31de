//! Promise 6: a confirmation can be shown without network.

use super::HONEST;
use super::play::each_history;
use allkontor_core::statement::{Body, Verified};
use allkontor_core::sync::qr::{CardError, Certificate, CertificateError};
use allkontor_tests::adapter::fold_all;
use allkontor_tests::history::Mode;
use std::collections::BTreeMap;

#[test]
fn a_confirmation_can_be_shown_offline_whoever_confirmed_it() {
    let (shown, by_heirs) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let counts = each_history("promise 6", Mode::Honest, |played| {
        let heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let fold = fold_all(office, document, &heap).unwrap();
        let by_id: BTreeMap<_, _> = heap.iter().map(|s| (s.id(), s)).collect();
        let applied = fold.authority().applied().iter();
        let mut chain: Vec<_> = applied.map(|(id, seq)| (*seq, by_id[id].clone())).collect();
        chain.sort_by_key(|(seq, _)| *seq);
        let chain: Vec<_> = chain.into_iter().map(|(_, statement)| statement).collect();
        for (id, confirmation) in &fold.resolved().confirmations {
            // What stands for a request is signed by no visitor's key.
            if fold.resolved().carried.contains_key(&confirmation.request) {
                continue;
            }
            let key = confirmation.key;
            let [confirm, request, ticket] =
                [*id, confirmation.request, key.ticket].map(|id| by_id[&id]);
            let certificate = match Certificate::build(chain.clone(), ticket, request, confirm) {
                Ok(certificate) => certificate.to_bytes(),
                // Every hand-over of the admin key adds 200 bytes, every wish 20.
                Err(CertificateError::Payload(CardError::TooLong { bytes })) => {
                    let handed_over = |s: &&Verified| matches!(s.body(), Body::HandOver(_));
                    let hand_overs = chain.iter().filter(handed_over).count();
                    assert!(bytes < 1_600 + 500 * hand_overs, "{bytes} bytes");
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            let promise = Certificate::verify(&certificate, office).unwrap();
            let holds: Vec<_> = confirmation
                .holds
                .iter()
                .map(|placed| placed.hold)
                .collect();
            assert_eq!((promise.device, promise.confirm), (confirm.signer(), *id));
            assert_eq!((promise.ticket, promise.slot), (key.ticket, key.slot));
            assert_eq!((promise.document, promise.holds), (document, holds));
            let other = allkontor_core::id::OfficeId([1; 32]);
            assert!(Certificate::verify(&certificate, other).is_err());
            shown.set(shown.get() + 1);
            let passed_on = matches!(ticket.body(), Body::Ticket(t) if t.decider != promise.device);
            by_heirs.set(by_heirs.get() + usize::from(passed_on));
        }
    });
    counts.at_least(HONEST);
    counts.enough("certificates shown", shown.get(), 1_800);
    counts.enough("by another than the ticket names", by_heirs.get(), 800);
}
