import AllkontorFFI
import Foundation

extension Device {
    /// Somebody has lost their phone, or their keys: what they were promised goes on on slips to be printed, with nobody
    /// coming in between, and the keys are suspended for a year, so that whoever has them gets nothing by them.
    /// `lostSeed`: 32 random bytes, drawn unless given.
    ///
    /// On an admin's, staff's or kiosk's device; ``holder(of:)`` knows whose a booking is. Only what this device issued the
    /// tickets for is known to be theirs: it is to be reported at other desks too.
    public func reportLost(_ holder: PublicKey, lostSeed: Data? = nil) async throws -> LostPhone {
        let seed = lostSeed ?? randomBytes(32)
        return try await call { engine, now in
            try engine.reportLost(now: now, holder: holder, lostSeed: seed)
        }
    }
}
