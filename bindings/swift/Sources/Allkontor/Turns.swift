import Dispatch
import Foundation

/// Carries calls out one after another, on a thread that may wait: Swift's own pool must not.
///
/// The thread is borrowed from the system while there is something to do.
final class Turns: Sendable {
    private let queue = DispatchQueue(label: "se.allkontor.device", qos: .userInitiated)

    /// Carries a call out whole, or, when it was cancelled before its turn came, not at all.
    func run<Answer: Sendable>(
        evenIfCancelled: Bool = false,
        _ work: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        let cancelled = Locked(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    if cancelled.with({ $0 }) && !evenIfCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        continuation.resume(with: Result(catching: work))
                    }
                }
            }
        } onCancel: {
            cancelled.with { $0 = true }
        }
    }
}

/// A value that one thread at a time sees.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func with<Answer>(_ work: (inout Value) throws -> Answer) rethrows -> Answer {
        lock.lock()
        defer { lock.unlock() }
        return try work(&value)
    }
}
