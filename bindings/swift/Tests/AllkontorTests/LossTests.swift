import Foundation
import Testing

@testable import Allkontor

/// Devices of an office come, decide together, get lost, are restored, and hand the admin key on.
@Suite struct LossTests {
    /// A tablet of the staff that holds the admin key; the kiosk goes on deciding.
    private func tablet(of office: World) async throws -> Device {
        let tablet = try await office.phone("tablet")
        let key = try await office.kiosk.scanEnrolment(tablet.enrolment())
        try await office.kiosk.certify(key, as: .staff)
        try await office.kiosk.handOver(to: key)
        try await office.meet(tablet)
        #expect(try await tablet.standing() == .steward(role: .staff))
        let refused = try await refuses(.refused) { try await office.kiosk.certify(key, as: .kiosk) }
        #expect(refused.code == "not_the_admin")
        return tablet
    }

    /// The kiosk is gone, with all it had: its key.
    private func lose(_ office: World, for heir: Device) async throws -> PublicKey {
        let key = try await office.kiosk.publicKey()
        try await office.kiosk.close()
        office.kiosk = heir
        return key
    }

    @Test func aLostKioskIsReplacedInTwoSteps() async throws {
        try await inOffice { office in
            let (tablet, anna) = (try await tablet(of: office), try await office.phone("anna"))
            _ = try await anna.book(room(10))
            try await office.meet(anna, tablet)
            let kiosk = try await lose(office, for: tablet)

            let before = try await tablet.digest()
            let question = try await tablet.replacement(of: kiosk)
            let left = try #require(question.left.first { $0.ledger == .ofMonth(year: 2026, month: 11) })
            #expect(question.role == .kiosk)
            #expect(question.revoked == nil)
            #expect(try await question.heirs == [tablet.publicKey()])
            #expect(try await left.stands == [anna.only().key])
            #expect(left.lastHeard == at(8))
            #expect(try await tablet.digest() == before)
            let said = try await tablet.words(in: "en").replacement(question)
            #expect(
                said[0]
                    == "The device \(kiosk.prefix(8)) (the kiosk) would be replaced. This is what is known of it here:")

            try await tablet.replace(kiosk, by: question.heirs[0])
            #expect(try await tablet.replacement(of: kiosk).successor == question.heirs[0])
            let again = try await refuses(.refused) { try await tablet.replace(kiosk, by: question.heirs[0]) }
            #expect(again.code == "already_replaced")
            let day = try await tablet.custody(on: tuesday)
            #expect(day.units.map(\.custody) == [.here, .here, .here])
            #expect(day.stewards.filter { $0.device == kiosk }.map(\.revoked) == [true])
        }
    }

    @Test func aPromiseThatNobodyHadHeardOfComesFirstWhenItIsShown() async throws {
        try await inOffice { office in
            let (tablet, bo) = (try await tablet(of: office), try await office.phone("bo"))
            try await office.meet(tablet)
            // Anna comes when the tablet is away: her ticket too is only the kiosk's word.
            let anna = try await office.phone("anna")
            let only = Wanted.exactly(1, at(10)..<at(11))
            _ = try await anna.book(only)
            try await office.meet(anna)
            let booking = try await anna.only()
            #expect(booking.stage.isConfirmed)
            let certificate = try await anna.certificate(booking.id)
            let kiosk = try await lose(office, for: tablet)
            try await tablet.replace(kiosk, by: tablet.publicKey())
            _ = try await bo.book(only)
            try await office.meet(bo)

            // She hears of it before the office hears of her.
            try await anna.importFile(tablet.exportFile())
            let why = try #require(try await anna.explain(booking.id))
            #expect(why.broken.map(\.why) == [.unheard(honoured: false)])
            let shown = try await tablet.honour(certificate: certificate)
            #expect(shown == Honoured(booking: booking.key, worth: .firstInLine))
            #expect(try await tablet.words(in: "sv").worth(shown.worth).hasSuffix("går nu före alla andra."))
            try await office.meet(anna)
            try await bo.cancel(bo.only().id)
            try await office.meet(bo, anna)
            let kept = try await anna.only()
            #expect(kept.stage.isConfirmed)
            #expect(kept.stage.holds == booking.stage.holds)
            #expect(try await tablet.honour(certificate: certificate).worth == .superseded)
            #expect(try await tablet.honour(certificate: anna.certificate(kept.id)).worth == .stands)
        }
    }

    @Test func aRestoredKioskDecidesNothingUntilItHasAnotherKey() async throws {
        try await inOffice { office in
            let anna = try await office.phone("anna")
            let place = try office.place("kiosk")
            try await office.kiosk.suspend()
            let backup = try Data(contentsOf: place.appendingPathComponent("office.sqlite"))
            _ = try await anna.book(room(10))
            try await office.meet(anna)
            try await office.kiosk.close()
            for name in ["office.sqlite-wal", "office.sqlite-shm"] {
                try? FileManager.default.removeItem(at: place.appendingPathComponent(name))
            }
            try backup.write(to: place.appendingPathComponent("office.sqlite"))

            let kiosk = try await office.reopen("kiosk")
            office.kiosk = kiosk
            #expect(try await kiosk.standing() == .recovering)
            let said = try await kiosk.words(in: "en").standing(.recovering)
            #expect(said.hasPrefix("This device was restored from a backup or copied."))
            let old = try await kiosk.publicKey()
            #expect(try await kiosk.replacement(of: old).left.map(\.lost).reduce(0, +) >= 1)
            #expect(try await kiosk.renew() != old)
            #expect(try await kiosk.standing() == .steward(role: .kiosk))
            try await office.meet(anna, times: 3)
            #expect(try await anna.only().stage.isConfirmed)
        }
    }

    @Test func anOfficeWithTwoAdminsIsMendedByTheRecoveryKey() async throws {
        try await inOffice { office in
            let tablet = try await office.staff()
            let (east, west) = (try await office.phone("east"), try await office.phone("west"))
            try await office.kiosk.suspend()
            let copy = office.folder.appendingPathComponent("twin")
            try FileManager.default.copyItem(at: office.place("kiosk"), to: copy)
            let twin = try await office.reopen("twin")
            for (admin, device) in [(office.kiosk, east), (twin, west)] {
                try await admin.certify(admin.scanEnrolment(device.enrolment()), as: .staff)
                try await office.meet(device, at: admin)
                try await office.meet(tablet, at: device)
            }
            let fork = try #require(
                try await first(of: tablet.watchAlarms()) { _ in true }.first {
                    if case .adminFork = $0 { true } else { false }
                })
            #expect(try await !tablet.dismiss(fork))
            let words = try await tablet.words(in: "en")
            #expect(words.alarm(fork).hasPrefix("Two devices have ruled the office at once."))
            let certified = Decree.deviceCertified(device: try await west.publicKey(), role: .staff)
            let branches = try await tablet.adminBranches()
            #expect(branches.count == 2)
            let keeps = try #require(branches.first { $0.said.contains(certified) }?.keeps)
            #expect(words.decree(certified).hasSuffix("became one of the office's: a device of the staff."))
            let wrong = try await refuses(.refused) {
                try await tablet.recoverOffice(recoverySeed: World.seed(5), keeping: keeps)
            }
            #expect(wrong.code == "wrong_recovery_key")
            let unsaid = try await refuses(.refused) { try await tablet.recoverOffice(recoverySeed: World.seed(9)) }
            #expect(unsaid.code == "admin_forked")
            try await tablet.recoverOffice(recoverySeed: World.seed(9), keeping: keeps)
            #expect(try await tablet.adminBranches() == [])
            try await office.meet(west, east, at: tablet)
            #expect(try await west.standing() == .steward(role: .staff))
            #expect(try await east.standing() == .visitor)
        }
    }
}
