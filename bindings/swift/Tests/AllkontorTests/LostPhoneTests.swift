import Foundation
import Testing

@testable import Allkontor

/// A visitor's phone is gone, from Swift.
@Suite struct LostPhoneTests {
    @Test func test_b7_aLostPhoneIsReportedAndItsBookingGoesOnOnASlip() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            let anna = try await office.phone("anna")
            _ = try await anna.book(room(10))
            try await office.meet(anna)
            let before = try await anna.only()
            let key = try #require(before.key)
            let holder = try #require(try await kiosk.holder(of: key))
            let lost = try await kiosk.reportLost(holder)
            let reissued = try #require(lost.reissued.first)
            #expect(reissued.before == key)
            #expect(lost.left.isEmpty && lost.waiting.isEmpty)
            // Whoever found it cancels, and asks for more.
            try await anna.cancel(before.id)
            _ = try await anna.book(room(14))
            try await office.meet(anna)
            let paper = try #require(try await kiosk.findSlip(reissued.slip.code))
            #expect(paper.status.stage.units == before.stage.units)
            let told = try #require(try await anna.suspension())
            #expect(told.ground == .lostKeys)
            let said = try await anna.words(in: "en").ownSuspension(told)
            #expect(said.contains("this phone was reported lost; what was booked goes on on paper"))
            #expect(try await kiosk.reportLost(holder).suspension == lost.suspension)
        }
    }
}
