import AllkontorFFI

/// Rung by the engine on whatever thread changed something; wakes whoever follows.
final class Bell: Doorbell, Sendable {
    private struct State {
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
        var heard: UInt64 = 0
        var isOver = false
    }

    private let state = Locked(State())

    func ring(seq: UInt64) {
        let followers = state.with { state in
            state.heard = max(state.heard, seq)
            return Array(state.followers.values)
        }
        followers.forEach { $0.yield() }
    }

    /// An element whenever something may have changed since the last was taken; ends when the device is closed.
    func follow() -> AsyncStream<Void> {
        let (rings, follower) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.with { state in
            if state.isOver { return nil }
            state.next += 1
            state.followers[state.next] = follower
            return state.next
        }
        guard let number else {
            follower.finish()
            return rings
        }
        follower.onTermination = { [weak self] _ in
            self?.state.with { _ = $0.followers.removeValue(forKey: number) }
        }
        return rings
    }

    /// The number of the latest change it was rung for; 0 when it has not been rung.
    var heard: UInt64 {
        state.with { $0.heard }
    }

    /// How many follow.
    var followers: Int {
        state.with { $0.followers.count }
    }

    /// Nothing is told any more.
    func end() {
        let followers = state.with { state in
            state.isOver = true
            return Array(state.followers.values)
        }
        followers.forEach { $0.finish() }
    }
}
