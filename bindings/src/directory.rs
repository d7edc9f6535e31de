//! Lists of offices, signed by whoever publishes them.

use crate::AllkontorError;
use crate::ids::seed;
use allkontor_core::directory::{Directory, Listing};
use allkontor_core::id::{OfficeId, PublicKey};
use allkontor_core::model::{Address, Text};
use allkontor_core::statement::Keypair;
use allkontor_core::sync::qr::Invite;
use allkontor_core::time::Timestamp;
use std::collections::HashMap;

/// An office, to be put into a directory.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfficeListing {
    /// The office.
    pub office: OfficeId,
    /// What it is called, by language tag (BCP 47).
    pub name: HashMap<String, String>,
    /// Street and number.
    pub street: String,
    /// Postcode, as written in that country.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Country code (ISO 3166-1 alpha-2).
    pub country: String,
    /// Where a device of the office, or a relay, can be reached, such as `192.168.1.4:7411`.
    #[uniffi(default = [])]
    pub reach: Vec<String>,
    /// A page about it; empty when there is none.
    #[uniffi(default = "")]
    pub website: String,
}

/// A directory whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfficeDirectory {
    /// When it was published, by the publisher's clock: of two directories the later one counts.
    pub issued: Timestamp,
    /// Its offices, by id.
    pub offices: Vec<ListedOffice>,
}

/// An office of a directory, with its name in one language.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ListedOffice {
    /// The office.
    pub office: OfficeId,
    /// What it is called, in the language asked for or the nearest there is.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postcode, as written in that country.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Country code (ISO 3166-1 alpha-2).
    pub country: String,
    /// Where a device of the office, or a relay, can be reached.
    pub reach: Vec<String>,
    /// A page about it; empty when there is none.
    pub website: String,
    /// What its kiosk would show to be scanned: `Device::join` takes it.
    pub invitation: Vec<u8>,
}

/// Signs a directory of offices. `publisher_seed` is 32 secret bytes, kept by whoever publishes; apps know the public half.
#[uniffi::export]
pub fn sign_directory(
    publisher_seed: Vec<u8>,
    issued: Timestamp,
    offices: Vec<OfficeListing>,
) -> Result<Vec<u8>, AllkontorError> {
    let publisher = Keypair::from_seed(&seed("publisher_seed", &publisher_seed)?);
    let offices = offices.into_iter().map(Listing::from).collect();
    Directory::sign(&publisher, issued, offices)
        .map_err(|error| AllkontorError::argument("not_a_directory", error))
}

/// The key by which apps know a publisher of directories.
#[uniffi::export]
pub fn publisher_key(publisher_seed: Vec<u8>) -> Result<PublicKey, AllkontorError> {
    Ok(Keypair::from_seed(&seed("publisher_seed", &publisher_seed)?).public())
}

/// Reads a directory of that publisher, with names in `language` (BCP 47) or the nearest there is. Whatever does not carry
/// the publisher's signature is refused whole.
#[uniffi::export]
pub fn read_directory(
    bytes: Vec<u8>,
    publisher: PublicKey,
    language: String,
) -> Result<OfficeDirectory, AllkontorError> {
    let directory = Directory::read(&bytes, publisher)
        .map_err(|error| AllkontorError::bad_bytes("not_a_directory", error))?;
    let offices = directory.offices().iter();
    Ok(OfficeDirectory {
        issued: directory.issued(),
        offices: offices.map(|listing| listed(listing, &language)).collect(),
    })
}

pub(crate) fn listed(listing: &Listing, language: &str) -> ListedOffice {
    let name = listing.name.in_language(language).to_owned();
    let Address {
        street,
        postcode,
        city,
        country,
    } = listing.address.clone();
    let invite = Invite {
        office: listing.office,
        name: name.clone(),
    };
    ListedOffice {
        office: listing.office,
        name,
        street,
        postcode,
        city,
        country,
        reach: listing.reach.clone(),
        website: listing.website.clone(),
        invitation: invite.to_bytes(),
    }
}

impl From<OfficeListing> for Listing {
    fn from(listing: OfficeListing) -> Self {
        let words = listing.name.iter();
        let words = words.map(|(tag, text)| (tag.as_str(), text.as_str()));
        Self {
            office: listing.office,
            name: Text::new(words),
            address: Address {
                street: listing.street,
                postcode: listing.postcode,
                city: listing.city,
                country: listing.country,
            },
            reach: listing.reach,
            website: listing.website,
        }
    }
}
