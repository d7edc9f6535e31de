import Foundation
import Testing

@testable import Allkontor

/// The usual office, which keeps a roster.
private let house: Data = {
    let text = String(decoding: catalogue, as: UTF8.self)
        .replacingOccurrences(of: "\"classes\": {", with: "\"roster\": true, \"classes\": {")
    return Data(text.utf8)
}()

private let card = ContactCard(contact: "Anna Ek, 070-174 06 05", note: "Behöver hiss")

/// How people are reached, from Swift.
@Suite struct RosterTests {
    @Test func test_d3_aContactIsWrittenAtTheKioskAndReadByTheStaffAlone() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            #expect(try await kiosk.office(in: "en")?.keepsRoster == false)
            try await kiosk.publish(house)
            let anna = try await office.phone("anna")
            let holder = try await anna.publicKey()
            #expect(try await anna.office(in: "en")?.keepsRoster == true)
            let noKey = try await refuses(.missing) { try await kiosk.write(card, for: holder) }
            #expect(noKey.code == "no_roster_key")
            let staff = try await office.staff()
            try await office.meet(staff)
            try await kiosk.write(ContactCard(contact: "Anna E", note: ""), for: holder)
            try await kiosk.write(card, for: holder)
            try await office.meet(staff)
            let person = try #require(try await staff.person(holder))
            #expect(person.latest.card == card)
            #expect(try await person.latest.device == kiosk.publicKey())
            #expect(person.earlier.map(\.card?.contact) == ["Anna E"])
            #expect(!"\(person) \(String(reflecting: person))".contains("Anna"))
            #expect(try await staff.findPeople("HISS") == [person])
            #expect(try await staff.findPeople("trappa").isEmpty)
            let atKiosk = try await refuses(.refused) { _ = try await kiosk.person(holder) }
            #expect(atKiosk.code == "staff_only")
            let onPhone = try await refuses(.refused) { _ = try await anna.person(holder) }
            #expect(onPhone.code == "not_a_steward")
            // Whoever meets the staff's device has its tickets.
            office.kiosk = staff
            let eva = try await office.phone("eva")
            _ = try await eva.book(room(10))
            try await office.meet(eva)
            let key = try #require(try await eva.only().key)
            #expect(try await staff.person(of: key) == nil)
            try await staff.write(ContactCard(contact: "Eva", note: ""), for: eva.publicKey())
            #expect(try await staff.person(of: key)?.latest.card?.contact == "Eva")
            try await staff.write(ContactCard(contact: "", note: ""), for: holder)
            #expect(try await staff.person(holder) == nil)
        }
    }
}
