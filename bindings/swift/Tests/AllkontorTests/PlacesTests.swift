import Foundation
import Testing

@testable import Allkontor

/// Who else is in the house, and which other offices there are.
@Suite struct PlacesTests {
    @Test func p6TheCafeNextDoorHasItsOwnHoursAndText() async throws {
        var described = try #require(try JSONSerialization.jsonObject(with: catalogue) as? [String: Any])
        described["partners"] = [
            "1": ["name": ["sv": "Kaféet"], "hours": ["weekly": ["tuesday": ["open": ["11:00-15:00"]]]]]
        ]
        let published = try JSONSerialization.data(withJSONObject: described)
        try await inOffice { office in
            try await office.kiosk.publish(published)
            let cafe = try #require(try await office.kiosk.office(in: "sv")?.partners.first)
            #expect(cafe.name == "Kaféet")
            let day = try #require(try await office.kiosk.partnerHours(cafe.id, from: tuesday, in: "sv")?.first)
            #expect(day.open == [Interval(at(11)..<at(15))])
        }
    }

    @Test func p7AnOfficeOfADirectoryIsJoinedAndAForgedDirectoryIsRefused() async throws {
        let secret = Data(0..<32)
        try await inOffice { office in
            let listing = OfficeListing(
                office: try await office.kiosk.officeId(), name: ["sv": "Kontoret"], street: "", postcode: "", city: "",
                country: "")
            let issued = Date(timeIntervalSince1970: 1_795_510_800)
            var signed = try OfficeDirectory.sign([listing], issued: issued, publisherSeed: secret)
            let publisher = try OfficeDirectory.publisherKey(ofSeed: secret)
            let directory = try OfficeDirectory(reading: signed, from: publisher, in: "sv")
            let listed = try #require(directory.offices.first)
            #expect(listed.name == "Kontoret")
            #expect(directory.issued == issued)
            let phone = try await Device.join(
                invitation: listed.invitation, in: office.place("eva"), clock: office.clock)
            try await office.meet(phone)
            #expect(try await phone.office(in: "sv")?.name == "Kontoret")
            try await phone.close()
            signed[signed.count - 1] ^= 1
            let forged = signed
            let refused = try await refuses(.badBytes) { _ = try OfficeDirectory(reading: forged, from: publisher) }
            #expect(refused.code == "not_a_directory")
        }
    }

    @Test func test_p1_whoeverIsClosedOutGoesToAnOfficeThatHasAgreed() async throws {
        var described = try #require(try JSONSerialization.jsonObject(with: catalogue) as? [String: Any])
        try await inOffice { office in
            let library = office.keep(
                try await Device.found(
                    in: office.place("library"), catalogue: catalogue, recoverySeed: World.seed(9),
                    deviceSeed: World.seed(2), salt: World.seed(8), clock: office.clock))
            let word = try await library.agreeToHost(office.kiosk.officeId(), classes: [1], until: tuesday)
            let hex = word.map { String(format: "%02x", $0) }.joined()
            described["hosts"] = [["agreement": hex, "classes": ["1": 1]]]
            try await office.kiosk.publish(JSONSerialization.data(withJSONObject: described))
            let phone = try await office.phone("anna")
            #expect(try await phone.hosts(in: "sv").first?.until == tuesday)
            _ = try await phone.book(room(14))
            try await office.meet(phone)
            let mine = try #require(try await phone.agenda().first)
            #expect(try await phone.elsewhere(for: mine.id).isEmpty)
            _ = try await office.kiosk.closePlaces(during: Interval(at(8)..<at(20)), because: .closed)
            try await office.meet(phone)
            let there = try #require(try await phone.elsewhere(for: mine.id, in: "sv").first)
            let date = Interval(at(14)..<at(15))
            #expect(try await phone.elsewhere(for: .places(classId: 1, count: 1), at: date, in: "sv") == [there])
            let other = office.keep(
                try await Device.join(
                    invitation: there.office.invitation, in: office.place("there"), clock: office.clock))
            try await office.meet(other, at: library)
            for stay in there.stays { _ = try await other.book(stay) }
            try await office.meet(other, at: library)
            let taken = try #require(try await other.agenda().first)
            #expect(taken.status.holding.map(\.interval) == [date])
        }
    }
}
