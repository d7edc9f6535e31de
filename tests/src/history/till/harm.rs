//! What goes wrong: tills revoked, tills copied, and tills that sign whatever they like.

use super::{Tills, ore};
use allkontor_core::money::Ore;
use allkontor_core::statement::{Body, Cause, Part, Settle, Take};

impl Tills {
    /// The admin revokes a device, its cut some statements before its last; the heir takes over, the device goes on.
    pub(super) fn revoke(&mut self, device: usize) {
        let heir = (device + 1) % self.views.len();
        let (behind, successor) = (self.chance.below(3), self.office.key(heir));
        let (revoke, _) = self.office.revoke(device, behind, Some(successor));
        self.note("revokes");
        for (other, view) in self.views.iter_mut().enumerate() {
            if other != device {
                view.extend(0..self.office.heap.len());
            }
        }
        self.say(
            heir,
            Take {
                of: revoke.id(),
                via: None,
            },
        );
        self.pay_out(heir);
        self.settle(heir);
    }

    /// The device goes on from some statements before its last, as if it had never signed them.
    pub(super) fn copy(&mut self, device: usize) {
        let key = self.office.key(device);
        let Some(head) = self.office.devices[device].head else {
            return;
        };
        let heap = &self.office.heap;
        let before = heap
            .iter()
            .find(|s| s.id() == head.1)
            .and_then(|s| s.header().link?.prev);
        let kept = before.zip(head.0.checked_sub(1)).map(|(id, seq)| (seq, id));
        let lost = heap
            .iter()
            .position(|s| s.id() == head.1 && s.signer() == key);
        self.office.devices[device].head = kept;
        if let Some(lost) = lost {
            self.views[device].remove(&lost);
        }
        self.note("copies");
        match self.chance.below(3) {
            _ if self.with_accounts => self.on_account(device),
            0 => self.pay_out(device),
            _ => self.settle(device),
        }
    }

    /// Signs a settlement or a correction of anything, by anybody.
    pub(super) fn rogue(&mut self, device: usize) {
        let office = &self.office;
        let deposits = office.said(|body| matches!(body, Body::Deposit(_)));
        let pay_outs = office.said(|body| matches!(body, Body::PaidOut(_)));
        let charges = office.said(|body| matches!(body, Body::Charge(_)));
        let payments = office.said(|body| matches!(body, Body::Pay(_)));
        self.note("rogues");
        if self.chance.below(3) > 0 && !deposits.is_empty() {
            let deposit = self.chance.pick(&deposits);
            let paid_out = (!pay_outs.is_empty() && self.chance.below(4) > 0)
                .then(|| self.chance.pick(&pay_outs));
            let returned = ore(500 * self.chance.below(4) as i64);
            let forfeited = ore(if returned == Ore::ZERO { 700 } else { 0 });
            let cause = Cause::Staff;
            self.say(
                device,
                Settle {
                    deposit,
                    returned,
                    forfeited,
                    cause,
                    paid_out,
                },
            );
        } else if !charges.is_empty() {
            let of = self.chance.pick(&charges);
            let paid = (!payments.is_empty()).then(|| self.chance.pick(&payments));
            let returned = paid.map(|of| Part {
                of,
                amount: ore(150),
            });
            self.post_correction(device, of, ore(-300), returned);
        }
    }
}
