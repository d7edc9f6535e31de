import AllkontorFFI

// Suggestions and the notice board: what people say to the office and to one another. Who said something is known to
// nobody.
extension Device {
    /// Suggests something to the office, in at most 2 000 bytes; with no network if there is none.
    public func suggest(_ text: String) async throws {
        try await call { engine, now in try engine.suggest(now: now, text: text) }
    }

    /// Supports a suggestion. It counts once, however often it is said.
    public func supportSuggestion(_ suggestion: StatementId) async throws {
        try await call { engine, now in try engine.supportSuggestion(now: now, suggestion: suggestion) }
    }

    /// Supports a suggestion no longer.
    public func unsupportSuggestion(_ suggestion: StatementId) async throws {
        try await call { engine, now in try engine.unsupportSuggestion(now: now, suggestion: suggestion) }
    }

    /// Offers or asks for help on the notice board, in at most 2 000 bytes, until that day, which is the last. Nobody is
    /// told how to reach the writer but by what the text says.
    public func postNotice(_ kind: NoticeKind, _ text: String, until last: OfficeDay, answers: NoticeAnswers)
        async throws
    {
        try await call { engine, now in
            try engine.postNotice(now: now, kind: kind, text: text, last: last, answers: answers)
        }
    }

    /// Takes back a suggestion or notice of this device: its text is erased, here and wherever that is heard.
    public func takeBack(_ statement: StatementId) async throws {
        try await call { engine, now in try engine.takeBack(now: now, of: statement) }
    }

    /// Gives up what waits for a ticket: ``unsaid()`` has its number.
    public func discardUnsaid(_ number: UInt64) async throws {
        try await call { engine, now in try engine.discardUnsaid(now: now, number: number) }
    }

    /// Says what comes of a suggestion, and why; a no needs its reason. On a device of the office.
    public func answerSuggestion(_ suggestion: StatementId, _ verdict: Verdict, text: String = "") async throws {
        try await call { engine, now in
            try engine.answerSuggestion(now: now, suggestion: suggestion, verdict: verdict, text: text)
        }
    }

    /// Erases the text of a suggestion, notice or answer, here and wherever that is heard. What is left is its hash, its
    /// length, and why. On a device of the office.
    public func eraseText(of statement: StatementId, because cause: Cause) async throws {
        try await call { engine, now in try engine.eraseText(now: now, of: statement, cause: cause) }
    }

    /// Notes that somebody at the office has read a suggestion or notice, and lets it stand. On a device of the office.
    public func reviewText(of statement: StatementId) async throws {
        try await call { engine, now in try engine.reviewText(now: now, of: statement) }
    }

    /// Suggestions, those with most support first. The office's devices and whoever suggested it also see what stands no
    /// more.
    public func suggestions() async throws -> [SuggestionInfo] {
        try await pages(after: \.id) { engine, after, limit in try engine.suggestions(after: after, limit: limit) }
    }

    /// The notice board, the newest first. The office's devices and whoever posted it also see what stands no more.
    public func notices() async throws -> [NoticeInfo] {
        var found: [NoticeInfo] = []
        while true {
            let after = found.last?.id
            let more = try await call { engine, now in try engine.notices(now: now, after: after, limit: 500) }
            found += more
            if more.count < 500 { return found }
        }
    }

    /// What this device has written that waits for a ticket, oldest first.
    public func unsaid() async throws -> [Unsaid] {
        try await pages(after: \.number) { engine, after, limit in try engine.unsaid(after: after, limit: limit) }
    }

    /// How often this device can still suggest, support and post this year; `nil` before there is a ticket.
    public func commonsLeft() async throws -> UInt32? {
        try await call { engine, now in try engine.commonsLeft(now: now) }
    }

    /// How much there is, and how much of it somebody should look at: for the office's devices.
    public func commonsCounts() async throws -> CommonsCounts {
        try await call { engine, now in try engine.commonsCounts(now: now) }
    }
}
