import Foundation
import Testing

@testable import Allkontor

/// Accounts, and what was charged, line by line.
@Suite struct AccountTests {
    @Test func test_l3_anAccountIsPaidIntoPaidFromAndPaidOut() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(priced)
            let phone = try await office.phone("anna")
            let holder = try await phone.accountKey()
            let number = try await kiosk.openAccount(for: holder)
            _ = try await kiosk.topUp(number, ore: 2_000, means: .cash)
            let sold = try await kiosk.sell([pages], from: number)
            #expect(sold.means == .account)
            #expect(try await kiosk.till().cash == 2_000, "of what was spent none is cash")
            let more = try await refuses(.refused) { _ = try await kiosk.sell([pages], from: number) }
            #expect(more.code == "not_in_account")
            let known = try #require(try await kiosk.account(of: holder))
            #expect([known.balance, known.here, known.limit] == [500, 500, 0])
            _ = try await kiosk.payAccountOut(number, means: .cash)
            let lines = try await kiosk.accountLines(number)
            #expect(lines.map(\.change) == [2_000, -1_500, -500])
            let swedish = try await kiosk.words(in: "sv")
            #expect(swedish.receipt(sold).last == "Summa: 15,00 kr, från kontot")
            #expect(swedish.account(known) == "5,00 kr på kontot. 5,00 kr av det kan användas här.")
            #expect(swedish.accountLine(lines[2]).hasSuffix("-5,00 kr utbetalt, kvitto 3"))
            try await kiosk.closeAccount(number)
            #expect(try await kiosk.accounts().map(\.isClosed) == [true])
            let none = String(repeating: "00", count: 32)
            #expect(try await kiosk.account(none) == nil)
            _ = try await refuses(.refused) { _ = try await phone.account(of: holder) }
        }
    }

    @Test func test_l3_anotherDeskSpendsWhatItWasAllowed() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(priced)
            let tablet = try await office.staff()
            let number = try await kiosk.openAccount(for: Device.accountKey(onPaper: Data(count: 16)))
            let device = try await tablet.till().till
            _ = try await kiosk.topUp(number, ore: 2_100, means: .card)
            try await kiosk.allow(device, ore: 600, of: number)
            try await office.meet(tablet)
            _ = try await tablet.sell([SaleItem(line: 1, quantity: 2)], from: number)
            _ = try await refuses(.refused) { _ = try await tablet.sell([SaleItem(line: 1)], from: number) }
            _ = try await kiosk.sell([pages], from: number)
            let wrong = try await tablet.topUp(number, ore: 5_000, means: .cash)
            try await office.meet(tablet)
            try await kiosk.allow(device, ore: 4_900, of: number)
            try await office.meet(tablet)
            #expect(try await tablet.correctTopUp(wrong.entry, to: 100).total.ore == -4_900)
            try await office.meet(tablet)
            #expect(try await kiosk.account(number)?.balance == 100)
            #expect(try await kiosk.strayMoney().isEmpty)
        }
    }

    @Test func test_e7_moneyIsCountedByLineAndMonthAndFewAreNotToldOf() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(priced)
            for _ in 0..<5 { _ = try await kiosk.sell([pages], means: .cash) }
            let november = YearMonth(year: 2026, month: 11)
            let report = try await kiosk.report(from: november, through: november, language: "sv")
            let line = try #require(report.money.first)
            #expect(line.name == "A4 svartvitt")
            #expect(line.quantity == 25)
            #expect(line.months.map(\.ore) == [7_500])
            let few = try await kiosk.report(from: november, through: november, smallestGroup: 6)
            #expect(few.money[0].ore == nil)
            #expect(few.money[0].months[0].quantity == nil)
        }
    }
}
