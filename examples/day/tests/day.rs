//! Whole days, through the library and through the program: every promise is kept, and a seed is a day.
#![expect(clippy::unwrap_used, reason = "tests")]

use day::args::Args;
use day::desks::{Crew, Desk, Party};
use day::people::PersonId;
use day::run::{self, Trouble};
use day::story::{End, Outcome, Promise, Status, Story};
use day::terminal::Progress;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn play(phones: usize, seed: u64) -> (TempDir, Story) {
    play_with(Crew::ALONE, phones, seed)
}

fn play_with(crew: Crew, phones: usize, seed: u64) -> (TempDir, Story) {
    let folder = tempfile::tempdir().unwrap();
    let args = Args {
        phones,
        seed,
        crew,
        json: false,
        out: folder.path().to_owned(),
    };
    let story = run::play(&args, &mut Progress::new(false)).unwrap();
    (folder, story)
}

fn program(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_day"))
        .args(args)
        .output()
        .unwrap()
}

fn json(phones: u32, seed: u64, out: &Path) -> Value {
    let (phones, seed) = (phones.to_string(), seed.to_string());
    let out = out.to_str().unwrap();
    let output = program(&["--phones", &phones, "--seed", &seed, "--out", out, "--json"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert_eq!(error, "");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn every_promise_of_a_day_is_kept_and_everybody_ends_with_the_kiosks_word() {
    for seed in [1, 2, 3] {
        let (_folder, story) = play(12, seed);
        assert_eq!(story.broken, [], "seed {seed}");
        assert_eq!(story.misled, [], "seed {seed}");
        assert_eq!(story.totals.double_bookings, 0, "seed {seed}");
        assert!(
            !story.attempts.iter().any(|attempt| attempt.harm),
            "seed {seed}"
        );
        assert_eq!(story.digests.len(), 13);
        assert!(story.agreed().is_some(), "seed {seed}: {:?}", story.digests);
        assert!(story.holds());
        let totals = &story.totals;
        assert!(totals.requests >= 12 && totals.confirmed > totals.requests / 2);
        assert!(totals.checked_in > 0 && totals.bytes > 10_000);
        for booking in &story.bookings {
            let last = booking.told.last().map(|told| told.status);
            let came = booking.end == End::CheckedIn;
            assert_eq!(
                last == Some(Status::CheckedIn),
                came,
                "seed {seed}: {booking:?}"
            );
        }
    }
}

#[test]
fn several_devices_of_the_office_decide_and_every_promise_is_kept() {
    for (stewards, seed) in [(2, 4), (3, 5), (3, 6)] {
        let crew = Crew {
            stewards,
            lose: None,
        };
        let (_folder, story) = play_with(crew, 12, seed);
        assert_eq!(story.broken, [], "seed {seed}");
        assert_eq!(story.misled, [], "seed {seed}");
        assert_eq!(story.totals.double_bookings, 0, "seed {seed}");
        assert_eq!(story.desks, Desk::CREW[..stewards]);
        assert_eq!(story.digests.len(), 12 + stewards);
        assert!(story.agreed().is_some(), "seed {seed}: {:?}", story.digests);
        assert!(story.holds());
        let totals = &story.totals;
        assert!(
            totals.requests >= 12 && totals.confirmed > totals.requests / 2,
            "{totals:?}"
        );
    }
}

/// What the lost tablet told people while it was by itself, as their phones showed it, and then what became of it.
#[test]
fn each_promise_of_a_lost_tablet_is_told_with_what_became_of_it() {
    for seed in [1, 6] {
        let crew = Crew {
            stewards: 3,
            lose: Some(Desk::Tablet),
        };
        let (_folder, story) = play_with(crew, 12, seed);
        assert_eq!(story.broken, [], "seed {seed}");
        assert_eq!(story.misled, [], "seed {seed}");
        assert_eq!(story.totals.double_bookings, 0, "seed {seed}");
        assert!(story.agreed().is_some(), "seed {seed}: {:?}", story.digests);
        assert!(story.digests.contains_key("new tablet") && !story.digests.contains_key("tablet"));
        assert!(story.holds(), "seed {seed}");
        let lost = story.lost.as_ref().unwrap();
        let told_by_it = |who: PersonId, at| {
            let party = [Party::Phone(who), Party::Desk(Desk::Tablet)];
            let mut meetings = story.meetings.iter().filter(|met| met.at == at);
            meetings.any(|met| [met.one, met.other] == party)
        };
        let mut counted = 0;
        for booking in &story.bookings {
            let confirmed = booking.told.iter().find(|told| {
                let alone = lost.loss.apart <= told.at && told.at < lost.loss.lost;
                alone && told.status == Status::Confirmed && told_by_it(booking.who, told.at)
            });
            if confirmed.is_some() && booking.end != End::Cancelled {
                counted += 1;
                let same = |promise: &&Promise| {
                    promise.who == booking.who && promise.title == booking.title
                };
                let listed = lost.promises.iter().find(same);
                assert!(listed.is_some_and(|promise| promise.shown), "{booking:?}");
            }
        }
        assert!(counted > 0, "seed {seed}: nobody came by");
        assert!(lost.unheard() > 0, "seed {seed}: {lost:?}");
        for promise in &lost.promises {
            assert_ne!(
                promise.outcome,
                Outcome::Forgotten,
                "seed {seed}: {promise:?}"
            );
            let told = matches!(promise.outcome, Outcome::Moved { .. } | Outcome::InLine);
            assert!(!told || promise.told.is_some(), "seed {seed}: {promise:?}");
            let stands = matches!(promise.outcome, Outcome::Kept | Outcome::Again);
            let booking = story
                .bookings
                .iter()
                .find(|booking| booking.who == promise.who && booking.title == promise.title);
            let ended = &booking.unwrap().end;
            assert!(
                !stands || matches!(ended, End::CheckedIn | End::Confirmed | End::NoShow),
                "seed {seed}: {promise:?} {ended:?}"
            );
        }
    }
}

#[test]
fn a_lost_kiosk_leaves_its_keys_to_the_tablet_and_is_told_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let output = program(&[
        "--phones",
        "8",
        "--seed",
        "5",
        "--stewards",
        "2",
        "--lose",
        "kiosk",
        "--out",
        out,
        "--json",
    ]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["stewards"], 2);
    assert_eq!(object["broken_promises"], 0);
    assert_eq!(object["agreed"], true);
    let digests = object["digests"].as_object().unwrap();
    assert_eq!(digests.len(), 10);
    for device in ["tablet", "new kiosk"] {
        assert_eq!(digests[device], *digests.values().next().unwrap());
    }
    let lost = &object["lost"];
    assert_eq!(
        (&lost["device"], &lost["successor"]),
        (&"kiosk".into(), &"new kiosk".into())
    );
    let promises = lost["promises"].as_array().unwrap();
    assert!(!promises.is_empty());
    for promise in promises {
        for key in [
            "who", "booking", "place", "since", "shown", "heard", "outcome",
        ] {
            assert!(!promise[key].is_null(), "{key}: {promise}");
        }
        assert_ne!(promise["outcome"], "forgotten");
    }
}

#[test]
fn the_program_says_the_same_of_the_same_seed_and_what_the_library_says() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut first = json(12, 5, one.path());
    let mut again = json(12, 5, other.path());
    for object in [&mut first, &mut again] {
        let took = object
            .as_object_mut()
            .unwrap()
            .remove("elapsed_ms")
            .unwrap();
        assert!(took.as_u64().is_some_and(|ms| ms > 0), "{took}");
    }
    assert_eq!(first, again);
    for name in ["day.svg", "day.html"] {
        assert_eq!(read(one.path(), name), read(other.path(), name), "{name}");
    }
    let (_folder, story) = play(12, 5);
    assert_eq!(
        (first["seed"].as_u64(), first["phones"].as_u64()),
        (Some(5), Some(12))
    );
    let digests = first["digests"].as_object().unwrap();
    assert_eq!(digests.len(), 13);
    for (device, digest) in digests {
        assert_eq!(digest, &story.digests[device].to_string(), "{device}");
        assert_eq!(digest, &digests["kiosk"], "{device}");
    }
    let totals = &story.totals;
    for (field, count) in [
        ("requests", totals.requests),
        ("confirmed", totals.confirmed),
        ("moved", totals.moved),
        ("waiting", totals.waiting),
        ("declined", totals.declined),
        ("broken_promises", 0),
        ("double_bookings", 0),
        ("misled", 0),
    ] {
        assert_eq!(first[field].as_u64(), Some(count as u64), "{field}");
    }
}

#[test]
fn the_picture_and_the_page_are_where_they_were_asked_for_and_well_formed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a new/folder");
    json(12, 3, &out);
    let (svg, page) = (read(&out, "day.svg"), read(&out, "day.html"));
    let picture = roxmltree::Document::parse(&svg).unwrap();
    assert!(
        picture
            .root_element()
            .has_tag_name(("http://www.w3.org/2000/svg", "svg"))
    );
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let page = roxmltree::Document::parse_with_options(&page, options).unwrap();
    let pictures = page
        .descendants()
        .filter(|node| node.tag_name().name() == "svg");
    assert_eq!(pictures.count(), 1);
    assert!(out.join("devices/kiosk.sqlite").is_file());
}

#[test]
fn another_day_in_the_same_folder_leaves_other_peoples_files_alone() {
    let folder = tempfile::tempdir().unwrap();
    json(2, 1, folder.path());
    std::fs::write(folder.path().join("devices/notes.txt"), "mine").unwrap();
    json(1, 2, folder.path());
    assert_eq!(read(folder.path(), "devices/notes.txt"), "mine");
    assert!(!folder.path().join("devices/phone-001.sqlite").exists());
}

#[test]
fn what_cannot_be_done_is_said_on_standard_error_and_nothing_else() {
    let told = |args: &[&str]| {
        let output = program(args);
        assert_eq!(output.stdout, b"", "{args:?}");
        let words = String::from_utf8(output.stderr).unwrap();
        let first = words.lines().next().unwrap_or_default().to_owned();
        (output.status.code(), first)
    };
    assert_eq!(
        told(&["--phones", "many"]),
        (
            Some(2),
            "day: --phones wants a whole number from 1 to 400, not \"many\"".into()
        )
    );
    assert_eq!(
        told(&["40"]),
        (
            Some(2),
            "day: there is no option \"40\": the options are --phones, --seed, --stewards, --lose, --out, --json and --help".into()
        )
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (code, words) = told(&["--phones", "1", "--out", file.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(words.starts_with("day: cannot make the folder "), "{words}");
}

#[test]
fn help_is_help() {
    let output = program(&["--help"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), day::args::HELP);
    for option in [
        "--phones",
        "--seed",
        "--stewards",
        "--lose",
        "--out",
        "--json",
    ] {
        assert!(
            day::args::HELP.contains(&format!("\n  {option}")),
            "{option}"
        );
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let args = Args {
        phones: 1,
        out: file.clone(),
        ..Args::default()
    };
    let error = run::play(&args, &mut Progress::new(false)).unwrap_err();
    assert!(matches!(error, Trouble::File { path, .. } if path.starts_with(file)));
}
