import AllkontorFFI
import Foundation

// What staff do with money. Amounts are whole hundredths of the office's currency. Phones are not given the books: what they
// ask of them is empty.
extension Device {
    /// What things cost, with names in a language; nil where nothing costs anything.
    public func tariff(in language: String = "en") async throws -> TariffInfo? {
        try await call { engine, _ in try engine.tariff(language: language) }
    }

    /// What something costs on a day.
    public func price(of item: SaleItem, on day: OfficeDay) async throws -> Money {
        try await call { engine, _ in try engine.price(item: item, day: day) }
    }

    /// Sells at the till: what is bought is charged and paid at once.
    public func sell(_ items: [SaleItem], means: Means) async throws -> Receipt {
        try await call { engine, now in try engine.sell(now: now, items: items, means: means) }
    }

    /// Charges a confirmed booking, to be paid now or later; the charges, in the order of the items.
    public func charge(_ booking: BookingKey, for items: [SaleItem]) async throws -> [StatementId] {
        try await call { engine, now in try engine.charge(now: now, booking: booking, items: items) }
    }

    /// Takes the money for charges, all that is owed for each.
    public func pay(_ charges: [StatementId], means: Means) async throws -> Receipt {
        try await call { engine, now in try engine.pay(now: now, charges: charges, means: means) }
    }

    /// Takes a deposit, for a confirmed booking or for none; this device keeps it until it is settled.
    public func takeDeposit(_ item: SaleItem, for booking: BookingKey? = nil, means: Means) async throws -> Receipt {
        try await call { engine, now in
            try engine.takeDeposit(now: now, item: item, booking: booking, means: means)
        }
    }

    /// Gives money of a deposit back from this till: all that is left, when no amount is named. Its keeper settles it, at
    /// once or when it hears.
    public func payOut(_ deposit: StatementId, ore: Ore? = nil, means: Means) async throws -> Receipt {
        try await call { engine, now in try engine.payOut(now: now, deposit: deposit, ore: ore, means: means) }
    }

    /// Keeps some of a deposit for good. Only its keeper.
    public func forfeit(_ deposit: StatementId, ore: Ore, cause: Cause) async throws {
        try await call { engine, now in try engine.forfeit(now: now, deposit: deposit, ore: ore, cause: cause) }
    }

    /// Says what a charge should have come to; what was paid too much is given back from this till. Only the device that
    /// wrote it, or who took over from that.
    public func correct(_ charge: StatementId, to ore: Ore, cause: Cause? = nil) async throws -> Receipt {
        try await call { engine, now in try engine.correct(now: now, charge: charge, ore: ore, cause: cause) }
    }

    /// Counts the cash in this till. The difference is booked.
    public func countTill(_ counted: Ore) async throws -> TillCount {
        try await call { engine, now in try engine.countTill(now: now, counted: counted) }
    }

    /// Notes cash put into this till, or taken out of it when `change` is less than nothing.
    public func moveCash(_ change: Ore) async throws {
        try await call { engine, now in try engine.moveCash(now: now, change: change) }
    }

    /// The receipt of an entry, to be printed again; nil for what is no entry, or not known here.
    public func receipt(_ entry: StatementId) async throws -> Receipt? {
        try await call { engine, _ in try engine.receipt(entry: entry) }
    }

    /// What a booking was charged, and what of it is still owed.
    public func charges(of booking: BookingKey) async throws -> [Charge] {
        try await call { engine, _ in try engine.chargesOf(booking: booking) }
    }

    /// Deposits, by entry; only those of one booking, if it is named.
    public func deposits(of booking: BookingKey? = nil) async throws -> [Deposit] {
        try await pages(after: \.entry) { engine, after, limit in
            try engine.deposits(booking: booking, after: after, limit: limit)
        }
    }

    /// Deposits for which more left the tills than there is of them. They stay listed: staff have to look.
    public func secondPayOuts() async throws -> [SecondPayOut] {
        try await pages(after: \.deposit) { engine, after, limit in
            try engine.secondPayOuts(after: after, limit: limit)
        }
    }

    /// Charges for which more was paid than they come to: staff have to look.
    public func overpaid() async throws -> [Overpaid] {
        try await pages(after: \.charge) { engine, after, limit in try engine.overpaid(after: after, limit: limit) }
    }

    /// What revoked devices wrote into their tills that the office had not heard of: staff have to look.
    public func strayMoney() async throws -> [StatementId] {
        try await pages(after: \.self) { engine, after, limit in try engine.strayMoney(after: after, limit: limit) }
    }

    /// A device's till: this one's, if none is named.
    public func till(of device: PublicKey? = nil) async throws -> Till {
        try await call { engine, _ in try engine.till(device: device) }
    }
}

extension Money {
    /// What something would cost by a catalogue (JSON), before it is published.
    public init(of item: SaleItem, by catalogue: Data, on day: OfficeDay) throws {
        self = try translating { try priceBy(catalogue: catalogue, item: item, day: day) }
    }
}
