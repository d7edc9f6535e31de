import AllkontorFFI
import Foundation

// A visitor's keys on a new phone, or on a second one.
extension Device {
    /// A backup of a visitor's keys, to print or photograph: good for all that is booked later too, and not for drafts or
    /// what nobody has been told. ``restore(backup:in:clock:)`` makes a new phone of it.
    ///
    /// The keys of the office's devices exist once: such a device is refused, and one whose keys were backed up does not
    /// become one of the office's.
    public func backup() async throws -> Backup {
        try await call { engine, _ in try engine.backup() }
    }

    /// How this device shares its keys with others of the same person.
    public func ownKeys() async throws -> OwnKeys {
        try await call { engine, _ in try engine.ownKeys() }
    }
}
