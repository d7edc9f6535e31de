import Foundation
import Testing

@testable import Allkontor

/// How the office was used, in figures that say nothing about a person.
@Suite struct UsageTests {
    @Test func e7UseIsCountedByClassHourAndWeekdayAndFewAreNotToldOf() async throws {
        try await inOffice { office in
            for (place, name) in ["anna", "bo", "cia", "dan", "eva"].enumerated() {
                let phone = try await office.phone(name)
                _ = try await phone.book(room(10 + place))
                try await office.meet(phone)
            }
            let november = YearMonth(year: 2026, month: 11)
            let report = try await office.kiosk.report(from: november, through: november, language: "sv")
            let rooms = try #require(report.classes.first)
            #expect(rooms.name == "Rum")
            #expect(rooms.booked == 5)
            #expect(rooms.bookedMinutes == 300)
            #expect(rooms.useBy.weekdays == [0, 5, 0, 0, 0, 0, 0])
            #expect(rooms.useBy.hours[10] == nil)
            #expect(report.csv.contains("2026-11,2026-11,1,Rum,booked,,5\r\n"))
            let phone = try await office.phone("fia")
            let visitor = try await refuses(.refused) {
                _ = try await phone.report(from: november, through: november)
            }
            #expect(visitor.code == "not_a_steward")
        }
    }
}
