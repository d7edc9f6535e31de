//! Which guidelines the person has accepted.

use super::Wallet;

impl Wallet {
    /// The version of the guidelines that the person has accepted.
    pub(crate) fn accepts(&self) -> Option<u32> {
        self.accepts
    }

    /// The person accepts the guidelines of that version.
    pub(crate) fn accept(&mut self, version: u32) {
        self.accepts = self.accepts.max(Some(version));
    }
}
