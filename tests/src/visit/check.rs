//! What must be so after trouble, and in the end.

use super::request::{Answer, Bytes, Line, Request};
use super::{Act, Trouble, Visit};
use crate::world::span;
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::replica::ticket_number;
use allkontor_core::statement::{Body, Document, Keypair, Signed, Verified, Wish};
use allkontor_core::sync::{Incoming, file};
use allkontor_core::time::Month;
use std::collections::BTreeSet;

/// No phone of these tests uses more tickets.
const MOST_TICKETS: u32 = 64;

impl Visit {
    /// Gets the subject back, and looks whether it has kept its word.
    pub(super) fn recover(&mut self, trouble: &Trouble) {
        self.troubles += 1;
        if let Trouble::Failed {
            code,
            retryable,
            words,
        } = trouble
        {
            let disk = ["disk_full", "store_failed", "vault_failed"];
            assert!(disk.contains(&code.as_str()) && *retryable, "{words}");
        }
        let sent = self.sent();
        self.assert_vault_covers(&sent);
        let subject = self.machines.get_mut(self.subject).unwrap();
        if !subject.recover() {
            assert!(self.acknowledged.is_empty(), "the device is gone");
            return;
        }
        self.assert_kept(&sent);
        self.assert_still_on_screen();
    }

    /// What was acknowledged is there, and so is what others have from here.
    fn assert_kept(&mut self, sent: &[Verified]) {
        for (who, act) in self.acknowledged.clone() {
            let doing = &self.doing.clone();
            assert!(
                self.is_so(who, &act),
                "{who} had done {act:?}, and lost it at {doing:?}"
            );
        }
        if self.acknowledged.is_empty() {
            return;
        }
        let has: BTreeSet<_> = self
            .statements(self.subject)
            .iter()
            .map(Verified::id)
            .collect();
        for statement in sent {
            let doing = &self.doing;
            let body = statement.body();
            assert!(
                has.contains(&statement.id()),
                "{body:?} left before {doing:?} and is lost"
            );
        }
    }

    /// Statements of the subject's that the others have.
    fn sent(&mut self) -> Vec<Verified> {
        let (subject, keys) = (self.subject, self.subject_keys());
        let others = self
            .machines
            .iter()
            .filter(|(who, machine)| **who != subject && machine.is_there());
        let others: Vec<&str> = others.map(|(who, _)| *who).collect();
        let mut sent: Vec<_> = others
            .into_iter()
            .flat_map(|who| self.statements(who))
            .collect();
        sent.retain(|statement| keys.contains(&statement.signer()));
        sent
    }

    fn subject_keys(&mut self) -> BTreeSet<PublicKey> {
        let seed = match self.subject {
            "kiosk" => return [Keypair::from_seed(&[1; 32]).public()].into(),
            "anna" => [2; 32],
            _ => [3; 32],
        };
        let office = self.office();
        let own = Keypair::from_seed(&seed).derive(&format!("office/{office}"), 0);
        let months = [11, 12].map(|month| Document::Ledger(Month::new(2026, month).unwrap()));
        let numbers = months
            .into_iter()
            .flat_map(|month| (0..MOST_TICKETS).map(move |n| ticket_number(month, 0, n)));
        numbers
            .map(|number| own.derive("ticket", number).public())
            .collect()
    }

    /// Nothing leaves a steward that its vault does not count: that is how a restored backup is told.
    fn assert_vault_covers(&mut self, sent: &[Verified]) {
        let vault = self.machines.get_mut(self.subject).unwrap().vault();
        for statement in sent {
            let header = statement.header();
            let Some(link) = header.link else { continue };
            let kept = vault
                .as_ref()
                .and_then(|vault| vault.chains.get(&header.document));
            let doing = &self.doing;
            assert!(
                kept.is_some_and(|head| head.seq >= link.seq),
                "{:?} left with number {}, and the vault counts to {kept:?} at {doing:?}",
                statement.body(),
                link.seq
            );
        }
    }

    /// Bookings that the person saw are still there, and what was held still is, unless what came in says otherwise.
    fn assert_still_on_screen(&mut self) {
        let Some(doing) = self.doing.clone().filter(|_| !self.screen.is_empty()) else {
            return;
        };
        let (before, now) = (std::mem::take(&mut self.screen), self.agenda(self.subject));
        for (nth, line) in before.iter().enumerate() {
            let now = now
                .get(nth)
                .unwrap_or_else(|| panic!("{line:?} is lost at {doing:?}"));
            if !doing.takes_in() {
                assert_eq!(now.holding, line.holding, "at {doing:?}");
            }
            if !doing.changes(nth) {
                assert_eq!(now.wanted, line.wanted, "at {doing:?}");
            }
        }
    }

    /// The subject's person looks at the screen.
    pub(super) fn look(&mut self) {
        if self.subject != "kiosk" && !self.acknowledged.is_empty() {
            self.screen = self.agenda(self.subject);
        }
    }

    /// The office that the kiosk has founded.
    pub(super) fn office(&mut self) -> String {
        match self.see("kiosk", Request::Office) {
            Answer::Word(office) => office,
            other => panic!("{other:?} is no office"),
        }
    }

    pub(super) fn agenda(&mut self, who: &'static str) -> Vec<Line> {
        match self.see(who, Request::Agenda) {
            Answer::Lines(lines) => lines,
            other => panic!("{other:?} is no agenda"),
        }
    }

    /// Everything that a device would write into a file.
    fn statements(&mut self, who: &'static str) -> Vec<Verified> {
        match self.see(who, Request::ExportFile) {
            Answer::File(Bytes(bytes)) => statements_in(&file::import(&bytes, None).unwrap()),
            other => panic!("{other:?} is no file"),
        }
    }

    /// Whether a thing is done: once it is, it is so for ever.
    pub(super) fn is_so(&mut self, who: &'static str, act: &Act) -> bool {
        let Act::Do(request) = act else { return false };
        if !self.machines[who].is_there() {
            return false;
        }
        let standing = self.see(who, Request::Standing);
        match request {
            Request::Found => return standing == steward(),
            Request::Join { .. } => return standing == Answer::Word("Visitor".into()),
            Request::Publish => return self.see(who, Request::Units) == Answer::Number(10),
            _ => {}
        }
        let is_it = |body: &Body| match request {
            Request::Book {
                unit, span: when, ..
            }
            | Request::Move {
                unit, span: when, ..
            }
            | Request::Extend {
                unit, span: when, ..
            } => {
                let wish = Wish::new(UnitId(*unit), span(when));
                matches!(body, Body::Request(asked) if asked.options.contains(&vec![wish]))
            }
            Request::Cancel { .. } => matches!(body, Body::Cancel(_)),
            Request::Arrive { .. } => matches!(body, Body::Arrive(_)),
            Request::WalkIn { unit, span: when } => {
                let place = (UnitId(*unit), span(when));
                matches!(body, Body::Confirm(confirm)
                    if confirm.holds.iter().any(|hold| (hold.unit, hold.interval()) == place))
            }
            Request::Close { unit, span: when } => {
                let place = (UnitId(*unit), span(when));
                matches!(body, Body::Occupy(occupy) if (occupy.unit, occupy.interval) == place)
            }
            _ => false,
        };
        let said = self.statements(who);
        said.iter().any(|statement| is_it(statement.body()))
    }

    /// In the end everything is there, everybody agrees, and nobody has cause for alarm.
    pub(super) fn assert_agreed(&mut self) {
        self.doing = None;
        self.machines.get_mut(self.subject).unwrap().recover();
        let sent = self.sent();
        self.assert_kept(&sent);
        let picture = self.see("kiosk", Request::Digest);
        for who in ["kiosk", "anna", "bo"] {
            assert_eq!(
                self.see(who, Request::Digest),
                picture,
                "{who} sees another picture"
            );
            assert_eq!(self.see(who, Request::Alarms), Answer::Number(0), "{who}");
        }
        assert_eq!(self.see("kiosk", Request::Standing), steward());
    }
}

fn steward() -> Answer {
    Answer::Word("Steward(Kiosk)".into())
}

fn statements_in(incoming: &[Incoming]) -> Vec<Verified> {
    let mut all = Vec::new();
    for one in incoming {
        match one {
            Incoming::Envelope(bytes) => {
                let envelope = SignedEnvelope::decode(bytes).unwrap().verify().unwrap();
                let changes = envelope.envelope().changes().iter();
                let statements = changes.flat_map(|change| change.statements());
                all.extend(statements.map(verified));
            }
            Incoming::Statement(bytes) => all.push(verified(bytes)),
            Incoming::Greeting(_) | Incoming::Blob(_) | Incoming::Answer(_) => {}
        }
    }
    all
}

fn verified(bytes: &[u8]) -> Verified {
    Signed::decode(bytes).unwrap().verify().unwrap()
}
