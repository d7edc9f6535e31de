//! Suggestions and the notice board: what people say to the office and to one another.

use allkontor_core::command::{CommonsError, InCommons};
use allkontor_core::error::Error;
use allkontor_core::id::StatementId;
use allkontor_core::limits::MAX_COMMONS_TEXT;
use allkontor_core::model::{Catalogue, Commons, Parts};
use allkontor_core::replica::{
    Command, NoticeEntry, NoticeStage, SuggestionEntry, SuggestionStage,
};
use allkontor_core::statement::{
    Answers, Cause, Document, Header, Keypair, NoticeKind, Order, Role, Statement, Verdict,
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

fn notices(crew: &Crew, name: &str) -> Vec<NoticeEntry> {
    crew.devices[name].notices(crew.now).unwrap()
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
fn e6_a_notice_stands_until_its_last_day_and_its_text_is_gone_then() {
    let mut crew = office(24);
    post(&mut crew, "anna", "Who knows Excel?", "2026-11-25").unwrap();
    crew.all_meet();
    let seen = notices(&crew, "bo").remove(0);
    assert_eq!(seen.text.as_deref(), Some("Who knows Excel?"));
    assert_eq!(
        (seen.stage, seen.kind),
        (NoticeStage::Shown, NoticeKind::Ask)
    );
    assert_eq!((seen.answers, seen.own), (Answers::AtDesk, false));
    // The desk and its writer call it by the same number.
    for name in [STAFF, "anna"] {
        assert_eq!(notices(&crew, name)[0].number, seen.number, "{name}");
    }
    assert_eq!(seen.number.len(), 6);
    // The last day ends at four in the morning. Cleo does not notice yet.
    crew.clock("2026-11-26T03:59", &[KIOSK, STAFF, "anna", "bo"]);
    assert_eq!(notices(&crew, "bo").len(), 1);
    crew.clock("2026-11-26T04:00", &[KIOSK, STAFF, "anna", "bo"]);
    assert_eq!(notices(&crew, "bo"), vec![]);
    let own = notices(&crew, "anna").remove(0);
    assert_eq!((own.stage, own.text), (NoticeStage::Over, None));
    let text = b"Who knows Excel?";
    let hash = seen.words.hash;
    for name in [KIOSK, STAFF, "anna", "bo"] {
        let kept = crew.devices[name].at(crew.now).blob(&hash);
        assert_eq!(kept, None, "{name}");
        assert!(!texts(&crew, name).contains(&text.to_vec()), "{name}");
        // Nobody takes it in again.
        crew.take_in(name, vec![Incoming::Blob(text.as_slice().into())]);
        assert!(!texts(&crew, name).contains(&text.to_vec()), "{name}");
    }
    crew.all_meet();
    assert!(!texts(&crew, "bo").contains(&text.to_vec()));
    crew.assert_agreed();
}

#[test]
fn e6_the_office_erases_a_text_wherever_that_is_heard_and_a_trace_is_left() {
    let mut crew = office(24);
    post(&mut crew, "anna", "Something unkind", "2026-12-01").unwrap();
    suggest(&mut crew, "bo", "Something kind");
    crew.all_meet();
    let counts = crew.devices[STAFF].commons_counts(crew.now).unwrap();
    assert_eq!((counts.asks, counts.suggestions, counts.unread), (1, 1, 2));
    let kind = id(&crew, STAFF, "Something kind");
    act(&mut crew, STAFF, InCommons::Review(kind)).unwrap();
    let unkind = notices(&crew, STAFF)[0].clone();
    let (of, cause) = (unkind.id, Cause::Guidelines);
    act(&mut crew, STAFF, InCommons::Moderate { of, cause }).unwrap();
    let text = b"Something unkind".to_vec();
    assert!(!texts(&crew, STAFF).contains(&text));
    // Somebody who has not heard brings it back.
    crew.meet(STAFF, "cleo");
    crew.meet("bo", STAFF);
    crew.all_meet();
    for name in [KIOSK, STAFF, "anna", "bo", "cleo"] {
        assert!(!texts(&crew, name).contains(&text), "{name}");
    }
    assert_eq!(notices(&crew, "bo"), vec![]);
    for name in [KIOSK, STAFF, "anna"] {
        let trace = notices(&crew, name).remove(0);
        assert_eq!(trace.stage, NoticeStage::Erased(cause), "{name}");
        assert_eq!((trace.text, trace.words), (None, unkind.words), "{name}");
        assert_eq!(usize::from(trace.words.length), text.len(), "{name}");
    }
    let counts = crew.devices[KIOSK].commons_counts(crew.now).unwrap();
    assert_eq!((counts.erased, counts.asks, counts.unread), (1, 0, 0));
    assert_eq!(
        crew.devices["anna"].commons_counts(crew.now),
        Err(Error::NotASteward)
    );
    let back = act(&mut crew, "anna", InCommons::TakeBack(of));
    assert_eq!(back, Err(CommonsError::Gone { of }));
    crew.assert_agreed();
}

#[test]
fn e6_what_is_taken_back_is_gone_with_its_text() {
    let mut crew = office(24);
    post(&mut crew, "anna", "A sofa to give away", "2026-12-01").unwrap();
    suggest(&mut crew, "bo", "More sofas");
    crew.all_meet();
    let sofa = notices(&crew, "bo")[0].id;
    let theirs = act(&mut crew, "bo", InCommons::TakeBack(sofa));
    assert_eq!(theirs, Err(CommonsError::NotOwn { of: sofa }));
    act(&mut crew, "anna", InCommons::TakeBack(sofa)).unwrap();
    let more = id(&crew, "bo", "More");
    act(&mut crew, "bo", InCommons::TakeBack(more)).unwrap();
    crew.all_meet();
    for name in [KIOSK, STAFF, "anna", "bo", "cleo"] {
        let there = texts(&crew, name);
        for text in ["A sofa to give away", "More sofas"] {
            assert!(!there.contains(&text.as_bytes().to_vec()), "{name}");
        }
    }
    assert_eq!(notices(&crew, "cleo"), vec![]);
    assert_eq!(suggestions(&crew, "cleo"), vec![]);
    assert_eq!(notices(&crew, "anna")[0].stage, NoticeStage::TakenBack);
    let answer = InCommons::Answer {
        suggestion: more,
        outcome: Verdict::Done,
        text: String::new(),
    };
    let late = act(&mut crew, STAFF, answer);
    assert_eq!(late, Err(CommonsError::Gone { of: more }));
}

#[test]
fn e6_what_cannot_be_said_is_refused_with_its_facts_and_leaves_no_trace() {
    let mut crew = office(24);
    let limit = usize::from(MAX_COMMONS_TEXT);
    let say = |text: String| InCommons::Suggest { text };
    let bytes = limit + 1;
    let long = act(&mut crew, "anna", say("x".repeat(bytes)));
    assert_eq!(long, Err(CommonsError::TextTooLong { bytes }));
    let empty = act(&mut crew, "anna", say(" \n".into()));
    assert_eq!(empty, Err(CommonsError::NoText));
    let (first, latest) = (day("2026-11-24"), day("2026-12-23"));
    for last in ["2026-11-23", "2026-12-24"] {
        let refused = post(&mut crew, "anna", "Help", last);
        let last = day(last);
        let error = CommonsError::LastDay {
            last,
            first,
            latest,
        };
        assert_eq!(refused, Err(error));
    }
    let of = StatementId([7; 32]);
    let unknown = act(&mut crew, "anna", InCommons::Support(of));
    assert_eq!(unknown, Err(CommonsError::Unknown { of }));
    let visitor = Command::InCommons(InCommons::Review(of));
    assert_eq!(crew.command("anna", visitor), Err(Error::NotASteward));
    assert!(crew.devices["anna"].unsaid().is_empty());
    assert_eq!(suggestions(&crew, "anna"), vec![]);
    act(&mut crew, "anna", say("x".repeat(limit))).unwrap();
    post(&mut crew, "anna", "Help", "2026-11-24").unwrap();
    post(&mut crew, "anna", "Help", "2026-12-23").unwrap();
    crew.all_meet();
    assert_eq!(suggestions(&crew, "bo")[0].words.length, MAX_COMMONS_TEXT);
    assert_eq!(notices(&crew, "bo").len(), 2);
    // An office without.
    let mut crew = Crew::new();
    crew.phone("anna", KIOSK);
    let none = act(&mut crew, "anna", say("Plants".into()));
    assert_eq!(none, Err(CommonsError::None));
    for (share, days) in [(0, 30), (61, 30), (24, 0), (24, 93)] {
        assert!(Catalogue::new(house(share, days)).is_err());
    }
    assert!(Catalogue::new(house(60, 92)).is_ok());
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
