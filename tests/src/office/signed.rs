//! What was signed so far, and taking a device's certificate back at less than it has signed.

use super::Office;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, ChainPoint, Cut, Revoke, Verified};

impl Office {
    /// The statements of that sort, in the order they were signed.
    pub fn said(&self, which: impl Fn(&Body) -> bool) -> Vec<StatementId> {
        let these = self.heap.iter().filter(|one| which(one.body()));
        these.map(Verified::id).collect()
    }

    /// One of the statements of that sort, by a number that need not be one of theirs.
    pub fn one_of(&self, pick: u8, which: impl Fn(&Body) -> bool) -> Option<StatementId> {
        let said = self.said(which);
        said.get(usize::from(pick) % said.len().max(1)).copied()
    }

    /// A device's chain in the office's document, in the order it was signed. A fork has two of one number.
    pub fn chain(&self, key: PublicKey) -> Vec<(u32, StatementId)> {
        let mine = self
            .heap
            .iter()
            .filter(|one| one.signer() == key && one.header().document == self.document);
        mine.filter_map(|one| Some((one.header().link?.seq, one.id())))
            .collect()
    }

    /// The admin revokes a device, so many statements before its last. Also gives what counts last; `None` is nothing.
    pub fn revoke(
        &mut self,
        device: usize,
        behind: usize,
        successor: Option<PublicKey>,
    ) -> (Verified, Option<u32>) {
        let device = self.key(device);
        let chain = self.chain(device);
        let last = chain.len().checked_sub(1 + behind).map(|at| chain[at]);
        let cut = last.map(|(seq, id)| Cut {
            document: self.document,
            head: ChainPoint { seq, id },
        });
        let revoke = self.rule(Revoke {
            device,
            cuts: cut.into_iter().collect(),
            successor,
        });
        (revoke, last.map(|(seq, _)| seq))
    }
}
