//! A heap of statements as a person would tell what came of it.

use crate::adapter::{self, fold_all};
use crate::history::shop;
use crate::oracle::fold::Place;
use crate::oracle::{self, Authority, Forecast, Picture, State};
use allkontor_core::id::{OfficeId, PublicKey, StatementId};
use allkontor_core::statement::{Body, Document, Hold, Verified};
use allkontor_core::time::OfficeDay;
use std::collections::BTreeMap;

/// What resolver and oracle both make of it, line by line. Statements are called by kind and place in the heap.
///
/// Panics when the two disagree.
pub fn tell(office: OfficeId, document: Document, heap: &[Verified]) -> Vec<String> {
    let authority = Authority::of(office, heap);
    let slow = oracle::Fold::run(&authority, document, heap, true);
    let picture = Picture::of(&slow);
    let fast = fold_all(office, document, heap).expect("a Genesis");
    assert_eq!(adapter::authority(fast.authority()), authority);
    assert_eq!(adapter::picture(&fast, &picture), picture);
    let forecasts = slow.forecast(&shop());
    assert_eq!(adapter::forecasts(&fast, &shop()), forecasts);

    let names = Names::of(heap);
    let mut lines = vec![];
    if let Some(id) = authority.flagged {
        lines.push(format!("office: frozen after {}", names.statement(id)));
    }
    if let Some(id) = authority.outdated {
        lines.push(format!("office: outdated since {}", names.statement(id)));
    }
    for id in &picture.outdated {
        lines.push(format!("document: outdated since {}", names.statement(*id)));
    }
    for (id, state) in &picture.confirms {
        let state = match state {
            State::Live => "live".into(),
            State::CheckedIn => "checked in".into(),
            State::Moved => "moved".into(),
            State::Released(cause) => format!("released, {}", cause.word()),
            State::Void => "void".into(),
        };
        let holds = match heap.iter().find(|s| s.id() == *id).map(Verified::body) {
            Some(Body::Confirm(b)) => places(&b.holds),
            _ => String::new(),
        };
        lines.push(format!("{}: {state}, {holds}", names.statement(*id)));
    }
    for (span, id) in &picture.blocking {
        let minutes = span.end - span.start;
        let by = names.statement(*id);
        lines.push(format!("{}: {minutes} minutes taken by {by}", span.unit));
    }
    for id in &picture.declined {
        lines.push(format!("{}: declined", names.statement(*id)));
    }
    for ((unit, period), at) in &picture.cells {
        let first = authority.first_custodian(*unit, document);
        if *at != first.map_or(Place::Nowhere, Place::With) {
            let day = OfficeDay::new(i64::from(*period)).filter(|_| *period > 3_000);
            let day = day.map_or(period.to_string(), |d| d.to_string());
            lines.push(format!("{unit} on {day}: {}", names.place(at)));
        }
    }
    for (id, at) in &picture.rights {
        let decider = slow
            .ticket(*id)
            .map(|(ticket, _)| Place::With(ticket.decider));
        if Some(*at) != decider {
            lines.push(format!(
                "{}: decided by {}",
                names.statement(*id),
                names.place(at)
            ));
        }
    }
    for (ticket, slot, version) in &picture.victims {
        let ticket = names.statement(*ticket);
        lines.push(format!("{ticket} slot {slot} version {version}: victim"));
    }
    for (device, seq, a, b) in &picture.forks {
        let (a, b) = (names.statement(*a), names.statement(*b));
        lines.push(format!(
            "{} at {seq}: fork of {a} and {b}",
            names.device(*device)
        ));
    }
    for id in &picture.facts {
        lines.push(format!("{}: in force", names.statement(*id)));
    }
    for ((ticket, slot), forecast) in &forecasts {
        let forecast = match forecast {
            Forecast::Likely(holds) => format!("likely, {}", places(holds)),
            Forecast::Alternative(holds) => format!("alternative, {}", places(holds)),
            Forecast::Waiting(n) => format!("waiting {n}"),
        };
        lines.push(format!(
            "{} slot {slot}: {forecast}",
            names.statement(*ticket)
        ));
    }
    lines.sort();
    lines
}

fn places(holds: &[Hold]) -> String {
    let holds = holds.iter().map(|h| format!("{} {}", h.unit, h.interval()));
    holds.collect::<Vec<_>>().join(" and ")
}

struct Names {
    statements: BTreeMap<StatementId, String>,
    devices: Vec<PublicKey>,
}

impl Names {
    fn of(heap: &[Verified]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names = Self {
            statements: BTreeMap::new(),
            devices: vec![],
        };
        for statement in heap {
            if names.statements.contains_key(&statement.id()) {
                continue;
            }
            let kind = statement.body().name();
            let count = counts.entry(kind).or_default();
            let name = format!("{} {count}", kind.to_lowercase());
            *count += 1;
            names.statements.insert(statement.id(), name);
            if let Body::Certify(b) = statement.body() {
                names.devices.push(b.device);
            }
        }
        names
    }

    fn statement(&self, id: StatementId) -> &str {
        self.statements
            .get(&id)
            .map_or("something unknown", String::as_str)
    }

    fn device(&self, key: PublicKey) -> String {
        let number = self.devices.iter().position(|d| *d == key);
        number.map_or("an unknown device".into(), |n| format!("device {n}"))
    }

    fn place(&self, place: &Place) -> String {
        match place {
            Place::Nowhere => "nobody".into(),
            Place::With(device) => self.device(*device),
            Place::InFlight { under, to } => {
                format!(
                    "nobody until {} takes {}",
                    self.device(*to),
                    self.statement(*under)
                )
            }
        }
    }
}
