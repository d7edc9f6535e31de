import Foundation
import Testing

@testable import Allkontor

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is cancelled says so, and hangs up.
@Suite struct CancellingTests {
    @Test func aConversationEndsInCancellationAtWhateverInstant() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            // It takes every call, and says nothing.
            let silent = try Port(0, onLoopbackOnly: true)
            for turn in 0..<300 {
                let talking = Task { try await phone.dial(host: "127.0.0.1", port: silent.number) }
                while try await phone.syncState().connections.isEmpty { await Task.yield() }
                try await Task.sleep(for: .microseconds(turn % 30 * 10))
                talking.cancel()
                await #expect(throws: CancellationError.self) { try await talking.value }
            }
            #expect(try await phone.syncState().connections == [])
            silent.close()
        }
    }

    @Test func aCallThatNobodyAnswersCanBeGivenUp() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let busy = try BusyPort()
            let calling = Task { try await phone.dial(host: "127.0.0.1", port: busy.number) }
            try await Task.sleep(for: .milliseconds(50))
            calling.cancel()
            await #expect(throws: CancellationError.self) { try await calling.value }
        }
    }
}

/// A port whose queue of callers is full: whoever calls waits.
private final class BusyPort {
    let number: UInt16
    private let descriptors: [Int32]

    init() throws {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = socket(AF_INET, kind, 0)
        let callers = (0..<8).map { _ in socket(AF_INET, kind, 0) }
        let made = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let bound = bind(listening, address, size)
                guard bound == 0, listen(listening, 0) == 0 else { return false }
                guard getsockname(listening, address, &size) == 0 else { return false }
                for caller in callers {
                    _ = fcntl(caller, F_SETFL, O_NONBLOCK)
                    _ = connect(caller, address, size)
                }
                return true
            }
        }
        try #require(made)
        number = UInt16(bigEndian: address.sin_port)
        descriptors = callers + [listening]
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}
