//! What another calendar has is taken in once, and followed.

use allkontor_core::command::{Book, ImportAs, ImportEntry, Imported};
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::limits::MAX_IMPORT_STATEMENTS;
use allkontor_core::replica::{Command, Outcome};
use allkontor_core::statement::{Cause, Role};
use allkontor_core::view::Stage;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{World, at, parts, span};

fn booking(name: u8, sequence: u32, unit: u32, time: &str) -> ImportEntry {
    ImportEntry {
        name: Digest([name; 32]),
        event: Digest([name; 32]),
        sequence,
        interval: span(time),
        what: ImportAs::Booking { unit: UnitId(unit) },
    }
}

fn closing(name: u8, sequence: u32, units: &[u32], time: &str) -> ImportEntry {
    ImportEntry {
        what: ImportAs::Closing {
            units: units.iter().copied().map(UnitId).collect(),
            cause: Cause::Closed,
        },
        ..booking(name, sequence, 1, time)
    }
}

fn nothing(entry: ImportEntry) -> ImportEntry {
    ImportEntry {
        sequence: entry.sequence + 1,
        what: ImportAs::Nothing,
        ..entry
    }
}

fn import(world: &mut World, entries: Vec<ImportEntry>) -> Vec<Imported> {
    match world.desk(Command::Import(entries)) {
        Outcome::Imported(imported) => {
            assert_eq!(imported.gone, []);
            imported.entries
        }
        other => panic!("{other:?}"),
    }
}

fn words(imported: &[Imported]) -> Vec<String> {
    let word = |one: &Imported| match one {
        Imported::Known => "known".to_owned(),
        Imported::Closed { affected } => format!("closed, {} affected", affected.len()),
        Imported::Booked { .. } => "booked".to_owned(),
        Imported::Proposed { .. } => "proposed".to_owned(),
        Imported::Unsuitable(error) => error.to_string(),
        Imported::Withdrawn => "withdrawn".to_owned(),
        Imported::Refused(rule) => rule.to_string(),
        Imported::Clash => "clash".to_owned(),
        Imported::Left => "left".to_owned(),
    };
    imported.iter().map(word).collect()
}

/// What is confirmed, by unit and time.
fn taken(world: &World) -> Vec<String> {
    let month = allkontor_core::time::Month::new(2026, 11).unwrap();
    let whole = allkontor_core::time::Interval::new(at("2026-11-01T04:00"), at("2026-12-01T04:00"));
    assert_eq!(month.month(), 11);
    let busy = world.kiosk.busy_times(None, whole.unwrap()).into_iter();
    let busy = busy.filter(|time| time.state != allkontor_core::replica::BusyState::Free);
    busy.map(|time| format!("{} {:?} {}", time.unit, time.state, time.interval))
        .collect()
}

#[test]
fn bookings_are_taken_in_once_follow_their_changes_and_clash_without_harm() {
    let mut world = World::new();
    world.phone("anna");
    world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let file = vec![
        booking(1, 0, 2, "24T10:00-11:00"),
        booking(2, 0, 1, "24T10:30-11:30"),
        booking(3, 0, 2, "24T10:30-11:30"),
        booking(4, 0, 1, "24T03:00-04:00"),
        booking(5, 0, 77, "24T12:00-13:00"),
    ];
    let first = words(&import(&mut world, file.clone()));
    assert_eq!(
        first[..3],
        ["booked", "clash", "clash"],
        "each whole, the second in the file as well"
    );
    assert!(
        first[3..].iter().all(|word| !word.contains("booked")),
        "{first:?}"
    );
    let before = world.kiosk.digest();
    let held = taken(&world);
    assert_eq!(held.len(), 2);

    let again = words(&import(&mut world, file));
    assert_eq!(again[..3], ["known", "clash", "clash"]);
    assert_eq!(
        world.kiosk.digest(),
        before,
        "the same file changes nothing"
    );

    // A later version moves it, over its own old time; an earlier one is behind.
    let moved = import(
        &mut world,
        vec![
            booking(1, 1, 2, "24T10:30-11:30"),
            booking(1, 0, 2, "24T10:00-11:00"),
        ],
    );
    assert_eq!(words(&moved), ["booked", "known"]);
    assert!(
        taken(&world).contains(&"unit 2 Taken 2026-11-24T10:30/2026-11-24T11:30".to_owned()),
        "{:?}",
        taken(&world)
    );
    assert_eq!(taken(&world).len(), 2);
    let Imported::Booked { slip, .. } = &moved[0] else {
        panic!("{moved:?}")
    };
    let standing = world.kiosk.slip(&slip.seed).unwrap();
    assert!(
        matches!(standing.status.stage, Stage::Confirmed { .. }),
        "whoever is given the slip holds it"
    );

    // A later version that clashes leaves what stands.
    assert_eq!(
        words(&import(
            &mut world,
            vec![booking(1, 2, 1, "24T10:30-11:30")]
        )),
        ["clash"]
    );
    assert_eq!(taken(&world).len(), 2);
    let entry = booking(1, 2, 2, "24T10:30-11:30");
    assert_eq!(
        words(&import(
            &mut world,
            vec![
                nothing(entry.clone()),
                nothing(booking(9, 0, 1, "24T12:00-13:00"))
            ]
        )),
        ["withdrawn", "known"]
    );
    assert_eq!(taken(&world).len(), 1);
    assert_eq!(
        words(&import(&mut world, vec![entry])),
        ["known"],
        "an old version of what was cancelled"
    );
    world.all_meet();
    world.assert_agreed();
}

#[test]
fn dates_that_a_series_has_no_more_are_taken_back_unless_the_file_is_older() {
    let mut world = World::new();
    let date = |name: u8, sequence: u32, time: &str| ImportEntry {
        event: Digest([100; 32]),
        ..booking(name, sequence, 1, time)
    };
    let other = booking(50, 0, 2, "24T10:00-11:00");
    let both = vec![
        date(1, 1, "24T10:00-11:00"),
        date(2, 1, "25T10:00-11:00"),
        other,
    ];
    assert_eq!(
        words(&import(&mut world, both)),
        ["booked", "booked", "booked"]
    );
    let one = |sequence| Command::Import(vec![date(1, sequence, "24T10:00-11:00")]);
    let gone = |world: &mut World, sequence| match world.desk(one(sequence)) {
        Outcome::Imported(imported) => imported.gone,
        other => panic!("{other:?}"),
    };
    assert_eq!(gone(&mut world, 0), [], "an older version");
    assert_eq!(taken(&world).len(), 3);
    assert_eq!(gone(&mut world, 2), [span("25T10:00-11:00")]);
    assert_eq!(gone(&mut world, 2), []);
    assert_eq!(taken(&world).len(), 2, "what the other event has stays");
}

#[test]
fn closings_move_people_are_not_made_twice_and_are_taken_back() {
    let mut world = World::new();
    world.phone("anna");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    world.all_meet();
    let file = vec![closing(1, 0, &[1], "24T09:00-12:00")];
    assert_eq!(
        words(&import(&mut world, file.clone())),
        ["closed, 1 affected"]
    );
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 2 10:00-11:00");
    let before = world.kiosk.digest();
    assert_eq!(words(&import(&mut world, file)), ["known"]);
    // The same closing under another name, as from another device or file.
    assert_eq!(
        words(&import(
            &mut world,
            vec![closing(2, 0, &[1], "24T09:00-12:00")]
        )),
        ["closed, 0 affected"]
    );
    assert_eq!(world.kiosk.digest(), before);

    assert_eq!(
        words(&import(
            &mut world,
            vec![closing(1, 1, &[1], "24T09:00-11:00")]
        )),
        ["closed, 0 affected"]
    );
    let closed = |world: &World| {
        taken(world)
            .into_iter()
            .filter(|time| time.contains("Closed"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        closed(&world),
        ["unit 1 Closed 2026-11-24T09:00/2026-11-24T11:00"]
    );
    assert_eq!(
        words(&import(
            &mut world,
            vec![nothing(closing(1, 1, &[1], "24T09:00-11:00"))]
        )),
        ["withdrawn"]
    );
    assert_eq!(closed(&world), Vec::<String>::new());
    let over = words(&import(
        &mut world,
        vec![closing(3, 0, &[], "23T09:00-11:00")],
    ));
    assert_eq!(over, ["ended at 2026-11-23T11:00"]);
}

#[test]
fn one_import_takes_in_so_much_and_the_next_the_rest() {
    let mut world = World::new();
    let units = world.kiosk.catalogue().unwrap().parts().units.len();
    let entries = MAX_IMPORT_STATEMENTS / units + 1;
    let file: Vec<ImportEntry> = (0..entries)
        .map(|index| {
            let mut entry = closing(0, 0, &[], "25T09:00-11:00");
            entry.name = Digest(std::array::from_fn(|byte| {
                if byte < 4 {
                    (index as u32).to_be_bytes()[byte]
                } else {
                    0
                }
            }));
            entry.event = entry.name;
            entry.interval = entry.interval.moved_by(index as i32 % 900).unwrap();
            entry.interval = allkontor_core::time::Interval::new(
                entry.interval.start(),
                entry.interval.end().plus(index as i32 / 900).unwrap(),
            )
            .unwrap();
            entry
        })
        .collect();
    let first = words(&import(&mut world, file.clone()));
    assert_eq!(
        first.iter().filter(|word| *word == "left").count(),
        1,
        "{first:?}"
    );
    let next = words(&import(&mut world, file.clone()));
    assert_eq!(
        next.iter().filter(|word| *word == "known").count(),
        entries - 1
    );
    assert_eq!(next[entries - 1], "closed, 0 affected");
    assert!(
        import(&mut world, file)
            .iter()
            .all(|one| *one == Imported::Known)
    );
}

fn event(name: u8, sequence: u32, time: &str, text: &str) -> ImportEntry {
    ImportEntry {
        what: ImportAs::Event {
            room: Some(UnitId(1)),
            text: text.to_owned(),
        },
        ..booking(name, sequence, 1, time)
    }
}

#[test]
fn b10_events_of_a_file_are_the_offices_once_and_follow_their_changes() {
    const READING: &str = "Reading aloud\nBring a book.";
    let mut crew = Crew::with(parts(), Role::Staff, "2026-11-24T08:00");
    crew.phone("anna", KIOSK);
    let import = |crew: &mut Crew, entries: Vec<ImportEntry>| {
        let done = crew.command(KIOSK, Command::Import(entries)).unwrap();
        let Outcome::Imported(imported) = done else {
            panic!("{done:?}")
        };
        crew.clock("2026-11-24T08:00", &[KIOSK]);
        words(&imported.entries)
    };
    let programme = |crew: &Crew| -> Vec<String> {
        let events = crew.devices[KIOSK].events().into_iter();
        let events = events.map(|event| {
            let title = event.text.unwrap_or_default();
            let title = title.lines().next().unwrap_or_default();
            format!("{:?} {} {title}", event.stage, event.dates[0].interval)
        });
        let mut events: Vec<String> = events.collect();
        events.sort();
        events
    };
    let file = vec![
        event(1, 0, "26T18:00-20:00", READING),
        event(2, 0, "26T18:00-20:00", "\nNo title."),
        event(3, 0, "24T03:00-04:00", "Long ago"),
    ];
    let first = import(&mut crew, file.clone());
    assert_eq!(first[0], "proposed");
    assert!(first[1].starts_with("an event needs a title"), "{first:?}");
    assert!(first[2].contains("ended at"), "{first:?}");
    let told = ["Open 2026-11-26T18:00/2026-11-26T20:00 Reading aloud"];
    assert_eq!(programme(&crew), told);
    assert_eq!(import(&mut crew, file)[0], "known");
    assert_eq!(programme(&crew), told, "the same file changes nothing");

    // A later version is on another day: the room of the first is free again.
    let moved = import(&mut crew, vec![event(1, 1, "27T18:00-20:00", READING)]);
    assert_eq!(moved, ["proposed"]);
    let told = [
        "Open 2026-11-27T18:00/2026-11-27T20:00 Reading aloud",
        "Withdrawn 2026-11-26T18:00/2026-11-26T20:00 Reading aloud",
    ];
    assert_eq!(programme(&crew), told);
    crew.all_meet();
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("26T18:00-20:00")).exactly(),
    );
    crew.all_meet();
    assert_eq!(crew.told("anna", anna), "confirmed 1 18:00-20:00");

    let cancelled = nothing(event(1, 1, "27T18:00-20:00", READING));
    assert_eq!(import(&mut crew, vec![cancelled]), ["withdrawn"]);
    assert!(
        programme(&crew)
            .iter()
            .all(|event| event.starts_with("Withdrawn"))
    );
    crew.all_meet();
    crew.assert_agreed();
}
