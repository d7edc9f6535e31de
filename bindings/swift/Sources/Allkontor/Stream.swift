import AllkontorFFI
import Foundation

/// Something that carries bytes both ways: a socket, Bluetooth, a pipe.
///
/// One task reads while another writes. What `close` interrupts ends as though the other side had hung up.
public protocol ByteStream: Sendable {
    /// The next bytes, exactly so many; `nil` when the stream ends first.
    func read(_ count: Int) async throws -> Data?
    /// Sends, and waits until there is room for more.
    func write(_ bytes: Data) async throws
    /// Ends the stream for both sides, at once.
    func close()
}

extension Device {
    /// Exchanges what either side lacks over a stream, then closes it.
    ///
    /// Every device of an office speaks this, whatever language its app is written in: `bindings/docs/streams.md`.
    /// Cancelling ends it at once, with a `CancellationError`, and loses nothing: what was taken in is stored, the rest comes next time.
    ///
    /// - Parameters:
    ///   - stream: What carries the bytes.
    ///   - isOpener: Whether this side opened it.
    ///   - stay: Whether to go on until the stream ends, telling what changes as it changes; else it ends as soon as neither
    ///     side has more to say.
    public func converse(over stream: some ByteStream, isOpener: Bool, stay: Bool) async throws {
        let opened: Opened
        do {
            opened = isOpener ? try await connect() : Opened(connection: try await accept(), messages: [])
        } catch {
            stream.close()
            throw error
        }
        let talk = Talk(device: self, connection: opened.connection, stream: stream, stay: stay)
        let ended: Result<Void, any Error>
        do {
            ended = .success(try await talk.hold(opened.messages))
        } catch {
            ended = .failure(error)
        }
        stream.close()
        // A connection that failed is gone already, and so is one of a device that was closed.
        try? await disconnect(opened.connection)
        // What fails because of cancellation is cancellation.
        try Task.checkCancellation()
        try ended.get()
    }
}

/// One conversation. An empty message asks "anything more?", and answers "no more" after whatever there is.
private struct Talk<Stream: ByteStream>: Sendable {
    enum Event: Sendable {
        case message(Data)
        case rung
        case over((any Error)?)
    }

    let device: Device
    let connection: UInt64
    let stream: Stream
    let stay: Bool

    /// Until the stream ends; unless it stays, until a question found that neither had anything to say.
    func hold(_ first: [Data]) async throws {
        let (events, happening) = AsyncStream.makeStream(of: Event.self)
        // The next message is read when the one before has been taken in: nobody can fill this device's memory.
        let (wishes, wanting) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let rings = device.bell.follow()
            group.addTask {
                for await _ in rings { happening.yield(.rung) }
                if !Task.isCancelled { happening.yield(.over(nil)) }
            }
            group.addTask {
                do {
                    for await _ in wishes {
                        guard let message = try await readMessage() else { break }
                        happening.yield(.message(message))
                    }
                    happening.yield(.over(nil))
                } catch {
                    happening.yield(.over(error))
                }
            }
            defer {
                group.cancelAll()
                wanting.finish()
                stream.close()
            }
            wanting.yield()
            try await converse(first, events) { wanting.yield() }
        }
    }

    private func converse(_ first: [Data], _ events: AsyncStream<Event>, next: () -> Void) async throws {
        var spoke = !first.isEmpty
        try await say(first)
        if !stay {
            spoke = false
            try await say([Data()])
        }
        for await event in events {
            switch event {
            case .over(let error):
                if let error { throw error }
                return
            case .rung:
                let news = try await device.poll(connection)
                spoke = spoke || !news.isEmpty
                try await say(news)
                continue
            case .message(let message) where !message.isEmpty:
                spoke = true
                try await say(try await device.receive(message, on: connection))
            case .message where stay:
                try await say(try await device.poll(connection) + [Data()])
            case .message:
                if !spoke { return }
                spoke = false
                try await say([Data()])
            }
            next()
        }
    }

    private func readMessage() async throws -> Data? {
        guard let header = try await stream.read(4) else { return nil }
        let length = header.reduce(0) { $0 << 8 | Int($1) }
        let most = Int(try translating { try maxMessageBytes() })
        guard length <= most else {
            throw AllkontorError(.badBytes, "session_failed", "message is \(length) bytes: the limit is \(most)", false)
        }
        return length == 0 ? Data() : try await stream.read(length)
    }

    /// Each after its length: four bytes, big-endian.
    private func say(_ messages: [Data]) async throws {
        var bytes = Data()
        for message in messages {
            withUnsafeBytes(of: UInt32(message.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(message)
        }
        if !bytes.isEmpty { try await stream.write(bytes) }
    }
}
