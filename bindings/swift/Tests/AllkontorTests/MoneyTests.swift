import Foundation
import Testing

@testable import Allkontor

/// What passes through a till.
@Suite struct MoneyTests {
    @Test func test_l3_soldChargedPaidCorrectedAndCounted() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(priced)
            #expect(try await kiosk.tariff(in: "sv")?.lines.map(\.name) == ["A4 svartvitt", "Nyckel"])
            #expect(try await kiosk.price(of: pages, on: tuesday) == Money(ore: 1_500, currency: "SEK"))
            let reduced = SaleItem(line: 1, quantity: 5, reduction: 1)
            #expect(try await kiosk.price(of: reduced, on: tuesday).ore == 750)
            let sold = try await kiosk.sell([pages], means: .cash)
            let swedish = try await kiosk.words(in: "sv")
            let printed = ["A4 svartvitt, 5 sidor: 15,00 kr", "Summa: 15,00 kr, kontant"]
            #expect(Array(swedish.receipt(sold).dropFirst()) == printed)
            let corrected = try await kiosk.correct(sold.lines[0].entry, to: 300, cause: .staff)
            #expect(corrected.total.ore == -1_200)
            #expect(corrected.lines[0].before == 1_500)
            #expect(try await kiosk.receipt(sold.entry) == sold)
            try await kiosk.moveCash(10_000)
            let count = try await kiosk.countTill(10_200)
            #expect(swedish.count(count) == "102,00 kr räknades: 1,00 kr för lite. Böckerna säger 103,00 kr.")
            #expect(try await kiosk.till().cash == 10_200)

            let phone = try await office.phone("anna")
            let booking = try #require(try await phone.book(room(10)).first?.booking)
            try await office.meet(phone)
            let key = try #require(try await phone.booking(booking)?.key)
            let charges = try await kiosk.charge(key, for: [pages])
            #expect(try await kiosk.charges(of: key).map(\.owed) == [1_500])
            _ = try await kiosk.pay(charges, means: .card)
            #expect(try await kiosk.charges(of: key).map(\.owed) == [0])
            let again = try await refuses(.refused) { _ = try await kiosk.pay(charges, means: .card) }
            #expect(again.code == "nothing_owed")
            try await office.meet(phone)
            #expect(try await phone.charges(of: key).isEmpty, "no business of phones")
            #expect(try await office.agree(phone))
        }
    }

    @Test func test_l4_aDepositIsHeldReturnedAndForfeitedAndASecondPayOutListed() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(priced)
            let tablet = try await office.staff()
            let deposit = try await kiosk.takeDeposit(SaleItem(line: 2), means: .cash).entry
            try await office.meet(tablet)
            _ = try await kiosk.payOut(deposit, ore: 15_000, means: .cash)
            try await kiosk.forfeit(deposit, ore: 5_000, cause: .lost)
            let settled = try #require(try await kiosk.deposits().first)
            #expect([settled.taken, settled.held, settled.returned, settled.forfeited] == [20_000, 0, 15_000, 5_000])
            // The tablet has not heard of it, and pays out as well.
            _ = try await tablet.payOut(deposit, means: .cash)
            try await office.meet(tablet)
            let second = try #require(try await tablet.secondPayOuts().first)
            #expect(second.ore == 20_000)
            #expect(try await kiosk.secondPayOuts() == [second])
            #expect(try await kiosk.words(in: "sv").secondPayOut(second).hasPrefix("200,00 kr för mycket"))
            #expect(try await kiosk.overpaid().isEmpty)
            #expect(try await kiosk.strayMoney().isEmpty)
        }
    }

    struct Tariffs: Decodable {
        struct Asked: Decodable {
            let line: UInt16
            let quantity: UInt32
            let reduction: UInt16?
            let day: String
            let ore: Int64?
            let error: String?
        }
        struct Office: Decodable {
            let cases: [Asked]
        }
        let tariffs: [Office]
    }

    @Test func test_l3_realPriceLists() async throws {
        let file = top.appendingPathComponent("tests/vectors/bindings/tariffs.json")
        // The catalogues as the file has them.
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let offices = try #require(json?["tariffs"] as? [[String: Any]])
        for (office, asked) in zip(offices, try VectorsTests.held("tariffs.json", Tariffs.self).tariffs) {
            let described = try #require(office["catalogue"])
            let catalogue = try JSONSerialization.data(withJSONObject: described)
            for one in asked.cases {
                let item = SaleItem(line: one.line, quantity: one.quantity, reduction: one.reduction)
                let day = try #require(OfficeDay(one.day))
                guard let code = one.error else {
                    let price = try Money(of: item, by: catalogue, on: day)
                    #expect(price.ore == one.ore)
                    continue
                }
                let refused = try await refuses(.refused) { _ = try Money(of: item, by: catalogue, on: day) }
                #expect(refused.code == code)
            }
        }
    }
}
