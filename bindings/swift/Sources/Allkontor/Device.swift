import AllkontorFFI
import Foundation

/// What tells the time: the machine's own clock, or a test's.
public typealias Clock = @Sendable () -> Date

typealias Engine = AllkontorFFI.Device

/// One office on one device, in a folder of the app's choosing.
///
/// The folder holds `office.sqlite`, and `vault` beside it: leave the vault out of backups. Calls may come from any
/// task; they are carried out one after another, off the pool that Swift's tasks run on, and each is durable before it
/// answers.
///
/// Expected outcomes (refused by a rule, waiting, moved) are values; what goes wrong is an ``AllkontorError``.
///
/// **Cancelling** a task never stops a call in its middle: a call that has begun is carried out whole and answers, and one
/// that has not begun is not carried out and throws `CancellationError`.
///
/// **Closing**: a device that nobody holds any more lets go of its files. ``close()`` does it at a known time, after
/// saving what a quick next start needs; ``suspend()`` does it for an app that goes to the background.
public final class Device: Sendable {
    let engine: Engine
    let bell = Bell()
    private let clock: Clock
    private let turns = Turns()

    private init(_ engine: Engine, clock: @escaping Clock) throws {
        self.engine = engine
        self.clock = clock
        try engine.setDoorbell(doorbell: bell)
    }

    /// Founds an office in an empty folder: this device is its admin, and decides everything.
    ///
    /// - Parameters:
    ///   - folder: An empty folder that exists.
    ///   - catalogue: What the office is, as JSON.
    ///   - recoverySeed: 32 random bytes. Print them, and keep them off line: the only way back when this device is lost.
    ///   - role: What this device is.
    ///   - deviceSeed: 32 random bytes: this device's key.
    ///   - salt: 32 random bytes, mixed into the order of requests.
    ///   - dayStart: The minute after midnight at which an office day begins.
    ///   - clock: What tells the time.
    public static func found(
        in folder: URL,
        catalogue: Data,
        recoverySeed: Data,
        role: Role = .kiosk,
        deviceSeed: Data = randomSeed(),
        salt: Data = randomSeed(),
        dayStart: UInt16 = 240,
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        let founding = Founding(
            catalogue: catalogue, role: role, deviceSeed: deviceSeed, recoverySeed: recoverySeed, salt: salt,
            dayStart: dayStart
        )
        return try await opened(clock) {
            try Engine.found(folder: folder.path, now: clock(), founding: founding)
        }
    }

    /// Joins the office of a scanned invitation as a visitor, in an empty folder.
    public static func join(
        invitation: Data,
        in folder: URL,
        deviceSeed: Data = randomSeed(),
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        try await opened(clock) {
            try Engine.joinByInvitation(folder: folder.path, invitation: invitation, deviceSeed: deviceSeed)
        }
    }

    /// Joins an office as a visitor by its id, in an empty folder.
    public static func join(
        office: OfficeId,
        in folder: URL,
        deviceSeed: Data = randomSeed(),
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        try await opened(clock) { try Engine.join(folder: folder.path, office: office, deviceSeed: deviceSeed) }
    }

    /// Opens an office from an archive on a new machine, in an empty folder, as a visitor that has all of it: certify it, or
    /// recover the office with it. A file that is not whole leaves the folder without a device.
    public static func open(
        archive: Data,
        in folder: URL,
        deviceSeed: Data = randomSeed(),
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        try await opened(clock) {
            try Engine.fromArchive(folder: folder.path, now: clock(), archive: archive, deviceSeed: deviceSeed)
        }
    }

    /// A visitor's device from a scanned ``backup()``, in an empty folder: as good as the one before as soon as it has met a
    /// device of the office. The one before may go on.
    public static func restore(
        backup: Data,
        in folder: URL,
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        try await opened(clock) { try Engine.restoreVisitor(folder: folder.path, backup: backup) }
    }

    /// The same from a code typed by hand. Lower case, spaces, line breaks and dashes are fine.
    public static func restore(
        code: String,
        of office: OfficeId,
        in folder: URL,
        clock: @escaping Clock = { Date() }
    ) async throws -> Device {
        try await opened(clock) {
            try Engine.restoreVisitorByCode(folder: folder.path, code: code, office: office)
        }
    }

    /// Opens the device that a folder holds.
    public static func open(in folder: URL, clock: @escaping Clock = { Date() }) async throws -> Device {
        try await opened(clock) { try Engine.open(folder: folder.path) }
    }

    private static func opened(_ clock: @escaping Clock, _ make: @escaping @Sendable () throws -> Engine) async throws
        -> Device
    {
        try await Turns().run { try Device(translating(make), clock: clock) }
    }

    /// Saves what a quick first answer needs and lets go of the files: no lock and no thread is left. The next call opens
    /// them again. Connections end. For an app that goes to the background.
    public func suspend() async throws {
        try await call(evenIfCancelled: true) { engine, _ in try engine.suspend() }
    }

    /// The same for good: calls from now on fail as ``AllkontorError/Kind/closed``, and every stream ends. Closing twice is
    /// fine.
    public func close() async throws {
        defer { bell.end() }
        try await call(evenIfCancelled: true) { engine, _ in try engine.shutDown() }
    }

    /// Has the engine stop in the middle of a call, as a fault of its own would, for you to try how your app goes on.
    ///
    /// Throws ``AllkontorError/Kind/internal`` each time; the next call goes on from the store, and connections have ended.
    public func rehearseFault() async throws {
        try await call { engine, _ in try engine.rehearseFault() }
    }

    /// One call of the engine, in its turn.
    func call<Answer: Sendable>(
        evenIfCancelled: Bool = false,
        _ work: @escaping @Sendable (_ engine: Engine, _ now: Date) throws -> Answer
    ) async throws -> Answer {
        try await turns.run(evenIfCancelled: evenIfCancelled) { [engine, clock] in
            try translating { try work(engine, clock()) }
        }
    }

    /// Every page there is.
    func pages<Entry: Sendable, Key: Sendable>(
        after key: @escaping @Sendable (Entry) -> Key,
        _ page: @escaping @Sendable (_ engine: Engine, _ after: Key?, _ limit: UInt32) throws -> [Entry]
    ) async throws -> [Entry] {
        var found: [Entry] = []
        while true {
            let last = found.last.map(key)
            let more = try await call { engine, _ in try page(engine, last, pageSize) }
            found += more
            if more.count < pageSize { return found }
        }
    }
}

private let pageSize: UInt32 = 1_000

/// 32 bytes for a key, from the machine's own source of chance.
public func randomSeed() -> Data {
    randomBytes(32)
}

func randomBytes(_ count: Int) -> Data {
    var chance = SystemRandomNumberGenerator()
    return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
}
