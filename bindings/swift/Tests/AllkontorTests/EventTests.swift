import Foundation
import Testing

@testable import Allkontor

/// The usual office with two seats for events.
private let theatre: Data = {
    let classes = """
        "classes": {"5": {"name": {"sv": "Plats", "en": "Seat"}, "kind": "seat"},
        """
    let units = """
        "units": {
        "101": {"name": {"sv": "Plats", "en": "Seat"}, "class": 5},
        "102": {"name": {"sv": "Plats", "en": "Seat"}, "class": 5},
        """
    let text = String(decoding: catalogue, as: UTF8.self)
        .replacingOccurrences(of: "\"classes\": {", with: classes)
        .replacingOccurrences(of: "\"units\": {", with: units)
    return Data(text.utf8)
}()

/// Events, from Swift.
@Suite struct EventTests {
    let reading = EventProposal(
        text: "Högläsning\nVi läser Ferlin.",
        dates: [Interval(start: at(18), end: at(20))],
        room: .exactlyUnit(unit: 1),
        seats: SeatsWanted(classId: 5, count: 2)
    )

    func booking(_ outcome: EventOutcome) throws -> BookingId {
        guard case .asked(let booking) = outcome else { throw Unexpected(what: "it was refused") }
        return booking
    }

    @Test func test_e1_anEventIsProposedLetThroughAndCalledOff() async throws {
        try await inOffice { office in
            try await office.kiosk.publish(theatre)
            let anna = try await office.phone("anna")
            let bo = try await office.phone("bo")
            let made = try booking(try await anna.propose(reading))
            try await office.meet(anna)
            try await office.meet(bo)
            #expect(try await bo.events().isEmpty)
            let proposed = try #require(try await office.kiosk.events().first)
            #expect(proposed.stage == .proposed)
            #expect(proposed.title == "Högläsning")
            try await office.kiosk.approve(proposed.key)
            try await office.meet(anna)
            try await office.meet(bo)
            #expect(try await anna.event(proposed.key)?.own == made)
            let open = try #require(try await bo.events().first)
            #expect(open.stage == .open)
            #expect(open.rooms == [1])
            let said = try await bo.words(in: "sv").event(open)
            #expect(said == "Högläsning: tisdag 24 november kl. 18.00–20.00. Det blir av. 2 platser kvar.")
            try await office.kiosk.callOff(proposed.key, because: .guidelines)
            try await office.meet(anna)
            try await office.meet(bo)
            #expect(try await anna.booking(made)?.status.stage == .released(cause: .guidelines))
            #expect(try await anna.event(proposed.key)?.text == nil)
            #expect(try await bo.events().isEmpty)
            #expect(try await office.agree(anna))
        }
    }

    @Test func test_e2_groupsWaitForSeatsAndStrangersSeeHowManyAreLeft() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(theatre)
            let anna = try await office.phone("anna")
            let bo = try await office.phone("bo")
            let event = try await propose(from: anna, at: office)
            try await kiosk.approve(event)
            try await office.meet(anna)
            try await office.meet(bo)
            let first = try booking(try await anna.askForSeats(at: event))
            try await office.meet(anna)
            let second = try booking(try await bo.askForSeats(2, at: event))
            try await office.meet(bo)
            #expect(try await bo.booking(second)?.status.stage == .waiting(number: 1))
            let date = try #require(try await kiosk.event(event)?.dates.first)
            #expect([date.taken, date.waiting, date.left] == [1, 2, 1])
            #expect(try await kiosk.seatRequests(at: event).map(\.seats).sorted() == [1, 2])
            try await anna.cancel(first)
            try await office.meet(anna)
            try await office.meet(bo)
            guard case .confirmed = try await bo.booking(second)?.status.stage else {
                throw Unexpected(what: "the group waits")
            }
            #expect(try await bo.event(event)?.mine == [second])
        }
    }

    @Test func test_e3_twoWriteInTheSameParagraphAndBothAreHeard() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(theatre)
            let anna = try await office.phone("anna")
            let event = try await propose(from: anna, at: office)
            try await anna.edit(event, text: "Högläsning\nVi läser Ferlin och Boye.")
            try await kiosk.edit(event, text: "Högläsning\nVi läser dikter av Ferlin.")
            try await office.meet(anna)
            for device in [kiosk, anna] {
                #expect(try await device.event(event)?.text == "Högläsning\nVi läser dikter av Ferlin och Boye.")
            }
        }
    }

    @Test func test_e3_aSecondPhoneIsLetInAndBothWriteOffline() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(theatre)
            let anna = try await office.phone("anna")
            let bo = try await office.phone("bo")
            let event = try await propose(from: anna, at: office)
            let card = try await bo.organiserCard()
            #expect(try readCode(card) == .organiser)
            try await anna.addOrganiser(to: event, card: card)
            try await office.meet(anna)
            try await office.meet(bo)
            let found = try #require(try await bo.events().first)
            #expect(found.organises)
            #expect(found.own == nil)
            try await anna.edit(event, text: "Högläsning\nVi läser Ferlin och Boye.")
            try await bo.edit(event, text: "Högläsning\nVi läser dikter av Ferlin.")
            for phone in [anna, bo, anna] { try await office.meet(phone) }
            for device in [kiosk, anna, bo] {
                #expect(try await device.event(event)?.text == "Högläsning\nVi läser dikter av Ferlin och Boye.")
            }
            #expect(try await anna.event(event)?.organisers == 1)
        }
    }

    /// A phone proposes the reading, and the kiosk hears of it.
    private func propose(from phone: Device, at office: World) async throws -> BookingKey {
        _ = try await phone.propose(reading)
        try await office.meet(phone)
        return try #require(try await office.kiosk.events().first?.key)
    }
}
