import Foundation
import Testing

@testable import Allkontor

/// Hours come from a map, and go back to it.
@Suite struct OSMTests {
    @Test func anOfficeIsFoundedWithTheHoursOfAMapAndGivesThemBack() async throws {
        let hours = OSMHours(openingHours: "Mo-Fr 08:00-18:00; Sa 10:00-14:00", serviceTimes: "Tu 10:00-16:00")
        let described = try hours.replacing(hoursOf: catalogue, in: "sv")
        #expect(try OSMHours(of: described, in: "sv") == hours)
        try await inOffice { office in
            try await office.kiosk.publish(described)
            let day = try #require(try await office.kiosk.hours(from: tuesday, in: "sv")?.first)
            #expect(day.open == [Interval(at(8)..<at(18))])
            #expect(day.staffed == [Interval(at(10)..<at(16))])
            #expect(try await office.kiosk.catalogueJSON() == described)
        }
    }

    @Test func whatCannotBeSaidExactlyIsRefusedWithTheRule() async throws {
        let sun = OSMHours(openingHours: "Mo-Fr sunrise-12:00")
        let refused = try await refuses(.argument) { _ = try sun.replacing(hoursOf: catalogue) }
        #expect(refused.code == "not_hours")
        #expect(refused.detail.contains("\"Mo-Fr sunrise-12:00\": times by the sun are not supported"))
        let junk = try await refuses(.argument) { _ = try OSMHours(of: Data("junk".utf8)) }
        #expect(junk.code == "not_a_catalogue")
    }
}
