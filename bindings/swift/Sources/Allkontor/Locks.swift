import AllkontorFFI
import Foundation

// What locks open by: for whoever rents them, and nobody else.
extension Device {
    /// Tells the renter of a lock what it opens by from now on; nobody else can read it, this device included.
    /// `codeSeed`: 32 random bytes, drawn for this code unless given.
    public func issueCode(
        _ code: String,
        of unit: UnitId,
        to booking: BookingKey,
        codeSeed: Data? = nil
    ) async throws {
        let seed = codeSeed ?? randomBytes(32)
        try await call { engine, now in
            try engine.issueCode(now: now, booking: booking, unit: unit, code: code, codeSeed: seed)
        }
    }

    /// What the locks open by that this device rents.
    public func codes() async throws -> [OwnLockCode] {
        try await call { engine, now in try engine.codes(now: now) }
    }

    /// What the locks open by that are rented by a slip, to be read out to whoever holds it. On an admin's or staff's
    /// device: a screen in the room shows nobody's.
    public func codes(ofSlip code: String) async throws -> [LockCode] {
        try await call { engine, now in try engine.slipCodes(now: now, code: code) }
    }

    /// Locks whose codes are to be changed, by unit: for the desk.
    public func codesDue() async throws -> [CodeDue] {
        try await call { engine, now in try engine.codesDue(now: now) }
    }
}
