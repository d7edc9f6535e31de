import AllkontorFFI

// Dates that belong together: booked by a rule, looked at as one, changed on one date, from one on, or altogether.
extension Device {
    /// Books again and again by an RRULE value (RFC 5545; daily, weekly or monthly) such as `FREQ=WEEKLY;COUNT=12`, not on
    /// the days `except`. The first date of `wanted` gives the time and the length. At most 60 dates.
    public func bookSeries(
        _ wanted: Wanted,
        by rrule: String,
        except: [OfficeDay] = []
    ) async throws -> SeriesBooked {
        try await call { engine, now in
            try engine.bookSeries(now: now, wanted: wanted, rrule: rrule, except: except)
        }
    }

    /// Books further dates of a series: for one that was refused, and is wanted at another time.
    public func joinSeries(_ series: SeriesId, _ wanted: Wanted) async throws -> SeriesBooked {
        try await call { engine, now in try engine.joinSeries(now: now, series: series, wanted: wanted) }
    }

    /// One series of this device; `nil` when it has no such series.
    public func series(_ series: SeriesId) async throws -> SeriesInfo? {
        try await call { engine, _ in try engine.series(series: series) }
    }

    /// Withdraws dates of a series.
    public func cancelDates(_ which: Which, of booking: BookingId) async throws -> [DateChange] {
        try await call { engine, now in try engine.cancelDates(now: now, booking: booking, which: which) }
    }

    /// Asks for another time or place instead: `wanted` is for the date named, the others move by as much on the wall
    /// clock.
    public func moveDates(_ which: Which, of booking: BookingId, to wanted: Wanted) async throws -> [DateChange] {
        try await call { engine, now in
            try engine.moveDates(now: now, booking: booking, which: which, to: wanted)
        }
    }

    /// Asks to stay longer or shorter, in the same place: `end` is for the date named, the others end later by as much.
    public func extendDates(_ which: Which, of booking: BookingId, until end: CivilMinute) async throws -> [DateChange]
    {
        try await call { engine, now in
            try engine.extendDates(now: now, booking: booking, which: which, end: end)
        }
    }
}
