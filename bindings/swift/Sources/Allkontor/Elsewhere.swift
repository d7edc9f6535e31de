import AllkontorFFI
import Foundation

// Where to go when the office is closed: to an office that has agreed to take its people.
extension Device {
    /// This office's word, signed, that it takes the people of office `guest` when that is closed, until a day if one is
    /// given: for its admin to put into their catalogue (`hosts`). `reach` is where a device of this office can be
    /// reached. On the admin's device.
    public func agreeToHost(
        _ guest: OfficeId, classes: [ClassId], until: OfficeDay? = nil, reach: [String] = [], website: String = ""
    ) async throws -> Data {
        try await call { engine, _ in
            try engine.agreeToHost(guest: guest, classes: classes, until: until, reach: reach, website: website)
        }
    }

    /// The offices that have agreed to take this one's people when it is closed.
    public func hosts(in language: String = "en") async throws -> [HostOffice] {
        try await call { engine, _ in try engine.hosts(language: language) }
    }

    /// Where the person can go instead, when the office closed on a booking of theirs or is closed when they asked to
    /// come: offices that have agreed to it and have something for all of it. ``join(invitation:in:deviceSeed:clock:)`` takes their
    /// invitation, and ``book(_:)`` there each of the stays. Asking there is asking like anybody else.
    public func elsewhere(for booking: BookingId, in language: String = "en") async throws -> [Elsewhere] {
        try await call { engine, _ in try engine.elsewhere(booking: booking, language: language) }
    }

    /// The same for what somebody would like on a date, whether it was asked for or not.
    public func elsewhere(for what: What, at date: Interval, in language: String = "en") async throws -> [Elsewhere] {
        try await call { engine, _ in try engine.elsewhereFor(what: what, date: date, language: language) }
    }
}
