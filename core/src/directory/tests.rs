use super::*;

fn publisher() -> Keypair {
    Keypair::from_seed(&[3; 32])
}

fn listing(number: u32) -> Listing {
    let mut office = [0; 32];
    office[..4].copy_from_slice(&number.to_be_bytes());
    Listing {
        office: OfficeId(office),
        name: Text::new([("sv", "Kontoret"), ("en", "The office")]),
        address: Address {
            street: "Storgatan 1".into(),
            postcode: "111 22".into(),
            city: "Stockholm".into(),
            country: "SE".into(),
        },
        reach: vec!["192.168.1.4:7411".into()],
        website: String::new(),
    }
}

fn signed(offices: Vec<Listing>) -> Result<Vec<u8>, NotADirectory> {
    Directory::sign(&publisher(), Timestamp(1_795_510_800), offices)
}

#[test]
fn p7_a_directory_is_read_as_it_was_signed_in_the_order_of_ids() {
    let bytes = signed(vec![listing(2), listing(1)]).unwrap();
    let read = Directory::read(&bytes, publisher().public()).unwrap();
    assert_eq!(read.offices(), [listing(1), listing(2)]);
    assert_eq!(read.issued(), Timestamp(1_795_510_800));
    assert_eq!(bytes, signed(vec![listing(1), listing(2)]).unwrap());
}

#[test]
fn another_publishers_directory_is_refused_by_name() {
    let bytes = signed(vec![listing(1)]).unwrap();
    let expected = Keypair::from_seed(&[4; 32]).public();
    let publisher = publisher().public();
    let refused = Directory::read(&bytes, expected);
    assert_eq!(
        refused,
        Err(NotADirectory::Publisher {
            publisher,
            expected
        })
    );
}

#[test]
fn d4_no_changed_byte_of_a_directory_is_believed() {
    let bytes = signed(vec![listing(1)]).unwrap();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            assert!(
                Directory::read(&changed, publisher().public()).is_err(),
                "byte {place}"
            );
        }
        assert!(Directory::read(&bytes[..place], publisher().public()).is_err());
    }
}

#[test]
fn at_a_limit_a_directory_is_signed_and_one_beyond_it_is_refused_in_plain_words() {
    let many = |count| {
        let short = (0..count).map(|number| Listing {
            address: Address::default(),
            reach: Vec::new(),
            ..listing(number)
        });
        signed(short.collect())
    };
    let most = u32::try_from(MAX_LISTINGS).unwrap();
    assert!(many(most).is_ok());
    let beyond = many(most + 1).unwrap_err().to_string();
    assert_eq!(beyond, "directory has 4001 offices: the limit is 4000");
    let mut long = listing(1);
    long.website = "x".repeat(MAX_DIRECTORY_BYTES);
    let beyond = signed(vec![long]).unwrap_err().to_string();
    assert!(beyond.ends_with("bytes: the limit is 2097152"), "{beyond}");
    let beyond = vec![0; MAX_DIRECTORY_BYTES + 1];
    assert!(matches!(
        Directory::read(&beyond, publisher().public()),
        Err(NotADirectory::TooLarge { .. })
    ));
    let office = listing(1).office;
    assert_eq!(
        signed(vec![listing(1), listing(1)]),
        Err(NotADirectory::Twice { office })
    );
}
