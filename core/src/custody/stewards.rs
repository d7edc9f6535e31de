use crate::id::{PublicKey, StatementId};
use crate::resolve::{Authority, Device};
use crate::statement::Role;
use crate::time::CivilMinute;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// A device that has not been heard of for so long gets nothing new to hold: over a weekend nobody is away.
const AWAY_AFTER: i32 = 3 * 24 * 60;

/// A certified device, and when it was last heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// Its key.
    pub device: PublicKey,
    /// What it may do.
    pub role: Role,
    /// When it last wrote something that has come here, by its own clock but never later than now; `None` when
    /// nothing has.
    pub at: Option<CivilMinute>,
    /// Whether its certificate was taken back.
    pub revoked: bool,
}

/// The devices of an office that may hold cells, in the order in which they were certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stewards {
    front: Vec<PublicKey>,
    hub: Option<PublicKey>,
    present: Vec<PublicKey>,
    desks: Vec<PublicKey>,
}

impl Heard {
    /// What is known of a certified device at `now`; `None` for any other.
    pub fn of(
        authority: &Authority,
        heard: &BTreeMap<PublicKey, CivilMinute>,
        device: &PublicKey,
        now: CivilMinute,
    ) -> Option<Self> {
        let Device { role, revoked, .. } = authority.device(device)?;
        Some(Self {
            device: *device,
            role: *role,
            at: heard.get(device).map(|at| (*at).min(now)),
            revoked: revoked.is_some(),
        })
    }

    fn is_present(&self, now: CivilMinute) -> bool {
        self.at
            .is_some_and(|at| now.minutes_since(at) <= AWAY_AFTER)
    }
}

impl Stewards {
    /// Who is there, given when each device was last heard of.
    ///
    /// The *front line* are kiosks and staff devices; where none of them is there, the admin's; where that is not, hubs.
    /// Where nobody is, all are taken to be.
    pub fn of(
        authority: &Authority,
        heard: &BTreeMap<PublicKey, CivilMinute>,
        now: CivilMinute,
    ) -> Self {
        let seq = |certificate: &StatementId| authority.applied().get(certificate).copied();
        let mut certified: Vec<(Option<u32>, Heard)> = authority
            .devices()
            .iter()
            .filter(|(_, device)| device.revoked.is_none() && device.role.issues_tickets())
            .filter_map(|(key, device)| {
                let heard = Heard::of(authority, heard, key, now)?;
                Some((seq(&device.certificate), heard))
            })
            .collect();
        certified.sort_unstable();
        let all: Vec<Heard> = certified.into_iter().map(|(_, heard)| heard).collect();
        let with = |roles: &[Role], present: bool| -> Vec<PublicKey> {
            let of_role = all.iter().filter(|heard| roles.contains(&heard.role));
            of_role
                .filter(|heard| !present || heard.is_present(now))
                .map(|heard| heard.device)
                .collect()
        };
        let ranks: [&[Role]; 3] = [&[Role::Kiosk, Role::Staff], &[Role::Admin], &[Role::Hub]];
        let first = |present| {
            let lines = ranks.iter().map(|roles| with(roles, present));
            lines.into_iter().find(|line| !line.is_empty())
        };
        let desks = first(false).unwrap_or_default();
        let front = first(true).unwrap_or_else(|| desks.clone());
        let hub = with(&[Role::Hub], true)
            .into_iter()
            .find(|hub| !front.contains(hub));
        let present = all.iter().filter(|heard| heard.is_present(now));
        Self {
            front,
            hub,
            present: present.map(|heard| heard.device).collect(),
            desks,
        }
    }

    /// Those who meet people.
    pub fn front(&self) -> &[PublicKey] {
        &self.front
    }

    /// The first hub, when there is one beside the front line.
    pub fn hub(&self) -> Option<PublicKey> {
        self.hub
    }

    /// The device that issues a holder's full share of tickets: of the front line, away or not, the one with the
    /// smallest SHA-256(holder ‖ device), so that one more device moves few holders.
    pub fn home_of(&self, holder: &PublicKey) -> Option<PublicKey> {
        let draw = |device: &&PublicKey| -> [u8; 32] {
            Sha256::digest([holder.0, device.0].concat()).into()
        };
        self.desks.iter().min_by_key(draw).copied()
    }

    /// Those heard of within three days.
    pub fn present(&self) -> &[PublicKey] {
        &self.present
    }
}
