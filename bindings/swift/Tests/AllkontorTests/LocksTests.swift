import Foundation
import Testing

@testable import Allkontor

/// Codes of lockers, from Swift: for whoever rents them, and nobody else.
@Suite struct LocksTests {
    let locker = What.exactlyUnit(unit: 41)

    @Test func test_l1_aCodeIsReadByItsRenterAndChangedWhenTheLockWasForced() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(whole)
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            let made = try await anna.rent(locker, from: at(8))
            let booking = try #require(made.first?.booking)
            try await office.meet(anna)
            let key = try #require(try await kiosk.deskRentals().first?.key)
            let refused = try await refuses(.argument) { try await kiosk.issueCode("", of: 41, to: key) }
            #expect(refused.code == "bad_code")
            try await kiosk.issueCode("4711", of: 41, to: key)
            try await office.meet(anna, bo)
            let own = try #require(try await anna.codes().first)
            let code = LockCode(unit: 41, code: "4711", generation: 1, since: at(8), isDue: false)
            #expect(own == OwnLockCode(booking: booking, code: code))
            #expect(try await anna.words(in: "sv").lockCode(own.code) == "Skåp 41: koden är 4711.")
            #expect(try await bo.codes().isEmpty)
            office.set(at(9))
            try await kiosk.openUnit(41, because: .lost)
            #expect(try await kiosk.codesDue() == [CodeDue(unit: 41, why: .opened, renter: key)])
            try await kiosk.issueCode("0815", of: 41, to: key)
            #expect(try await kiosk.codesDue().isEmpty)
            try await office.meet(anna)
            #expect(try await anna.codes().map(\.code.code) == ["0815"])
            try await anna.cancel(booking)
            try await office.meet(anna)
            #expect(try await kiosk.codesDue() == [CodeDue(unit: 41, why: .ended, renter: nil)])
            #expect(try await office.agree(anna))
        }
    }

    @Test func test_l1_whoeverHoldsASlipHasTheCodeReadOutByStaff() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(whole)
            let made = try await kiosk.rentAtDesk(locker, from: at(8))
            guard case .requested(let booking, let slip) = try #require(made.first) else {
                throw Unexpected(what: "it was refused")
            }
            try await kiosk.issueCode("4711", of: 41, to: booking)
            let refused = try await refuses(.refused) { _ = try await kiosk.codes(ofSlip: slip.code) }
            #expect(refused.code == "staff_only")
            let tablet = try await office.staff()
            #expect(try await tablet.codes(ofSlip: slip.code).map(\.code) == ["4711"])
        }
    }

    struct Locks: Decodable {
        struct Told: Decodable {
            let unit: UInt32
            let code: String
            let generation: UInt32
            let text: [String: String]
        }
        let office: String
        let now: Int64
        let file: Data, renter: Data, stranger: Data
        let codes: [Told]
    }

    @Test func test_l1_aSealedCodeIsReadAsRecorded() async throws {
        let locks = try VectorsTests.held("locks.json", Locks.self)
        let time = Date(timeIntervalSince1970: TimeInterval(locks.now))
        for (seed, expected) in [(locks.renter, locks.codes), (locks.stranger, [])] {
            let world = try World()
            let device = world.keep(
                try await Device.join(
                    office: locks.office, in: world.place("device"), deviceSeed: seed, clock: { time }))
            try await device.importFile(locks.file)
            let own = try await device.codes().map(\.code)
            #expect(own.map(\.unit) == expected.map(\.unit))
            #expect(own.map(\.code) == expected.map(\.code))
            #expect(own.map(\.generation) == expected.map(\.generation))
            for (told, code) in zip(expected, own) {
                for (language, text) in told.text {
                    #expect(try await device.words(in: language).lockCode(code) == text)
                }
            }
            await world.end()
        }
    }
}
