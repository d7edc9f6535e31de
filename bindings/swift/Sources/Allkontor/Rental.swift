import AllkontorFFI
import Foundation

// What is rented by the year, and what is handed out and in.
extension Device {
    /// Rents from then until then, or without an end; with no network if there is none.
    public func rent(_ what: What, from start: CivilMinute, until: CivilMinute? = nil) async throws -> [DateOutcome] {
        try await call { engine, now in try engine.rent(now: now, what: what, start: start, until: until) }
    }

    /// Asks to keep a rental until then, longer or shorter, or without an end. ``cancel(_:)`` gives it back at once.
    public func keep(_ booking: BookingId, until: CivilMinute?) async throws -> ChangeOutcome {
        try await call { engine, now in try engine.keepUntil(now: now, booking: booking, until: until) }
    }

    /// What this device rents now.
    public func rentals() async throws -> [OwnRental] {
        try await call { engine, now in try engine.rentals(now: now) }
    }

    /// Everything that is rented, by unit: for the desk.
    public func deskRentals() async throws -> [Rental] {
        var found: [Rental] = []
        while true {
            let after = found.last?.key
            let more = try await call { engine, now in
                try engine.deskRentals(now: now, after: after, limit: 500)
            }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// Rents to somebody without a phone, who leaves with a slip. `slipSeed`: 16 random bytes.
    public func rentAtDesk(
        _ what: What,
        from start: CivilMinute,
        until: CivilMinute? = nil,
        slipSeed: Data? = nil
    ) async throws -> [WalkInOutcome] {
        let seed = slipSeed ?? randomBytes(16)
        return try await call { engine, now in
            try engine.rentAtDesk(now: now, what: what, start: start, until: until, slipSeed: seed)
        }
    }

    /// What is rented by a slip's code; `nil` when it is nothing, or not known here.
    public func rental(ofSlip code: String) async throws -> Rental? {
        try await call { engine, now in try engine.slipRental(now: now, code: code) }
    }

    /// Whoever holds the slip asks to keep what it is for until then, or without an end.
    public func keepSlip(_ code: String, until: CivilMinute?) async throws -> ChangeOutcome {
        try await call { engine, now in try engine.keepSlipUntil(now: now, code: code, until: until) }
    }

    /// Lengthens or shortens a rental at the desk. ``release(_:because:)`` ends it.
    public func prolong(_ booking: BookingKey, until: CivilMinute?) async throws -> ChangeOutcome {
        try await call { engine, now in try engine.prolong(now: now, booking: booking, until: until) }
    }

    /// Gives what somebody rents on to another, at once: nobody who waits for it comes in between.
    public func transfer(_ booking: BookingKey, to heir: Heir) async throws -> Transferred {
        try await call { engine, now in try engine.transfer(now: now, booking: booking, heir: heir) }
    }

    /// Drops the rentals of years that end before a day, here and on every device that hears of it. None that stands may
    /// be in them alone.
    public func dropYears(before day: OfficeDay) async throws {
        try await call { engine, now in try engine.dropYearsBefore(now: now, day: day) }
    }

    /// Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in. A remark is
    /// for the office's devices alone.
    public func handOut(
        _ unit: UnitId, to booking: BookingKey, condition: [UInt16] = [], remark: String? = nil
    ) async throws {
        try await call { engine, now in
            try engine.handOut(now: now, booking: booking, unit: unit, condition: condition, remark: remark)
        }
    }

    /// A thing is back.
    public func handIn(_ unit: UnitId, condition: [UInt16] = [], remark: String? = nil) async throws {
        try await call { engine, now in
            try engine.handIn(now: now, unit: unit, condition: condition, remark: remark)
        }
    }

    /// What was said of a thing when it went out and came back, the latest last: for the office's devices.
    public func thingsSaid(of unit: UnitId) async throws -> [ThingEntry] {
        var found: [ThingEntry] = []
        while true {
            let after = found.last?.id
            let more = try await call { engine, _ in try engine.thingsSaid(unit: unit, after: after, limit: 500) }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// Erases what was remarked of a thing, by the statement that has it: here and wherever that is heard. That it was
    /// there, and how long it was, stays.
    public func eraseRemark(of statement: StatementId, because cause: Cause) async throws {
        try await call { engine, now in try engine.eraseRemark(now: now, of: statement, cause: cause) }
    }

    /// Things that are out, by unit: for the desk.
    public func deskLoans() async throws -> [Loan] {
        try await call { engine, now in try engine.deskLoans(now: now) }
    }

    /// What was handed out to this device's bookings and is not back.
    public func loans() async throws -> [OwnLoan] {
        try await call { engine, now in try engine.loans(now: now) }
    }

    /// What can be noted of a thing's condition; ``Words`` says it.
    public func conditions() async throws -> [UInt16] {
        try await call { engine, _ in try engine.conditions() }
    }

    /// Notes that a unit was opened without its renter, who is told that, and not what was remarked.
    public func openUnit(_ unit: UnitId, because cause: Cause, remark: String? = nil) async throws {
        try await call { engine, now in try engine.openUnit(now: now, unit: unit, cause: cause, remark: remark) }
    }

    /// When a unit was opened without its renter, the latest last: everything for the desk, for a visitor what happened
    /// while the unit was theirs.
    public func openings(of unit: UnitId) async throws -> [Opening] {
        try await pages(after: \.id) { engine, after, limit in
            try engine.openings(unit: unit, after: after, limit: limit)
        }
    }
}
