//! The one object that `--json` prints.

use crate::clock;
use crate::story::{self, Carrier, Outcome, Story};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Report<'a> {
    seed: u64,
    phones: usize,
    stewards: usize,
    office: &'a str,
    date: String,
    /// Device to hash, in hexadecimal.
    digests: BTreeMap<&'a str, String>,
    agreed: bool,
    requests: usize,
    confirmed: usize,
    moved: usize,
    waiting: usize,
    in_vain: usize,
    declined: usize,
    refused: usize,
    cancelled: usize,
    checked_in: usize,
    no_shows: usize,
    broken_promises: usize,
    /// Promises of a lost device that could only be honoured: whoever was promised it came first in line.
    honoured_promises: usize,
    double_bookings: usize,
    /// Bookings of which a phone's last word is not the kiosk's.
    misled: usize,
    /// Meetings at which something came across, by carrier.
    meetings: BTreeMap<&'static str, usize>,
    unreached: usize,
    bytes: u64,
    hostile: Vec<Hostile<'a>>,
    /// `null` when nothing is lost.
    lost: Option<Lost<'a>>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct Hostile<'a> {
    tried: &'static str,
    times: usize,
    came_to: &'a str,
    harm: bool,
}

/// The device that was lost; times are the office's, as `2026-06-16T14:05`.
#[derive(Serialize)]
struct Lost<'a> {
    device: &'static str,
    successor: &'static str,
    /// When it last met another of the office's devices.
    apart: String,
    lost: String,
    replaced: String,
    /// How many of its promises the office had not heard of when it was replaced.
    unheard: usize,
    promises: Vec<Promise<'a>>,
}

#[derive(Serialize)]
struct Promise<'a> {
    who: &'a str,
    booking: &'a str,
    place: &'a str,
    since: String,
    /// Whether a phone showed it before the device was replaced.
    shown: bool,
    heard: bool,
    outcome: &'static str,
    /// Where to, when it was moved.
    to: Option<&'a str>,
    /// When the phone first showed that something had changed.
    told: Option<String>,
}

fn lost<'a>(story: &'a Story, lost: &'a story::Lost) -> Lost<'a> {
    let promises = lost.promises.iter().map(|promise| Promise {
        who: story.name(promise.who),
        booking: &promise.title,
        place: &promise.place,
        since: clock::iso(promise.since),
        shown: promise.shown,
        heard: promise.heard,
        outcome: promise.outcome.key(),
        to: match &promise.outcome {
            Outcome::Moved { to } => Some(to),
            _ => None,
        },
        told: promise.told.map(clock::iso),
    });
    let loss = &lost.loss;
    Lost {
        device: loss.desk.name(),
        successor: loss.desk.successor().name(),
        apart: clock::iso(loss.apart),
        lost: clock::iso(loss.lost),
        replaced: clock::iso(loss.replaced),
        unheard: lost.unheard(),
        promises: promises.collect(),
    }
}

/// The story's figures as one line of JSON.
pub fn report(story: &Story) -> Result<String, serde_json::Error> {
    let t = &story.totals;
    let digests = story
        .digests
        .iter()
        .map(|(device, digest)| (device.as_str(), digest.to_string()));
    let meetings = Carrier::ALL
        .into_iter()
        .map(|carrier| (key(carrier), t.met_by(carrier)));
    let hostile = story.attempts.iter().map(|attempt| Hostile {
        tried: attempt.trick.does(),
        times: attempt.times,
        came_to: &attempt.came_to,
        harm: attempt.harm,
    });
    serde_json::to_string(&Report {
        seed: story.seed,
        phones: t.phones,
        stewards: story.desks.len(),
        office: story.office.names.first().map_or("", String::as_str),
        date: story.office.day.to_string(),
        digests: digests.collect(),
        agreed: story.agreed().is_some(),
        requests: t.requests,
        confirmed: t.confirmed,
        moved: t.moved,
        waiting: t.waiting,
        in_vain: t.in_vain,
        declined: t.declined,
        refused: t.refused,
        cancelled: t.cancelled,
        checked_in: t.checked_in,
        no_shows: t.no_shows,
        broken_promises: t.broken_promises,
        honoured_promises: t.honoured_promises,
        double_bookings: t.double_bookings,
        misled: story.misled.len(),
        meetings: meetings.collect(),
        unreached: t.unreached,
        bytes: t.bytes,
        hostile: hostile.collect(),
        lost: story.lost.as_ref().map(|gone| lost(story, gone)),
        elapsed_ms: t.elapsed_ms,
    })
}

const fn key(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Socket => "socket",
        Carrier::File => "file",
        Carrier::Qr => "qr",
        Carrier::Relay => "relay",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::sample;
    use serde_json::Value;

    #[test]
    fn a_lost_device_is_told_with_each_of_its_promises() {
        let story = sample::with_loss();
        let object: Value = serde_json::from_str(&report(&story).unwrap()).unwrap();
        let lost = &object["lost"];
        assert_eq!(lost["device"], "tablet");
        assert_eq!(lost["successor"], "new tablet");
        assert_eq!(lost["lost"], "2026-06-16T15:40");
        let told = lost["promises"].as_array().unwrap();
        let outcomes: Vec<&Value> = told.iter().map(|promise| &promise["outcome"]).collect();
        assert_eq!(
            outcomes,
            [
                "kept",
                "again",
                "moved",
                "in_line",
                "over",
                "not_shown",
                "given_up",
                "no_show",
                "closed",
                "forgotten"
            ]
        );
        assert_eq!(lost["unheard"], 5);
        assert_eq!(told[2]["to"], "Spruce");
        assert!(told[0]["to"].is_null());
        assert!(!story.holds(), "somebody was forgotten");
    }

    #[test]
    fn the_object_has_what_it_promises_and_stands_on_one_line() {
        let line = report(&sample::story(8, 7)).unwrap();
        assert!(!line.contains('\n'));
        let object: Value = serde_json::from_str(&line).unwrap();
        for key in [
            "seed",
            "phones",
            "digests",
            "requests",
            "confirmed",
            "moved",
            "waiting",
            "declined",
            "broken_promises",
            "double_bookings",
            "elapsed_ms",
        ] {
            assert!(!object[key].is_null(), "{key}");
        }
        assert!(object["lost"].is_null() && object["honoured_promises"] == 0);
        assert_eq!(object["digests"]["kiosk"], "07".repeat(32));
        assert_eq!(object["digests"].as_object().unwrap().len(), 9);
        assert_eq!(object["meetings"].as_object().unwrap().len(), 4);
    }
}
