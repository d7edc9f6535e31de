//! Suggestions and the notice board: what people say to the office and to one another.

mod notices;

use allkontor_core::command::{CommonsError, InCommons};
use allkontor_core::error::Error;
use allkontor_core::id::StatementId;
use allkontor_core::model::{Commons, Parts};
use allkontor_core::replica::{Command, SuggestionEntry, SuggestionStage};
use allkontor_core::statement::{
    Answers, Document, Header, Keypair, NoticeKind, Order, Role, Statement, Verdict,
};
use allkontor_core::sync::{Incoming, Source};
use allkontor_core::time::OfficeDay;
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::world::{at, parts};

const STAFF: &str = "staff";
const YEAR: Document = Document::Commons(2026);

fn day(text: &str) -> OfficeDay {
    OfficeDay::from_date(text.parse().unwrap()).unwrap()
}

fn house(share: u8, notice_days: u16) -> Parts {
    let mut parts = parts();
    parts.commons = Some(Commons { share, notice_days });
    parts
}

fn office(share: u8) -> Crew {
    let mut crew = Crew::with(house(share, 30), Role::Kiosk, "2026-11-24T08:00");
    crew.steward(STAFF, Role::Staff);
    for phone in ["anna", "bo", "cleo"] {
        crew.phone(phone, STAFF);
    }
    // A ticket may have to be asked for at another device.
    crew.all_meet();
    crew.all_meet();
    crew
}

fn act(crew: &mut Crew, name: &str, act: InCommons) -> Result<(), CommonsError> {
    match crew.command(name, Command::InCommons(act)) {
        Ok(_) => Ok(()),
        Err(Error::Commons(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

fn suggest(crew: &mut Crew, name: &str, text: &str) {
    let text = text.into();
    act(crew, name, InCommons::Suggest { text }).unwrap();
}

fn post(crew: &mut Crew, name: &str, text: &str, last: &str) -> Result<(), CommonsError> {
    let post = InCommons::Post {
        notice: NoticeKind::Ask,
        text: text.into(),
        last: day(last),
        answers: Answers::AtDesk,
    };
    act(crew, name, post)
}

fn suggestions(crew: &Crew, name: &str) -> Vec<SuggestionEntry> {
    crew.devices[name].suggestions()
}

/// The suggestion that begins with those words, as a device sees it.
fn found(crew: &Crew, name: &str, text: &str) -> Option<SuggestionEntry> {
    let mut all = suggestions(crew, name).into_iter();
    all.find(|one| one.text.as_ref().is_some_and(|t| t.starts_with(text)))
}

fn id(crew: &Crew, name: &str, text: &str) -> StatementId {
    found(crew, name, text).unwrap().id
}

fn texts(crew: &Crew, name: &str) -> Vec<Vec<u8>> {
    let at = crew.devices[name].at(crew.now);
    let blobs = at.blobs().into_iter().filter_map(|hash| at.blob(&hash));
    blobs.map(|bytes| bytes.to_vec()).collect()
}

#[test]
fn e5_a_suggestion_is_written_with_no_network_and_supported_and_answered() {
    let mut crew = office(24);
    suggest(&mut crew, "anna", "A bicycle pump by the door");
    suggest(&mut crew, "bo", "Plants");
    let own = suggestions(&crew, "anna");
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].stage, own[0].own), (SuggestionStage::Carried, true));
    crew.all_meet();
    let (pump, plants) = (id(&crew, "cleo", "A bicycle"), id(&crew, "cleo", "Plants"));
    act(&mut crew, "cleo", InCommons::Support(plants)).unwrap();
    act(&mut crew, "anna", InCommons::Support(plants)).unwrap();
    act(&mut crew, "cleo", InCommons::Support(pump)).unwrap();
    let own = act(&mut crew, "anna", InCommons::Support(pump));
    assert_eq!(own, Err(CommonsError::OwnSuggestion { of: pump }));
    crew.all_meet();
    for name in [STAFF, KIOSK, "anna", "bo", "cleo"] {
        let ranked: Vec<_> = suggestions(&crew, name)
            .into_iter()
            .map(|one| (one.id, one.support, one.stage))
            .collect();
        let received = SuggestionStage::Received;
        let expected = [(plants, 2, received), (pump, 1, received)];
        assert_eq!(ranked, expected, "{name}");
    }
    assert!(found(&crew, "cleo", "Plants").unwrap().supported);
    assert!(!found(&crew, "bo", "Plants").unwrap().supported);
    let no = |outcome, text: &str| InCommons::Answer {
        suggestion: pump,
        outcome,
        text: text.into(),
    };
    let bare = act(&mut crew, STAFF, no(Verdict::Rejected, " "));
    assert_eq!(bare, Err(CommonsError::NoReason));
    act(&mut crew, STAFF, no(Verdict::Considered, "")).unwrap();
    crew.all_meet();
    crew.clock("2026-11-25T08:00", &[KIOSK, STAFF]);
    act(
        &mut crew,
        KIOSK,
        no(Verdict::Rejected, "There is one at the station."),
    )
    .unwrap();
    crew.all_meet();
    let told = found(&crew, "anna", "A bicycle").unwrap();
    assert_eq!(told.stage, SuggestionStage::Answered(Verdict::Rejected));
    assert_eq!(told.answers.len(), 2);
    let reason = told.answers[1].text.as_deref();
    assert_eq!(reason, Some("There is one at the station."));
    // What is supported no longer, and then is again.
    act(&mut crew, "cleo", InCommons::Unsupport(plants)).unwrap();
    crew.all_meet();
    assert_eq!(found(&crew, "bo", "Plants").unwrap().support, 1);
    act(&mut crew, "cleo", InCommons::Support(plants)).unwrap();
    act(&mut crew, "cleo", InCommons::Support(plants)).unwrap();
    crew.all_meet();
    assert_eq!(found(&crew, "bo", "Plants").unwrap().support, 2);
    crew.assert_agreed();
}

#[test]
fn e5_whoever_has_no_ticket_yet_writes_all_the_same_and_it_is_said_when_one_comes() {
    let mut crew = office(24);
    crew.join("dora");
    crew.meet("dora", "anna");
    suggest(&mut crew, "dora", "Longer evenings");
    suggest(&mut crew, "dora", "Shorter mornings");
    let drafts = crew.devices["dora"].unsaid();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[0].text.as_deref(), Some("Longer evenings"));
    let number = drafts[1].number;
    act(&mut crew, "dora", InCommons::Discard(number)).unwrap();
    crew.all_meet();
    crew.all_meet();
    assert!(crew.devices["dora"].unsaid().is_empty());
    assert!(found(&crew, "bo", "Longer").is_some());
    assert!(found(&crew, "bo", "Shorter").is_none());
    for name in [STAFF, "anna"] {
        let there = texts(&crew, name);
        assert!(!there.contains(&b"Shorter mornings".to_vec()), "{name}");
    }
}

#[test]
fn e5_one_person_says_so_much_a_year_under_one_ticket_of_one_device() {
    let mut crew = office(3);
    for text in ["One", "Two", "Three"] {
        suggest(&mut crew, "anna", text);
    }
    let (share, year) = (3, 2026);
    let used = Err(CommonsError::ShareUsed { share, year });
    let text = "Four".into();
    assert_eq!(act(&mut crew, "anna", InCommons::Suggest { text }), used);
    assert_eq!(crew.devices["anna"].commons_left(crew.now), Ok(Some(0)));
    crew.all_meet();
    let one = id(&crew, "anna", "One");
    act(&mut crew, "anna", InCommons::TakeBack(one)).unwrap();
    assert_eq!(post(&mut crew, "anna", "Help", "2026-11-30"), used);
    // Weeks later there is no second ticket, from no device.
    crew.clock("2026-12-16T08:00", &[KIOSK, STAFF]);
    crew.all_meet();
    crew.all_meet();
    let fold = crew.devices[KIOSK].fold(YEAR).unwrap();
    assert_eq!(fold.resolved().tickets.len(), 3, "one for each phone");
    // An app that asks all the same is served by no device.
    let order = Order {
        key: Keypair::from_seed(&[77; 32]).public(),
        uses: Vec::new(),
        slots: 3,
        claimed: at("2026-12-16T08:00"),
        introduced: None,
    };
    let header = Header::standalone(crew.devices[KIOSK].office(), YEAR);
    let body = order.into();
    let order = keypair("anna").sign(Statement { header, body }).unwrap();
    for name in [KIOSK, STAFF] {
        crew.take_in(name, vec![Incoming::Statement(order.bytes().into())]);
    }
    crew.all_meet();
    let fold = crew.devices[KIOSK].fold(YEAR).unwrap();
    assert_eq!(fold.resolved().tickets.len(), 3, "nor on a second order");
    assert_eq!(post(&mut crew, "anna", "Help", "2026-12-20"), used);
    assert_eq!(post(&mut crew, "bo", "Help", "2026-12-20"), Ok(()));
}

#[test]
fn e5_nobody_learns_who_said_something() {
    let mut crew = office(24);
    suggest(&mut crew, "anna", "Quiet");
    crew.all_meet();
    let quiet = id(&crew, "bo", "Quiet");
    act(&mut crew, "bo", InCommons::Support(quiet)).unwrap();
    crew.all_meet();
    let (anna, bo) = (crew.key("anna"), crew.key("bo"));
    for (name, device) in &crew.devices {
        let fold = device.fold(YEAR).unwrap();
        for said in fold.statements().values() {
            let names = said.bytes().windows(32);
            let names = names.filter(|bytes| *bytes == anna.0 || *bytes == bo.0);
            assert_eq!(names.count(), 0, "{name} reads whose it is");
            let text = said.bytes().windows(5).any(|bytes| bytes == b"Quiet");
            assert!(!text, "{name} has a text in a document");
        }
    }
}

#[test]
fn e5_at_the_turn_of_the_year_phones_follow_the_next_and_the_old_one_goes_with_the_rentals() {
    let mut crew = office(24);
    suggest(&mut crew, "anna", "An old idea");
    crew.all_meet();
    let old = id(&crew, "bo", "An old");
    crew.clock("2026-12-20T08:00", &[KIOSK, STAFF]);
    crew.all_meet();
    crew.all_meet();
    // With no network on New Year's Day.
    crew.clock("2027-01-01T09:00", &["bo"]);
    suggest(&mut crew, "bo", "A new idea");
    assert!(crew.devices["bo"].unsaid().is_empty());
    act(&mut crew, "bo", InCommons::Support(old)).unwrap();
    crew.clock("2027-01-04T08:00", &[KIOSK, STAFF]);
    let confirm = Command::ConfirmClock;
    crew.command(KIOSK, confirm.clone()).unwrap();
    crew.command(STAFF, confirm).unwrap();
    crew.all_meet();
    assert_eq!(found(&crew, "anna", "An old").unwrap().support, 1);
    assert!(found(&crew, "anna", "A new").is_some());
    let drop = Command::DropYearsBefore(day("2027-01-01"));
    crew.command(KIOSK, drop).unwrap();
    crew.all_meet();
    for name in [KIOSK, STAFF, "anna", "bo"] {
        assert!(found(&crew, name, "An old").is_none(), "{name}");
        let there = texts(&crew, name);
        assert!(!there.contains(&b"An old idea".to_vec()), "{name}");
        assert!(found(&crew, name, "A new").is_some(), "{name}");
    }
}
