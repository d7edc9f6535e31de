use crate::common::{forge, samples, strategy};
use allkontor_core::cbor::Writer;
use allkontor_core::statement::{Body, Cause, Document, Kind, Role, Signed};
use proptest::prelude::*;

/// A value of a later version: nested, tagged, and of every type there is.
fn foreign(w: &mut Writer) {
    w.map(3).int(-1).array(2).bool(true).raw(&[0xf6]);
    w.text("å")
        .tag(1)
        .uint(1 << 40)
        .text("ord")
        .map(1)
        .bytes(b"k")
        .array(0);
}

#[test]
fn fields_of_a_later_version_survive_byte_for_byte() {
    for statement in samples::full().into_iter().chain(samples::sparse()) {
        let plain = samples::key(1).sign(statement.clone()).unwrap();
        let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
        fields.insert(9, forge::cbor(foreign));
        fields.insert(u64::MAX, forge::cbor(foreign));
        let bytes = forge::sign(&[1; 32], &forge::payload(&fields));

        let read = Signed::decode(&bytes).unwrap().verify().unwrap();
        assert_eq!(read.bytes(), bytes, "{}", statement.body.name());
        assert_eq!(
            (read.header(), read.body()),
            (&statement.header, &statement.body)
        );
        assert_ne!(
            read.id(),
            plain.id(),
            "the fields are part of what is signed"
        );
    }
}

#[test]
fn a_field_of_a_later_version_must_be_deterministic_too() {
    let mut fields = forge::fields(&forge::parts(samples::signed()[11].bytes()).payload);
    fields.insert(30, vec![0x18, 0x17]);
    let bytes = forge::sign(&[1; 32], &forge::payload(&fields));
    let error = Signed::decode(&bytes).unwrap_err().to_string();
    assert!(
        error.ends_with("not in the shortest definite form"),
        "{error}"
    );
}

#[test]
fn fields_stand_in_ascending_order_and_once() {
    let fields = forge::fields(&forge::parts(samples::signed()[11].bytes()).payload);
    let payload = |order: &[u64]| {
        forge::cbor(|w| {
            w.map(order.len());
            order.iter().for_each(|key| {
                w.uint(*key).raw(&fields[key]);
            });
        })
    };
    let keys: Vec<u64> = fields.keys().copied().collect();
    assert_eq!(payload(&keys), forge::payload(&fields));
    let (mut swapped, mut twice) = (keys.clone(), keys);
    swapped.swap(4, 5);
    twice.insert(4, twice[4]);
    for order in [swapped, twice] {
        let error = Signed::decode(&forge::sign(&[1; 32], &payload(&order)))
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("map keys are not in ascending order"),
            "{error}"
        );
    }
}

proptest! {
    #[test]
    fn kinds_of_a_later_version_survive_byte_for_byte(number in 200u16.., document in strategy::document(), critical: bool, chained: bool) {
        let mut statement = samples::placed(Body::Unknown { number });
        statement.header.document = document;
        statement.header.critical = critical;
        if chained {
            statement.header.link = samples::full()[20].header.link;
        }
        let plain = samples::key(1).sign(statement.clone()).unwrap();
        let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
        fields.insert(10, forge::cbor(foreign));
        let bytes = forge::sign(&[1; 32], &forge::payload(&fields));

        let read = Signed::decode(&bytes).unwrap().verify().unwrap();
        prop_assert_eq!(read.bytes(), &bytes[..]);
        prop_assert_eq!(read.body(), &Body::Unknown { number });
        prop_assert_eq!(read.body().kind(), Kind::Unknown);
        prop_assert_eq!(read.header(), &statement.header);
    }

    #[test]
    fn numbers_of_a_later_version_are_kept(number: u16, tag in 20u8.., period: u32) {
        prop_assert_eq!(Role::from_number(number).number(), number);
        prop_assert_eq!(Cause::from_number(number).number(), number);
        let mut statement = samples::placed(samples::request());
        statement.header.document = Document::Other { tag, period };
        let read = samples::key(1).sign(statement.clone()).unwrap();
        prop_assert_eq!(read.header(), &statement.header);
        prop_assert_eq!(read.header().document.to_string(), format!("document {tag}/{period}"));
    }
}
