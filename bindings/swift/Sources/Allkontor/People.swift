import AllkontorFFI
import Foundation

// Guidelines and their acceptance, and who may not book for a time.
extension Device {
    /// The version of the guidelines that holds now; `nil` where there are none. ``office(in:)`` has the text.
    public func guidelinesInForce() async throws -> UInt32? {
        try await call { engine, now in try engine.guidelinesInForce(now: now) }
    }

    /// The newest version of the guidelines that the person with this device has accepted.
    public func acceptedGuidelines() async throws -> UInt32? {
        try await call { engine, _ in try engine.acceptedGuidelines() }
    }

    /// The person has read the guidelines of that version and accepts them: said with each request from now on.
    public func acceptGuidelines(version: UInt32) async throws {
        try await call { engine, now in try engine.acceptGuidelines(now: now, version: version) }
    }

    /// The pseudonym of whoever has a booking; `nil` where another device issued its ticket, and for what was booked at
    /// the desk.
    public func holder(of booking: BookingKey) async throws -> PublicKey? {
        try await call { engine, _ in try engine.holderOf(booking: booking) }
    }

    /// Somebody was shown round: what the office reserves for such people is theirs to book, with tickets issued from now
    /// on. Their device shows its ``publicKey()``; ``holder(of:)`` knows whose a booking is. On an admin's or staff's
    /// device.
    public func introduce(_ holder: PublicKey) async throws {
        try await call { engine, now in try engine.introduce(now: now, holder: holder) }
    }

    /// Takes an introduction back: it counts for no ticket issued from now on. Those at hand expire within a week. On an
    /// admin's or staff's device.
    public func retractIntroduction(of holder: PublicKey) async throws {
        try await call { engine, now in try engine.retractIntroduction(now: now, holder: holder) }
    }

    /// When a holder was shown round; `nil` when they were not. For the office's devices.
    public func introduction(of holder: PublicKey) async throws -> CivilMinute? {
        try await call { engine, _ in try engine.introduction(holder: holder) }
    }

    /// Whether a ticket of this device says that its holder was shown round.
    public func isIntroduced() async throws -> Bool {
        try await call { engine, now in try engine.isIntroduced(now: now) }
    }

    /// Somebody may not book until that day, which is the last: no tickets are issued to them, and what they ask for
    /// under those they have is refused. It is over by itself. On an admin's or staff's device.
    @discardableResult
    public func suspendHolder(_ holder: PublicKey, until: OfficeDay, because ground: Ground) async throws -> StatementId
    {
        try await call { engine, now in
            try engine.suspendHolder(now: now, holder: holder, until: until, ground: ground)
        }
    }

    /// Notes that whoever is suspended has appealed, or takes a suspension back.
    public func amend(_ suspension: StatementId, _ amendment: Amendment) async throws {
        try await call { engine, now in
            try engine.amendSuspension(now: now, suspension: suspension, amendment: amendment)
        }
    }

    /// Suspensions that are not over, by their last day: for the office's devices.
    public func suspensions() async throws -> [Suspension] {
        var found: [Suspension] = []
        while true {
            let after = found.last?.id
            let more = try await call { engine, now in
                try engine.suspensions(now: now, after: after, limit: 500)
            }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// What this device was told of a suspension of its own; `nil` when nothing stands.
    public func suspension() async throws -> OwnSuspension? {
        try await call { engine, now in try engine.suspension(now: now) }
    }
}
