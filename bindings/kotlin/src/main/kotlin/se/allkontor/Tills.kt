package se.allkontor

import java.time.LocalDate

// Amounts are whole hundredths of the office's currency. Phones are not given the books: what they ask of them is empty.

/** What things cost, with names in a language; null where nothing costs anything. */
public suspend fun Device.tariff(language: String = "en"): TariffInfo? = call { tariff(language) }

/** What something costs on a day. */
public suspend fun Device.price(item: SaleItem, day: LocalDate): Money = call { price(item, day) }

/** Sells at the till: what is bought is charged and paid at once. */
public suspend fun Device.sell(items: List<SaleItem>, means: Means): Receipt = call { now -> sell(now, items, means) }

/** Charges a confirmed booking, to be paid now or later; the charges, in the order of the items. */
public suspend fun Device.charge(booking: BookingKey, items: List<SaleItem>): List<StatementId> =
    call { now -> charge(now, booking, items) }

/** Takes the money for charges, all that is owed for each. */
public suspend fun Device.pay(charges: List<StatementId>, means: Means): Receipt =
    call { now -> pay(now, charges, means) }

/** Takes a deposit, for a confirmed booking or for none; this device keeps it until it is settled. */
public suspend fun Device.takeDeposit(item: SaleItem, means: Means, booking: BookingKey? = null): Receipt =
    call { now -> takeDeposit(now, item, booking, means) }

/**
 * Gives money of a deposit back from this till: all that is left, when no amount is named. Its keeper settles it, at once
 * or when it hears.
 */
public suspend fun Device.payOut(deposit: StatementId, means: Means, ore: Ore? = null): Receipt =
    call { now -> payOut(now, deposit, ore, means) }

/** Keeps some of a deposit for good. Only its keeper. */
public suspend fun Device.forfeit(deposit: StatementId, ore: Ore, cause: Cause): Unit =
    call { now -> forfeit(now, deposit, ore, cause) }

/**
 * Says what a charge should have come to; what was paid too much is given back from this till. Only the device that wrote
 * it, or who took over from that.
 */
public suspend fun Device.correct(charge: StatementId, ore: Ore, cause: Cause? = null): Receipt =
    call { now -> correct(now, charge, ore, cause) }

/** Counts the cash in this till. The difference is booked. */
public suspend fun Device.countTill(counted: Ore): TillCount = call { now -> countTill(now, counted) }

/** Notes cash put into this till, or taken out of it when [change] is less than nothing. */
public suspend fun Device.moveCash(change: Ore): Unit = call { now -> moveCash(now, change) }

/** The receipt of an entry, to be printed again; null for what is no entry, or not known here. */
public suspend fun Device.receipt(entry: StatementId): Receipt? = call { receipt(entry) }

/** What a booking was charged, and what of it is still owed. */
public suspend fun Device.chargesOf(booking: BookingKey): List<Charge> = call { chargesOf(booking) }

/** Deposits, by entry; only those of one booking, if it is named. */
public suspend fun Device.deposits(booking: BookingKey? = null): List<Deposit> =
    pages({ after -> deposits(booking, after, PAGE) }, Deposit::entry)

/** Deposits for which more left the tills than there is of them. They stay listed: staff have to look. */
public suspend fun Device.secondPayOuts(): List<SecondPayOut> =
    pages({ after -> secondPayOuts(after, PAGE) }, SecondPayOut::deposit)

/** Charges for which more was paid than they come to: staff have to look. */
public suspend fun Device.overpaid(): List<Overpaid> = pages({ after -> overpaid(after, PAGE) }, Overpaid::charge)

/** What revoked devices wrote into their tills that the office had not heard of: staff have to look. */
public suspend fun Device.strayMoney(): List<StatementId> = pages({ after -> strayMoney(after, PAGE) }, { it })

/** A device's till: this one's, if none is named. */
public suspend fun Device.till(device: PublicKey? = null): Till = call { till(device) }
