//! The same bookings in SQLite, with the indexes that each query wants.

use crate::clerk::Booking;
use crate::plan::UNITS;
use allkontor_core::time::{DayStart, Interval, OfficeDay};
use rusqlite::{Connection, params};

/// Two ways to ask, each with its covering index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// For each unit, whether a booking is in the way.
    NotExists,
    /// All units that have one in the way, taken from all units.
    NotIn,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::NotExists, Self::NotIn];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotExists => "SQLite, not exists",
            Self::NotIn => "SQLite, not in",
        }
    }

    fn query(self) -> &'static str {
        match self {
            Self::NotExists => {
                "SELECT id FROM unit u WHERE class = 1 AND NOT EXISTS (SELECT 1 FROM booking b INDEXED BY by_unit
                 WHERE b.unit = u.id AND b.day = ?1 AND b.start < ?3 AND b.end > ?2) ORDER BY features, id"
            }
            Self::NotIn => {
                "SELECT id FROM unit WHERE class = 1 AND id NOT IN (SELECT unit FROM booking INDEXED BY by_day
                 WHERE day = ?1 AND start < ?3 AND end > ?2) ORDER BY features, id"
            }
        }
    }
}

pub(crate) struct Table(Connection);

impl Table {
    pub(crate) fn of<'a>(bookings: impl IntoIterator<Item = &'a Booking>) -> Self {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE unit (id INTEGER PRIMARY KEY, class INTEGER, features INTEGER);
             CREATE INDEX by_class ON unit (class, features, id);
             CREATE TABLE booking (unit INTEGER, day INTEGER, start INTEGER, end INTEGER);
             BEGIN;",
        )
        .unwrap();
        for unit in 1..=UNITS {
            db.execute("INSERT INTO unit VALUES (?1, 1, 0)", [unit])
                .unwrap();
        }
        {
            let mut insert = db
                .prepare("INSERT INTO booking VALUES (?1, ?2, ?3, ?4)")
                .unwrap();
            for booking in bookings {
                let (start, end) = (booking.interval.start(), booking.interval.end());
                let day = OfficeDay::of(start, DayStart::default());
                insert
                    .execute(params![booking.unit.0, day.get(), start.get(), end.get()])
                    .unwrap();
            }
        }
        db.execute_batch(
            "COMMIT;
             CREATE INDEX by_unit ON booking (unit, day, start, end);
             CREATE INDEX by_day ON booking (day, start, end, unit);
             ANALYZE;",
        )
        .unwrap();
        Self(db)
    }

    pub(crate) fn free(&self, shape: Shape, day: OfficeDay, interval: Interval) -> Vec<u32> {
        let mut query = self.0.prepare_cached(shape.query()).unwrap();
        let (start, end) = (interval.start().get(), interval.end().get());
        let rows = query
            .query_map(params![day.get(), start, end], |row| row.get(0))
            .unwrap();
        rows.map(Result::unwrap).collect()
    }
}
