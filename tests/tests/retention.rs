//! A month that is dropped leaves nothing of itself on any disk.

use allkontor_core::command::{Book, WalkIn};
use allkontor_core::device::Device;
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::UnitId;
use allkontor_core::statement::{Body, Document, Role, Signed};
use allkontor_core::store::{SqliteStore, Store};
use allkontor_core::time::{Interval, Month, OfficeDay, Timestamp};
use allkontor_core::vault::FileVault;
use allkontor_core::view::Stage;
use allkontor_tests::world::{at, founding, instant, parts, span};
use std::path::Path;

#[path = "retention/erased.rs"]
mod erased;

fn places(folder: &Path) -> (Box<SqliteStore>, Box<FileVault>) {
    let store = SqliteStore::open(folder.join("office.sqlite")).unwrap();
    (
        Box::new(store),
        Box::new(FileVault::new(folder.join("vault"))),
    )
}

fn open(folder: &Path) -> Device {
    let (store, vault) = places(folder);
    Device::open(store, vault).unwrap()
}

fn meet(now: Timestamp, phone: &mut Device, kiosk: &mut Device) {
    let (here, mut outgoing) = phone.connect(now).unwrap();
    let there = kiosk.accept(now).unwrap();
    while !outgoing.is_empty() {
        let answers: Vec<Vec<u8>> = outgoing
            .drain(..)
            .flat_map(|message| kiosk.receive(now, there, &message).unwrap())
            .collect();
        for message in answers {
            outgoing.extend(phone.receive(now, here, &message).unwrap());
        }
    }
    phone.disconnect(now, here).unwrap();
    kiosk.disconnect(now, there).unwrap();
}

/// What tells one statement from all others: its signature, its id, and for a ticket whose it is.
fn marks(folder: &Path, document: Document) -> Vec<Vec<u8>> {
    let store = SqliteStore::open(folder.join("office.sqlite")).unwrap();
    let mut marks = Vec::new();
    for stored in store.envelopes(document).unwrap() {
        let envelope = SignedEnvelope::decode(&stored.bytes)
            .unwrap()
            .verify()
            .unwrap();
        for change in envelope.envelope().changes() {
            for bytes in change.statements() {
                let statement = Signed::decode(bytes).unwrap().verify().unwrap();
                let mut names = vec![statement.id().0];
                match statement.body() {
                    Body::Ticket(ticket) => names.push(ticket.key.0),
                    Body::RosterKey(key) => {
                        names.push(key.public.0);
                        marks.extend(key.copies.iter().map(|copy| copy.sealed.to_vec()));
                    }
                    Body::Contact(contact) => marks.push(contact.sealed.as_bytes().to_vec()),
                    _ => {}
                }
                marks.push(bytes[bytes.len() - 64..].to_vec());
                let hex = names
                    .iter()
                    .map(|name| data_encoding::HEXLOWER.encode(name));
                marks.extend(hex.map(String::into_bytes));
                marks.extend(names.iter().map(|name| name.to_vec()));
            }
        }
    }
    marks
}

/// How many of the marks are found in the files of a folder.
fn found(folder: &Path, marks: &[Vec<u8>]) -> usize {
    let files: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    let is_there = |mark: &&Vec<u8>| {
        let windows = |file: &Vec<u8>| file.windows(mark.len()).any(|window| window == *mark);
        files.iter().any(windows)
    };
    marks.iter().filter(is_there).count()
}

#[test]
fn a_dropped_month_leaves_no_trace_on_any_disk_and_the_next_one_stays() {
    let now = instant(at("2026-11-24T08:00"));
    let (office, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let founding = founding(parts(), Role::Kiosk);
    let (store, vault) = places(office.path());
    let mut kiosk = Device::found(store, vault, now, [1; 32], &founding).unwrap();
    let (store, vault) = places(home.path());
    let mut phone = Device::join(store, vault, [2; 32], kiosk.office()).unwrap();
    meet(now, &mut phone, &mut kiosk);
    let december = Interval::new(at("2026-12-02T10:00"), at("2026-12-02T11:00")).unwrap();
    let book = Book::unit(UnitId(1), span("25T10:00-11:00")).also_on([december]);
    let kept = phone.book(now, book).unwrap().bookings().nth(1).unwrap();
    let slip_seed = [5; 16];
    let book = Book::unit(UnitId(2), span("26T10:00-11:00"));
    kiosk.walk_in(now, WalkIn { book, slip_seed }).unwrap();
    meet(now, &mut phone, &mut kiosk);
    // Boards are saved, old envelopes packed, and rows kept until the packing after.
    for device in [&mut kiosk, &mut phone] {
        device.maintain().unwrap();
        device.maintain().unwrap();
    }
    kiosk.close().unwrap();
    phone.close().unwrap();
    let gone = marks(
        office.path(),
        Document::Ledger(Month::new(2026, 11).unwrap()),
    );
    assert!(gone.len() > 20, "only {} marks", gone.len());
    for folder in [&office, &home] {
        assert!(
            found(folder.path(), &gone) > 0,
            "there is nothing to search for"
        );
    }

    let now = instant(at("2026-12-01T08:00"));
    let (mut kiosk, mut phone) = (open(office.path()), open(home.path()));
    kiosk.confirm_clock(now).unwrap();
    meet(now, &mut phone, &mut kiosk);
    let first = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    kiosk.drop_before(now, first).unwrap();
    meet(now, &mut phone, &mut kiosk);
    assert_eq!(phone.digest().unwrap(), kiosk.digest().unwrap());
    kiosk.close().unwrap();
    phone.close().unwrap();
    for (folder, whose) in [(&office, "kiosk"), (&home, "phone")] {
        let left = found(folder.path(), &gone);
        assert_eq!(left, 0, "of {} marks on the {whose}'s disk", gone.len());
    }

    let (mut kiosk, mut phone) = (open(office.path()), open(home.path()));
    let agenda = phone.agenda().unwrap();
    assert_eq!(agenda.len(), 1);
    assert_eq!(agenda[0].booking, kept);
    assert!(matches!(agenda[0].status.stage, Stage::Confirmed { .. }));
    meet(now, &mut phone, &mut kiosk);
    let again = phone
        .book(now, Book::unit(UnitId(1), december).exactly())
        .unwrap();
    assert_ne!(again.bookings().next(), Some(kept), "numbers are used once");
}

/// Whether a text is in any file of a folder.
fn reads(folder: &Path, text: &str) -> bool {
    found(folder, &[text.as_bytes().to_vec()]) > 0
}

#[test]
fn an_erased_text_is_on_no_disk_and_what_is_left_says_that_it_was() {
    use allkontor_core::model::Commons;
    use allkontor_core::replica::{NoticeStage, SuggestionStage};
    use allkontor_core::statement::{Answers, Cause, NoticeKind, Verdict};
    let now = instant(at("2026-11-24T08:00"));
    let (office, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut parts = parts();
    parts.commons = Some(Commons::default());
    let founding = founding(parts, Role::Kiosk);
    let (store, vault) = places(office.path());
    let mut kiosk = Device::found(store, vault, now, [1; 32], &founding).unwrap();
    let (store, vault) = places(home.path());
    let mut phone = Device::join(store, vault, [2; 32], kiosk.office()).unwrap();
    meet(now, &mut phone, &mut kiosk);
    meet(now, &mut phone, &mut kiosk);
    const UNKIND: &str = "An unkind word about somebody";
    const EXCEL: &str = "Who knows how to make a pivot table?";
    const PLANTS: &str = "Plants that need no water";
    const WHEN: &str = "When the heating is mended";
    const ANSWERS: Answers = Answers::AsWritten;
    let day = |text: &str| OfficeDay::from_date(text.parse().unwrap()).unwrap();
    let post = |phone: &mut Device, text: &str, last: &str| {
        let ask = NoticeKind::Ask;
        phone
            .post_notice(now, ask, text, day(last), ANSWERS)
            .unwrap();
    };
    post(&mut phone, UNKIND, "2026-12-20");
    post(&mut phone, EXCEL, "2026-11-26");
    phone.suggest(now, PLANTS).unwrap();
    meet(now, &mut phone, &mut kiosk);
    let plants = kiosk.suggestions().unwrap()[0].id;
    kiosk
        .answer_suggestion(now, plants, Verdict::Planned, WHEN)
        .unwrap();
    meet(now, &mut phone, &mut kiosk);
    for device in [&mut kiosk, &mut phone] {
        device.maintain().unwrap();
        device.maintain().unwrap();
    }
    let both = [office.path(), home.path()];
    for text in [UNKIND, EXCEL, PLANTS, WHEN] {
        for folder in both {
            assert!(reads(folder, text), "there is no {text} to search for");
        }
    }
    // A whole office is moved with its texts.
    let archive = kiosk.archive(now).unwrap();
    assert_eq!(archive.texts.len(), 4);
    let elsewhere = tempfile::tempdir().unwrap();
    let (store, vault) = places(elsewhere.path());
    let mut moved = Device::join(store, vault, [3; 32], archive.office).unwrap();
    moved.restore_archive(now, &archive).unwrap();
    assert_eq!(
        moved.suggestions().unwrap()[0].text.as_deref(),
        Some(PLANTS)
    );
    moved.close().unwrap();

    let notices = kiosk.notices(now).unwrap();
    let of = |text: &str| {
        let mut all = notices.iter();
        let of_text = |one: &&_| -> bool {
            let one: &allkontor_core::replica::NoticeEntry = one;
            one.text.as_deref() == Some(text)
        };
        all.find(of_text).unwrap().id
    };
    kiosk
        .erase_text(now, of(UNKIND), Cause::Guidelines)
        .unwrap();
    let answer = kiosk.suggestions().unwrap()[0].answers[0].id;
    kiosk.erase_text(now, answer, Cause::Staff).unwrap();
    // Two days on a notice is over as well.
    let now = instant(at("2026-11-27T08:00"));
    kiosk.confirm_clock(now).unwrap();
    meet(now, &mut phone, &mut kiosk);
    kiosk.close().unwrap();
    phone.close().unwrap();
    for text in [UNKIND, EXCEL, WHEN] {
        for folder in both {
            assert!(!reads(folder, text), "{text} is still on a disk");
        }
    }
    let (mut kiosk, mut phone) = (open(office.path()), open(home.path()));
    meet(now, &mut phone, &mut kiosk);
    for device in [&mut kiosk, &mut phone] {
        let left = device.notices(now).unwrap();
        let erased = left.iter().find(|one| one.id == of(UNKIND)).unwrap();
        assert_eq!(erased.stage, NoticeStage::Erased(Cause::Guidelines));
        assert_eq!(usize::from(erased.words.length), UNKIND.len());
        let kept = device.suggestions().unwrap().remove(0);
        assert_eq!(kept.text.as_deref(), Some(PLANTS));
        assert_eq!(kept.stage, SuggestionStage::Answered(Verdict::Planned));
        assert_eq!(kept.answers[0].erased, Some(Cause::Staff));
    }
    // Taken back on the phone, and gone from the office.
    phone.take_back(now, plants).unwrap();
    meet(now, &mut phone, &mut kiosk);
    kiosk.close().unwrap();
    phone.close().unwrap();
    for folder in both {
        assert!(!reads(folder, PLANTS), "{PLANTS} is still on a disk");
    }
}

#[test]
fn d3_how_people_are_reached_is_on_no_disk_to_read_and_nothing_of_it_is_left_when_its_month_is_dropped()
 {
    use allkontor_core::command::{ContactCard, NewContact};
    use allkontor_core::id::PublicKey;
    use allkontor_core::statement::Keypair;
    const NUMBER: &str = "070-174 06 05";
    const NOTE: &str = "Rings twice";
    let now = instant(at("2026-11-12T08:00"));
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [admin_at, kiosk_at, phone_at] = folders.each_ref().map(|folder| folder.path());
    let mut parts = parts();
    parts.roster = true;
    let founding = founding(parts, Role::Admin);
    let (store, vault) = places(admin_at);
    let mut admin = Device::found(store, vault, now, [1; 32], &founding).unwrap();
    let (store, vault) = places(kiosk_at);
    let mut kiosk = Device::join(store, vault, [2; 32], admin.office()).unwrap();
    let key = kiosk.public_key().unwrap();
    admin.certify(now, key, Role::Kiosk).unwrap();
    let (store, vault) = places(phone_at);
    let mut phone = Device::join(store, vault, [3; 32], admin.office()).unwrap();
    for _ in 0..2 {
        meet(now, &mut kiosk, &mut admin);
        meet(now, &mut phone, &mut kiosk);
    }
    let write = |device: &mut Device, holder: u8, contact: &str| {
        let new = NewContact {
            holder: PublicKey([holder; 32]),
            card: ContactCard::new(contact, NOTE).unwrap(),
            seed: [holder; 32],
        };
        device.write_contact(now, new).unwrap();
    };
    write(&mut kiosk, 21, NUMBER);
    meet(now, &mut kiosk, &mut admin);
    write(&mut admin, 22, "somebody@example.org");
    meet(now, &mut kiosk, &mut admin);
    meet(now, &mut phone, &mut admin);
    let known = admin.person(PublicKey([21; 32])).unwrap().unwrap();
    assert_eq!(known.latest.card.unwrap().contact(), NUMBER);
    assert_eq!(admin.find_people("twice", None, 9).unwrap().len(), 2);
    // The secret half of the month's key, which is derived and never kept.
    let november = Document::Roster(Month::new(2026, 11).unwrap());
    let secret = Keypair::from_seed(&[1; 32]).derive(&november.to_string(), 0);
    let fold = admin.picture().unwrap().fold(november).unwrap();
    let keys = &fold.resolved().roster.keys;
    assert!(keys.contains_key(&secret.public()) && keys.len() == 1);
    let archive = admin.archive(now).unwrap();
    assert!(
        archive
            .documents
            .iter()
            .all(|(document, _)| *document != november)
    );
    for device in [&mut admin, &mut kiosk, &mut phone] {
        device.maintain().unwrap();
        device.maintain().unwrap();
    }
    for device in [admin, kiosk, phone] {
        device.close().unwrap();
    }
    let gone = marks(admin_at, november);
    assert!(gone.len() > 12, "only {} marks", gone.len());
    let secrets = [NUMBER, NOTE, "somebody@example.org"].map(|text| text.as_bytes().to_vec());
    let secrets = [&secrets[..], &[secret.to_seed().to_vec()]].concat();
    for (folder, there) in [(admin_at, true), (kiosk_at, true), (phone_at, false)] {
        assert_eq!(found(folder, &gone) > 0, there);
        assert_eq!(found(folder, &secrets), 0);
    }

    let now = instant(at("2026-12-01T08:00"));
    let [mut admin, mut kiosk] = [admin_at, kiosk_at].map(open);
    admin.confirm_clock(now).unwrap();
    meet(now, &mut kiosk, &mut admin);
    let first = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    admin.drop_before(now, first).unwrap();
    meet(now, &mut kiosk, &mut admin);
    assert_eq!(admin.find_people("", None, 9).unwrap(), vec![]);
    admin.close().unwrap();
    kiosk.close().unwrap();
    for folder in [admin_at, kiosk_at, phone_at] {
        let left = found(folder, &gone);
        assert_eq!(left, 0, "of {} marks", gone.len());
        assert_eq!(found(folder, &secrets), 0);
    }
}
