import Foundation

extension Device {
    /// Meets the device that listens there: exchanges what either side lacks, then hangs up; with `stay`, until cancelled.
    ///
    /// Throws a ``SocketError`` when nobody can be reached there, and a `CancellationError` when cancelled, which loses nothing.
    public func dial(host: String, port: UInt16, stay: Bool = false) async throws {
        try await converse(over: try await Socket.connect(host: host, port: port), isOpener: true, stay: stay)
    }

    /// Meets whoever calls, until closed; on a free port unless one is named, and from this machine only unless `isOpen`.
    public func listen(port: UInt16 = 0, isOpen: Bool = false) throws -> Listening {
        Listening(to: try Port(port, onLoopbackOnly: !isOpen), by: self)
    }
}

/// A device that listens for others, until this is closed or let go of.
public final class Listening: Sendable {
    private let open: Port
    private let answering: Task<Void, Never>

    /// Where it listens.
    public var port: UInt16 { open.number }

    init(to open: Port, by device: Device) {
        self.open = open
        answering = Task {
            await withTaskGroup(of: Void.self) { group in
                for await caller in open.callers {
                    // Whatever a stranger sends is the stranger's affair.
                    group.addTask { try? await device.converse(over: caller, isOpener: false, stay: true) }
                }
                group.cancelAll()
            }
        }
    }

    deinit {
        hangUp()
    }

    /// Hangs up on everybody, and waits until that is done.
    public func close() async {
        hangUp()
        await answering.value
    }

    private func hangUp() {
        open.close()
        answering.cancel()
    }
}
