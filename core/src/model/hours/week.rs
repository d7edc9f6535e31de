use super::Span;
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// When an office is open on one date, and when somebody is there to help.
///
/// Staffed time outside open time is of no use to anyone and is left out of [`super::Hours::staffed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct DayHours {
    open: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    staffed: Vec<Span>,
}

/// Two spans of one date that share a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("spans overlap: {first} and {second}")]
pub struct SpansOverlap {
    /// The one that starts first.
    pub first: Span,
    /// The one that starts before `first` ends.
    pub second: Span,
}

#[derive(Deserialize)]
struct Unchecked {
    #[serde(default)]
    open: Vec<Span>,
    #[serde(default)]
    staffed: Vec<Span>,
}

impl TryFrom<Unchecked> for DayHours {
    type Error = SpansOverlap;

    fn try_from(read: Unchecked) -> Result<Self, SpansOverlap> {
        Self::new(read.open, read.staffed)
    }
}

impl DayHours {
    /// Open and staffed spans in any order; none open is a closed day.
    pub fn new(open: Vec<Span>, staffed: Vec<Span>) -> Result<Self, SpansOverlap> {
        Ok(Self {
            open: apart(open)?,
            staffed: apart(staffed)?,
        })
    }

    /// A day with no opening.
    pub const fn closed() -> Self {
        Self {
            open: Vec::new(),
            staffed: Vec::new(),
        }
    }

    /// The open spans, in order.
    pub fn open(&self) -> &[Span] {
        &self.open
    }

    /// The staffed spans, in order.
    pub fn staffed(&self) -> &[Span] {
        &self.staffed
    }
}

fn apart(mut spans: Vec<Span>) -> Result<Vec<Span>, SpansOverlap> {
    spans.sort_unstable();
    for (first, second) in spans.iter().zip(spans.iter().skip(1)) {
        if second.from() < first.to() {
            return Err(SpansOverlap {
                first: *first,
                second: *second,
            });
        }
    }
    Ok(spans)
}

/// The hours of an ordinary week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Week {
    pub monday: DayHours,
    pub tuesday: DayHours,
    pub wednesday: DayHours,
    pub thursday: DayHours,
    pub friday: DayHours,
    pub saturday: DayHours,
    pub sunday: DayHours,
}

impl Week {
    /// The same hours Monday to Friday, others on Saturday and Sunday.
    pub fn new(weekdays: DayHours, weekend: DayHours) -> Self {
        Self {
            monday: weekdays.clone(),
            tuesday: weekdays.clone(),
            wednesday: weekdays.clone(),
            thursday: weekdays.clone(),
            friday: weekdays,
            saturday: weekend.clone(),
            sunday: weekend,
        }
    }

    /// What is proposed for every public office: 08–22 on weekdays, 10–18 at weekends; nobody promised to staff it.
    pub fn proposed() -> Self {
        let open = |from, to| DayHours {
            open: vec![Span::hours(from, to)],
            staffed: Vec::new(),
        };
        Self::new(open(8, 22), open(10, 18))
    }

    /// The hours of one weekday.
    pub fn on(&self, weekday: Weekday) -> &DayHours {
        match weekday {
            Weekday::Mon => &self.monday,
            Weekday::Tue => &self.tuesday,
            Weekday::Wed => &self.wednesday,
            Weekday::Thu => &self.thursday,
            Weekday::Fri => &self.friday,
            Weekday::Sat => &self.saturday,
            Weekday::Sun => &self.sunday,
        }
    }
}
