//! What fits a QR code: a request carried by eye, a promise shown without network, an invitation, a slip,
//! an agreement between offices, a backup of a visitor's keys, a key by which a phone is let in to an event.
//!
//! Each payload is a deterministic CBOR map `{0: kind, 10…: fields}` of at most 2,953 bytes, what version 40-L holds
//! in byte mode (ISO/IEC 18004). Fields of later versions are passed over. [`svg`] draws any of them; an app that can
//! only show text may wrap the bytes as it likes.

mod agreement;
mod backup;
mod card;
mod certificate;
mod chain;
mod code;
mod enrolment;
mod invite;
mod organiser;
mod slip;

pub use agreement::{Agreement, AgreementError};
pub use backup::{Backup, BackupCodeError};
pub use card::RequestCard;
pub use certificate::{Certificate, CertificateError, Promise};
pub use code::SlipCodeError;
pub use enrolment::Enrolment;
pub use invite::Invite;
pub use organiser::OrganiserCard;
pub use slip::Slip;

use crate::cbor::CborError;
use crate::id::{OfficeId, StatementId};
use crate::limits::{MAX_CARD_STATEMENTS, MAX_LANES, MAX_QR_BYTES};
use crate::statement::field::{Field, Fields, RawFields};
use crate::statement::{BadSignature, DecodeError};
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

/// What a payload is, for an app that scanned one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrKind {
    /// A [`RequestCard`].
    RequestCard,
    /// A [`Certificate`].
    Certificate,
    /// An [`Invite`].
    Invite,
    /// A [`Slip`].
    Slip,
    /// An [`Enrolment`].
    Enrolment,
    /// An [`Agreement`].
    Agreement,
    /// A [`Backup`].
    Backup,
    /// An [`OrganiserCard`].
    Organiser,
}

impl QrKind {
    /// The kind of a scanned payload; `None` when it is not ours, or of a later version.
    pub fn of(payload: &[u8]) -> Option<Self> {
        let fields = RawFields::read(payload).ok()?;
        let number = u8::take_field(&fields, 0, "kind of payload").ok()?;
        [
            Self::RequestCard,
            Self::Certificate,
            Self::Invite,
            Self::Slip,
            Self::Enrolment,
            Self::Agreement,
            Self::Backup,
            Self::Organiser,
        ]
        .into_iter()
        .find(|kind| kind.number() == number)
    }

    const fn number(self) -> u8 {
        match self {
            Self::RequestCard => 1,
            Self::Certificate => 2,
            Self::Invite => 3,
            Self::Slip => 4,
            Self::Enrolment => 5,
            Self::Agreement => 6,
            Self::Backup => 7,
            Self::Organiser => 8,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::RequestCard => "a request card",
            Self::Certificate => "a certificate",
            Self::Invite => "an invitation",
            Self::Slip => "a slip",
            Self::Enrolment => "an enrolment card",
            Self::Agreement => "an agreement",
            Self::Backup => "a backup",
            Self::Organiser => "an organiser's card",
        }
    }

    fn fields(self) -> Fields {
        let mut fields = Fields::default();
        fields.put(0, &self.number());
        fields
    }

    fn read(self, payload: &[u8]) -> Result<RawFields<'_>, CardError> {
        if payload.len() > MAX_QR_BYTES {
            return Err(CardError::TooLong {
                bytes: payload.len(),
            });
        }
        let fields = RawFields::read(payload)?;
        let got = u8::take_field(&fields, 0, "kind of payload")?;
        if got == self.number() {
            return Ok(fields);
        }
        Err(CardError::Kind {
            expected: self.name(),
            got,
        })
    }
}

/// Bytes that are not the payload expected, or do not fit a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// More than a QR code holds.
    #[error("payload is {bytes} bytes: a QR code holds {MAX_QR_BYTES}")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Another payload.
    #[error("payload is of kind {got}: expected {expected}")]
    Kind {
        /// What was expected.
        expected: &'static str,
        /// The number of the kind there.
        got: u8,
    },
    /// A backup for one device more than there can be.
    #[error("backup is for lane {lane}: expected 0 to {}", MAX_LANES - 1)]
    Lane {
        /// The lane there.
        lane: u8,
    },
    /// A card made for another office.
    #[error("card is of office {theirs}: expected {ours}")]
    OtherOffice {
        /// The office expected.
        ours: OfficeId,
        /// The one it is of.
        theirs: OfficeId,
    },
    /// Not a payload.
    #[error("payload does not decode: {0}")]
    Cbor(#[from] CborError),
    /// A statement in it does not decode.
    #[error(transparent)]
    Statement(#[from] DecodeError),
    /// A signature in it does not hold.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// A statement that has no place on a request card.
    #[error("statement {id} is a {name}: a request card carries a ticket and what its holder says")]
    Misplaced {
        /// The statement.
        id: StatementId,
        /// Its kind.
        name: &'static str,
    },
    /// A statement of another ticket.
    #[error("statement {id} is not of the ticket on the card, or not signed by its holder")]
    Unrelated {
        /// The statement.
        id: StatementId,
    },
    /// More than a card carries.
    #[error(
        "card has {statements} statements: the limit is {MAX_CARD_STATEMENTS} beside the ticket"
    )]
    TooMany {
        /// How many, the ticket left aside.
        statements: usize,
    },
}

/// Draws a payload as an SVG of black modules on white, with the quiet zone that scanners need.
///
/// ```
/// use allkontor_core::sync::qr;
/// assert!(qr::svg(b"hello").unwrap().contains("<svg"));
/// assert_eq!(
///     qr::svg(&[0; 3000]).unwrap_err().to_string(),
///     "payload is 3000 bytes: a QR code holds 2953"
/// );
/// ```
pub fn svg(payload: &[u8]) -> Result<String, CardError> {
    let too_long = CardError::TooLong {
        bytes: payload.len(),
    };
    if payload.len() > MAX_QR_BYTES {
        return Err(too_long);
    }
    // The lowest level of error correction: the code is shown on a screen or a fresh print, and wants large modules.
    let code = QrCode::with_error_correction_level(payload, EcLevel::L).map_err(|_| too_long)?;
    Ok(code.render::<Color<'_>>().quiet_zone(true).build())
}
