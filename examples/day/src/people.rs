//! Who takes part: first names from both shores of the Gulf of Bothnia, whose clocks are wrong, and who is hostile.

use crate::random::Random;
use std::fmt;

/// A person, by their place in [`crate::story::Story::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonId(pub usize);

/// Somebody with a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What they are called, each by another name.
    pub name: String,
    /// Minutes by which their clock is ahead of the office's, negative when it is behind.
    pub clock_error: i32,
    /// What their phone tries, if it is hostile.
    pub trick: Option<Trick>,
}

/// What a hostile phone tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trick {
    /// Claims to have asked days ago.
    Backdated,
    /// Sends a request in which a bit of the signature is flipped.
    AlteredSignature,
    /// Cancels somebody else's booking with its own key.
    CancelAnothers,
    /// Asks with the ticket of somebody else.
    ForeignTicket,
    /// Asks for the same booking in hundreds of wordings.
    Flood,
    /// Sends bytes that mean nothing.
    Garbage,
}

impl Trick {
    /// In the order in which hostile phones get them.
    pub const ALL: [Self; 6] = [
        Self::Backdated,
        Self::CancelAnothers,
        Self::Flood,
        Self::AlteredSignature,
        Self::ForeignTicket,
        Self::Garbage,
    ];

    /// What it does, after a name: "… claims to have asked days ago".
    pub const fn does(self) -> &'static str {
        match self {
            Self::Backdated => "claims to have asked days ago",
            Self::AlteredSignature => "flips a bit in a signature",
            Self::CancelAnothers => "cancels somebody else's booking",
            Self::ForeignTicket => "asks with somebody else's ticket",
            Self::Flood => "asks hundreds of times for one booking",
            Self::Garbage => "sends bytes that mean nothing",
        }
    }
}

impl fmt::Display for Trick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.does())
    }
}

const NAMES: [&str; 64] = [
    "Aino", "Alva", "Anton", "Astrid", "Axel", "Britta", "Bo", "Cilla", "Dag", "Ebba", "Eero",
    "Elias", "Elin", "Elsa", "Emil", "Erik", "Eva", "Filip", "Freja", "Greta", "Gunnar", "Hanna",
    "Hedda", "Heikki", "Helmi", "Henrik", "Hilda", "Hugo", "Ida", "Iida", "Inga", "Ivar", "Jonna",
    "Juhani", "Kaisa", "Karin", "Kerttu", "Klara", "Lauri", "Lena", "Lina", "Lovisa", "Maja",
    "Matti", "Mikko", "Nils", "Noora", "Olle", "Onni", "Oskar", "Pekka", "Pia", "Rasmus", "Saga",
    "Sami", "Signe", "Siiri", "Stina", "Sven", "Tove", "Tuomas", "Tyra", "Ulla", "Vilma",
];

/// About one phone in eight is hostile; a day of four phones has the first.
const HOSTILE_EVERY: usize = 8;
/// One phone in six has a wrong clock.
const WRONG_EVERY: usize = 6;

/// That many people, each name once; which of them are hostile or late depends on chance, how many does not.
pub fn people(count: usize, random: &Random) -> Vec<Person> {
    let mut random = random.split("people");
    let mut names: Vec<&str> = NAMES.to_vec();
    random.shuffle(&mut names);
    let mut people: Vec<Person> = (0..count)
        .zip(names.iter().cycle())
        .map(|(index, name)| Person {
            name: match index.checked_div(NAMES.len()) {
                Some(round @ 1..) => format!("{name} {}", round.saturating_add(1)),
                _ => (*name).to_owned(),
            },
            clock_error: 0,
            trick: None,
        })
        .collect();
    let mut order: Vec<usize> = (0..count).collect();
    random.shuffle(&mut order);
    let hostile = count.saturating_add(HOSTILE_EVERY / 2) / HOSTILE_EVERY;
    let wrong = count.saturating_add(WRONG_EVERY - 1) / WRONG_EVERY;
    for (index, trick) in order
        .iter()
        .zip(Trick::ALL.into_iter().cycle())
        .take(hostile)
    {
        if let Some(person) = people.get_mut(*index) {
            person.trick = Some(trick);
        }
    }
    for index in order
        .iter()
        .rev()
        .take(wrong.min(count.saturating_sub(hostile)))
    {
        let error = random.between(7, 200);
        if let Some(person) = people.get_mut(*index) {
            person.clock_error = if random.chance(50) { error } else { -error };
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn of(count: usize, seed: u64) -> Vec<Person> {
        people(count, &Random::seeded(seed))
    }

    #[test]
    fn everybody_has_a_name_of_their_own() {
        let names: BTreeSet<String> = of(400, 1).into_iter().map(|person| person.name).collect();
        assert_eq!(names.len(), 400);
    }

    #[test]
    fn forty_phones_have_five_hostile_ones_and_seven_wrong_clocks_whatever_the_seed() {
        for seed in 0..20 {
            let all = of(40, seed);
            let tricks: BTreeSet<_> = all.iter().filter_map(|person| person.trick).collect();
            assert_eq!(tricks.len(), 5, "each with a trick of its own");
            assert_eq!(
                all.iter().filter(|person| person.clock_error != 0).count(),
                7
            );
            assert!(all.iter().all(|p| p.trick.is_none() || p.clock_error == 0));
        }
    }

    #[test]
    fn the_smallest_day_has_somebody_in_it() {
        let all = of(1, 7);
        assert_eq!(
            (all.len(), all[0].trick, all[0].clock_error != 0),
            (1, None, true)
        );
        assert_eq!(of(4, 7).iter().filter(|p| p.trick.is_some()).count(), 1);
    }
}
