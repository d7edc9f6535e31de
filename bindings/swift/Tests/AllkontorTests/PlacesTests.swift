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
}
