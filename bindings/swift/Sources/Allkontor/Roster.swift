import AllkontorFFI
import Foundation

// How people are reached: written at any of the office's devices, read by the staff's alone.
extension Device {
    /// Writes down how somebody is reached, for the staff alone: what a kiosk has written it cannot read again. An empty
    /// card hides what was written before. It goes with its month: see ``drop(before:)``. `contactSeed`: 32 random bytes,
    /// drawn for this card unless given.
    ///
    /// A kiosk that knows no key of this month answers `no_roster_key`, and keeps nothing of what was typed: it has to meet
    /// a device of the staff.
    public func write(_ card: ContactCard, for holder: PublicKey, contactSeed: Data? = nil) async throws {
        let seed = contactSeed ?? randomBytes(32)
        try await call { engine, now in
            try engine.writeContact(now: now, holder: holder, card: card, contactSeed: seed)
        }
    }

    /// How a holder is reached; `nil` when nothing is known, or it was hidden. On an admin's or staff's device.
    public func person(_ holder: PublicKey) async throws -> Person? {
        try await call { engine, _ in try engine.person(holder: holder) }
    }

    /// How whoever has a booking is reached; `nil` also where ``holder(of:)`` is. On an admin's or staff's device.
    public func person(of booking: BookingKey) async throws -> Person? {
        try await call { engine, _ in try engine.personOf(booking: booking) }
    }

    /// Everybody whose contact or note has that text in it, in whatever case, by their contacts; no text finds everybody.
    /// On an admin's or staff's device.
    public func findPeople(_ text: String = "") async throws -> [Person] {
        var found: [Person] = []
        while true {
            let after = found.last?.holder
            let more = try await call { engine, _ in
                try engine.findPeople(text: text, after: after, limit: 500)
            }
            found += more
            if more.count < 500 { return found }
        }
    }
}
