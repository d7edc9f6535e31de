//! Each limit, at its edge and one beyond, in the words the sender gets to see.

use crate::common::{forge, samples};
use allkontor_core::cbor::Writer;
use allkontor_core::statement::{Body, Signed};

/// The error of a sample of that kind whose field `key` is replaced, properly signed.
fn refusal(kind: &str, key: u64, write: impl Fn(&mut Writer)) -> String {
    let sample = samples::full()
        .into_iter()
        .find(|s| s.body.name() == kind)
        .unwrap();
    let plain = samples::key(1).sign(sample).unwrap();
    let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
    fields.insert(key, forge::cbor(write));
    match Signed::decode(&forge::sign(&[1; 32], &forge::payload(&fields))) {
        Ok(_) => "read".into(),
        Err(error) => error.to_string(),
    }
}

fn list(items: usize, item: impl Fn(&mut Writer, usize)) -> impl Fn(&mut Writer) {
    move |w| {
        w.array(items);
        (0..items).for_each(|n| item(w, n));
    }
}

fn number(w: &mut Writer, n: usize) {
    w.uint(n as u64);
}

fn wish(w: &mut Writer, n: usize) {
    w.array(3).uint(n as u64).int(60).int(120);
}

/// An hour, so many hours later.
fn date(w: &mut Writer, n: usize) {
    let start = 60 * n as i64;
    w.array(2).int(start).int(start + 60);
}

fn wishes(items: usize) -> impl Fn(&mut Writer, usize) {
    move |w, _| list(items, wish)(w)
}

fn hold(buffer: u64) -> impl Fn(&mut Writer, usize) {
    move |w, n| {
        w.array(5)
            .uint(n as u64)
            .int(60)
            .int(120)
            .uint(0)
            .uint(buffer);
    }
}

fn range(first: i64, last: i64) -> impl Fn(&mut Writer, usize) {
    move |w, n| {
        w.array(3).uint(n as u64).int(first).int(last);
    }
}

fn cut(w: &mut Writer, n: usize) {
    w.array(3)
        .array(2)
        .uint(2)
        .uint(24_000 + n as u64)
        .uint(0)
        .bytes(&[7; 32]);
}

fn copy(w: &mut Writer, n: usize) {
    w.array(2).bytes(&[n as u8; 32]).bytes(&[7; 80]);
}

fn part(amount: i64) -> impl Fn(&mut Writer, usize) {
    move |w, n| {
        w.array(2).bytes(&[n as u8; 32]).int(amount);
    }
}

fn needs(items: usize) -> impl Fn(&mut Writer) {
    move |w| {
        w.array(2).uint(1);
        list(items, number)(w);
    }
}

fn int(value: i64) -> impl Fn(&mut Writer) {
    move |w| {
        w.int(value);
    }
}

fn zone(length: usize) -> impl Fn(&mut Writer) {
    move |w| {
        w.text(&"z".repeat(length));
    }
}

#[test]
#[rustfmt::skip]
fn one_beyond_a_limit_is_refused_in_plain_words() {
    let stamp = i64::from(samples::ticket().stamp.get());
    for (kind, key, write, words) in [
        ("Genesis", 12, Box::new(zone(65)) as Box<dyn Fn(&mut Writer)>, "bytes of a zone name is 65: allowed are 1 to 64"),
        ("Genesis", 12, Box::new(zone(0)), "bytes of a zone name is 0: allowed are 1 to 64"),
        ("Genesis", 13, Box::new(int(1440)), "start of day is 1440: allowed are 0 to 1439"),
        ("Revoke", 11, Box::new(list(41, cut)), "number of cuts is 41: allowed are 0 to 40"),
        ("Revoke", 11, Box::new(list(2, |w, n| cut(w, 1 - n))), "cuts: documents are not in ascending order"),
        ("Revoke", 11, Box::new(list(2, |w, _| cut(w, 1))), "cuts: documents are not in ascending order"),
        ("Assign", 10, Box::new(list(301, number)), "number of units is 301: allowed are 1 to 300"),
        ("Assign", 10, Box::new(list(0, number)), "number of units is 0: allowed are 1 to 300"),
        ("Assign", 11, Box::new(int(2)), "family is 2: allowed are 0 to 1"),
        ("Activate", 11, Box::new(int(73_049)), "day is 73049: allowed are -10957 to 73048"),
        ("Ticket", 10, Box::new(|w| { w.bytes(&[0; 15]); }), "length of a byte string is 15: allowed are 16 to 16"),
        ("Ticket", 13, Box::new(list(17, number)), "number of uses is 17: allowed are 0 to 16"),
        ("Ticket", 14, Box::new(int(61)), "slots is 61: allowed are 1 to 60"),
        ("Ticket", 14, Box::new(int(0)), "slots is 0: allowed are 1 to 60"),
        ("Ticket", 15, Box::new(int(stamp + 1)), "stamp: not a multiple of 15 minutes"),
        ("Ticket", 16, Box::new(int(stamp + 10_081)), "minutes from stamp to expiry is 10081: allowed are 0 to 10080"),
        ("Ticket", 16, Box::new(int(stamp - 1)), "minutes from stamp to expiry is -1: allowed are 0 to 10080"),
        ("Request", 11, Box::new(int(256)), "number is 256: allowed are 0 to 255"),
        ("Request", 12, Box::new(int(16)), "version is 16: allowed are 0 to 15"),
        ("Request", 13, Box::new(list(13, wishes(1))), "number of options is 13: allowed are 1 to 12"),
        ("Request", 13, Box::new(list(0, wishes(1))), "number of options is 0: allowed are 1 to 12"),
        ("Request", 13, Box::new(list(1, wishes(41))), "number of units in an option is 41: allowed are 1 to 40"),
        ("Request", 13, Box::new(list(1, wishes(0))), "number of units in an option is 0: allowed are 1 to 40"),
        ("Request", 13, Box::new(list(2, wishes(21))), "units in all options is 42: allowed are 1 to 40"),
        ("Request", 14, Box::new(needs(17)), "number of needs is 17: allowed are 0 to 16"),
        ("Request", 15, Box::new(int(501)), "party is 501: allowed are 1 to 500"),
        ("Request", 15, Box::new(int(0)), "party is 0: allowed are 1 to 500"),
        ("Request", 16, Box::new(int(105_190_561)), "minute is 105190561: allowed are -15778080 to 105190560"),
        ("Cancel", 12, Box::new(int(16)), "version is 16: allowed are 0 to 15"),
        ("Order", 11, Box::new(list(17, number)), "number of uses is 17: allowed are 0 to 16"),
        ("Order", 12, Box::new(int(61)), "slots is 61: allowed are 1 to 60"),
        ("Give", 10, Box::new(list(101, range(1, 1))), "number of cell ranges is 101: allowed are 1 to 100"),
        ("Give", 10, Box::new(list(1, range(1, 63))), "cells in a range is 63: allowed are 1 to 62"),
        ("Give", 10, Box::new(list(1, range(1, 0))), "cells in a range is 0: allowed are 1 to 62"),
        ("Give", 10, Box::new(list(1, range(i32::MIN.into(), i32::MAX.into()))), "cells in a range is 4294967296: allowed are 1 to 62"),
        ("Confirm", 11, Box::new(list(41, hold(0))), "number of holds is 41: allowed are 1 to 40"),
        ("Confirm", 11, Box::new(list(0, hold(0))), "number of holds is 0: allowed are 1 to 40"),
        ("Confirm", 11, Box::new(list(1, hold(721))), "buffer is 721: allowed are 0 to 720"),
        ("Occupy", 11, Box::new(|w| { w.array(2).int(60).int(60); }), "interval: its start is not before its end"),
        ("Carry", 12, Box::new(int(16)), "version is 16: allowed are 0 to 15"),
        ("Carry", 13, Box::new(list(41, wish)), "number of units in an option is 41: allowed are 1 to 40"),
        ("HandOut", 13, Box::new(list(17, number)), "number of conditions is 17: allowed are 0 to 16"),
        ("HandIn", 12, Box::new(list(17, number)), "number of conditions is 17: allowed are 0 to 16"),
        ("Propose", 12, Box::new(int(16)), "version is 16: allowed are 0 to 15"),
        ("Propose", 13, Box::new(list(41, date)), "number of dates is 41: allowed are 1 to 40"),
        ("Propose", 13, Box::new(list(0, date)), "number of dates is 0: allowed are 1 to 40"),
        ("Propose", 13, Box::new(list(2, |w, n| date(w, 1 - n))), "dates: not in order, or overlapping"),
        ("Propose", 15, Box::new(int(0)), "bytes of an event's text is 0: allowed are 1 to 4000"),
        ("Propose", 15, Box::new(int(4_001)), "bytes of an event's text is 4001: allowed are 1 to 4000"),
        ("Propose", 17, Box::new(|w| { w.array(3).uint(9).uint(8).uint(7); }), "seats: the first is not before the last"),
        ("Edit", 11, Box::new(list(17, |w, n| { w.bytes(&[n as u8; 32]); })), "number of edits that one follows is 17: allowed are 0 to 16"),
        ("Edit", 13, Box::new(int(0)), "bytes of a patch is 0: allowed are 1 to 4000"),
        ("Suggest", 12, Box::new(|w| { w.array(2).bytes(&[1; 32]).uint(0); }), "bytes of a text is 0: allowed are 1 to 2000"),
        ("Answer", 12, Box::new(|w| { w.array(2).bytes(&[1; 32]).uint(2_001); }), "bytes of a text is 2001: allowed are 1 to 2000"),
        ("Post", 14, Box::new(int(9_824 + 93)), "days that a notice stands is 93: allowed are -1 to 92"),
        ("Post", 14, Box::new(int(9_824 - 2)), "days that a notice stands is -2: allowed are -1 to 92"),
        ("Charge", 11, Box::new(int(0)), "quantity is 0: allowed are 1 to 10000"),
        ("Charge", 11, Box::new(int(10_001)), "quantity is 10001: allowed are 1 to 10000"),
        ("Charge", 12, Box::new(int(-1)), "charge is -1: allowed are 0 to 1000000000000"),
        ("Charge", 12, Box::new(int(1_000_000_000_001)), "amount is 1000000000001: allowed are -1000000000000 to 1000000000000"),
        ("Pay", 10, Box::new(list(21, part(1))), "number of parts is 21: allowed are 0 to 20"),
        ("Pay", 10, Box::new(list(0, part(1))), "number of parts is 0: allowed are 1 to 20"),
        ("Pay", 10, Box::new(list(1, part(0))), "part is 0: allowed are 1 to 1000000000000"),
        ("Pay", 10, Box::new(list(2, part(600_000_000_000))), "sum of the parts is 1200000000000: allowed are 0 to 1000000000000"),
        ("Pay", 10, Box::new(list(2, |w, n| part(1)(w, 1 - n))), "parts: not in ascending order, each entry once"),
        ("Pay", 10, Box::new(list(2, |w, _| part(1)(w, 1))), "parts: not in ascending order, each entry once"),
        ("Deposit", 11, Box::new(int(0)), "deposit is 0: allowed are 1 to 1000000000000"),
        ("Settle", 11, Box::new(int(-1)), "returned is -1: allowed are 0 to 1000000000000"),
        ("Settle", 12, Box::new(int(1_000_000_000_000)), "settled is 1000000015000: allowed are 1 to 1000000000000"),
        ("PaidOut", 11, Box::new(int(0)), "pay-out is 0: allowed are 1 to 1000000000000"),
        ("Pay", 11, Box::new(int(4)), "means: an account is paid from by a Spend"),
        ("OpenAccount", 11, Box::new(int(-1)), "limit is -1: allowed are 0 to 1000000000000"),
        ("TopUp", 11, Box::new(int(0)), "top-up is 0: allowed are 1 to 1000000000000"),
        ("TopUp", 12, Box::new(int(4)), "means: an account is paid from by a Spend"),
        ("Spend", 11, Box::new(|w| { w.array(0); }), "number of parts is 0: allowed are 1 to 20"),
        ("Allow", 11, Box::new(int(0)), "allowance is 0: allowed are 1 to 1000000000000"),
        ("CarryOver", 11, Box::new(int(0)), "carry-over: expected an amount, and a till document"),
        ("CarryOver", 12, Box::new(|w| { w.array(2).uint(3).uint(2027); }), "carry-over: expected an amount, and a till document"),
        ("Refund", 11, Box::new(int(0)), "refund is 0: allowed are 1 to 1000000000000"),
        ("Entry", 10, Box::new(|w| { w.array(2).uint(9).int(1); }), "posting: expected a correction, a count, a float or a closed account"),
        ("Entry", 10, Box::new(|w| { w.array(3).uint(2).int(-1).int(0); }), "counted is -1: allowed are 0 to 1000000000000"),
        ("Entry", 10, Box::new(|w| { w.array(4).uint(1).bytes(&[7; 32]).int(0).array(0); }), "correction: it changes nothing"),
        ("RosterKey", 11, Box::new(list(15, copy)), "number of copies is 15: allowed are 1 to 14"),
        ("RosterKey", 11, Box::new(list(0, copy)), "number of copies is 0: allowed are 1 to 14"),
        ("RosterKey", 11, Box::new(list(2, |w, n| copy(w, 1 - n))), "copies: devices are not in ascending order, each once"),
        ("RosterKey", 11, Box::new(list(2, |w, _| copy(w, 1))), "copies: devices are not in ascending order, each once"),
        ("Contact", 12, Box::new(|w| { w.bytes(&[1; 48]); }), "sealed contact: of no length that there is"),
        ("Contact", 12, Box::new(|w| { w.bytes(&[1; 1_553]); }), "sealed contact: of no length that there is"),
        ("Cancel", 2, Box::new(|w| { w.array(2).uint(4).uint(2200); }), "document: year outside 1970 to 2199"),
        ("Cancel", 2, Box::new(|w| { w.array(2).uint(0).uint(1); }), "document: there is one authority"),
        ("Cancel", 2, Box::new(|w| { w.array(2).uint(2).uint(2200 * 12); }), "document: month outside 1970-01 to 2199-12"),
        ("Cancel", 2, Box::new(|w| { w.array(2).uint(3).uint(1969); }), "document: year outside 1970 to 2199"),
        ("Cancel", 3, Box::new(|w| { w.bool(false); }), "critical: left out when false"),
        ("Cancel", 12, Box::new(|w| { w.text("1"); }), "byte 0: expected an unsigned integer, found CBOR major type 3"),
        ("Cancel", 12, Box::new(|w| { w.uint(1 << 40); }), "number is 1099511627776: allowed are 0 to 255"),
    ] {
        assert_eq!(refusal(kind, key, write), format!("statement does not decode: {words}"), "{kind} field {key}");
    }
}

#[test]
#[rustfmt::skip]
fn at_a_limit_a_statement_is_read() {
    let stamp = i64::from(samples::ticket().stamp.get());
    for (kind, key, write) in [
        ("Genesis", 12, Box::new(zone(64)) as Box<dyn Fn(&mut Writer)>),
        ("Genesis", 13, Box::new(int(1439))),
        ("Revoke", 11, Box::new(list(40, cut))),
        ("Assign", 10, Box::new(list(300, number))),
        ("Ticket", 13, Box::new(list(16, number))),
        ("Ticket", 14, Box::new(int(60))),
        ("Ticket", 16, Box::new(int(stamp + 10_080))),
        ("Ticket", 16, Box::new(int(stamp))),
        ("Request", 12, Box::new(int(15))),
        ("Request", 13, Box::new(list(12, wishes(3)))),
        ("Request", 13, Box::new(list(1, wishes(40)))),
        ("Request", 14, Box::new(needs(16))),
        ("Request", 15, Box::new(int(500))),
        ("Give", 10, Box::new(list(100, range(1, 62)))),
        ("Give", 10, Box::new(list(1, range(i32::MAX.into(), i32::MAX.into())))),
        ("Confirm", 11, Box::new(list(40, hold(720)))),
        ("Carry", 12, Box::new(int(15))),
        ("Carry", 13, Box::new(list(40, wish))),
        ("HandOut", 13, Box::new(list(16, number))),
        ("HandIn", 12, Box::new(list(16, number))),
        ("Propose", 13, Box::new(list(40, date))),
        ("Propose", 15, Box::new(int(4_000))),
        ("Propose", 17, Box::new(|w| { w.array(3).uint(9).uint(7).uint(7); })),
        ("Post", 14, Box::new(int(9_824 + 92))),
        ("Post", 14, Box::new(int(9_824 - 1))),
        ("Charge", 11, Box::new(int(10_000))),
        ("Charge", 12, Box::new(int(1_000_000_000_000))),
        ("Pay", 10, Box::new(list(20, part(50_000_000_000)))),
        ("Settle", 12, Box::new(int(999_999_985_000))),
        ("RosterKey", 11, Box::new(list(14, copy))),
        ("Contact", 12, Box::new(|w| { w.bytes(&[1; 192 + 48]); })),
        ("Contact", 12, Box::new(|w| { w.bytes(&[1; 640 + 48]); })),
        ("Contact", 12, Box::new(|w| { w.bytes(&[1; 1_504 + 48]); })),
    ] {
        assert_eq!(refusal(kind, key, write), "read", "{kind} field {key}");
    }
}

#[test]
fn a_statement_is_at_most_2048_bytes_and_32_fields() {
    let padded = |bytes: usize| {
        let plain = samples::key(1)
            .sign(samples::placed(Body::Unknown { number: 999 }))
            .unwrap();
        let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
        // Two lengths grow by a byte each when they pass 255.
        fields.insert(
            30,
            forge::cbor(|w| {
                w.bytes(&[0; 1000]);
            }),
        );
        let at_1000 = forge::sign(&[1; 32], &forge::payload(&fields)).len();
        fields.insert(
            30,
            forge::cbor(|w| {
                w.bytes(&vec![0; 1000 + bytes - at_1000]);
            }),
        );
        forge::sign(&[1; 32], &forge::payload(&fields))
    };
    assert_eq!(padded(2048).len(), 2048);
    Signed::decode(&padded(2048)).unwrap().verify().unwrap();
    assert_eq!(
        Signed::decode(&padded(2049)).unwrap_err().to_string(),
        "statement is 2049 bytes: the limit is 2048"
    );

    let plain = samples::key(1)
        .sign(samples::placed(Body::Unknown { number: 999 }))
        .unwrap();
    let mut fields = forge::fields(&forge::parts(plain.bytes()).payload);
    for key in 100.. {
        fields.insert(key, vec![0]);
        let read = Signed::decode(&forge::sign(&[1; 32], &forge::payload(&fields)));
        match (fields.len(), read) {
            (..=32, read) => drop(read.unwrap()),
            (count, read) => {
                assert_eq!(count, 33);
                let words =
                    "statement does not decode: number of fields is 33: allowed are 0 to 32";
                assert_eq!(read.unwrap_err().to_string(), words);
                break;
            }
        }
    }
}
