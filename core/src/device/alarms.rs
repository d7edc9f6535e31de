//! What somebody at the office has to see to, kept until they have.

use super::{Device, DeviceError};
use crate::id::{Digest, PublicKey};
use crate::limits::MAX_INCIDENTS;
use crate::replica::Alarm;
use crate::store::Operation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The note that holds what happened and nobody has seen to.
pub(super) const NOTE: &str = "incidents";

#[derive(Serialize, Deserialize)]
struct Incident {
    signer: Option<String>,
    what: String,
    why: String,
}

impl Device {
    /// What somebody at the office has to see to. How things stand passes when it is mended; what happened stays until
    /// it is [dismissed](Device::dismiss).
    pub fn alarms(&self) -> &BTreeSet<Alarm> {
        &self.alarms
    }

    /// Somebody has seen to what happened. Says whether that alarm is gone: one that tells how things stand is not.
    pub fn dismiss(&mut self, alarm: &Alarm) -> Result<bool, DeviceError> {
        if !alarm.is_incident() || !self.alarms.contains(alarm) {
            return Ok(false);
        }
        let mut alarms = self.alarms.clone();
        alarms.remove(alarm);
        self.store.commit(&[note(&alarms)].into_iter().collect())?;
        self.alarms = alarms;
        Ok(true)
    }

    /// Takes in a turn's alarms, and says what is to be stored for them. Each device can be at the bottom of so many:
    /// more of the same tell nothing new.
    pub(super) fn raise(&mut self, raised: Vec<Alarm>) -> Option<Operation> {
        self.alarms.retain(Alarm::is_incident);
        let mut news = false;
        for alarm in raised {
            if alarm.is_incident() {
                let same = |known: &&Alarm| known.signer() == alarm.signer();
                let room = self.alarms.iter().filter(same).count() < MAX_INCIDENTS;
                news |= room && self.alarms.insert(alarm);
            } else {
                self.alarms.insert(alarm);
            }
        }
        news.then(|| note(&self.alarms))
    }
}

fn note(alarms: &BTreeSet<Alarm>) -> Operation {
    let incidents = alarms.iter().filter_map(|alarm| match alarm {
        Alarm::Refused { signer, what, why } => Some(Incident {
            signer: signer.map(|signer| signer.to_string()),
            what: what.to_string(),
            why: why.clone(),
        }),
        _ => None,
    });
    let incidents: Vec<Incident> = incidents.collect();
    Operation::PutMeta {
        key: NOTE.to_owned(),
        bytes: serde_json::to_vec(&incidents).unwrap_or_default(),
    }
}

/// What a note holds; nothing of one that cannot be read.
pub(super) fn read(note: Option<&[u8]>) -> BTreeSet<Alarm> {
    let incidents = note.and_then(|bytes| serde_json::from_slice::<Vec<Incident>>(bytes).ok());
    let incidents = incidents.unwrap_or_default().into_iter();
    incidents
        .filter_map(|incident| {
            Some(Alarm::Refused {
                signer: incident.signer.as_deref().and_then(PublicKey::from_hex),
                what: Digest::from_hex(&incident.what)?,
                why: incident.why,
            })
        })
        .collect()
}
