//! The one object that `--json` prints.

use crate::story::{Carrier, Story};
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
    double_bookings: usize,
    /// Bookings of which a phone's last word is not the kiosk's.
    misled: usize,
    /// Meetings at which something came across, by carrier.
    meetings: BTreeMap<&'static str, usize>,
    unreached: usize,
    bytes: u64,
    hostile: Vec<Hostile<'a>>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct Hostile<'a> {
    tried: &'static str,
    times: usize,
    came_to: &'a str,
    harm: bool,
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
        double_bookings: t.double_bookings,
        misled: story.misled.len(),
        meetings: meetings.collect(),
        unreached: t.unreached,
        bytes: t.bytes,
        hostile: hostile.collect(),
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
        assert_eq!(object["digests"]["kiosk"], "07".repeat(32));
        assert_eq!(object["digests"].as_object().unwrap().len(), 9);
        assert_eq!(object["meetings"].as_object().unwrap().len(), 4);
    }
}
