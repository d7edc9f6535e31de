import Foundation
import Testing

@testable import Allkontor

let stockholm = TimeZone(identifier: "Europe/Stockholm")!
let tuesday = OfficeDay("2026-11-24")!

/// A time of that Tuesday, or days later.
func at(_ hour: Int, _ minute: Int = 0, days: Int = 0) -> CivilMinute {
    tuesday.advanced(by: days).at(hour, minute)
}

/// One room for an hour.
func room(_ hour: Int, unit: UnitId = 1, days: Int = 0) -> Wanted {
    .unit(unit, at(hour, days: days)..<at(hour + 1, days: days))
}

let catalogue: Data = {
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let hours = week.map { "\"\($0)\": {\"open\": [\"08:00-22:00\"], \"staffed\": [\"10:00-16:00\"]}" }
    return Data(
        """
        {
          "profile": {
            "name": {"sv": "Kontoret", "en": "The office"},
            "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"},
            "languages": ["sv", "en"], "zone": "Europe/Stockholm", "operator": "library",
            "duration": {"kind": "permanent"}
          },
          "hours": {"weekly": {\(hours.joined(separator: ", "))}},
          "features": {
            "1": {"key": "hearing_loop", "name": {"sv": "hörslinga", "en": "hearing loop"}, "accessibility": true}
          },
          "classes": {
            "1": {"name": {"sv": "Rum", "en": "Room"}, "kind": "room", "rules": {"max_minutes": 240}},
            "2": {"name": {"sv": "Skrivbord", "en": "Desk"}, "kind": "desk"}
          },
          "units": {
            "1": {"name": {"sv": "Rum 1", "en": "Room 1"}, "class": 1},
            "2": {"name": {"sv": "Rum 2", "en": "Room 2"}, "class": 1, "features": [1]},
            "3": {"name": {"sv": "Bord 3", "en": "Desk 3"}, "class": 2}
          }
        }
        """.utf8)
}()

/// The usual office with a tariff: pages, cheaper for associations, and a deposit for a key; and accounts.
let priced: Data = {
    let tariff = """
        {"tariff": {"currency": "SEK", "accounts": {"limit": 0},
          "reductions": {"1": {"sv": "Föreningar", "en": "Associations"}}, "lines": {
          "1": {"name": {"sv": "A4 svartvitt", "en": "A4"}, "unit": "page", "prices": [
            {"from": "2026-01-01", "steps": [{"from": 1, "ore": 300}], "reduced": {"1": [{"from": 1, "ore": 150}]}}]},
          "2": {"name": {"sv": "Nyckel", "en": "Key"}, "unit": "once", "kind": "deposit", "prices": [
            {"from": "2026-01-01", "steps": [{"from": 1, "ore": 20000}]}]}}},
        """
    let office = String(decoding: catalogue, as: UTF8.self)
    return Data((tariff + office.dropFirst()).utf8)
}()

let pages = SaleItem(line: 1, quantity: 5)

/// An office whose kiosk is open, on real folders, and a clock that the test sets.
final class World: Sendable {
    let folder: URL
    private let time = Locked(at(8))
    private let deciding = Locked<Device?>(nil)
    private let devices = Locked<[Device]>([])

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("allkontor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Which device the phones meet, unless told otherwise.
    var kiosk: Device {
        get { deciding.with { $0! } }
        set { deciding.with { $0 = newValue } }
    }

    var clock: Clock {
        { [time] in time.with { $0 }.date(in: stockholm) }
    }

    func set(_ minute: CivilMinute) {
        time.with { $0 = minute }
    }

    func place(_ name: String) throws -> URL {
        let place = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        return place
    }

    static func seed(_ byte: UInt8) -> Data {
        Data(repeating: byte, count: 32)
    }

    func found() async throws {
        kiosk = keep(
            try await Device.found(
                in: place("kiosk"), catalogue: catalogue, recoverySeed: World.seed(9), deviceSeed: World.seed(1),
                salt: World.seed(7), clock: clock))
    }

    func keep(_ device: Device) -> Device {
        devices.with { $0.append(device) }
        return device
    }

    /// A phone that has scanned the invitation, and met the kiosk unless told otherwise.
    func phone(_ name: String, met: Bool = true) async throws -> Device {
        let seed = Data(String(repeating: name, count: 32).utf8.prefix(32))
        let invitation = try await kiosk.invitation()
        let phone = keep(
            try await Device.join(invitation: invitation, in: place(name), deviceSeed: seed, clock: clock))
        if met { try await meet(phone) }
        return phone
    }

    /// A tablet that the kiosk has certified for the staff.
    func staff() async throws -> Device {
        let tablet = try await phone("tablet")
        try await kiosk.certify(kiosk.scanEnrolment(tablet.enrolment()), as: .staff)
        try await meet(tablet)
        return tablet
    }

    func reopen(_ name: String) async throws -> Device {
        keep(try await Device.open(in: place(name), clock: clock))
    }

    /// Two whole conversations of each with the kiosk, or with another device.
    func meet(_ phones: Device..., at host: Device? = nil, times: Int = 2) async throws {
        let host = host ?? kiosk
        for _ in 0..<times {
            for phone in phones {
                let there = try await host.accept()
                let opened = try await phone.connect()
                var outgoing = opened.messages
                while !outgoing.isEmpty {
                    var answers: [Data] = []
                    for message in outgoing { answers += try await host.receive(message, on: there) }
                    outgoing = []
                    for answer in answers { outgoing += try await phone.receive(answer, on: opened.connection) }
                }
                try await phone.disconnect(opened.connection)
                try await host.disconnect(there)
            }
        }
    }

    /// Whether all have the same as the kiosk.
    func agree(_ phones: Device...) async throws -> Bool {
        let digest = try await kiosk.digest()
        for phone in phones where try await phone.digest() != digest { return false }
        return true
    }

    func end() async {
        for device in devices.with({ $0 }) { try? await device.close() }
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A test in an open office.
func inOffice(_ test: (World) async throws -> Void) async throws {
    let world = try World()
    try await world.found()
    do {
        try await test(world)
    } catch {
        await world.end()
        throw error
    }
    await world.end()
}

extension Device {
    /// Its one booking.
    func only() async throws -> Booking {
        let all = try await agenda()
        try #require(all.count == 1)
        return all[0]
    }
}

extension Stage {
    var isConfirmed: Bool { if case .confirmed = self { true } else { false } }
    var isLikely: Bool { if case .likely = self { true } else { false } }
    var isWaiting: Bool { if case .waiting = self { true } else { false } }
    var isCheckedIn: Bool { if case .checkedIn = self { true } else { false } }
    var units: [UnitId] { holds.map(\.unit) }
}

extension DateOutcome {
    var booking: BookingId? { if case .requested(let booking, _) = self { booking } else { nil } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

/// The error that a call has to fail with.
func refuses(
    _ kind: AllkontorError.Kind,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ call: () async throws -> Void
) async throws -> AllkontorError {
    do {
        try await call()
    } catch let error as AllkontorError {
        #expect(error.kind == kind, sourceLocation: sourceLocation)
        return error
    }
    throw Unexpected(what: "it was not refused, at \(sourceLocation)")
}

struct Unexpected: Error {
    let what: String
}

/// The first element that will do.
func first<Element: Sendable>(
    of stream: AsyncStream<Element>,
    where isIt: @Sendable (Element) -> Bool
) async throws -> Element {
    for await element in stream where isIt(element) { return element }
    throw Unexpected(what: "the stream ended")
}
