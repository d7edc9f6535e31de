//! What the office's devices are, and which.

use crate::status::Role;
use crate::{AllkontorError, Device};
use allkontor_core::id::PublicKey;
use allkontor_core::time::Timestamp;

#[uniffi::export]
impl Device {
    /// The payload of the code that this device shows to become one of the office's devices. It has joined as a
    /// visitor.
    pub fn enrolment(&self) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.enrolment()?.to_bytes()))
    }

    /// The key on a scanned enrolment card of this office, to be certified.
    pub fn scan_enrolment(&self, payload: Vec<u8>) -> Result<PublicKey, AllkontorError> {
        self.with(|engine| Ok(engine.scan_enrolment(&payload)?))
    }

    /// Certifies a device that joined as a visitor and showed its key. It is a steward when it next syncs. Only with
    /// the admin key.
    pub fn certify(
        &self,
        now: Timestamp,
        device: PublicKey,
        role: Role,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.certify(now, device, role.into())?))
    }
}
