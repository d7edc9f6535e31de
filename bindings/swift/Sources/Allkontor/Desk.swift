import AllkontorFFI
import Foundation

// What the office's devices do.
extension Device {
    /// Every booking of a month or year, as the desk sees it, by ticket and slot.
    public func deskBookings(_ ledger: Ledger) async throws -> [DeskBooking] {
        try await pages(after: \.key) { engine, after, limit in
            try engine.deskBookings(ledger: ledger, after: after, limit: limit)
        }
    }

    /// What is taken on a day and by which booking, by unit, then by time; nobody's name.
    public func deskDay(_ day: OfficeDay) async throws -> [DeskTime] {
        try await pages(after: \.self) { engine, after, limit in
            try engine.deskDay(day: day, after: after, limit: limit)
        }
    }

    /// How the office was used from one month to another, both included, with the classes' names in `language` (BCP 47). What
    /// says something about fewer than `smallestGroup` bookings is withheld; 1 withholds nothing.
    public func report(
        from first: YearMonth, through last: YearMonth, smallestGroup: UInt32 = 5, language: String = "en"
    ) async throws -> UsageReport {
        try await call { engine, _ in
            try engine.report(first: first, last: last, smallestGroup: smallestGroup, language: language)
        }
    }

    /// Why any booking stands as it does; `nil` when it is not known here.
    public func explain(_ booking: BookingKey) async throws -> Explanation? {
        try await call { engine, now in try engine.explainAtDesk(now: now, booking: booking) }
    }

    /// Confirms a request now, where the forecast places it, without waiting for its class's window.
    public func confirm(_ booking: BookingKey) async throws {
        try await call { engine, now in try engine.confirm(now: now, booking: booking) }
    }

    /// Refuses a request, for good.
    public func decline(_ booking: BookingKey, because cause: Cause) async throws {
        try await call { engine, now in try engine.decline(now: now, booking: booking, cause: cause) }
    }

    /// Gives a promised place back, for good.
    public func release(_ booking: BookingKey, because cause: Cause) async throws {
        try await call { engine, now in try engine.release(now: now, booking: booking, cause: cause) }
    }

    /// The person is here.
    public func checkIn(_ booking: BookingKey) async throws {
        try await call { engine, now in try engine.checkIn(now: now, booking: booking) }
    }

    /// Closes units for a time, or the office when no unit is named; everybody affected is moved or put first in line.
    public func closePlaces(_ units: [UnitId] = [], during interval: Interval, because cause: Cause) async throws
        -> Closed
    {
        try await call { engine, now in
            try engine.closePlaces(now: now, units: units, interval: interval, cause: cause)
        }
    }

    /// Opens again what was closed: `statement` as in ``DeskTime``.
    public func reopen(_ statement: StatementId) async throws {
        try await call { engine, now in try engine.reopen(now: now, statement: statement) }
    }

    /// Books for somebody without a phone, who leaves with a slip. `slipSeed`: 16 random bytes.
    public func walkIn(_ wanted: Wanted, slipSeed: Data? = nil) async throws -> [WalkInOutcome] {
        let seed = slipSeed ?? randomBytes(16)
        return try await call { engine, now in try engine.walkIn(now: now, wanted: wanted, slipSeed: seed) }
    }

    /// The booking of a slip's code typed by hand; `nil` when it is not known here. Lower case, spaces and dashes are
    /// fine. ``slipCode(_:)`` gives the code of a scanned slip.
    public func findSlip(_ code: String) async throws -> DeskBooking? {
        try await call { engine, _ in try engine.findSlip(code: code) }
    }

    /// Withdraws the booking on a slip.
    public func cancelSlip(_ code: String) async throws {
        try await call { engine, now in try engine.cancelSlip(now: now, code: code) }
    }

    /// "I am here", says whoever holds the slip.
    public func arriveSlip(_ code: String) async throws {
        try await call { engine, now in try engine.arriveSlip(now: now, code: code) }
    }

    /// Issues a ticket to a key, or says what is left of the holder's share.
    public func issueTicket(_ order: TicketOrder) async throws -> TicketOutcome {
        try await call { engine, now in try engine.issueTicket(now: now, order: order) }
    }

    /// What is left of a holder's share of a class for a booking on a day.
    public func allowances(of classId: ClassId, on day: OfficeDay, for holder: PublicKey) async throws -> [Allowance] {
        try await call { engine, now in
            try engine.allowances(now: now, holder: holder, classId: classId, day: day)
        }
    }

    /// Publishes a catalogue, given as JSON.
    public func publish(_ catalogue: Data) async throws {
        try await call { engine, now in try engine.publish(now: now, catalogue: catalogue) }
    }

    /// Drops the bookings of months that end before a day, here and on every device that hears of it.
    public func drop(before day: OfficeDay) async throws {
        try await call { engine, now in try engine.dropBefore(now: now, day: day) }
    }

    /// Lets time pass: an office's device decides what is ripe. Call it once a minute.
    public func tick() async throws {
        try await call { engine, now in try engine.tick(now: now) }
    }

    /// Whether this device's clock can be believed: without that nothing is freed, expired or stamped automatically.
    public func clockIsBelieved() async throws -> Bool {
        try await call { engine, now in try engine.clockIsBelieved(now: now) }
    }

    /// A person has looked: the clock is right.
    public func confirmClock() async throws {
        try await call { engine, now in try engine.confirmClock(now: now) }
    }
}
