package se.allkontor

// Accounts with the office: money paid in ahead, or a tab. Phones are not given the books: they have `accountKey` alone.

/**
 * The lasting key that the person with this device has an account under: shown at the desk, in a code. Nothing ties it to
 * the keys that they book with.
 */
public suspend fun Device.accountKey(): PublicKey = call { accountKey() }

/**
 * Opens an account for whoever has that key, where the tariff says that there are any. This device is its custodian, and
 * pays from it with no network.
 */
public suspend fun Device.openAccount(holder: PublicKey): StatementId = call { now -> openAccount(now, holder) }

/**
 * Takes money in for an account. What another desk than its custodian's takes in can be spent when the custodian has heard
 * of it.
 */
public suspend fun Device.topUp(account: StatementId, ore: Ore, means: Means): Receipt =
    call { now -> topUp(now, account, ore, means) }

/** Sells, and takes the money from an account, out of what this device may spend of it. */
public suspend fun Device.sellFromAccount(account: StatementId, items: List<SaleItem>): Receipt =
    call { now -> sellFromAccount(now, account, items) }

/** Takes the money for charges from an account, all that is owed for each. */
public suspend fun Device.payFromAccount(account: StatementId, charges: List<StatementId>): Receipt =
    call { now -> payFromAccount(now, account, charges) }

/**
 * Allows another device to spend so much of an account, out of what this one may spend; or gives it back to the custodian.
 * That one may when it has heard of it, this one no longer.
 */
public suspend fun Device.allow(account: StatementId, to: PublicKey, ore: Ore): Unit =
    call { now -> allow(now, account, to, ore) }

/** Pays an account out from this till: all that is there, when no amount is named. Only its custodian. */
public suspend fun Device.payAccountOut(account: StatementId, means: Means, ore: Ore? = null): Receipt =
    call { now -> payAccountOut(now, account, ore, means) }

/**
 * Says what a top-up should have come to, if it was less: the difference is given back as it came. Only where it was taken,
 * and as far as that device may spend it.
 */
public suspend fun Device.correctTopUp(entry: StatementId, ore: Ore): Receipt =
    call { now -> correctTopUp(now, entry, ore) }

/** Closes an account that has nothing left. Only its custodian. */
public suspend fun Device.closeAccount(account: StatementId): Unit = call { now -> closeAccount(now, account) }

/** The account that somebody has under a key; null when they have none, or nobody here has heard of it. */
public suspend fun Device.accountOf(holder: PublicKey): Account? = call { accountOf(holder) }

/** An account; null when nobody here has heard of it. */
public suspend fun Device.account(account: StatementId): Account? = call { account(account) }

/** All accounts that this device knows of. */
public suspend fun Device.accounts(): List<Account> = pages({ after -> accounts(after, PAGE) }, Account::account)

/** What passed through an account, oldest first: its statement. */
public suspend fun Device.accountLines(account: StatementId): List<AccountLine> =
    pages({ after -> accountLines(account, after, PAGE) }, AccountLine::entry)
