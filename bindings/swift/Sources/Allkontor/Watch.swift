import AllkontorFFI

// Streams that follow the doorbell. A slow reader gets the newest and misses nothing by it; each is for one reader, and
// ends when its task is cancelled or the device is closed. A stream keeps its device open.
//
// What cannot be read just then, because the disk is full or the engine went on from its store, is read again when the
// bell rings next; calling for it tells why.
extension Device {
    /// This device's bookings: now, and whenever one of them stands in another way.
    public func watchAgenda() -> AsyncStream<[Booking]> {
        watch({ !$0.bookings.isEmpty }) { try await $0.agenda() }
    }

    /// One of this device's bookings: now, and whenever it stands in another way.
    public func watchBooking(_ booking: BookingId) -> AsyncStream<Booking?> {
        watch({ $0.bookings.contains(booking) }) { try await $0.booking(booking) }
    }

    /// A day: now, and whenever something on it is taken or free that was not.
    public func watchDay(_ day: OfficeDay) -> AsyncStream<[DayEntry]> {
        watch({ $0.days.contains(day) }) { try await $0.day(day) }
    }

    /// What the office is: now (`nil` before it has come), and whenever another catalogue is in force.
    public func watchOffice(in language: String) -> AsyncStream<OfficeInfo?> {
        watch({ $0.catalogue }) { try await $0.office(in: language) }
    }

    /// What somebody at the office has to see to: now, and whenever it is different.
    public func watchAlarms() -> AsyncStream<[Alarm]> {
        watch({ $0.alarms }) { try await $0.alarms() }
    }

    /// Events: now, and whenever one of them is different.
    public func watchEvents() -> AsyncStream<[EventInfo]> {
        watch({ _ in true }) { try await $0.events() }
    }

    /// What this device rents: now, and whenever it is different.
    public func watchRentals() -> AsyncStream<[OwnRental]> {
        watch({ !$0.bookings.isEmpty }) { try await $0.rentals() }
    }

    /// What was handed out to this device's bookings: now, and whenever it is different.
    public func watchLoans() -> AsyncStream<[OwnLoan]> {
        watch({ !$0.bookings.isEmpty }) { try await $0.loans() }
    }

    /// What the locks open by that this device rents: now, and whenever it is different.
    public func watchCodes() -> AsyncStream<[OwnLockCode]> {
        watch({ !$0.bookings.isEmpty }) { try await $0.codes() }
    }

    /// Suggestions: now, and whenever they are different.
    public func watchSuggestions() -> AsyncStream<[SuggestionInfo]> {
        watch({ _ in true }) { try await $0.suggestions() }
    }

    /// The notice board: now, and whenever it is different.
    public func watchNotices() -> AsyncStream<[NoticeInfo]> {
        watch({ _ in true }) { try await $0.notices() }
    }

    /// How far this device and the others agree: now, and whenever it is different.
    public func watchSyncState() -> AsyncStream<SyncState> {
        watch({ $0.connections || !$0.bookings.isEmpty }) { try await $0.syncState() }
    }

    /// What changes from now on, as it changes; what a slow reader misses comes together. Where nothing has changed since the
    /// device was opened, from when it is first asked on.
    public func changes() -> AsyncStream<ChangesSince> {
        let follower = Follower(self)
        return AsyncStream { await follower.next() }
    }

    private func watch<Seen: Equatable & Sendable>(
        _ concerns: @escaping @Sendable (ChangesSince) -> Bool,
        _ look: @escaping @Sendable (Device) async throws -> Seen
    ) -> AsyncStream<Seen> {
        let watcher = Watcher(self, concerns, look)
        return AsyncStream { await watcher.next() }
    }

    fileprivate func changes(since seq: UInt64) async throws -> ChangesSince {
        try await call { engine, _ in try engine.changesSince(seq: seq) }
    }
}

/// Asks what has changed whenever the bell has rung.
private actor Follower {
    private let device: Device
    private let rings: AsyncStream<Void>
    private var seen: UInt64?

    init(_ device: Device) {
        self.device = device
        rings = device.bell.follow()
        let heard = device.bell.heard
        seen = heard == 0 ? nil : heard
    }

    func next() async -> ChangesSince? {
        if seen == nil { seen = try? await device.changes(since: 0).seq }
        while let last = seen, let changes = try? await device.changes(since: last) {
            if changes.seq != last {
                seen = changes.seq
                return changes
            }
            guard await rings.first(where: { true }) != nil else { return nil }
        }
        return nil
    }
}

/// Looks, and looks again whenever what changed concerns it.
private actor Watcher<Seen: Equatable & Sendable> {
    private let device: Device
    private let rings: AsyncStream<Void>
    private let concerns: @Sendable (ChangesSince) -> Bool
    private let look: @Sendable (Device) async throws -> Seen
    private var seq: UInt64 = 0
    private var isDue = true
    private var seen: Seen?

    init(
        _ device: Device,
        _ concerns: @escaping @Sendable (ChangesSince) -> Bool,
        _ look: @escaping @Sendable (Device) async throws -> Seen
    ) {
        self.device = device
        self.concerns = concerns
        self.look = look
        rings = device.bell.follow()
    }

    func next() async -> Seen? {
        while let changes = try? await device.changes(since: seq) {
            isDue = isDue || changes.seq != seq && (changes.everything || concerns(changes))
            seq = changes.seq
            if isDue {
                do {
                    let found = try await look(device)
                    isDue = false
                    if found != seen {
                        seen = found
                        return found
                    }
                } catch let error as AllkontorError where error.kind != .closed {
                    // Read again at the next ring.
                } catch {
                    return nil
                }
            }
            guard await rings.first(where: { true }) != nil else { return nil }
        }
        return nil
    }
}
