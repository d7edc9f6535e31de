//! QR codes, slips and certificates. A payload is at most 2,953 bytes, what one QR code holds.

use crate::desk::DeskBooking;
use crate::ids::each;
use crate::status::{BookingKey, Hold, Role};
use crate::{AllkontorError, Device};
use allkontor_core::device::DeviceError;
use allkontor_core::id::{OfficeId, PublicKey, StatementId};
use allkontor_core::replica::BookingId;
use allkontor_core::sync::qr::{self, Agreement, Backup, Certificate, Invite, QrKind};
use allkontor_core::time::Timestamp;

/// What a scanned code is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Scanned {
    /// An invitation: `Device.join_by_invitation`.
    Invitation {
        /// The office: all that counts.
        office: OfficeId,
        /// A name to show until the office's own is there. Anyone may have written it.
        name: String,
    },
    /// A booking carried by eye: `scan_card`.
    RequestCard,
    /// A promise shown without network: `verify_certificate`.
    Certificate,
    /// A device that wants to be one of the office's: `scan_enrolment`.
    Enrolment,
    /// An office's word that it takes the people of another one: for the catalogue of that.
    Agreement {
        /// The office that takes them.
        host: OfficeId,
        /// The office whose people may come.
        guest: OfficeId,
    },
    /// A phone that wants to write the text of an event: `add_organiser`.
    Organiser,
    /// A backup of a visitor's keys: `Device.restore_visitor`.
    Backup {
        /// The office that they are for.
        office: OfficeId,
        /// A name to show until the office's own is there. Anyone may have written it.
        name: String,
    },
    /// A booking on paper.
    OnPaper {
        /// The booking, for the desk.
        booking: BookingKey,
    },
}

/// A booking on paper, for someone without a phone. Whoever holds it holds the booking: print it, and keep no copy.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Slip {
    /// The payload of its QR code. Secret.
    pub payload: Vec<u8>,
    /// The code to type by hand: 28 characters, any two wrong ones of which are noticed. Secret.
    pub code: String,
}

/// What a certificate shows: that a device certified by this office promised this.
///
/// It does not show that nothing was moved or released since, nor who presents it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Promise {
    /// The booking.
    pub booking: BookingKey,
    /// Whoever can sign with this key is the one it was promised to.
    pub key: PublicKey,
    /// The device that promised.
    pub device: PublicKey,
    /// Its role when it was certified.
    pub role: Role,
    /// How many people.
    pub party: u16,
    /// What is held.
    pub holds: Vec<Hold>,
    /// The promise.
    pub confirm: StatementId,
}

/// What a scanned code is.
#[uniffi::export]
pub fn read_code(payload: Vec<u8>) -> Result<Scanned, AllkontorError> {
    let kind = QrKind::of(&payload)
        .ok_or_else(|| AllkontorError::bad_bytes("not_a_card", "the code is not of an office"))?;
    Ok(match kind {
        QrKind::Invite => {
            let invite = Invite::from_bytes(&payload).map_err(DeviceError::from)?;
            Scanned::Invitation {
                office: invite.office,
                name: invite.name,
            }
        }
        QrKind::RequestCard => Scanned::RequestCard,
        QrKind::Certificate => Scanned::Certificate,
        QrKind::Enrolment => Scanned::Enrolment,
        QrKind::Agreement => {
            let agreement = Agreement::read(&payload)
                .map_err(|error| AllkontorError::bad_bytes("not_an_agreement", error))?;
            Scanned::Agreement {
                host: agreement.host.office,
                guest: agreement.guest,
            }
        }
        QrKind::Organiser => Scanned::Organiser,
        QrKind::Backup => {
            let backup = Backup::from_bytes(&payload).map_err(DeviceError::from)?;
            Scanned::Backup {
                office: backup.office,
                name: backup.name,
            }
        }
        QrKind::Slip => {
            let slip = qr::Slip::from_bytes(&payload).map_err(DeviceError::from)?;
            let (ticket, slot) = (slip.ticket, 0);
            Scanned::OnPaper {
                booking: BookingKey { ticket, slot },
            }
        }
    })
}

/// Draws a payload as a QR code: SVG, black on white, with the quiet zone that scanners need.
#[uniffi::export]
pub fn qr_svg(payload: Vec<u8>) -> Result<String, AllkontorError> {
    qr::svg(&payload).map_err(|error| AllkontorError::argument("not_a_card", error))
}

/// The code to type by hand of a slip's QR code: what the desk's verbs for slips take.
#[uniffi::export]
pub fn slip_code(payload: Vec<u8>) -> Result<String, AllkontorError> {
    let slip = qr::Slip::from_bytes(&payload).map_err(DeviceError::from)?;
    Ok(slip.code())
}

pub(crate) fn seed_of(code: &str) -> Result<[u8; 16], AllkontorError> {
    qr::Slip::seed_from_code(code).map_err(|error| AllkontorError::bad_bytes("not_a_slip", error))
}

#[uniffi::export]
impl Device {
    /// The payload of the code that a phone scans to join this office.
    pub fn invitation(&self) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.invitation()?.to_bytes()))
    }

    /// A booking as one code: its ticket, and what was said under it.
    pub fn request_card(&self, booking: BookingId) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.request_card(booking)?))
    }

    /// Takes in a scanned request card.
    pub fn scan_card(&self, now: Timestamp, payload: Vec<u8>) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.scan_card(now, &payload)?))
    }

    /// Proof, to be shown without network, of what the office promised for a booking that is confirmed.
    pub fn certificate(&self, booking: BookingId) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.certificate(booking)?.to_bytes()))
    }

    /// Checks a scanned certificate of this office.
    pub fn verify_certificate(&self, payload: Vec<u8>) -> Result<Promise, AllkontorError> {
        let office = self.office_id()?;
        let promise = Certificate::verify(&payload, office)
            .map_err(|error| AllkontorError::bad_bytes("not_a_certificate", error))?;
        let (ticket, slot) = (promise.ticket, promise.slot);
        Ok(Promise {
            booking: BookingKey { ticket, slot },
            key: promise.key,
            device: promise.device,
            role: promise.role.into(),
            party: promise.party,
            holds: each(promise.holds),
            confirm: promise.confirm,
        })
    }

    /// The booking of a slip's code typed by hand, and how it stands; none when it is not known here. Lower case, spaces
    /// and dashes are fine.
    pub fn find_slip(&self, code: String) -> Result<Option<DeskBooking>, AllkontorError> {
        let seed = seed_of(&code)?;
        let found = self.with(|engine| Ok(engine.slip(&seed)?))?;
        Ok(found.map(DeskBooking::from))
    }

    /// Withdraws the booking on a slip.
    pub fn cancel_slip(&self, now: Timestamp, code: String) -> Result<(), AllkontorError> {
        let seed = seed_of(&code)?;
        self.with(|engine| Ok(engine.cancel_slip(now, seed)?))
    }

    /// "I am here", says whoever holds the slip.
    pub fn arrive_slip(&self, now: Timestamp, code: String) -> Result<(), AllkontorError> {
        let seed = seed_of(&code)?;
        self.with(|engine| Ok(engine.arrive_slip(now, seed)?))
    }
}

impl From<&qr::Slip> for Slip {
    fn from(slip: &qr::Slip) -> Self {
        Self {
            payload: slip.to_bytes(),
            code: slip.code(),
        }
    }
}
