import Foundation
import Testing

@testable import Allkontor

/// The files that every language runs: see `tests/vectors/bindings/README.md`.
@Suite struct VectorsTests {
    struct Texts: Decodable {
        struct Span: Decodable {
            let start: String, end: String
            let text: [String: String]
        }
        let languages: [String]
        let errors: [String: [String: String]]
        let causes: [String: [String: String]]
        let spans: [Span]
    }

    struct Histories: Decodable {
        struct Taken: Decodable, Equatable {
            let unit: UInt32
            let start: String, end: String, kind: String
        }
        struct Day: Decodable {
            let day: String
            let open: [[String]]
            let taken: [Taken]
        }
        struct Filed: Decodable {
            let ticket: String
            let slot: UInt8
            let stage: String
            let units: [UInt32]
            let why: [String: [String]]
        }
        struct Asked: Decodable {
            let unit: UInt32
            let start: String, end: String
            let refused: UInt16?
            let text: [String: String]
        }
        struct History: Decodable, CustomTestStringConvertible {
            let shows: String, office: String
            let now: Int64
            let files: [Data]
            let digest: String
            let name: [String: String]
            let days: [Day]
            let bookings: [Filed]
            let asks: [Asked]

            var testDescription: String { shows }
        }
        let histories: [History]
    }

    struct Codes: Decodable {
        struct Payload: Decodable {
            let kind: String
            let bytes: Data
        }
        struct Bad: Decodable {
            let door: String
            let bytes: Data
            let code: String
        }
        let office: String
        let payloads: [Payload]
        let bad: [Bad]
    }

    struct Incident: Decodable {
        let office: String
        let now: Int64
        let file: Data, bad: Data
        let signer: String
        let text: [String: String]
        let digest: String
    }

    static func held<Contents: Decodable>(_ name: String, _ type: Contents.Type = Contents.self) throws -> Contents {
        let file = top.appendingPathComponent("tests/vectors/bindings/\(name)")
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }

    @Test func texts() throws {
        let texts = try Self.held("texts.json", Texts.self)
        #expect(try texts.languages == languages())
        #expect(try Set(texts.errors.keys) == Set(errorCodes()))
        let causes: [Cause] = [
            .cancelled, .moved, .noShow, .closed, .override, .lost, .ended, .limit, .rules, .uses, .staff, .present,
        ]
        for language in try languages() {
            let words = try Words.plain(in: language)
            for (code, said) in texts.errors { #expect(words.error(code: code) == said[language]) }
            for cause in causes { #expect(words.cause(cause) == texts.causes[word(cause)]?[language]) }
            for span in texts.spans {
                let interval = try Interval(minute(span.start)..<minute(span.end))
                #expect(words.span(interval) == span.text[language])
            }
        }
    }

    @Test(arguments: try held("histories.json", Histories.self).histories)
    func history(_ history: Histories.History) async throws {
        try await withNewcomer(of: history.office, at: history.now) { device in
            for file in history.files { try await device.importFile(file) }
            #expect(try await device.digest() == history.digest)
            for (language, name) in history.name { #expect(try await device.office(in: language)?.name == name) }
            var months: Set<Ledger> = []
            for expected in history.days {
                let day = try #require(OfficeDay(expected.day))
                let taken = try await device.day(day).map {
                    Histories.Taken(
                        unit: $0.unit, start: "\($0.interval.start)", end: "\($0.interval.end)", kind: word($0.kind))
                }
                #expect(taken == expected.taken)
                let hours = try #require(try await device.hours(from: day, in: "en")?.first)
                #expect(hours.open.map { ["\($0.start)", "\($0.end)"] } == expected.open)
                let date = day.components
                months.insert(.ofMonth(year: UInt16(date.year!), month: UInt8(date.month!)))
            }
            var filed: [BookingKey: DeskBooking] = [:]
            for month in months {
                for booking in try await device.deskBookings(month) { filed[booking.key] = booking }
            }
            #expect(filed.count == history.bookings.count)
            for expected in history.bookings {
                let key = BookingKey(ticket: expected.ticket, slot: expected.slot)
                let stage = try #require(filed[key]?.status.stage)
                #expect(word(stage) == expected.stage)
                #expect(stage.units == expected.units)
                let why = try #require(try await device.explain(key))
                for (language, lines) in expected.why {
                    #expect(try await device.words(in: language).explanation(why) == lines)
                }
            }
            for ask in history.asks {
                let made = try await device.book(.exactly(ask.unit, minute(ask.start)..<minute(ask.end)))
                let refusal = made.first?.refusal
                #expect(refusal?.number == ask.refused)
                for (language, text) in ask.text {
                    let rule = try #require(refusal?.rule)
                    #expect(try await device.words(in: language).rule(rule) == text)
                }
            }
        }
    }

    @Test func codes() async throws {
        let codes = try Self.held("codes.json", Codes.self)
        for payload in codes.payloads { #expect(try word(readCode(payload.bytes)) == payload.kind) }
        try await withNewcomer(of: codes.office, at: 0) { device in
            for bad in codes.bad {
                do {
                    switch bad.door {
                    case "import_file": try await device.importFile(bad.bytes)
                    case "scan_card": try await device.scanCard(bad.bytes)
                    case "scan_enrolment": _ = try await device.scanEnrolment(bad.bytes)
                    case "verify_certificate": _ = try await device.verifyCertificate(bad.bytes)
                    case "read_code": _ = try readCode(bad.bytes)
                    default: throw Unexpected(what: "no door \(bad.door)")
                    }
                    Issue.record("\(bad.door) took it")
                } catch let error as AllkontorError {
                    #expect(error.code == bad.code)
                }
            }
        }
    }

    @Test func anIncident() async throws {
        let incident = try Self.held("incident.json", Incident.self)
        try await withNewcomer(of: incident.office, at: incident.now) { device in
            try await device.importFile(incident.file)
            #expect(try await device.alarms() == [])
            try await device.importFile(incident.bad)
            let alarm = try #require(try await device.alarms().first)
            guard case .somethingRefused(let signer, _, _) = alarm else { throw Unexpected(what: "\(alarm)") }
            #expect(signer == incident.signer)
            for (language, text) in incident.text {
                #expect(try await device.words(in: language).alarm(alarm) == text)
            }
            #expect(try await device.digest() == incident.digest)
            #expect(try await device.dismiss(alarm))
            #expect(try await device.alarms() == [])
            #expect(try await !device.dismiss(alarm))
        }
    }

    /// A device that knows nothing yet.
    private func withNewcomer(of office: String, at now: Int64, _ test: (Device) async throws -> Void) async throws {
        let world = try World()
        let time = Date(timeIntervalSince1970: TimeInterval(now))
        let device = world.keep(try await Device.join(office: office, in: world.place("device"), clock: { time }))
        do {
            try await test(device)
        } catch {
            await world.end()
            throw error
        }
        await world.end()
    }

    private func minute(_ text: String) throws -> CivilMinute {
        try #require(CivilMinute(text))
    }

    /// The word for a variant: its name in `snake_case`.
    private func word(_ variant: some Any) -> String {
        let name = Mirror(reflecting: variant).children.first?.label ?? "\(variant)"
        return name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}

/// The top folder of the work tree.
let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
