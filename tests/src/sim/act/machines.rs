//! What happens to machines and clocks.

use super::Came;
use crate::sim::machine::Machine;
use crate::sim::node::Clock;
use crate::sim::op::Who;
use crate::sim::violation::Violation;
use crate::sim::world::World;
use allkontor_core::time::Timestamp;

impl World {
    pub(super) fn machine(
        &mut self,
        who: Who,
        act: impl FnOnce(&Machine),
    ) -> Result<Came, Violation> {
        let node = self.nodes.get(&who);
        Ok(Came::of(node.map(|node| act(&node.machine))))
    }

    pub(super) fn set_clock(
        &mut self,
        who: Who,
        to: impl FnOnce(Timestamp) -> Clock,
    ) -> Result<Came, Violation> {
        let now = self.now;
        let node = self.nodes.get_mut(&who);
        Ok(Came::of(node.map(|node| node.clock = to(node.now(now)))))
    }

    /// What a device shows at rest is what it shows after it has lost power.
    pub(super) fn kill(&mut self, who: Who) -> Result<Came, Violation> {
        let before = self.shown(who)?;
        let Some(node) = self.nodes.get(&who) else {
            return Ok(Came::Nothing);
        };
        let doubtful = node.machine.is_doubtful();
        self.counts.add("kills at rest", 1);
        self.reboot(who)?;
        let after = self.shown(who)?;
        if !doubtful && before.is_some() && after.is_some() && before != after {
            let name = self.nodes.get(&who).map_or("", |node| node.name);
            let how = format!("{name}: before {before:?}, after {after:?}");
            return Err(Violation::new(
                "a device shows something else after it lost power",
                how,
            ));
        }
        Ok(Came::Done)
    }

    /// A hash of the office, and the person's bookings.
    fn shown(
        &mut self,
        who: Who,
    ) -> Result<Option<impl PartialEq + std::fmt::Debug + use<>>, Violation> {
        self.on(who, &[], |device, _| {
            let standing = device.standing()?;
            Ok((standing, device.digest()?, device.agenda()?))
        })
    }

    pub(super) fn back_up(&mut self, who: Who) -> Result<Came, Violation> {
        let Some(node) = self
            .nodes
            .get_mut(&who)
            .filter(|node| !node.machine.is_troubled())
        else {
            return Ok(Came::Nothing);
        };
        node.backup = Some(node.machine.backup());
        self.counts.add("backups", 1);
        Ok(Came::Done)
    }

    pub(super) fn restore(&mut self, who: Who) -> Result<Came, Violation> {
        let Some(node) = self.nodes.get_mut(&who) else {
            return Ok(Came::Nothing);
        };
        let Some(backup) = node.backup.take() else {
            return Ok(Came::Nothing);
        };
        node.machine.restore(&backup);
        self.betrayed.push(who);
        self.counts.add("restores", 1);
        self.reboot(who)?;
        Ok(Came::Done)
    }

    /// Neither of the two is to blame, and neither can be believed: what they sign stands at one place twice.
    pub(super) fn clone_device(&mut self, who: Who, into: Who) -> Result<Came, Violation> {
        // Two of the device with the admin key would make two offices.
        let away = self.nodes.contains_key(&into) || who == 0;
        let Some(name) = self.double.filter(|_| !away) else {
            return Ok(Came::Nothing);
        };
        let Some(node) = self
            .nodes
            .get_mut(&who)
            .filter(|node| !node.machine.is_troubled())
        else {
            return Ok(Came::Nothing);
        };
        let opened = node.cloned(name);
        let double = opened.map_err(|error| Violation::new("a copy does not open", error))?;
        node.is_faithless = true;
        let key = node.public();
        self.faithless.insert(key);
        self.nodes.insert(into, double);
        self.counts.add("clones", 1);
        Ok(Came::Done)
    }
}
