import Foundation
import Testing

@testable import Allkontor

/// The usual office, whose rooms are for those who have accepted its guidelines.
private let house: Data = {
    let guidelines = """
        "guidelines": {"version": 2, "text": {"sv": "Var snäll.", "en": "Be kind."},
                       "appeal": {"sv": "Skriv till nämnden.", "en": "Write to the board."}},
        "classes": {
        """
    let text = String(decoding: catalogue, as: UTF8.self)
        .replacingOccurrences(of: "\"max_minutes\": 240", with: "\"max_minutes\": 240, \"accepted_guidelines\": true")
        .replacingOccurrences(of: "\"classes\": {", with: guidelines)
    return Data(text.utf8)
}()

/// Guidelines and suspensions, from Swift.
@Suite struct PeopleTests {
    @Test func test_p5_guidelinesAreAcceptedBeforeTheFirstBooking() async throws {
        try await inOffice { office in
            try await office.kiosk.publish(house)
            let anna = try await office.phone("anna")
            #expect(try await anna.guidelinesInForce() == 2)
            #expect(try await anna.acceptedGuidelines() == nil)
            let rule = try #require(try await anna.book(room(10)).first?.refusal?.rule)
            #expect(rule == .guidelinesFirst(version: 2, accepted: nil))
            #expect(try await anna.words(in: "sv").rule(rule) == "Läs och godkänn riktlinjerna först, version 2.")
            let unknown = try await refuses(.missing) { try await anna.acceptGuidelines(version: 7) }
            #expect(unknown.code == "no_such_guidelines")
            try await anna.acceptGuidelines(version: 2)
            #expect(try await anna.book(room(10)).first?.refusal == nil)
            try await office.meet(anna)
            #expect(try await anna.only().stage.units == [1])
        }
    }

    @Test func test_p5_aSuspensionIsToldToWhomItConcernsAndIsTakenBack() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(house)
            let staff = try await office.staff()
            // Whoever meets the staff's device has its tickets.
            office.kiosk = staff
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            try await anna.acceptGuidelines(version: 2)
            _ = try await anna.book(room(10))
            try await office.meet(anna)
            let key = try #require(try await anna.only().key)
            let holder = try #require(try await staff.holder(of: key))
            let until = tuesday.advanced(by: 2)
            let atKiosk = try await refuses(.refused) {
                try await kiosk.suspendHolder(holder, until: until, because: .damage)
            }
            #expect(atKiosk.code == "staff_only")
            let told = try await staff.suspendHolder(holder, until: until, because: .damage)
            #expect(try await staff.suspensions().map(\.id) == [told])
            _ = try await anna.book(room(12))
            try await office.meet(anna, bo)
            let own = try #require(try await anna.suspension())
            #expect(own == OwnSuspension(until: until, ground: .damage))
            let reason = "You cannot book until Thursday 26 November has passed: something was damaged or is gone."
            #expect(
                try await anna.words(in: "en").ownSuspension(own) == "\(reason) You can appeal: Write to the board.")
            #expect(try await bo.suspension() == nil)
            try await staff.amend(told, .appealed)
            #expect(try await staff.suspensions().map(\.isAppealed) == [true])
            try await staff.amend(told, .lifted)
            #expect(try await staff.suspensions().isEmpty)
        }
    }

    @Test func test_p5_whoeverHasNoTicketIsToldUntilWhenAndWhyAndHowToAppeal() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(house)
            let staff = try await office.staff()
            office.kiosk = staff
            let bo = try await office.phone("bo", met: false)
            let until = tuesday.advanced(by: 2)
            _ = try await staff.suspendHolder(bo.publicKey(), until: until, because: .conduct)
            try await office.meet(bo)
            try await office.meet(bo)
            let own = try #require(try await bo.suspension())
            #expect(own == OwnSuspension(until: until, ground: .conduct))
            let said = try await bo.words(in: "sv").ownSuspension(own)
            #expect(said.hasSuffix("Du kan överklaga: Skriv till nämnden."))
            let anna = try await office.phone("anna")
            #expect(try await anna.suspension() == nil)
        }
    }

    @Test func test_e4_staffShowAVisitorRoundAndWhatIsReservedCanBeBooked() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            let text = String(decoding: catalogue, as: UTF8.self).replacingOccurrences(
                of: "\"max_minutes\": 240", with: "\"max_minutes\": 240, \"introduced_only\": true")
            try await kiosk.publish(Data(text.utf8))
            let staff = try await office.staff()
            let anna = try await office.phone("anna")
            let rule = try #require(try await anna.book(room(10)).first?.refusal?.rule)
            guard case .introducedOnly = rule else {
                Issue.record("refused by \(rule)")
                return
            }
            try await office.meet(anna)
            let holder = try await anna.publicKey()
            let atKiosk = try await refuses(.refused) { try await kiosk.introduce(holder) }
            #expect(atKiosk.code == "staff_only")
            #expect(try await staff.introduction(of: holder) == nil)
            try await staff.introduce(holder)
            #expect(try await staff.introduction(of: holder) != nil)
            func everybody() async throws {
                for _ in 0..<2 {
                    try await office.meet(staff, anna)
                    try await office.meet(anna, at: staff)
                }
            }
            try await everybody()
            #expect(try await anna.isIntroduced())
            #expect(try await anna.book(room(10)).first?.refusal == nil)
            try await everybody()
            guard case .confirmed = try await anna.only().stage else {
                Issue.record("not confirmed")
                return
            }
            try await staff.retractIntroduction(of: holder)
            #expect(try await staff.introduction(of: holder) == nil)
        }
    }
}
