import Foundation
import Testing

@testable import Allkontor

/// What the desk does beyond deciding on sight: windows, tickets by hand, shares, clocks, old months.
@Suite struct DeskTests {
    private let november = Ledger.ofMonth(year: 2026, month: 11)

    /// The office's catalogue, with one more rule for rooms.
    private func publish(_ rule: String, in office: World) async throws {
        let text = String(decoding: catalogue, as: UTF8.self)
        let more = text.replacingOccurrences(of: "\"max_minutes\": 240", with: "\"max_minutes\": 240, \(rule)")
        try #require(more != text)
        try await office.kiosk.publish(Data(more.utf8))
    }

    @Test func theDeskDecidesBeforeAWindowOpens() async throws {
        try await inOffice { office in
            try await publish("\"policy\": {\"kind\": \"window\", \"minutes\": \(7 * 24 * 60)}", in: office)
            var (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            for phone in [anna, bo] {
                _ = try await phone.book(.exactly(1, at(10, days: 29)..<at(11, days: 29)))
                try await office.meet(phone)
            }
            // Who is first is drawn: anna hears of bo when she comes again.
            try await office.meet(anna, times: 1)
            if try await !anna.only().stage.isLikely { swap(&anna, &bo) }
            let awaits = try #require(try await anna.explain(anna.only().id)?.awaits)
            guard case .windowOpens = awaits else { throw Unexpected(what: "\(awaits)") }
            let said = try await anna.words(in: "sv").awaits(awaits)
            #expect(said.hasPrefix("Kontoret bestämmer om den dagen från måndag 30 november kl. 00.00"), "\(said)")
            let (key, other) = (try #require(try await anna.only().key), try #require(try await bo.only().key))
            try await office.kiosk.confirm(key)
            let obstacle = try #require(try await office.kiosk.explain(other)?.options.first?.obstacles.first)
            guard case .confirmed = obstacle else { throw Unexpected(what: "\(obstacle)") }
            let taken = try await office.kiosk.words(in: "en").obstacle(obstacle)
            #expect(taken.hasPrefix("it is promised to somebody else"), "\(taken)")
            try await office.kiosk.decline(other, because: .staff)
            _ = try await refuses(.refused) { try await office.kiosk.confirm(other) }
            try await office.meet(anna, bo, times: 1)
            #expect(try await anna.only().stage.isConfirmed)
            #expect(try await bo.only().stage == .declined(cause: .staff))
            try await office.kiosk.release(key, because: .staff)
            try await office.meet(anna, times: 1)
            #expect(try await anna.only().stage == .released(cause: .staff))
        }
    }

    @Test func aShareIsCountedAndTicketsAreIssuedWithinIt() async throws {
        try await inOffice { office in
            try await publish("\"limits\": {\"at_once\": 2}", in: office)
            let anna = try await office.phone("anna")
            let holder = String(repeating: "ab", count: 32)
            let before = try #require(try await office.kiosk.allowances(of: 1, on: tuesday, for: holder).first)
            #expect((before.allowed, before.left) == (2, 2))
            #expect(try await office.kiosk.words(in: "sv").allowance(before) == "Bokningar samtidigt: 2 av 2 kvar.")
            let order = TicketOrder(
                holder: holder, key: try await anna.publicKey(), ledger: november, uses: [1], slots: 20)
            let issued = try await office.kiosk.issueTicket(order)
            guard case .issued = issued else { throw Unexpected(what: "\(issued)") }
            let reached = try await office.kiosk.issueTicket(order)
            guard case .quotaReached(let left, _) = reached, left < 20 else { throw Unexpected(what: "\(reached)") }
            let own = try await anna.allowances(of: 1, on: tuesday).map(\.left)
            _ = try await anna.book(room(10))
            #expect(try await (own, anna.allowances(of: 1, on: tuesday).map(\.left)) == ([2], [1]))
        }
    }

    @Test func aClockIsBelievedWhileSomebodyHasLookedLately() async throws {
        try await inOffice { office in
            #expect(try await office.kiosk.clockIsBelieved())
            office.set(at(8, days: 2))
            #expect(try await !office.kiosk.clockIsBelieved())
            try await office.kiosk.confirmClock()
            #expect(try await office.kiosk.clockIsBelieved())
            #expect(try await office.kiosk.civilNow() == at(8, days: 2))
            try await office.kiosk.tick()
            #expect(try await office.kiosk.week()?.count == 7)
        }
    }

    @Test func anOldMonthIsDroppedEverywhere() async throws {
        try await inOffice { office in
            let relay = try await office.phone("relay")
            try await relay.relayEverything()
            _ = try await relay.book(room(10))
            try await office.meet(relay)
            #expect(try await office.kiosk.deskBookings(november).count == 1)
            office.set(at(8, days: 60))
            try await office.kiosk.drop(before: #require(OfficeDay("2027-01-01")))
            try await office.meet(relay, times: 1)
            for device in [office.kiosk, relay] {
                #expect(try await device.deskBookings(november).isEmpty)
            }
            #expect(try await office.agree(relay))
        }
    }

    @Test func laterRulesBeginOnAComingDayAndThisAppDecidesNothingFromThenOn() async throws {
        try await inOffice { office in
            let later = tuesday.advanced(by: 7)
            let skips = try await refuses(.refused) { try await office.kiosk.activateRules(9, from: later) }
            let today = try await refuses(.refused) { try await office.kiosk.activateRules(2, from: tuesday) }
            #expect([skips.code, today.code] == ["not_next_rules", "not_ahead"])
            try await office.kiosk.activateRules(2, from: later)
            let anna = try await office.phone("anna")
            _ = try await anna.book(room(10))
            _ = try await anna.book(room(10, days: 8))
            try await office.meet(anna)
            let stages = try await anna.agenda().map(\.stage)
            #expect(stages[0].isConfirmed && stages[1].isLikely)
        }
    }

    @Test func everythingHasAName() async throws {
        try await inOffice { office in
            let words = try await office.kiosk.words(in: "sv")
            #expect([words.className(1), words.feature(1), words.unit(1)] == ["Rum", "hörslinga", "Rum 1"])
            #expect(words.holiday(.epiphany) == "trettondedag jul")
            #expect(try await office.kiosk.catalogueJSON() == catalogue)
        }
    }
}
