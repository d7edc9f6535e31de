use super::{CardError, QrKind};
use crate::limits::{MAX_CARD_STATEMENTS, MAX_QR_BYTES};
use crate::statement::field::Field;
use crate::statement::{Body, Kind, Signed, Ticket, Verified};
use crate::sync::wire::Bytes;
use std::cmp::Reverse;

/// A booking carried by eye: its ticket, and what its holder said under it.
///
/// Shown on a phone without network and scanned by a steward, or by anyone who will pass it on. A card without the
/// ticket is good too: stewards put tickets into the ledger when they issue them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestCard {
    statements: Vec<Verified>,
}

impl RequestCard {
    /// A card of these statements: at most one ticket, which comes first, and requests, cancellations and arrivals
    /// under it.
    pub fn new(statements: impl IntoIterator<Item = Verified>) -> Result<Self, CardError> {
        let mut statements: Vec<Verified> = statements.into_iter().collect();
        statements.sort_by_key(|statement| !matches!(statement.body(), Body::Ticket(_)));
        let card = Self { statements };
        card.check()?;
        match card.to_bytes().len() {
            bytes if bytes > MAX_QR_BYTES => Err(CardError::TooLong { bytes }),
            _ => Ok(card),
        }
    }

    /// A card of as much of a booking as a code has room for: its ticket, whether it was cancelled or its holder has
    /// come, and its requests from the newest back. The older ones no longer count.
    pub fn of_booking(statements: impl IntoIterator<Item = Verified>) -> Result<Self, CardError> {
        let mut by_weight: Vec<Verified> = statements.into_iter().collect();
        by_weight.sort_by_key(|statement| match statement.body() {
            Body::Ticket(_) => (0, Reverse(0)),
            Body::Request(request) => (2, Reverse(request.version)),
            _ => (1, Reverse(0)),
        });
        let needed = |statement: &Verified| !matches!(statement.body(), Body::Request(_));
        let needed = by_weight.iter().filter(|s| needed(s)).count();
        let needed = needed.saturating_add(1).min(by_weight.len());
        let mut card = Self::new(by_weight.drain(..needed))?;
        for older in by_weight {
            let mut longer = card.statements.clone();
            longer.push(older);
            match Self::new(longer) {
                Ok(longer) => card = longer,
                Err(CardError::TooLong { .. } | CardError::TooMany { .. }) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(card)
    }

    /// The payload.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::RequestCard.fields();
        let bytes: Vec<Bytes> = self
            .statements
            .iter()
            .map(|s| Bytes(s.bytes().into()))
            .collect();
        fields.put(10, &bytes);
        fields.into_bytes()
    }

    /// Reads a scanned card. Every signature on it holds; whether the ticket is the office's is for admission to say.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::RequestCard.read(payload)?;
        let list = Vec::<Bytes>::take_field(&fields, 10, "statements")?;
        if list.len() > MAX_CARD_STATEMENTS.saturating_add(1) {
            return Err(CardError::TooMany {
                statements: list.len(),
            });
        }
        let mut statements = Vec::with_capacity(list.len());
        for bytes in list {
            statements.push(Signed::decode(&bytes.0)?.verify()?);
        }
        let card = Self { statements };
        card.check()?;
        Ok(card)
    }

    /// The ticket, if it is there, and what was said under it.
    pub fn statements(&self) -> &[Verified] {
        &self.statements
    }

    fn check(&self) -> Result<(), CardError> {
        let mut ticket: Option<(&Verified, &Ticket)> = None;
        let mut said = 0usize;
        for statement in &self.statements {
            let id = statement.id();
            let named = match statement.body() {
                Body::Ticket(body) if ticket.is_none() => {
                    ticket = Some((statement, body));
                    continue;
                }
                Body::Request(request) => Some(request.ticket),
                Body::Cancel(cancel) => Some(cancel.ticket),
                Body::Arrive(arrive) => Some(arrive.ticket),
                Body::Renew(renew) => Some(renew.ticket),
                body if body.kind() == Kind::Visitor && !matches!(body, Body::Ticket(_)) => None,
                body => {
                    return Err(CardError::Misplaced {
                        id,
                        name: body.name(),
                    });
                }
            };
            said = said.saturating_add(1);
            let related = |(signed, ticket): (&Verified, &Ticket)| {
                named == Some(signed.id()) && ticket.key == statement.signer()
            };
            if !ticket.is_none_or(related) {
                return Err(CardError::Unrelated { id });
            }
        }
        match said {
            statements if statements > MAX_CARD_STATEMENTS => {
                Err(CardError::TooMany { statements })
            }
            _ => Ok(()),
        }
    }
}
