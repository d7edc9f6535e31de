import Foundation
import Testing

@testable import Allkontor

/// A visitor's keys on a new phone, and on two at a time.
@Suite struct BackupsTests {
    @Test func test_b7_aNewPhoneGoesOnFromACodeThatWasWrittenDown() async throws {
        try await inOffice { office in
            let anna = try await office.phone("anna")
            let backup = try await anna.backup()
            let here = try await office.kiosk.officeId()
            #expect(try readCode(backup.payload) == .backup(office: here, name: "Kontoret"))
            for hour in [10, 12] { _ = try await anna.book(room(hour)) }
            try await office.meet(anna)
            let before = try await told(anna)
            try await anna.close()

            let typed = backup.code.lowercased().replacingOccurrences(of: "\n", with: " ")
            let scanned = office.keep(
                try await Device.restore(backup: backup.payload, in: office.place("scanned"), clock: office.clock))
            let new = office.keep(
                try await Device.restore(code: typed, of: here, in: office.place("typed"), clock: office.clock))
            #expect(try await scanned.ownKeys().seeks)
            for phone in [scanned, new] {
                try await office.meet(phone)
                #expect(try await told(phone) == before)
                #expect(try await !phone.ownKeys().seeks)
            }
            #expect(before == [10: true, 12: true])
            let bookings = try await new.agenda()
            try await new.cancel(bookings[0].id)
            _ = try await new.move(bookings[1].id, to: room(14))
            try await office.meet(new)
            #expect(try await told(new) == [10: false, 14: true])
        }
    }

    @Test func test_b7_twoPhonesOfOnePersonBookAndChangeWithNoNetwork() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let backup = try await phone.backup()
            let tablet = office.keep(
                try await Device.restore(backup: backup.payload, in: office.place("tablet"), clock: office.clock))
            try await office.meet(tablet)
            _ = try await phone.book(room(10))
            _ = try await tablet.book(room(12))
            try await office.meet(phone, at: tablet)
            #expect(try await phone.agenda().count == 2)
            let other = try #require(
                try await phone.agenda().first { $0.wanted[0].interval == Interval(at(12)..<at(13)) })
            try await phone.cancel(other.id)
            try await office.meet(phone, tablet, phone)
            #expect(try await told(phone) == [10: true, 12: false])
            #expect(try await told(tablet) == [10: true, 12: false])
            #expect(try await office.agree(phone, tablet))
            #expect(try await !phone.ownKeys().moved)
        }
    }

    @Test func test_b7_whatIsNoBackupIsRefusedInWords() async throws {
        try await inOffice { office in
            let anna = try await office.phone("anna")
            await #expect { _ = try await office.kiosk.backup() } throws: { code(of: $0) == "no_backup" }
            let backup = try await anna.backup()
            await #expect { _ = try await anna.enrolment() } throws: { code(of: $0) == "backed_up" }
            let (here, empty) = (try await office.kiosk.officeId(), try office.place("empty"))
            let wrong = (backup.code.first == "0" ? "1" : "0") + backup.code.dropFirst()
            await #expect {
                _ = try await Device.restore(code: wrong, of: here, in: empty, clock: office.clock)
            } throws: { code(of: $0) == "not_a_backup" }
        }
    }

    /// Whether each booking is confirmed, by the hour that it is for.
    private func told(_ phone: Device) async throws -> [Int: Bool] {
        var told: [Int: Bool] = [:]
        for booking in try await phone.agenda() {
            for hour in 8..<22 where booking.wanted[0].interval == Interval(at(hour)..<at(hour + 1)) {
                told[hour] = booking.stage.isConfirmed
            }
        }
        return told
    }

    private func code(of error: any Error) -> String? {
        (error as? AllkontorError)?.code
    }
}
