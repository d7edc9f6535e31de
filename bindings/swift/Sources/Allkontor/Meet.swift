import AllkontorFFI
import Foundation

// Meeting other devices: over a connection, through a file, by a scanned code. The app moves bytes, the device says
// which; `dial` and `listen` do it over sockets, `converse` over any other stream.
extension Device {
    /// Starts a connection that this device opened: its number, and the first messages to send.
    public func connect() async throws -> Opened {
        try await call { engine, now in try engine.connect(now: now) }
    }

    /// Starts a connection that the other side opened: its number.
    public func accept() async throws -> UInt64 {
        try await call { engine, now in try engine.accept(now: now) }
    }

    /// Takes one message from the other side, makes what it brings durable, and answers with messages to send. After an
    /// error the connection is closed; what was taken in before stays.
    public func receive(_ message: Data, on connection: UInt64) async throws -> [Data] {
        try await call { engine, now in try engine.receive(now: now, connection: connection, message: message) }
    }

    /// What to send now: ask again whenever there are ``changes()``.
    public func poll(_ connection: UInt64) async throws -> [Data] {
        try await call { engine, now in try engine.poll(now: now, connection: connection) }
    }

    /// Ends a connection in good order, and remembers the peer so that the next takes one round trip.
    public func disconnect(_ connection: UInt64) async throws {
        try await call(evenIfCancelled: true) { engine, now in
            try engine.disconnect(now: now, connection: connection)
        }
    }

    /// How far this device and the others agree.
    public func syncState() async throws -> SyncState {
        try await call { engine, now in try engine.syncState(now: now) }
    }

    /// Follows every month of the office from now on, for others to fetch from here what their phones left out.
    public func relayEverything() async throws {
        try await call { engine, _ in try engine.relayEverything() }
    }

    /// Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder.
    public func exportFile() async throws -> Data {
        try await call { engine, now in try engine.exportFile(now: now) }
    }

    /// Takes in a file that another device exported.
    public func importFile(_ content: Data) async throws {
        try await call { engine, now in try engine.importFile(now: now, bytes: content) }
    }

    /// The whole office as JSON, to be moved or kept: every document as it was signed, and the catalogues. No key is in it,
    /// and nothing that devices keep to themselves. Only on a device of the office.
    public func exportOffice() async throws -> Data {
        try await call { engine, now in try engine.exportOffice(now: now) }
    }

    /// Takes in an archive of this office. One that is not whole, or of another office, changes nothing.
    public func importOffice(_ archive: Data) async throws {
        try await call { engine, now in try engine.importOffice(now: now, archive: archive) }
    }

    /// The payload of the code that a phone scans to join this office.
    public func invitation() async throws -> Data {
        try await call { engine, _ in try engine.invitation() }
    }

    /// A booking as one code: its ticket, and what was said under it.
    public func requestCard(_ booking: BookingId) async throws -> Data {
        try await call { engine, _ in try engine.requestCard(booking: booking) }
    }

    /// Takes in a scanned request card.
    public func scanCard(_ payload: Data) async throws {
        try await call { engine, now in try engine.scanCard(now: now, payload: payload) }
    }

    /// Proof, to be shown without network, of what the office promised for a booking that is confirmed.
    public func certificate(_ booking: BookingId) async throws -> Data {
        try await call { engine, _ in try engine.certificate(booking: booking) }
    }

    /// Checks a scanned certificate of this office.
    public func verifyCertificate(_ payload: Data) async throws -> Promise {
        try await call { engine, _ in try engine.verifyCertificate(payload: payload) }
    }
}

/// What a scanned code is.
public func readCode(_ payload: Data) throws -> Scanned {
    try translating { try AllkontorFFI.readCode(payload: payload) }
}

/// Draws a payload as a QR code: SVG, black on white, with the quiet zone that scanners need.
public func qrSVG(_ payload: Data) throws -> String {
    try translating { try AllkontorFFI.qrSvg(payload: payload) }
}

/// The code to type by hand of a scanned slip.
public func slipCode(_ payload: Data) throws -> String {
    try translating { try AllkontorFFI.slipCode(payload: payload) }
}
