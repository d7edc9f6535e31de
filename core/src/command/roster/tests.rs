use super::*;
use crate::limits::{MAX_STATEMENT_BYTES, SEAL_OVERHEAD};
use crate::statement::{Contact, Header, Link, Statement};
use proptest::prelude::*;

fn place() -> ContactPlace {
    ContactPlace {
        office: OfficeId([1; 32]),
        document: Document::Roster(Month::new(2026, 11).unwrap()),
        holder: PublicKey([9; 32]),
        minute: CivilMinute::from_ymd_hm(2026, 11, 24, 8, 0).unwrap(),
        device: PublicKey([7; 32]),
    }
}

fn month() -> Keypair {
    Keypair::from_seed(&[3; 32])
}

fn sealed(card: &ContactCard, seed: u8) -> SealedContact {
    card.seal(&place(), &month().public(), &[seed; 32]).unwrap()
}

#[test]
fn at_the_limits_a_card_is_written_and_one_beyond_is_refused_in_plain_words() {
    let (contact, note) = ("å".repeat(250), "ö".repeat(500));
    let full = ContactCard::new(&contact, &note).unwrap();
    let sealed = sealed(&full, 1);
    assert_eq!(
        ContactCard::open(&place(), &month(), &sealed),
        Some(full.clone())
    );
    let body = Contact {
        holder: place().holder,
        key: month().public(),
        sealed,
        minute: CivilMinute::MAX,
    };
    let link = Link {
        seq: u32::MAX,
        prev: Some(crate::id::StatementId([5; 32])),
        auth: Some(crate::id::StatementId([6; 32])),
    };
    let header = Header::linked(place().office, place().document, link);
    let signed = month().sign(Statement {
        header,
        body: body.into(),
    });
    assert!(signed.unwrap().bytes().len() <= MAX_STATEMENT_BYTES);
    for (contact, note, words) in [
        (
            format!("{contact}x"),
            String::new(),
            "a contact is 501 bytes: the limit is 500",
        ),
        (
            String::new(),
            format!("{note}x"),
            "a note on a person is 1001 bytes: the limit is 1000",
        ),
    ] {
        let error = ContactCard::new(&contact, &note).unwrap_err();
        assert_eq!(error.to_string(), words);
    }
}

#[test]
fn a_card_opens_in_its_place_alone() {
    let card = ContactCard::new("Anna Ek", "Rings twice").unwrap();
    let sealed = sealed(&card, 1);
    let opened = |change: &dyn Fn(&mut ContactPlace)| {
        let mut place = place();
        change(&mut place);
        ContactCard::open(&place, &month(), &sealed)
    };
    assert_eq!(opened(&|_| {}), Some(card));
    assert_eq!(opened(&|place| place.office = OfficeId([2; 32])), None);
    let december = Document::Roster(Month::new(2026, 12).unwrap());
    assert_eq!(opened(&|place| place.document = december), None);
    assert_eq!(opened(&|place| place.holder = PublicKey([8; 32])), None);
    assert_eq!(opened(&|place| place.device = PublicKey([8; 32])), None);
    let later = place().minute.saturating_plus(1);
    assert_eq!(opened(&|place| place.minute = later), None);
}

#[test]
fn a_copy_of_a_key_opens_for_its_device_and_only_as_what_it_is_a_copy_of() {
    let (office, document) = (place().office, place().document);
    let (device, other) = (Keypair::from_seed(&[4; 32]), Keypair::from_seed(&[5; 32]));
    let copy = seal_key(office, document, &month(), &device.public(), &[6; 32]).unwrap();
    let open = |public, key: &Keypair| {
        let opened = open_key(office, document, public, key, &copy);
        opened.map(|opened| opened.public())
    };
    let public = month().public();
    assert_eq!(open(public, &device), Some(public));
    assert_eq!(open(public, &other), None);
    assert_eq!(open(other.public(), &device), None);
    // A secret that is not the one it is said to be.
    let (info, aad) = (info(b"roster", office), key_place(document, public));
    let false_copy = seal::seal(&device.public(), &info, &aad, &[1; 32], &[2; 32]).unwrap();
    let false_copy = false_copy.try_into().unwrap();
    assert!(open_key(office, document, public, &device, &false_copy).is_none());
}

#[test]
fn nothing_of_a_card_is_printed() {
    let card = ContactCard::new("Anna Ek", "Rings twice").unwrap();
    let new = NewContact {
        holder: place().holder,
        card: card.clone(),
        seed: [77; 32],
    };
    let printed = format!("{card:?} {new:#?} {:?}", sealed(&card, 1));
    for secret in ["Anna", "twice", "77"] {
        // Of what is sealed, bytes may well be 77.
        let shown = printed.split("SealedContact").next().unwrap();
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn a_card_comes_back_and_its_length_is_one_of_three(
        contact in "\\PC{0,100}", note in "[\\PC\n]{0,200}", seed: u8,
    ) {
        let card = ContactCard::new(&contact, &note).unwrap();
        let sealed = sealed(&card, seed);
        prop_assert_eq!(ContactCard::open(&place(), &month(), &sealed), Some(card.clone()));
        let plain = sealed.as_bytes().len() - SEAL_OVERHEAD;
        prop_assert!(CONTACT_LENGTHS.contains(&plain));
        prop_assert!(plain == 192 || 4 + card.contact().len() + card.note().len() > 192);
        let stranger = Keypair::from_seed(&[8; 32]);
        prop_assert_eq!(ContactCard::open(&place(), &stranger, &sealed), None);
    }
}
