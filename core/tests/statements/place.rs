//! Where each kind may stand: a header that does not fit its kind is refused.

use crate::common::{forge, samples};
use allkontor_core::statement::{Body, Document, Header, Link, Signed, Statement};

fn sample(name: &str) -> Statement {
    samples::full()
        .into_iter()
        .find(|s| s.body.name() == name)
        .unwrap()
}

fn refusal(name: &str, change: impl Fn(&mut Header)) -> String {
    let mut statement = sample(name);
    change(&mut statement.header);
    samples::key(1)
        .sign(statement)
        .map_or_else(|e| e.to_string(), |_| "signed".into())
}

#[test]
#[rustfmt::skip]
fn a_header_fits_its_kind() {
    let link = |seq, prev, auth| move |h: &mut Header| h.link = Some(Link { seq, prev, auth });
    let no_link = |h: &mut Header| h.link = None;
    let (some, none) = (Some(samples::id(1)), None);
    let in_document = |document| move |h: &mut Header| h.document = document;
    assert_eq!(refusal("Take", in_document(Document::Till(2026))), "signed");
    for name in ["Ticket", "Order", "Cancel"] {
        assert_eq!(refusal(name, in_document(Document::Commons(2026))), "signed");
    }
    for (words, got) in [
        ("Genesis: it founds an office and has nothing before it", refusal("Genesis", |h| h.office = Some(samples::office()))),
        ("Genesis: it founds an office and has nothing before it", refusal("Genesis", link(0, some, none))),
        ("Genesis: it founds an office and has nothing before it", refusal("Genesis", link(1, none, none))),
        ("Genesis: it founds an office and has nothing before it", refusal("Genesis", no_link)),
        ("Genesis: it founds an office and has nothing before it", refusal("Genesis", in_document(samples::november()))),
        ("office: only a Genesis has none", refusal("Certify", |h| h.office = None)),
        ("office: only a Genesis has none", refusal("Request", |h| h.office = None)),
        ("seq: this kind stands in no chain", refusal("Ticket", link(1, some, none))),
        ("seq: this kind stands in a chain", refusal("Certify", no_link)),
        ("seq: this kind stands in a chain", refusal("Give", no_link)),
        ("prev: only a Genesis has none", refusal("Revoke", link(1, none, none))),
        ("prev: only a Genesis has none", refusal("Confirm", link(1, none, some))),
        ("seq: only a Genesis is first in the admin chain", refusal("Certify", link(0, some, none))),
        ("auth: the admin chain is its own authority", refusal("Certify", link(1, some, some))),
        ("document: the admin chain is in the authority document", refusal("Certify", in_document(samples::november()))),
        ("auth: missing in a steward's chain", refusal("Release", link(1, some, none))),
        ("document: a steward's chain is in a ledger or storage document", refusal("Release", in_document(Document::Authority))),
        ("document: a steward's chain is in a ledger or storage document", refusal("Release", in_document(Document::Other { tag: 9, period: 1 }))),
        ("document: of this kind nothing is in a till", refusal("Release", in_document(Document::Till(2026)))),
        ("document: a till is for the office's devices alone", refusal("Request", in_document(Document::Till(2026)))),
        ("document: money is in a till document", refusal("Pay", in_document(samples::november()))),
        ("document: money is in a till document", refusal("Settle", in_document(Document::Storage(2026)))),
        ("auth: missing in a steward's chain", refusal("Charge", link(1, some, none))),
        ("seq: this kind stands in a chain", refusal("Entry", no_link)),
        ("document: of this kind nothing is in a commons document", refusal("Request", in_document(Document::Commons(2026)))),
        ("document: of this kind nothing is in a commons document", refusal("Take", in_document(Document::Commons(2026)))),
        ("document: what people say to one another is in a commons document", refusal("Suggest", in_document(samples::november()))),
        ("document: what people say to one another is in a commons document", refusal("Post", in_document(Document::Storage(2026)))),
        ("document: what the office says of suggestions and notices is in a commons document", refusal("Answer", in_document(samples::november()))),
        ("auth: missing in a steward's chain", refusal("Moderate", link(1, some, none))),
        ("document: how people are reached is in a roster document", refusal("Contact", in_document(samples::november()))),
        ("document: how people are reached is in a roster document", refusal("RosterKey", in_document(Document::People(2026)))),
        ("auth: missing in a steward's chain", refusal("Contact", link(1, some, none))),
        ("seq: this kind stands in a chain", refusal("RosterKey", no_link)),
        ("document: of this kind nothing is in a roster document", refusal("Take", in_document(samples::roster()))),
        ("document: what is known of people is for the office's devices alone", refusal("Order", in_document(samples::roster()))),
    ] {
        assert_eq!(got, format!("statement does not decode: {words}"));
    }
}

#[test]
fn a_place_in_a_chain_has_a_seq() {
    for (name, key) in [("Request", 5), ("Request", 6), ("Ticket", 5)] {
        let plain = samples::key(1).sign(sample(name)).unwrap();
        let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
        fields.insert(
            key,
            forge::cbor(|w| {
                w.bytes(&[1; 32]);
            }),
        );
        let error = Signed::decode(&forge::sign(&[1; 32], &forge::payload(&fields))).unwrap_err();
        assert_eq!(
            error.to_string(),
            "statement does not decode: seq is missing"
        );
    }
}

#[test]
fn every_field_but_the_optional_ones_must_be_there() {
    // Keys that may be absent: `critical`, and what is optional in a body.
    let optional = |name: &str, key: u64| {
        matches!(
            (name, key),
            (_, 3)
                | ("Revoke" | "Confirm" | "Entry" | "Decline", 12)
                | ("Take", 11)
                | ("OpenAccount", 13)
                | ("Request" | "Settle" | "Order" | "Refund", 14)
                | ("Introduce", 12)
                | ("Charge" | "Deposit" | "Code", 15)
                | ("Carry", 17 | 18)
                | ("Ticket", 17)
                | ("Request", 17 | 18)
                | ("Propose", 17 | 19)
                | ("Answer", 12)
                | ("Edit", 15)
                | ("Opened" | "HandIn", 13)
                | ("HandOut", 14)
        )
    };
    for statement in samples::full() {
        let name = statement.body.name();
        let plain = samples::key(1).sign(statement).unwrap();
        let fields = forge::fields(&forge::parts(plain.bytes()).payload);
        for key in fields.keys() {
            let mut fewer = fields.clone();
            fewer.remove(key);
            let read = Signed::decode(&forge::sign(&[1; 32], &forge::payload(&fewer)));
            assert_eq!(
                read.is_ok(),
                optional(name, *key),
                "{name} without field {key}: {read:?}"
            );
        }
    }
}

#[test]
fn a_kind_nobody_knows_may_stand_anywhere() {
    for document in [
        Document::Authority,
        samples::november(),
        Document::Other {
            tag: 200,
            period: u32::MAX,
        },
    ] {
        for link in [
            None,
            Some(Link {
                seq: 0,
                prev: None,
                auth: Some(samples::id(1)),
            }),
        ] {
            let mut statement = samples::placed(Body::Unknown { number: 11 });
            (statement.header.document, statement.header.link) = (document, link);
            samples::key(1).sign(statement).unwrap();
        }
    }
}
