import Foundation
import Testing

@testable import Allkontor

/// Noon of a day.
private func on(_ year: Int, _ month: Int, _ day: Int) -> CivilMinute {
    CivilMinute(year: year, month: month, day: day, hour: 12)!
}

/// The usual office with a locker for rent and computers to borrow.
let whole: Data = {
    let classes = """
        "conditions": {"1": {"sv": "repad", "en": "scratched"}},
        "classes": {
        "3": {"name": {"sv": "Skåp", "en": "Locker"}, "kind": "locker", "cells": "year",
              "rules": {"min_minutes": 1440, "max_minutes": 527040, "horizon_days": 400}},
        "4": {"name": {"sv": "Dator", "en": "Computer"}, "kind": "computer"},
        """
    let units = """
        "units": {
        "41": {"name": {"sv": "Skåp 41", "en": "Locker 41"}, "class": 3},
        "51": {"name": {"sv": "Dator 51", "en": "Computer 51"}, "class": 4},
        "52": {"name": {"sv": "Dator 52", "en": "Computer 52"}, "class": 4},
        """
    let text = String(decoding: catalogue, as: UTF8.self)
        .replacingOccurrences(of: "\"classes\": {", with: classes)
        .replacingOccurrences(of: "\"units\": {", with: units)
    return Data(text.utf8)
}()

/// Lockers and computers, from Swift.
@Suite struct RentalTests {
    let locker = What.exactlyUnit(unit: 41)

    @Test func test_l1_aLockerIsRentedKeptAndGoesOnNextYear() async throws {
        try await inOffice { office in
            try await office.kiosk.publish(whole)
            let anna = try await office.phone("anna")
            let made = try await anna.rent(locker, from: at(8), until: on(2026, 12, 10))
            let booking = try #require(made.first?.booking)
            try await office.meet(anna)
            let own = try await anna.rentals()
            #expect(own.map(\.booking) == [booking])
            #expect(own.first?.rental.due == on(2026, 12, 10))
            #expect(own.first?.rental.step == .runs)
            office.set(on(2026, 12, 8))
            try await office.kiosk.tick()
            #expect(try await office.kiosk.deskRentals().map(\.step) == [.dueSoon(days: 2)])
            let rental = try #require(try await anna.rentals().first?.rental)
            let said = try await anna.words(in: "sv").rental(rental)
            #expect(said == "Skåp 41: hyrs till torsdag 10 december 2026 kl. 12.00. 2 dagar kvar.")
            #expect(try await anna.keep(booking, until: nil) == .requested)
            try await office.meet(anna)
            office.set(on(2027, 3, 1))
            try await office.kiosk.tick()
            try await office.meet(anna)
            let kept = try #require(try await anna.rentals().first)
            #expect(kept.rental.due == nil)
            #expect(kept.rental.since == at(8))
            try await office.kiosk.openUnit(41, because: .lost)
            try await office.meet(anna)
            #expect(try await anna.openings(of: 41).map(\.cause) == [.lost])
            try await anna.cancel(kept.booking)
            try await office.meet(anna)
            #expect(try await office.kiosk.deskRentals().isEmpty)
            #expect(try await office.agree(anna))
        }
    }

    @Test func test_l1_aSlipKeepsALockerAndStaffGiveItOn() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(whole)
            let made = try await kiosk.rentAtDesk(locker, from: at(8), until: on(2026, 12, 10))
            guard case .requested(let booking, let slip) = try #require(made.first) else {
                throw Unexpected(what: "it was refused")
            }
            #expect(try await kiosk.keepSlip(slip.code, until: on(2026, 12, 20)) == .requested)
            #expect(try await kiosk.rental(ofSlip: slip.code)?.due == on(2026, 12, 20))
            let heir = Heir.withoutPhone(slipSeed: Data(repeating: 3, count: 16), until: nil)
            let given = try await kiosk.transfer(booking, to: heir)
            #expect(try await kiosk.rental(ofSlip: slip.code) == nil)
            let code = try #require(given.slip?.code)
            #expect(try await kiosk.rental(ofSlip: code)?.key == given.booking)
            #expect(try await kiosk.prolong(given.booking, until: on(2026, 12, 24)) == .requested)
            #expect(try await kiosk.deskRentals().map(\.due) == [on(2026, 12, 24)])
        }
    }

    @Test func test_l2_whoIsNextIsMovedWhenAComputerIsLate() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(whole)
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            _ = try await anna.book(.unit(51, at(9)..<at(10)))
            _ = try await bo.book(.unit(51, at(10, 15)..<at(12)))
            try await office.meet(anna, bo)
            let key = try #require(try await anna.only().key)
            office.set(at(9))
            try await kiosk.handOut(51, to: key)
            try await office.meet(anna)
            #expect(try await anna.loans().map(\.loan.unit) == [51])
            #expect(try await anna.only().stage.isCheckedIn)
            office.set(at(10, 2))
            try await kiosk.tick()
            try await office.meet(bo)
            #expect(try await bo.only().stage.units == [52])
            #expect(try await bo.only().status.before?.cause == .late)
            #expect(try await kiosk.deskLoans().map(\.isLate) == [true])
            try await kiosk.handIn(51, condition: try await kiosk.conditions())
            #expect(try await kiosk.deskLoans().isEmpty)
            #expect(try await kiosk.words(in: "sv").condition(1) == "repad")
        }
    }

    @Test func test_l2_whatStaffRemarkOfAThingIsTheirsAloneAndCanBeErased() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(whole)
            let anna = try await office.phone("anna")
            _ = try await anna.book(.unit(51, at(9)..<at(10)))
            try await office.meet(anna)
            let key = try #require(try await anna.only().key)
            office.set(at(9))
            try await kiosk.handOut(51, to: key, remark: "Sladden är lagad.")
            try await office.meet(anna)
            #expect(try await kiosk.deskLoans().first?.remark?.text == "Sladden är lagad.")
            #expect(try await anna.loans().map(\.loan.remark) == [nil])
            let refused = try await refuses(.refused) { _ = try await anna.thingsSaid(of: 51) }
            #expect(refused.code == "not_a_steward")
            try await kiosk.handIn(51, remark: "Kaffe på den.")
            let back = try #require(try await kiosk.thingsSaid(of: 51).last)
            #expect(back.isBack)
            #expect(back.remark?.text == "Kaffe på den.")
            try await kiosk.eraseRemark(of: back.id, because: .staff)
            #expect(try await kiosk.thingsSaid(of: 51).last?.remark == Remark(text: nil, erased: .staff))
        }
    }
}
