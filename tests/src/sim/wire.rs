//! Connections: messages that are lost, come twice, overtake one another, or stop in the middle.

use super::act::{Came, mangle};
use super::op::{Mischief, Weather, Who};
use super::violation::Violation;
use super::world::World;
use crate::chance::Chance;
use allkontor_core::device::Connection;
use std::collections::VecDeque;

/// Messages of one meeting: honest devices need a handful, and no two may talk for ever.
const MOST_MESSAGES: usize = 400;

/// Connections open at a time.
const LINKS: usize = 6;

/// A connection of two devices, and what is under way on it.
pub(super) struct Link {
    ends: [(Who, Connection); 2],
    /// Messages towards each end.
    towards: [VecDeque<Vec<u8>>; 2],
    /// Whether anything on it was changed on the way.
    is_mangled: bool,
}

impl Link {
    pub(super) fn joins(&self, who: Who) -> bool {
        self.ends.iter().any(|(end, _)| *end == who)
    }
}

impl World {
    fn connect(&mut self, from: Who, to: Who) -> Result<Option<Link>, Violation> {
        if !self.can_meet(from, to) {
            return Ok(None);
        }
        let Some((here, first)) = self.on(from, &[], |device, now| device.connect(now))? else {
            return Ok(None);
        };
        let Some(there) = self.on(to, &[], |device, now| device.accept(now))? else {
            self.on(from, &[], |device, now| device.disconnect(now, here))?;
            return Ok(None);
        };
        Ok(Some(Link {
            ends: [(from, here), (to, there)],
            towards: [VecDeque::new(), first.into()],
            is_mangled: false,
        }))
    }

    /// Hands the first message over to an end. `false`: the connection is over.
    fn hand_over(
        &mut self,
        link: &mut Link,
        end: usize,
        message: &[u8],
    ) -> Result<bool, Violation> {
        let (who, connection) = link.ends[end];
        let may: &[&str] = if link.is_mangled {
            &["session_failed"]
        } else {
            &[]
        };
        let answers = self.on(who, may, |device, now| {
            device.receive(now, connection, message)
        })?;
        let Some(answers) = answers else {
            return Ok(false);
        };
        self.counts.add("messages", 1);
        link.towards[1 - end].extend(answers);
        Ok(true)
    }

    /// Says good-bye at both ends, as far as they are there.
    fn close_link(&mut self, link: &Link, rudely: bool) -> Result<(), Violation> {
        for (who, connection) in link.ends {
            if !rudely {
                let may = ["no_connection"];
                self.on(who, &may, |device, now| device.disconnect(now, connection))?;
            }
        }
        Ok(())
    }

    pub(super) fn meet(&mut self, from: Who, to: Who, weather: Weather) -> Result<Came, Violation> {
        let Some(mut link) = self.connect(from, to)? else {
            return Ok(Came::Nothing);
        };
        let mut chance = Chance(weather.salt);
        let (mut carried, mut end, mut whole) = (0_usize, 1, true);
        loop {
            if link.towards[end].is_empty() || (weather.shuffled && chance.below(3) == 0) {
                end = 1 - end;
            }
            if link.towards[end].is_empty() {
                end = 1 - end;
            }
            let queue = &mut link.towards[end];
            if queue.is_empty() {
                break;
            }
            let nth = if weather.shuffled {
                chance.below(queue.len())
            } else {
                0
            };
            let Some(message) = queue.remove(nth) else {
                break;
            };
            if weather
                .cut
                .is_some_and(|after| carried >= usize::from(after))
            {
                self.counts.add("cut connections", 1);
                whole = false;
                break;
            }
            carried += 1;
            if carried > MOST_MESSAGES {
                let how = format!("{carried} messages between {from} and {to}");
                return Err(Violation::new("two devices talk for ever", how));
            }
            if chance.below(100) < usize::from(weather.lost) {
                self.counts.add("lost messages", 1);
                continue;
            }
            let times = 1 + usize::from(chance.below(100) < usize::from(weather.twice));
            for _ in 0..times {
                whole &= self.hand_over(&mut link, end, &message)?;
            }
            if !whole {
                break;
            }
        }
        self.close_link(&link, !whole && chance.below(2) == 0)?;
        self.counts.add("meetings", 1);
        Ok(Came::Done)
    }

    pub(super) fn dial(&mut self, from: Who, to: Who) -> Result<Came, Violation> {
        if self.links.len() >= LINKS {
            return Ok(Came::Nothing);
        }
        let link = self.connect(from, to)?;
        self.counts.add("calls", u64::from(link.is_some()));
        let came = Came::of(link.as_ref());
        self.links.extend(link);
        Ok(came)
    }

    pub(super) fn carry(
        &mut self,
        link: u8,
        count: u8,
        mischief: Mischief,
        salt: u64,
    ) -> Result<Came, Violation> {
        let Some(nth) = usize::from(link).checked_rem(self.links.len()) else {
            return Ok(Came::Nothing);
        };
        let mut link = self.links.remove(nth);
        let mut going = self.can_meet(link.ends[0].0, link.ends[1].0);
        let mut mischief = mischief;
        for _ in 0..count {
            if !going {
                break;
            }
            going = self.carry_one(
                &mut link,
                std::mem::replace(&mut mischief, Mischief::None),
                salt,
            )?;
        }
        if going {
            self.links.insert(nth, link);
        } else {
            self.close_link(&link, salt.is_multiple_of(2))?;
        }
        Ok(Came::Done)
    }

    fn carry_one(
        &mut self,
        link: &mut Link,
        mischief: Mischief,
        salt: u64,
    ) -> Result<bool, Violation> {
        // Whoever has news speaks up, whether or not it was asked.
        for end in [0, 1] {
            let (who, connection) = link.ends[end];
            if link.towards[1 - end].is_empty() {
                let news = self.on(who, &[], |device, now| device.poll(now, connection))?;
                let Some(news) = news else { return Ok(false) };
                link.towards[1 - end].extend(news);
            }
        }
        let end = usize::from(link.towards[1].len() >= link.towards[0].len());
        let queue = &mut link.towards[end];
        if mischief == Mischief::Overtaken && queue.len() > 1 {
            queue.swap(0, 1);
        }
        let Some(mut message) = queue.pop_front() else {
            return Ok(true);
        };
        self.counts.add(
            match mischief {
                Mischief::None => "plain messages",
                Mischief::Lost => "lost messages",
                Mischief::Twice => "messages twice",
                Mischief::Overtaken => "messages overtaken",
                Mischief::Mangled => "messages damaged",
            },
            1,
        );
        match mischief {
            Mischief::Lost => Ok(true),
            Mischief::Twice => {
                let once = self.hand_over(link, end, &message)?;
                Ok(once && self.hand_over(link, end, &message)?)
            }
            Mischief::Mangled => {
                mangle(&mut message, &mut Chance(salt));
                link.is_mangled = true;
                self.hand_over(link, end, &message)
            }
            Mischief::None | Mischief::Overtaken => self.hand_over(link, end, &message),
        }
    }

    pub(super) fn hang_up(&mut self, link: u8, rudely: bool) -> Result<Came, Violation> {
        let Some(nth) = usize::from(link).checked_rem(self.links.len()) else {
            return Ok(Came::Nothing);
        };
        let link = self.links.remove(nth);
        self.close_link(&link, rudely)?;
        Ok(Came::Done)
    }

    /// Ends every connection.
    pub(super) fn hang_up_all(&mut self) -> Result<(), Violation> {
        for link in std::mem::take(&mut self.links) {
            self.close_link(&link, false)?;
        }
        Ok(())
    }
}
