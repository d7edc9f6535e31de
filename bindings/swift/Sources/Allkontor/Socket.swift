import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
    private let streamKind = Int32(SOCK_STREAM.rawValue)
    private let tcp = Int32(IPPROTO_TCP)
    private let sendFlags = Int32(MSG_NOSIGNAL)
#else
    import Darwin
    private let streamKind = SOCK_STREAM
    private let tcp = IPPROTO_TCP
    private let sendFlags: Int32 = 0
#endif

/// A TCP connection. Blocking calls are made on threads of its own.
final class Socket: ByteStream {
    private let descriptor: Int32
    private let reading = DispatchQueue(label: "se.allkontor.socket.read")
    private let writing = DispatchQueue(label: "se.allkontor.socket.write")

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, tcp, TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        #if !canImport(Glibc)
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit {
        _ = systemClose(descriptor)
    }

    /// The number stays this socket's until nobody uses it any more.
    func close() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func read(_ count: Int) async throws -> Data? {
        try await blocking(on: reading) { [self] in
            var bytes = [UInt8](repeating: 0, count: count)
            var filled = 0
            while filled < count {
                let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + filled, count - filled, 0) }
                switch got {
                case 1...: filled += got
                case 0: return nil
                case _ where errno == EINTR: continue
                case _ where errno == ECONNRESET: return nil
                default: throw SocketError("cannot read")
                }
            }
            return Data(bytes)
        }
    }

    func write(_ bytes: Data) async throws {
        try await blocking(on: writing) { [self] in
            let bytes = [UInt8](bytes)
            var sent = 0
            while sent < bytes.count {
                let put = bytes.withUnsafeBytes {
                    send(descriptor, $0.baseAddress! + sent, bytes.count - sent, sendFlags)
                }
                if put < 0 && errno == EINTR { continue }
                if put < 0 { throw SocketError("cannot write") }
                sent += put
            }
        }
    }

    /// Cancelling closes the socket, which ends the call.
    private func blocking<Answer: Sendable>(
        on queue: DispatchQueue,
        _ work: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result(catching: work)) }
            }
        } onCancel: {
            close()
        }
    }

    /// Calls a host by name or number; waits ten seconds for each of its addresses.
    static func connect(host: String, port: UInt16) async throws -> Socket {
        let givenUp = Locked(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue(label: "se.allkontor.socket.connect").async {
                    continuation.resume(with: Result { try Socket(call(host, port, unless: givenUp)) })
                }
            }
        } onCancel: {
            givenUp.with { $0 = true }
        }
    }

    private static func call(_ host: String, _ port: UInt16, unless givenUp: Locked<Bool>) throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = streamKind
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0 else {
            throw SocketError(detail: "there is no host \(host)")
        }
        defer { freeaddrinfo(found) }
        var failure = SocketError(detail: "\(host) has no address")
        var next = found
        while let address = next?.pointee {
            next = address.ai_next
            let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            if descriptor < 0 { continue }
            if connect(descriptor, address, unless: givenUp) { return descriptor }
            failure = SocketError("cannot connect to \(host):\(port)")
            _ = systemClose(descriptor)
            if givenUp.with({ $0 }) { throw CancellationError() }
        }
        throw failure
    }

    /// Looks ten times a second whether anybody still waits for it.
    private static func connect(_ descriptor: Int32, _ address: addrinfo, unless givenUp: Locked<Bool>) -> Bool {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(descriptor, F_SETFL, flags) }
        if systemConnect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return true }
        guard errno == EINPROGRESS else { return false }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var turns = 100
        while poll(&waiting, 1, 100) != 1 {
            turns -= 1
            if turns == 0 || givenUp.with({ $0 }) {
                errno = ETIMEDOUT
                return false
            }
        }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        errno = error
        return error == 0
    }
}

/// What the network answered.
public struct SocketError: LocalizedError, Sendable {
    /// What failed, and the system's word for why.
    public let detail: String

    public var errorDescription: String? { detail }

    init(detail: String) {
        self.detail = detail
    }

    init(_ what: String) {
        detail = "\(what): \(String(cString: strerror(errno)))"
    }
}

/// A port that is listened on; each caller is an element of `callers`.
///
/// A dispatch source may be cancelled from any thread, though it does not say so.
final class Port: @unchecked Sendable {
    let number: UInt16
    let callers: AsyncStream<Socket>
    private let source: any DispatchSourceRead

    init(_ number: UInt16, onLoopbackOnly: Bool) throws {
        let descriptor = socket(AF_INET, streamKind, 0)
        guard descriptor >= 0 else { throw SocketError("cannot listen") }
        do {
            self.number = try Port.listen(descriptor, number, onLoopbackOnly)
        } catch {
            _ = systemClose(descriptor)
            throw error
        }
        let (callers, calling) = AsyncStream.makeStream(of: Socket.self)
        self.callers = callers
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "se.allkontor.socket.accept")
        )
        source.setEventHandler {
            let caller = systemAccept(descriptor, nil, nil)
            if caller >= 0 {
                _ = fcntl(caller, F_SETFL, fcntl(caller, F_GETFL) & ~O_NONBLOCK)
                calling.yield(Socket(caller))
            }
        }
        source.setCancelHandler {
            _ = systemClose(descriptor)
            calling.finish()
        }
        source.resume()
    }

    func close() {
        source.cancel()
    }

    /// The number that the system gave.
    private static func listen(_ descriptor: Int32, _ number: UInt16, _ onLoopbackOnly: Bool) throws -> UInt16 {
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number.bigEndian
        address.sin_addr.s_addr = (onLoopbackOnly ? UInt32(0x7f00_0001) : 0).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { systemBind(descriptor, $0, size) }
        }
        guard bound == 0, systemListen(descriptor, 50) == 0 else {
            throw SocketError("cannot listen on port \(number)")
        }
        let named = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard named == 0 else { throw SocketError("cannot listen on port \(number)") }
        return UInt16(bigEndian: address.sin_port)
    }
}

// The system's functions, under names that the methods here do not hide.
#if canImport(Glibc)
    private let systemClose = Glibc.close
    private let systemConnect = Glibc.connect
    private let systemAccept = Glibc.accept
    private let systemBind = Glibc.bind
    private let systemListen = Glibc.listen
#else
    private let systemClose = Darwin.close
    private let systemConnect = Darwin.connect
    private let systemAccept = Darwin.accept
    private let systemBind = Darwin.bind
    private let systemListen = Darwin.listen
#endif
