//! What this device signs: nothing that its readers would refuse, and everything that they would read.

use crate::common::samples;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::limits;
use allkontor_core::statement::{
    Assign, Body, CellRange, ChainPoint, Confirm, Cut, Document, Family, Genesis, Give, Hold,
    Order, Request, Revoke, Ticket, Wish,
};
use allkontor_core::time::{CivilMinute, Month};

#[test]
fn what_breaks_a_limit_cannot_be_signed() {
    let request = samples::request;
    let wish = request().options[0][0];
    let many = |n: usize| vec![wish; n];
    let mut wide = Hold::new(UnitId(1), samples::hours(9, 10), 0, 0);
    wide.after = 721;
    let give = |first, last| Give {
        cells: vec![CellRange {
            unit: UnitId(1),
            first,
            last,
        }],
        to: samples::public(1),
    };
    let units: Vec<UnitId> = (0..301).map(UnitId).collect();
    let long = samples::ticket().stamp.plus(10_081).unwrap();
    let cases: [(Body, &str); 12] = [
        (
            Request {
                version: 16,
                ..request()
            }
            .into(),
            "version is 16: allowed are 0 to 15",
        ),
        (
            Request {
                party: 0,
                ..request()
            }
            .into(),
            "party is 0: allowed are 1 to 500",
        ),
        (
            Request {
                options: vec![],
                ..request()
            }
            .into(),
            "number of options is 0: allowed are 1 to 12",
        ),
        (
            Request {
                options: vec![many(20), many(21)],
                ..request()
            }
            .into(),
            "units in all options is 41: allowed are 1 to 40",
        ),
        (
            Ticket {
                slots: 61,
                ..samples::ticket()
            }
            .into(),
            "slots is 61: allowed are 1 to 60",
        ),
        (
            Ticket {
                stamp: samples::at(8, 16),
                ..samples::ticket()
            }
            .into(),
            "stamp: not a multiple of 15 minutes",
        ),
        (
            Ticket {
                expires: long,
                ..samples::ticket()
            }
            .into(),
            "minutes from stamp to expiry is 10081: allowed are 0 to 10080",
        ),
        (
            Order {
                key: samples::public(1),
                uses: vec![ClassId(1); 17],
                slots: 1,
                claimed: CivilMinute::MIN,
                introduced: None,
            }
            .into(),
            "number of uses is 17: allowed are 0 to 16",
        ),
        (
            Assign {
                units,
                family: Family::Ledger,
                device: samples::public(1),
            }
            .into(),
            "number of units is 301: allowed are 1 to 300",
        ),
        (
            give(5, 4).into(),
            "cells in a range is 0: allowed are 1 to 62",
        ),
        (
            Confirm {
                holds: vec![wide],
                ..samples::confirm()
            }
            .into(),
            "buffer is 721: allowed are 0 to 720",
        ),
        (
            Genesis {
                zone: String::new(),
                ..samples::genesis()
            }
            .into(),
            "bytes of a zone name is 0: allowed are 1 to 64",
        ),
    ];
    for (body, words) in cases {
        let error = samples::key(1).sign(samples::placed(body)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("statement does not decode: {words}")
        );
    }
}

/// Every list may be as long as its limit says, with numbers as large as they come in practice.
#[test]
fn every_list_fits() {
    let wish = |n: u32| Wish::new(UnitId(u32::MAX - n), samples::hours(9, 10));
    let hold = |n: u32| Hold::new(UnitId(u32::MAX - n), samples::hours(9, 10), 720, 720);
    let features = (0..16).map(|n| FeatureId(60_000 + n)).collect();
    let range = |n: u32| CellRange {
        unit: UnitId(u32::MAX - n),
        first: 9_000,
        last: 9_061,
    };
    let cuts = (1..=40).map(|n| Cut {
        document: Document::Ledger(Month::from_index(24_000 + n).unwrap()),
        head: ChainPoint {
            seq: 65_535,
            id: samples::id(7),
        },
    });
    let mut request = samples::request();
    request.any_equal.as_mut().unwrap().needs = features;
    let bodies: [Body; 6] = [
        Assign {
            units: (0..300).map(|n| UnitId(u32::MAX - n)).collect(),
            family: Family::Ledger,
            device: samples::public(1),
        }
        .into(),
        Give {
            cells: (0..100).map(range).collect(),
            to: samples::public(1),
        }
        .into(),
        Request {
            options: vec![(0..40).map(wish).collect()],
            ..request.clone()
        }
        .into(),
        Request {
            options: (0..12).map(|n| vec![wish(n); 3]).collect(),
            ..request
        }
        .into(),
        Confirm {
            holds: (0..40).map(hold).collect(),
            ..samples::confirm()
        }
        .into(),
        Revoke {
            cuts: cuts.collect(),
            ..samples::revoke()
        }
        .into(),
    ];
    for body in bodies {
        let mut statement = samples::placed(body);
        statement.header.critical = true;
        statement.header.link = statement.header.link.map(|mut link| {
            link.seq = u32::MAX;
            link
        });
        let name = statement.body.name();
        match samples::key(1).sign(statement) {
            Ok(signed) => assert!(signed.bytes().len() <= limits::MAX_STATEMENT_BYTES),
            Err(error) => panic!("{name}: {error}"),
        }
    }
}
