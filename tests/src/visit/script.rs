//! The morning: what people and staff do, in order, and what a phone must show in between.

use super::request::{Answer, Bytes, Request};
use super::{Trouble, Visit};
use crate::world::{at, instant};

/// One thing that happens on somebody's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The device is asked.
    Do(Request),
    /// A phone meets the kiosk, message by message.
    Meet,
    /// A stick goes from the phone to the kiosk and back.
    Stick,
    /// The kiosk scans a booking's card from the phone's screen.
    Card(usize),
    /// The app is closed and opened again.
    Restart,
    /// The clock goes to that time.
    Clock(&'static str),
    /// The phone shows that of one of its bookings.
    Told(usize, &'static str),
}

/// Everything that happens: whose device, and what.
pub fn morning() -> Vec<(&'static str, Act)> {
    use Act::{Card, Clock, Meet, Restart, Stick, Told};
    let book = |unit, span: &str, or_equal| {
        let span = span.into();
        Act::Do(Request::Book {
            unit,
            span,
            or_equal,
        })
    };
    let (kiosk, anna, bo) = ("kiosk", "anna", "bo");
    let mut acts = vec![
        (kiosk, Act::Do(Request::Found)),
        (anna, join(2)),
        (bo, join(3)),
    ];
    acts.extend([(anna, Meet), (anna, Meet), (bo, Meet), (bo, Meet)]);
    acts.extend([
        (anna, book(1, "24T10:00-11:00", false)),
        (anna, book(2, "24T12:00-13:00", true)),
        (bo, book(1, "24T10:30-11:30", false)),
        (anna, Meet),
        (bo, Meet),
        (anna, Told(0, "confirmed 1 10:00-11:00")),
        (anna, Told(1, "confirmed 2 12:00-13:00")),
        (bo, Told(0, "waiting 1")),
    ]);
    // The office's own doings, and what follows from them for Anna.
    acts.extend([
        (
            kiosk,
            Act::Do(Request::WalkIn {
                unit: 3,
                span: "24T09:00-10:00".into(),
            }),
        ),
        (
            kiosk,
            Act::Do(Request::Close {
                unit: 2,
                span: "24T11:30-14:00".into(),
            }),
        ),
        (anna, Meet),
        (anna, Told(1, "confirmed 1 12:00-13:00")),
        (
            anna,
            Act::Do(Request::Move {
                nth: 0,
                unit: 1,
                span: "24T14:00-15:00".into(),
            }),
        ),
        (anna, Meet),
        (bo, Meet),
        (anna, Told(0, "confirmed 1 14:00-15:00")),
        (bo, Told(0, "confirmed 1 10:30-11:30")),
    ]);
    // Files, codes, and coming.
    acts.extend([
        (kiosk, Clock("2026-11-24T09:20")),
        (anna, book(11, "24T09:30-10:30", false)),
        (anna, Stick),
        (anna, Told(2, "confirmed 11 09:30-10:30")),
        (bo, book(12, "24T10:00-11:00", false)),
        (bo, Card(1)),
        (kiosk, Act::Do(Request::Maintain)),
        (anna, Act::Do(Request::Maintain)),
        (kiosk, Clock("2026-11-24T09:31")),
        (kiosk, Act::Do(Request::ConfirmClock)),
        (anna, Act::Do(Request::Arrive { nth: 2 })),
        (anna, Meet),
        (anna, Told(2, "checked in 11 09:30-10:30")),
        (
            anna,
            Act::Do(Request::Extend {
                nth: 2,
                unit: 11,
                span: "24T09:30-11:00".into(),
            }),
        ),
        (anna, Card(2)),
        (anna, Meet),
        (anna, Told(2, "checked in 11 09:30-11:00")),
    ]);
    // Not coming, giving back, a new catalogue, and the apps opened again.
    acts.extend([
        (kiosk, Clock("2026-11-24T10:50")),
        (kiosk, Act::Do(Request::Tick)),
        (bo, Meet),
        (bo, Told(0, "released: no-show")),
        (bo, Told(1, "released: no-show")),
        (anna, Act::Do(Request::Cancel { nth: 0 })),
        (anna, Meet),
        (anna, Told(0, "released: cancelled")),
        (kiosk, Act::Do(Request::Publish)),
        (kiosk, Restart),
        (anna, Restart),
        (anna, Meet),
        (bo, Meet),
        (anna, Meet),
    ]);
    acts
}

fn join(seed: u8) -> Act {
    let office = String::new();
    Act::Do(Request::Join { office, seed })
}

impl Act {
    /// Whether [`Visit::is_so`] can tell from then on that it was done.
    pub(super) fn leaves_a_mark(&self) -> bool {
        match self {
            Self::Do(request) => !matches!(
                request,
                Request::Tick | Request::ConfirmClock | Request::Maintain
            ),
            _ => false,
        }
    }
}

impl Visit {
    /// Does one thing, once.
    pub(super) fn act(&mut self, who: &'static str, act: &Act) -> Result<(), Trouble> {
        match act {
            Act::Do(Request::Join { seed, .. }) => {
                let office = self.office();
                self.ask(
                    who,
                    Request::Join {
                        office,
                        seed: *seed,
                    },
                )?;
            }
            Act::Do(request) => {
                self.ask(who, request.clone())?;
            }
            Act::Meet => self.meet(who)?,
            Act::Stick => {
                let file = self.file(who, Request::ExportFile)?;
                self.ask("kiosk", Request::ImportFile { file })?;
                let file = self.file("kiosk", Request::ExportFile)?;
                self.ask(who, Request::ImportFile { file })?;
            }
            Act::Card(nth) => {
                let card = self.file(who, Request::ShowCard { nth: *nth })?;
                self.ask("kiosk", Request::ScanCard { card })?;
            }
            Act::Restart => drop(self.ask(who, Request::Open)?),
            Act::Clock(time) => self.now = instant(at(time)),
            Act::Told(nth, words) => {
                let line = self.agenda(who).into_iter().nth(*nth);
                assert_eq!(line.map(|line| line.told).as_deref(), Some(*words), "{who}");
            }
        }
        Ok(())
    }

    /// A phone opens a connection to the kiosk, and they talk until neither has anything to say.
    fn meet(&mut self, who: &'static str) -> Result<(), Trouble> {
        let Answer::Connected {
            connection: near,
            messages: mut flight,
        } = self.ask(who, Request::Connect)?
        else {
            panic!("a connection has a number");
        };
        let Answer::Number(far) = self.ask("kiosk", Request::Accept)? else {
            panic!("a connection has a number");
        };
        let mut ends = [(who, near), ("kiosk", far)];
        while !flight.is_empty() {
            ends.reverse();
            let (to, connection) = ends[0];
            let mut answers = Vec::new();
            for message in flight {
                let request = Request::Receive {
                    connection,
                    message,
                };
                match self.ask(to, request) {
                    Ok(Answer::Messages(more)) => answers.extend(more),
                    Ok(other) => panic!("{other:?} is no answer to a message"),
                    Err(trouble) => {
                        self.hear_the_last(ends[1], answers);
                        return Err(trouble);
                    }
                }
            }
            flight = answers;
        }
        self.ask(who, Request::Disconnect { connection: near })?;
        self.ask("kiosk", Request::Disconnect { connection: far })?;
        Ok(())
    }

    /// What had left before the other side broke off has left for good.
    fn hear_the_last(&mut self, (who, connection): (&'static str, u64), said: Vec<Bytes>) {
        for message in said {
            let request = Request::Receive {
                connection,
                message,
            };
            self.see(who, request);
        }
        self.see(who, Request::Disconnect { connection });
    }

    fn file(&mut self, who: &'static str, request: Request) -> Result<Bytes, Trouble> {
        match self.ask(who, request)? {
            Answer::File(file) => Ok(file),
            other => panic!("{other:?} is no file"),
        }
    }
}
