import AllkontorFFI
import Foundation

// Accounts with the office: money paid in ahead, or a tab. Phones are not given the books: they have `accountKey()` alone.
extension Device {
    /// The lasting key that the person with this device has an account under: shown at the desk, in a code. Nothing ties it
    /// to the keys that they book with.
    public func accountKey() async throws -> PublicKey {
        try await call { engine, _ in try engine.accountKey() }
    }

    /// The key that a paper has an account under: 16 random bytes that are printed on it and kept nowhere.
    public static func accountKey(onPaper seed: Data) throws -> PublicKey {
        try translating { try accountKeyOnPaper(seed: seed) }
    }

    /// Opens an account for whoever has that key, where the tariff says that there are any. This device is its custodian,
    /// and pays from it with no network.
    public func openAccount(for holder: PublicKey) async throws -> StatementId {
        try await call { engine, now in try engine.openAccount(now: now, holder: holder) }
    }

    /// Takes money in for an account. What another desk than its custodian's takes in can be spent when the custodian has
    /// heard of it.
    public func topUp(_ account: StatementId, ore: Ore, means: Means) async throws -> Receipt {
        try await call { engine, now in try engine.topUp(now: now, account: account, ore: ore, means: means) }
    }

    /// Sells, and takes the money from an account, out of what this device may spend of it.
    public func sell(_ items: [SaleItem], from account: StatementId) async throws -> Receipt {
        try await call { engine, now in try engine.sellFromAccount(now: now, account: account, items: items) }
    }

    /// Takes the money for charges from an account, all that is owed for each.
    public func pay(_ charges: [StatementId], from account: StatementId) async throws -> Receipt {
        try await call { engine, now in try engine.payFromAccount(now: now, account: account, charges: charges) }
    }

    /// Allows another device to spend so much of an account, out of what this one may spend; or gives it back to the
    /// custodian. That one may when it has heard of it, this one no longer.
    public func allow(_ device: PublicKey, ore: Ore, of account: StatementId) async throws {
        try await call { engine, now in try engine.allow(now: now, account: account, to: device, ore: ore) }
    }

    /// Pays an account out from this till: all that is there, when no amount is named. Only its custodian.
    public func payAccountOut(_ account: StatementId, ore: Ore? = nil, means: Means) async throws -> Receipt {
        try await call { engine, now in
            try engine.payAccountOut(now: now, account: account, ore: ore, means: means)
        }
    }

    /// Says what a top-up should have come to, if it was less: the difference is given back as it came. Only where it was
    /// taken, and as far as that device may spend it.
    public func correctTopUp(_ entry: StatementId, to ore: Ore) async throws -> Receipt {
        try await call { engine, now in try engine.correctTopUp(now: now, entry: entry, ore: ore) }
    }

    /// Closes an account that has nothing left. Only its custodian.
    public func closeAccount(_ account: StatementId) async throws {
        try await call { engine, now in try engine.closeAccount(now: now, account: account) }
    }

    /// The account that somebody has under a key; nil when they have none, or nobody here has heard of it.
    public func account(of holder: PublicKey) async throws -> Account? {
        try await call { engine, _ in try engine.accountOf(holder: holder) }
    }

    /// An account; nil when nobody here has heard of it.
    public func account(_ account: StatementId) async throws -> Account? {
        try await call { engine, _ in try engine.account(account: account) }
    }

    /// All accounts that this device knows of.
    public func accounts() async throws -> [Account] {
        try await pages(after: \.account) { engine, after, limit in
            try engine.accounts(after: after, limit: limit)
        }
    }

    /// What passed through an account, oldest first: its statement.
    public func accountLines(_ account: StatementId) async throws -> [AccountLine] {
        try await pages(after: \.entry) { engine, after, limit in
            try engine.accountLines(account: account, after: after, limit: limit)
        }
    }
}
