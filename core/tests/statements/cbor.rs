//! The CBOR reader and writer, as everything of ours on the wire uses them.

use crate::common::random::Random;
use allkontor_core::cbor::{CborError, Reader, Writer};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

/// Any value of our subset.
#[derive(Clone, Debug)]
enum Any {
    Uint(u64),
    Int(i64),
    Bytes(Vec<u8>),
    Text(String),
    Bool(bool),
    Null,
    Tag(u64, Box<Any>),
    Array(Vec<Any>),
    Map(Vec<(Vec<u8>, Any)>),
}

impl Any {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Uint(n) => _ = w.uint(*n),
            Self::Int(n) => _ = w.int(*n),
            Self::Bytes(bytes) => _ = w.bytes(bytes),
            Self::Text(text) => _ = w.text(text),
            Self::Bool(bool) => _ = w.bool(*bool),
            Self::Null => _ = w.raw(&[0xf6]),
            Self::Tag(tag, value) => value.write(w.tag(*tag)),
            Self::Array(items) => {
                w.array(items.len());
                items.iter().for_each(|item| item.write(w));
            }
            Self::Map(entries) => {
                w.map(entries.len());
                entries
                    .iter()
                    .for_each(|(key, value)| value.write(w.raw(key)));
            }
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut w = Writer::new();
        self.write(&mut w);
        w.into_bytes()
    }
}

fn leaf() -> impl Strategy<Value = Any> {
    prop_oneof![
        any::<u64>().prop_map(Any::Uint),
        any::<i64>().prop_map(Any::Int),
        (0..30u64).prop_map(Any::Uint),
        vec(any::<u8>(), 0..30).prop_map(Any::Bytes),
        "\\PC{0,20}".prop_map(Any::Text),
        any::<bool>().prop_map(Any::Bool),
        Just(Any::Null),
    ]
}

/// At most four deep, so never beyond what a reader follows.
fn value() -> impl Strategy<Value = Any> {
    leaf().prop_recursive(4, 40, 6, |inner| {
        // Keys are sorted as encoded: the order of RFC 8949 §4.2.1.
        let key = leaf().prop_map(|key| key.encode());
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Any::Array),
            btree_map(key, inner.clone(), 0..6).prop_map(|map| Any::Map(map.into_iter().collect())),
            (any::<u64>(), inner).prop_map(|(tag, value)| Any::Tag(tag, Box::new(value))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in value(), after in vec(any::<u8>(), 0..4)) {
        let bytes = value.encode();
        let input = [&bytes[..], &after].concat();
        let mut reader = Reader::new(&input);
        prop_assert_eq!(reader.value(), Ok(&bytes[..]));
        prop_assert_eq!(reader.position(), bytes.len());
    }

    #[test]
    fn a_value_cut_short_is_never_read(value in value(), at: prop::sample::Index) {
        let bytes = value.encode();
        let short = &bytes[..at.index(bytes.len())];
        let truncated = matches!(Reader::new(short).value(), Err(CborError::Truncated { .. }));
        prop_assert!(truncated);
    }

    #[test]
    fn integers_go_both_ways_at_every_width(n: i64, m: u64, shift in 0..64u32) {
        let (n, m) = (n >> shift, m >> shift);
        let mut w = Writer::new();
        w.int(n).uint(m);
        let bytes = w.into_bytes();
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!((reader.int(), reader.uint()), (Ok(n), Ok(m)));
        prop_assert!(reader.finish().is_ok());
    }

    #[test]
    fn a_head_longer_than_needed_is_refused(n: u64, shift in 0..64u32, major in 0..7u8) {
        let n = n >> shift;
        let widths: [(u8, u32); 4] = [(24, 8), (25, 16), (26, 32), (27, 64)];
        let least = |width: u32| if width == 8 { 24 } else { 1u64 << (width / 2) };
        for (info, width) in widths {
            if n >= least(width) || (width < 64 && n >> width != 0) {
                continue;
            }
            let mut bytes = vec![major << 5 | info];
            bytes.extend(&n.to_be_bytes()[8 - width as usize / 8..]);
            prop_assert_eq!(Reader::new(&bytes).value(), Err(CborError::NotShortest { at: 0 }));
        }
    }

    #[test]
    fn map_keys_out_of_order_are_refused(keys in prop::collection::btree_set(any::<u32>(), 2..8), a: prop::sample::Index, b: prop::sample::Index) {
        let mut keys: Vec<u32> = keys.into_iter().collect();
        let (a, b) = (a.index(keys.len()), b.index(keys.len()));
        prop_assume!(a != b);
        keys.swap(a, b);
        let mut w = Writer::new();
        w.map(keys.len());
        for key in keys {
            w.uint(key.into()).bool(true);
        }
        let bytes = w.into_bytes();
        let refused = matches!(Reader::new(&bytes).value(), Err(CborError::KeyOrder { .. }));
        prop_assert!(refused);
    }
}

#[test]
fn every_call_is_total_on_any_bytes() {
    let mut random = Random::seeded(8949);
    for _ in 0..200_000 {
        let input: Vec<u8> = (0..random.below(24)).map(|_| random.byte()).collect();
        let fresh = || Reader::new(&input);
        _ = (
            fresh().uint(),
            fresh().int(),
            fresh().bytes(),
            fresh().text(),
            fresh().bool(),
        );
        _ = (
            fresh().fixed::<4>("four"),
            fresh().array("items", 0, 9),
            fresh().map("entries", 9),
        );
        _ = fresh().tag(18, "tag");
        let mut reader = fresh();
        while reader.value().is_ok() && !reader.is_empty() {}
        assert!(reader.position() <= input.len());
    }
}

#[test]
fn depth_is_counted_in_containers_and_tags() {
    for (head, leaf) in [(0x81, &[0x00][..]), (0xc1, &[0x00]), (0xa1, &[0x00, 0x00])] {
        let nested = |depth: usize| {
            let mut bytes = Vec::new();
            for level in 0..depth {
                // A map's nested value comes after its key.
                if head == 0xa1 && level > 0 {
                    bytes.push(0);
                }
                bytes.push(head);
            }
            bytes.extend_from_slice(leaf);
            bytes
        };
        assert!(Reader::new(&nested(8)).value().is_ok(), "{head:x}");
        let error = Reader::new(&nested(9)).value().unwrap_err().to_string();
        assert!(error.ends_with("nested deeper than 8"), "{error}");
    }
}

#[test]
fn a_length_beyond_the_input_is_an_error_at_once() {
    for (bytes, words) in [
        (
            &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..],
            "input ends at byte 9, 18446744073709551615 more expected",
        ),
        (
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            "input ends at byte 9, 1 more expected",
        ),
        (
            &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            "input ends at byte 9, 1 more expected",
        ),
    ] {
        assert_eq!(Reader::new(bytes).value().unwrap_err().to_string(), words);
    }
    let words = Reader::new(&[0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0])
        .int()
        .unwrap_err()
        .to_string();
    assert_eq!(
        words,
        "integer is -9223372036854775809: allowed are -9223372036854775808 to 9223372036854775807"
    );
}
