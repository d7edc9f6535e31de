import Allkontor
import Foundation
import Testing

func found(in folder: URL, catalogue: Data, clock: @escaping Clock = { Date() }) async throws -> Device {
    let recovery = randomSeed()  // Print it, and keep it in a safe.
    return try await Device.found(in: folder, catalogue: catalogue, recoverySeed: recovery, clock: clock)
}

func join(_ kiosk: Device, in folder: URL, clock: @escaping Clock = { Date() }) async throws -> Device {
    let phone = try await Device.join(invitation: kiosk.invitation(), in: folder, clock: clock)
    let listening = try kiosk.listen()
    try await phone.dial(host: "127.0.0.1", port: listening.port)
    await listening.close()
    return phone
}

func book(on phone: Device) async throws -> Booking? {
    // What the office's wall clock shows, wherever the phone is.
    let day = OfficeDay("2026-11-24")!
    let made = try await phone.book(.unit(1, day.at(10)..<day.at(11)))
    switch made[0] {
    case .requested(let booking, _):
        return try await phone.booking(booking)
    case .refused(let refusal):  // A rule of the office forbids it: a value, not an error.
        print(try await phone.words(in: "en").rule(refusal.rule))
        return nil
    }
}

func meet(_ kiosk: Device, _ anna: Device, _ bo: Device) async throws -> [String] {
    let listening = try kiosk.listen()
    for phone in [anna, bo, anna] {
        try await phone.dial(host: "127.0.0.1", port: listening.port)
    }
    await listening.close()
    guard let booking = try await bo.agenda().first, let why = try await bo.explain(booking.id) else { return [] }
    return try await bo.words(in: "sv").explanation(why)
}

func morning(in folder: URL, catalogue: Data) async throws -> [String] {
    let clock: Clock = { Date(timeIntervalSince1970: 1_795_503_600) }  // It is always Tuesday morning on this page.
    let places = ["kiosk", "anna", "bo"].map { folder.appendingPathComponent($0) }
    for place in places { try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true) }
    let kiosk = try await found(in: places[0], catalogue: catalogue, clock: clock)
    let anna = try await join(kiosk, in: places[1], clock: clock)
    let bo = try await join(kiosk, in: places[2], clock: clock)
    for phone in [anna, bo] { _ = try await book(on: phone) }
    let said = try await meet(kiosk, anna, bo)
    for device in [kiosk, anna, bo] { try await device.close() }
    return said
}

func decision(on phone: Device, about booking: BookingId) async -> Stage? {
    for await seen in phone.watchBooking(booking) {
        switch seen?.stage {
        case .confirmed, .waiting: return seen?.stage
        default: continue
        }
    }
    return nil  // The device was closed, or the task cancelled.
}

func calendars(_ kiosk: Device, _ phone: Device, _ booking: BookingId, closed: Data) async throws -> [ICSOutcome] {
    let own = try await phone.bookingICS(booking, in: "sv")  // One event, whatever becomes of the booking.
    let everybodys = try await kiosk.officeICS(from: OfficeDay("2026-11-01")!, in: "sv")  // When, never who.
    print("\(own?.count ?? 0) and \(everybodys.count) bytes")
    // Another calendar's events close the office; the same file again changes nothing.
    return try await kiosk.importICS(closed, as: .closings).entries.map(\.outcome)
}

/// `bindings/docs/swift.md`, run.
@Suite struct GettingStartedTests {
    @Test func thePageWorks() async throws {
        let world = try World()
        let office = world.keep(try await found(in: world.place("kiosk"), catalogue: catalogue, clock: world.clock))
        let anna = world.keep(try await join(office, in: world.place("anna"), clock: world.clock))
        let bo = world.keep(try await join(office, in: world.place("bo"), clock: world.clock))
        for phone in [anna, bo] { #expect(try await book(on: phone)?.stage.isLikely == true) }
        async let decided = decision(on: anna, about: anna.only().id)
        let said = try await meet(office, anna, bo)
        #expect(try await decided?.isConfirmed == true)
        #expect(try said.joined(separator: "\n") == fences("text").joined())
        let digests = [try await office.digest(), try await anna.digest(), try await bo.digest()]
        #expect(Set(digests).count == 1)
        let closed = Data("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:jul\nDTSTART:20261224\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
        let booking = try await anna.only().id
        #expect(try await calendars(office, anna, booking, closed: closed) == [.taken(affected: [])])
        #expect(try await calendars(office, anna, booking, closed: closed) == [.known])
        await world.end()
    }

    @Test func thePageWorksWithTheOfficeThatItNames() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("allkontor-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let catalogue = try Data(contentsOf: top.appendingPathComponent("tests/vectors/bindings/office.json"))
        let said = try await morning(in: folder, catalogue: catalogue)
        #expect(try said.joined(separator: "\n") == fences("text").joined())
    }

    @Test func thePageSaysWhatThisFileSays() throws {
        let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        let blocks = try fences("swift")
        #expect(blocks.count == 7)
        for code in blocks { #expect(source.contains(code)) }
    }

    /// What the page has between such fences.
    private func fences(_ language: String) throws -> [String] {
        let page = try String(contentsOf: top.appendingPathComponent("bindings/docs/swift.md"), encoding: .utf8)
        return page.components(separatedBy: "```\(language)\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
    }
}
