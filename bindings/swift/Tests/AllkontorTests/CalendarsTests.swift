import Foundation
import Testing

@testable import Allkontor

/// Calendars, web pages and whole offices in and out, from Swift.
@Suite struct CalendarsTests {
    func file(_ events: String...) -> Data {
        let said = events.map { "BEGIN:VEVENT\n\($0.replacingOccurrences(of: "|", with: "\n"))\nEND:VEVENT\n" }
        return Data("BEGIN:VCALENDAR\nVERSION:2.0\n\(said.joined())END:VCALENDAR\n".utf8)
    }

    /// The value of a line of the first event.
    func line(_ name: String, of ics: Data) throws -> String {
        let whole = String(decoding: ics, as: UTF8.self).replacingOccurrences(of: "\r\n ", with: "")
        let text = whole.components(separatedBy: "BEGIN:VEVENT\r\n").dropFirst().first ?? ""
        let lines = text.components(separatedBy: "\r\n")
        let line = lines.first { $0.hasPrefix(name + ":") || $0.hasPrefix(name + ";") }
        return try #require(line?.split(separator: ":", maxSplits: 1).last.map(String.init))
    }

    @Test func b10ABookingIsOneEventUntilItIsCancelled() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            let booking = try await phone.only().id
            let asked = try #require(try await phone.bookingICS(booking, in: "sv"))
            #expect(try line("STATUS", of: asked) == "TENTATIVE")
            #expect(try line("DTSTART", of: asked) == "20261124T100000")
            try await office.meet(phone)
            let confirmed = try #require(try await phone.bookingICS(booking, in: "sv"))
            #expect(try line("STATUS", of: confirmed) == "CONFIRMED")
            try await phone.cancel(booking)
            try await office.meet(phone)
            let gone = try await phone.agendaICS(in: "sv")
            #expect(try line("STATUS", of: gone) == "CANCELLED")
            #expect(try line("UID", of: gone) == line("UID", of: asked))
            let numbers = try [asked, confirmed, gone].map { Int(try line("SEQUENCE", of: $0)) ?? 0 }
            #expect(numbers[0] < numbers[1] && numbers[1] < numbers[2])
            #expect(try await phone.bookingICS(99) == nil)
        }
    }

    @Test func b10TheOfficesFeedSaysWhenAndNeverWho() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await office.meet(phone)
            let feed = try await office.kiosk.officeICS(from: tuesday, days: 7, in: "sv")
            #expect(try line("SUMMARY", of: feed) == "Rum 1: upptaget")
            #expect(try await phone.officeICS(from: tuesday, days: 7, in: "sv") == feed)
            let unit = try await office.kiosk.unitICS(1, from: tuesday, days: 1)
            #expect(try line("UID", of: unit) == line("UID", of: feed))
            let unknown = try await refuses(.argument) { _ = try await office.kiosk.unitICS(77, from: tuesday) }
            #expect(unknown.code == "no_such_unit")
        }
    }

    @Test func b10ACalendarsFileIsTakenInOnceAndEachRefusalHasItsLine() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            let ics = file(
                "UID:choir|DTSTART:20261124T180000|DURATION:PT1H|LOCATION:Rum 1",
                "UID:club|DTSTART:20261124T183000|DURATION:PT1H|LOCATION:Rum 1",
                "UID:moon|DTSTART;TZID=Moon/Base:20261124T120000|DURATION:PT1H")
            let first = try await kiosk.importICS(ics, as: .bookings)
            guard case .booked = first.entries[0].outcome else { throw Unexpected(what: "\(first)") }
            #expect(first.entries[1].outcome == .clash)
            #expect(first.refused.map(\.line) == [17])
            #expect(first.refused.first?.why == "the time zone \"Moon/Base\" is not known")
            let said = try await kiosk.words(in: "sv").importOutcome(.clash)
            #expect(said == "Platsen är upptagen då. Inget bokades.")
            let digest = try await kiosk.digest()
            #expect(try await kiosk.importICS(ics, as: .bookings).entries[0].outcome == .known)
            #expect(try await kiosk.digest() == digest)
            let shut = try await kiosk.importICS(
                file("UID:paint|DTSTART:20261125T080000|DURATION:PT2H"), as: .closings, at: 2)
            #expect(shut.entries.map(\.outcome) == [.taken(affected: [])])
            let junk = try await refuses(.badBytes) { _ = try await kiosk.importICS(Data("hello".utf8), as: .events) }
            #expect(junk.code == "not_a_calendar")

            let closed = try ICSClosed(file("UID:jul|DTSTART:20261224|SUMMARY:Jul"), in: catalogue, titlesIn: "sv")
            try await kiosk.publish(closed.catalogue)
            let christmas = try #require(try await kiosk.hours(from: OfficeDay("2026-12-24")!, in: "sv")?.first)
            #expect(christmas.note == "Jul")
        }
    }

    @Test func p2HoursGoToAWebPageAndComeFromOne() async throws {
        let page = try schemaHours(of: catalogue)
        #expect(page.contains("\"opens\":\"08:00\",\"closes\":\"22:00\""))
        let shorter = page.replacingOccurrences(of: "22:00", with: "20:00")
        let described = try replacingHours(of: catalogue, withSchema: shorter)
        try await inOffice { office in
            try await office.kiosk.publish(described)
            let day = try #require(try await office.kiosk.hours(from: tuesday, in: "sv")?.first)
            #expect(day.open == [Interval(at(8)..<at(20))])
        }
        let wrong = try await refuses(.argument) { _ = try replacingHours(of: catalogue, withSchema: "{}") }
        #expect(wrong.code == "not_hours")
    }

    @Test func anOfficeIsMovedAsOneFile() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await office.meet(phone)
            let archive = try await office.kiosk.exportOffice()
            let moved = office.keep(
                try await Device.open(archive: archive, in: office.place("moved"), clock: office.clock))
            #expect(try await moved.digest() == office.kiosk.digest())
            #expect(try await moved.day(tuesday) == office.kiosk.day(tuesday))
            let refused = try await refuses(.refused) { _ = try await phone.exportOffice() }
            #expect(refused.code == "not_a_steward")
            let bad = try await refuses(.badBytes) { try await phone.importOffice(archive.dropLast(9)) }
            #expect(bad.code == "not_an_archive")
            try await phone.importOffice(archive)
            #expect(try await phone.digest() == office.kiosk.digest())
        }
    }
}
