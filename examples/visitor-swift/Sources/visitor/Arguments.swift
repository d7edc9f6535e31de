import Allkontor
import Foundation

/// What the command line says.
struct Arguments {
    private var words: [String] = []
    let verb: String
    private(set) var language = "sv"
    private(set) var clock: Clock = { Date() }

    init(_ line: [String]) throws {
        var left = line[...]
        while let word = left.popFirst() {
            switch word {
            case "--language": language = try Arguments.value(of: word, in: &left)
            case "--at":
                let text = try Arguments.value(of: word, in: &left)
                guard let time = Arguments.moment(text) else {
                    throw Misused("\(text) is not a time like 2026-11-24T08:00:00+01:00")
                }
                clock = { @Sendable in time }
            case _ where word.hasPrefix("--"): throw Misused("no option \(word)")
            default: words.append(word)
            }
        }
        guard !words.isEmpty else { throw Misused("no verb") }
        verb = words.removeFirst()
    }

    private static func value(of option: String, in left: inout ArraySlice<String>) throws -> String {
        guard let value = left.popFirst() else { throw Misused("\(option) wants a value") }
        return value
    }

    /// With its offset; seconds may be left out.
    private static func moment(_ text: String) -> Date? {
        let format = ISO8601DateFormatter()
        if let time = format.date(from: text) { return time }
        return text.count > 16 ? format.date(from: text.prefix(16) + ":00" + text.dropFirst(16)) : nil
    }

    mutating func next(_ what: String) throws -> String {
        guard !words.isEmpty else { throw Misused("\(verb) wants \(what)") }
        return words.removeFirst()
    }

    mutating func next<Value>(_ what: String, _ read: (String) -> Value?) throws -> Value {
        let text = try next(what)
        guard let value = read(text) else { throw Misused("\(text) is not \(what)") }
        return value
    }

    mutating func file(_ what: String) throws -> URL {
        URL(fileURLWithPath: try next(what))
    }

    mutating func wanted() throws -> Wanted {
        let unit = try next("a unit's number") { UnitId($0) }
        let start = try next("a start like 2026-11-24T10:00") { CivilMinute($0) }
        let end = try next("an end like 2026-11-24T11:00") { CivilMinute($0) }
        // Which ends before it starts is for the engine to say.
        return Wanted(what: .unitOrEqual(unit: unit), dates: [Interval(start: start, end: end)])
    }

    mutating func booking() throws -> BookingId {
        try next("a booking's number") { BookingId($0) }
    }

    func end() throws {
        if let word = words.first { throw Misused("\(verb) wants no \(word)") }
    }
}

/// The command line is not what the app understands.
struct Misused: Error {
    let what: String

    init(_ what: String) {
        self.what = what
    }
}
