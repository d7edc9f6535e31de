//! A promise that can be shown without network.

#[cfg(test)]
mod tests;

use super::chain::Chain;
use super::{CardError, QrKind};
use crate::id::{OfficeId, PublicKey, StatementId};
use crate::limits::{MAX_KEY_CHAIN, MAX_QR_BYTES};
use crate::statement::field::Field;
use crate::statement::{
    BadSignature, Body, Confirm, DecodeError, Document, Hold, Request, Role, Signed, Ticket,
    Verified,
};
use crate::sync::wire::Bytes;
use crate::time::DayStart;

/// What a visitor shows at a door without network: that a device certified by this office promised this.
///
/// Genesis, the hand-overs of the admin key, the certificates of the device and of the ticket's signer, the ticket,
/// the request and the confirmation. About 1,300 bytes for an office that never changed its admin key.
///
/// **It does not show** that the device had custody of the place and the right to decide, that the confirmation was
/// not voided by a revocation, or that nothing was released or moved since: only the ledger shows those. Nor does it
/// show who presents it: that is whoever can sign with the ticket's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    bytes: Vec<u8>,
}

/// What a certificate shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The office.
    pub office: OfficeId,
    /// The device that promised.
    pub device: PublicKey,
    /// Its role when it was certified.
    pub role: Role,
    /// The ticket.
    pub ticket: StatementId,
    /// Whoever holds this key is the one it was promised to.
    pub key: PublicKey,
    /// Which of the ticket's bookings.
    pub slot: u8,
    /// Where the booking is filed.
    pub document: Document,
    /// How many people.
    pub party: u16,
    /// What is held.
    pub holds: Vec<Hold>,
    /// The confirmation.
    pub confirm: StatementId,
}

/// Bytes that show nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// No certificate at all.
    #[error(transparent)]
    Payload(#[from] CardError),
    /// Its Genesis founds another office.
    #[error("certificate is of office {theirs}: expected {ours}")]
    OtherOffice {
        /// The office expected.
        ours: OfficeId,
        /// The one it is of.
        theirs: OfficeId,
    },
    /// A statement of the admin chain that the key in force did not sign, out of order, or that has no place there.
    #[error("statement {id} ({name}) does not continue the admin key's chain")]
    Chain {
        /// The statement.
        id: StatementId,
        /// Its kind.
        name: &'static str,
    },
    /// More hand-overs than a certificate carries.
    #[error("admin key chain has {statements} statements: the limit is {MAX_KEY_CHAIN}")]
    TooManyKeys {
        /// How many.
        statements: usize,
    },
    /// A signer that the chain does not certify.
    #[error("device {device} is not certified for {what}")]
    NotCertified {
        /// The device.
        device: PublicKey,
        /// What it did.
        what: &'static str,
    },
    /// A statement that is not what belongs in its place.
    #[error("statement {id} is a {found}: expected a {expected}")]
    Kind {
        /// The statement.
        id: StatementId,
        /// What it is.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// Statements that do not belong together.
    #[error("the {what}")]
    Unrelated {
        /// What does not fit.
        what: &'static str,
    },
}

impl From<DecodeError> for CertificateError {
    fn from(error: DecodeError) -> Self {
        Self::Payload(error.into())
    }
}

impl From<BadSignature> for CertificateError {
    fn from(error: BadSignature) -> Self {
        Self::Payload(error.into())
    }
}

impl Certificate {
    /// Puts a certificate together from the admin chain in order, Genesis first, of which it keeps what is needed.
    ///
    /// What is built verifies: the same checks are made as by whoever reads it.
    pub fn build(
        admin_chain: impl IntoIterator<Item = Verified>,
        ticket: &Verified,
        request: &Verified,
        confirm: &Verified,
    ) -> Result<Self, CertificateError> {
        let signers = [confirm.signer(), ticket.signer()];
        let mut certified = Vec::new();
        let needed = |statement: &Verified| match statement.body() {
            Body::Genesis(_) | Body::HandOver(_) | Body::Replace(_) => true,
            Body::Certify(certify)
                if signers.contains(&certify.device) && !certified.contains(&certify.device) =>
            {
                certified.push(certify.device);
                true
            }
            _ => false,
        };
        let mut chain: Vec<Verified> = admin_chain.into_iter().filter(needed).collect();
        // A hand-over after the last certificate shows nothing more.
        let last = chain
            .iter()
            .rposition(|s| matches!(s.body(), Body::Certify(_) | Body::Genesis(_)));
        chain.truncate(last.unwrap_or_default().saturating_add(1));
        let office = chain
            .first()
            .map_or(OfficeId([0; 32]), |genesis| genesis.id().into());
        check(&chain, ticket, request, confirm, office)?;
        let mut fields = QrKind::Certificate.fields();
        let chain: Vec<Bytes> = chain.iter().map(bytes).collect();
        fields.put(10, &chain);
        fields.put(11, &bytes(ticket));
        fields.put(12, &bytes(request));
        fields.put(13, &bytes(confirm));
        let bytes = fields.into_bytes();
        match bytes.len() {
            length if length > MAX_QR_BYTES => Err(CardError::TooLong { bytes: length }.into()),
            _ => Ok(Self { bytes }),
        }
    }

    /// The payload, at most 2,953 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// Checks a scanned certificate of `office`: every signature, the chain of admin keys, the roles, and that
    /// confirmation, request and ticket belong together.
    pub fn verify(payload: &[u8], office: OfficeId) -> Result<Promise, CertificateError> {
        Self::open(payload, office).map(|(promise, _)| promise)
    }

    /// The same, and its ticket, request and confirmation: what a steward takes in to judge it.
    pub fn open(
        payload: &[u8],
        office: OfficeId,
    ) -> Result<(Promise, [Verified; 3]), CertificateError> {
        let fields = QrKind::Certificate.read(payload)?;
        let chain =
            Vec::<Bytes>::take_field(&fields, 10, "admin chain").map_err(CardError::from)?;
        if chain.len() > MAX_KEY_CHAIN {
            return Err(CertificateError::TooManyKeys {
                statements: chain.len(),
            });
        }
        let open = |bytes: &Bytes| -> Result<Verified, CertificateError> {
            Ok(Signed::decode(&bytes.0)?.verify()?)
        };
        let field = |key, what| -> Result<Verified, CertificateError> {
            open(&Bytes::take_field(&fields, key, what).map_err(CardError::from)?)
        };
        let chain = chain.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let said = [
            field(11, "ticket")?,
            field(12, "request")?,
            field(13, "confirmation")?,
        ];
        let [ticket, request, confirm] = &said;
        let promise = check(&chain, ticket, request, confirm, office)?;
        Ok((promise, said))
    }
}

fn bytes(statement: &Verified) -> Bytes {
    Bytes(statement.bytes().into())
}

fn check(
    chain: &[Verified],
    ticket: &Verified,
    request: &Verified,
    confirm: &Verified,
    office: OfficeId,
) -> Result<Promise, CertificateError> {
    let keys = Chain::follow(chain, office)?;
    let (Body::Ticket(issued), Body::Request(asked), Body::Confirm(granted)) =
        (ticket.body(), request.body(), confirm.body())
    else {
        let expected = [
            (ticket, "Ticket"),
            (request, "Request"),
            (confirm, "Confirm"),
        ];
        let wrong = expected
            .into_iter()
            .find(|(statement, expected)| statement.body().name() != *expected);
        let (statement, expected) = wrong.unwrap_or((ticket, "Ticket"));
        return Err(CertificateError::Kind {
            id: statement.id(),
            found: statement.body().name(),
            expected,
        });
    };
    let not_certified = |device, what| CertificateError::NotCertified { device, what };
    let role = keys
        .role(&confirm.signer())
        .filter(|role| !matches!(role, Role::Other(_)));
    let role = role.ok_or(not_certified(confirm.signer(), "confirming"))?;
    if !keys
        .role(&ticket.signer())
        .is_some_and(Role::issues_tickets)
    {
        return Err(not_certified(ticket.signer(), "issuing tickets"));
    }
    let document = confirm.header().document;
    let here = |s: &Verified| s.header().office == Some(office) && s.header().document == document;
    let what = if ![ticket, request, confirm].into_iter().all(here) {
        Some("statements are not of one office and document")
    } else {
        unrelated((ticket, issued), (request, asked), granted)
            .or_else(|| misplaced(&granted.holds, document, keys.day_start()))
    };
    match what {
        Some(what) => Err(CertificateError::Unrelated { what }),
        None => Ok(Promise {
            office,
            device: confirm.signer(),
            role,
            ticket: ticket.id(),
            key: issued.key,
            slot: asked.slot,
            document,
            party: asked.party,
            holds: granted.holds.clone(),
            confirm: confirm.id(),
        }),
    }
}

/// What does not fit between ticket, request and confirmation, if anything.
fn unrelated(
    ticket: (&Verified, &Ticket),
    request: (&Verified, &Request),
    confirm: &Confirm,
) -> Option<&'static str> {
    let (ticket, issued) = ticket;
    let (request, asked) = request;
    if asked.ticket != ticket.id() {
        Some("request names another ticket")
    } else if request.signer() != issued.key {
        Some("request is not signed by the ticket's key")
    } else if asked.slot >= issued.slots {
        Some("request is for a booking that the ticket does not allow")
    } else if issued.is_expired_at(asked.claimed) {
        Some("request was made after the ticket expired")
    } else if confirm.request != request.id() {
        Some("confirmation is of another request")
    } else if !asked.is_granted_by(&confirm.holds) {
        Some("confirmation holds other times or units than were asked for")
    } else {
        None
    }
}

/// What is wrong with the holds in themselves, if anything.
fn misplaced(holds: &[Hold], document: Document, day_start: DayStart) -> Option<&'static str> {
    let mut occupied = Vec::new();
    for hold in holds {
        let period = document.cell_period(hold, day_start);
        let cell = period.and_then(|period| document.cell_interval(period, day_start));
        let Some(span) = cell.and_then(|cell| hold.occupied(cell)) else {
            return Some("confirmation holds a time outside its document");
        };
        if occupied
            .iter()
            .any(|(unit, other)| *unit == hold.unit && span.overlaps(*other))
        {
            return Some("confirmation holds one place twice");
        }
        occupied.push((hold.unit, span));
    }
    None
}
