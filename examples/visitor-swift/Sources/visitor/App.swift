import Allkontor

/// What the app does, in a person's language.
struct App {
    let phone: Device
    let language: String

    func book(_ wanted: Wanted) async throws {
        let words = try await phone.words(in: language)
        for date in try await phone.book(wanted) {
            switch date {
            case .requested(let booking, _):
                print("booking \(booking)")
            case .refused(let refusal):
                print(words.rule(refusal.rule))
                for near in refusal.nearest { print("  \(words.span(near))") }
            }
        }
    }

    func move(_ booking: BookingId, to wanted: Wanted) async throws {
        if case .refused(let rule, _) = try await phone.move(booking, to: wanted) {
            print(try await phone.words(in: language).rule(rule))
        }
    }

    func agenda() async throws {
        let words = try await phone.words(in: language)
        for booking in try await phone.agenda() {
            print("booking \(booking.id): \(words.status(booking.status))")
            guard let why = try await phone.explain(booking.id) else { continue }
            for line in words.explanation(why).dropFirst() { print("  \(line)") }
        }
    }

    /// Stays connected, and follows the booking until it is decided.
    func wait(for booking: BookingId, host: String, port: UInt16) async throws {
        let words = try await phone.words(in: language)
        guard try await phone.booking(booking) != nil else {
            throw Misused("\(booking) is not a booking of this phone")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Whichever ends first ends both: the booking is decided, or the kiosk is gone.
            group.addTask { try await phone.dial(host: host, port: port, stay: true) }
            group.addTask { await follow(booking, in: words) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func follow(_ booking: BookingId, in words: Words) async {
        for await case let seen? in phone.watchBooking(booking) {
            print(words.status(seen.status))
            switch seen.stage {
            case .asked, .likely, .alternative, .waiting, .withdrawn: continue
            case .confirmed, .checkedIn, .moved, .released, .declined, .cancelled: return
            }
        }
    }
}
