import Foundation
import Testing

@testable import Allkontor

/// What people live through, from Swift.
@Suite struct VisitorsTests {
    @Test func anOfficeIsFoundedAndJoinedByItsCode() async throws {
        try await inOffice { office in
            #expect(try await office.kiosk.standing() == .steward(role: .kiosk))
            let phone = try await office.phone("anna", met: false)
            #expect(try await phone.standing() == .visitor)
            #expect(try await phone.office(in: "sv") == nil)
            try await office.meet(phone)
            let info = try #require(try await phone.office(in: "sv"))
            #expect(info.name == "Kontoret")
            #expect(info.units.map(\.name) == ["Rum 1", "Rum 2", "Bord 3"])
            #expect(info.units.filter { $0.features.contains(1) }.map(\.id) == [2])
            #expect(try await phone.zone() == stockholm)
            let hours = try #require(try await phone.hours(from: tuesday, in: "sv"))
            #expect(hours[0].open == [Interval(at(8)..<at(22))])
            #expect(hours[0].staffed == [Interval(at(10)..<at(16))])
            #expect(try await phone.week()?.count == 7)
            #expect(try await phone.catalogueJSON() == office.kiosk.catalogueJSON())
            #expect(try await phone.civilNow() == at(8))
        }
    }

    @Test func bookingWorksWithNoNetwork() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let made = try await phone.book(room(10))
            let number = try #require(made.first?.booking)
            let booking = try #require(try await phone.booking(number))
            #expect(booking.stage.isLikely)
            #expect(booking.status.delivery == .carried)
            #expect(booking.stage.holds.map(\.interval) == [Interval(at(10)..<at(11))])
            #expect(try await phone.syncState().undelivered == 1)
            let free = try await phone.free(Interval(at(10)..<at(11)), of: 1)
            #expect(free.map(\.unit) == [1, 2])
            #expect(free.map(\.expected) == [1, 0])
        }
    }

    @Test func aClashIsMergedAndEverybodyIsToldTheTruth() async throws {
        try await inOffice { office in
            var phones: [Device] = []
            for name in ["anna", "bo", "eva"] {
                let phone = try await office.phone(name)
                _ = try await phone.book(room(10))
                #expect(try await phone.only().stage.isLikely)
                phones.append(phone)
            }
            let (anna, bo, eva) = (phones[0], phones[1], phones[2])
            try await office.meet(anna, bo, eva)
            #expect(try await anna.only().stage.isConfirmed)
            #expect(try await bo.only().stage.isConfirmed)
            #expect(try await eva.only().stage.isWaiting)
            #expect(try await anna.only().stage.units == [1])
            #expect(try await bo.only().stage.units == [2])
            #expect(try await office.agree(anna, bo, eva))
            // Bo was moved to the equal room, and is told so in both languages.
            let why = try #require(try await bo.explain(bo.only().id))
            #expect(
                try await bo.words(in: "sv").explanation(why) == [
                    "Bekräftad: Rum 2, tisdag 24 november kl. 10.00–11.00.",
                    "Rum 1, tisdag 24 november kl. 10.00–11.00: är lovad till någon annan, tisdag 24 november kl. 10.00–11.00.",
                ])
            #expect(
                try await bo.words(in: "en").explanation(why) == [
                    "Confirmed: Room 2, Tuesday 24 November, 10:00–11:00.",
                    "Room 1, Tuesday 24 November, 10:00–11:00: it is promised to somebody else, Tuesday 24 November, 10:00–11:00.",
                ])
            // Anna cancels, and Eva moves up.
            try await anna.cancel(anna.only().id)
            try await office.meet(anna, eva)
            #expect(try await anna.only().stage == .released(cause: .cancelled))
            #expect(try await eva.only().stage.units == [1])
        }
    }

    @Test func aClosedRoomMovesItsPeople() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await office.meet(phone)
            let closed = try await office.kiosk.closePlaces([1], during: Interval(at(9)..<at(12)), because: .lost)
            let key = try #require(try await phone.only().key)
            #expect(closed.affected == [key])
            #expect(closed.moved == [key])
            try await office.meet(phone)
            #expect(try await phone.only().stage.units == [2])
            let why = try #require(try await phone.explain(phone.only().id))
            let swedish = try await phone.words(in: "sv").explanation(why)
            #expect(swedish[1] == "Du har flyttats från Rum 1, tisdag 24 november kl. 10.00–11.00.")
            let english = try await phone.words(in: "en").explanation(why)
            #expect(english[1] == "You were moved from Room 1, Tuesday 24 November, 10:00–11:00.")
            let shut = try #require(try await office.kiosk.deskDay(tuesday).first { $0.booking == nil })
            try await office.kiosk.reopen(shut.statement)
            #expect(try await office.kiosk.free(Interval(at(10)..<at(11)), of: 1).map(\.unit) == [1])
        }
    }

    @Test func aRuleIsAValueAndIsSaidInBothLanguages() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let refusal = try #require(try await phone.book(.exactly(1, at(21)..<at(23))).first?.refusal)
            #expect(refusal.rule == .outsideHours(day: tuesday, open: [Interval(at(8)..<at(22))]))
            #expect(refusal.nearest.first == Interval(at(20)..<at(22)))
            let sv = try await phone.words(in: "sv")
            #expect(sv.rule(refusal.rule) == "Utanför öppettiderna tisdag 24 november: 08.00–22.00.")
            let en = try await phone.words(in: "en")
            #expect(en.rule(refusal.rule) == "Outside the opening hours of Tuesday 24 November: 08:00–22:00.")
            #expect(en.tag == "en")
        }
    }

    @Test func movingAndStayingLonger() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await office.meet(phone)
            let booking = try await phone.only().id
            #expect(try await phone.move(booking, to: room(14)) == .requested)
            let pending = try await phone.only()
            #expect(pending.status.holding[0].interval.start == at(10))
            let said = try await phone.words(in: "en").status(pending.status)
            #expect(said.hasSuffix("Until that is decided you keep Room 1, Tuesday 24 November, 10:00–11:00."))
            try await office.meet(phone)
            #expect(try await phone.extend(booking, until: at(16)) == .requested)
            try await office.meet(phone)
            #expect(try await phone.only().stage.holds[0].interval == Interval(at(14)..<at(16)))
            #expect(
                try await phone.extend(booking, until: at(19))
                    == .refused(rule: .tooLong(most: 240, got: 300), number: 7))
        }
    }

    @Test func aSeriesIsChangedOnOneDateFromOneOnAndAltogether() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let dates = try await phone.repeatDates(
                Interval(at(18)..<at(20)), by: "FREQ=WEEKLY;COUNT=5", except: [tuesday.advanced(by: 7)])
            #expect(dates.map(\.start) == [0, 14, 21, 28].map { at(18, days: $0) })
            let booked = try await phone.bookSeries(
                room(18), by: "FREQ=DAILY;COUNT=4", except: [tuesday.advanced(by: 1)])
            #expect(booked.dates.compactMap(\.booking).count == 3)
            let series = try #require(booked.series)
            try await office.meet(phone)
            let info = try #require(try await phone.series(series))
            #expect(info.rrule == "FREQ=DAILY;COUNT=4")
            #expect(info.dates.map { $0.stage.holds.first?.interval.start } == [0, 2, 3].map { at(18, days: $0) })
            let numbers = info.dates.map(\.id)
            let moved = try await phone.moveDates(.following, of: numbers[1], to: room(19, days: 2))
            #expect(
                moved == [
                    .requested(booking: numbers[1], interval: Interval(at(19, days: 2)..<at(20, days: 2))),
                    .requested(booking: numbers[2], interval: Interval(at(19, days: 3)..<at(20, days: 3))),
                ])
            let refused = try await phone.extendDates(.everyDate, of: numbers[0], until: at(23))
            #expect(refused.count == 3)
            for change in refused { guard case .refused = change else { throw Unexpected(what: "\(change)") } }
            try await office.meet(phone)
            #expect(try await phone.cancelDates(.onlyThis, of: numbers[0]) == [.withdrawn(booking: numbers[0])])
            try await office.meet(phone)
            let standing = try await phone.agenda()
            #expect(standing[0].stage == .released(cause: .cancelled))
            #expect(standing.dropFirst().allSatisfy { $0.stage.isConfirmed })
            _ = try await phone.joinSeries(series, room(12, days: 3))
            #expect(try await phone.agenda().filter { $0.series == series }.count == 4)
        }
    }

    @Test func checkingInByOneselfAndAtTheDesk() async throws {
        try await inOffice { office in
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            _ = try await anna.book(room(9))
            _ = try await bo.book(room(9, unit: 2))
            try await office.meet(anna, bo)
            office.set(at(9, 2))
            try await anna.arrive(anna.only().id)
            try await office.meet(anna)
            #expect(try await office.kiosk.deskDay(tuesday).map(\.arrived) == [true, false])
            try await office.kiosk.checkIn(#require(try await bo.only().key))
            try await office.meet(bo)
            #expect(try await bo.only().stage.isCheckedIn)
        }
    }

    @Test func aDeviceOpensAgainWithAllItHad() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            let (before, digest) = (try await phone.agenda(), try await phone.digest())
            try await phone.suspend()
            #expect(try await phone.agenda() == before)
            try await phone.close()
            let again = try await office.reopen("anna")
            #expect(try await again.agenda() == before)
            #expect(try await again.digest() == digest)
        }
    }

    @Test func aThirdPhoneCarriesABookingThereAndBack() async throws {
        try await inOffice { office in
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            _ = try await anna.book(room(10))
            try await office.meet(anna, at: bo)
            try await office.meet(bo)
            try await office.meet(anna, at: bo)
            #expect(try await anna.only().stage.isConfirmed)
            #expect(try await office.agree(anna, bo))
        }
    }

    @Test func filesAndCodesCarryABooking() async throws {
        try await inOffice { office in
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            _ = try await anna.book(room(10))
            try await office.kiosk.importFile(anna.exportFile())
            try await anna.importFile(office.kiosk.exportFile())
            let booking = try await anna.only()
            #expect(booking.stage.isConfirmed)
            let promise = try await bo.verifyCertificate(anna.certificate(booking.id))
            #expect(promise.booking == booking.key)
            #expect(promise.holds.map(\.unit) == [1])
            _ = try await bo.book(room(14))
            try await office.kiosk.scanCard(bo.requestCard(bo.only().id))
            let filed = try await office.kiosk.deskBookings(.ofMonth(year: 2026, month: 11))
            #expect(try await Set(filed.map(\.key)) == [#require(booking.key), #require(bo.only().key)])
            #expect(filed.allSatisfy { $0.status.stage.isConfirmed })
            #expect(try qrSVG(await office.kiosk.invitation()).hasPrefix("<?xml"))
        }
    }

    @Test func somebodyWithoutAPhoneLeavesWithASlip() async throws {
        try await inOffice { office in
            let made = try await office.kiosk.walkIn(room(10), slipSeed: Data("sixteen secrets!".utf8))
            guard case .requested(let key, let slip) = made.first else { throw Unexpected(what: "\(made)") }
            #expect(slip.code == "3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GS")
            #expect(try slipCode(slip.payload) == slip.code)
            #expect(try readCode(slip.payload) == .onPaper(booking: key))
            #expect(try await office.kiosk.findSlip(slip.code.lowercased())?.key == key)
            #expect(try await office.kiosk.explain(key)?.status.stage.isConfirmed == true)
            try await office.kiosk.cancelSlip(slip.code)
            #expect(try await office.kiosk.explain(key)?.status.stage == .released(cause: .cancelled))
        }
    }
}
