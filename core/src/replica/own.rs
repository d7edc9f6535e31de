//! Which of what is carried is this device's own.

use super::Replica;
use crate::statement::{Body, Document, Verified};

impl Replica {
    /// Whether this device said it, or it is about a booking of this device: there is always room for that.
    pub(super) fn is_own(&self, statement: &Verified) -> bool {
        let ticket = match statement.body() {
            Body::Request(request) => Some(request.ticket),
            Body::Cancel(cancel) => Some(cancel.ticket),
            Body::Arrive(arrive) => Some(arrive.ticket),
            Body::Renew(renew) => Some(renew.ticket),
            Body::Propose(propose) => Some(propose.ticket),
            Body::Appoint(appoint) => Some(appoint.ticket),
            Body::Suggest(suggest) => Some(suggest.ticket),
            Body::Support(support) => Some(support.ticket),
            Body::Post(post) => Some(post.ticket),
            _ => None,
        };
        let mine = |ticket| {
            let mut bookings = self.wallet.bookings();
            let in_commons = matches!(statement.header().document, Document::Commons(_));
            (in_commons && self.is_own_ticket(&ticket))
                || bookings.any(|(_, entry)| entry.holds_ticket(&ticket))
        };
        statement.signer() == self.key.public()
            || self.wallet.organiser_number(&statement.signer()).is_some()
            || ticket.is_some_and(mine)
    }
}
