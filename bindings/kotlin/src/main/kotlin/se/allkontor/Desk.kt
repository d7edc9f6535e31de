package se.allkontor

import java.time.LocalDate
import java.time.YearMonth as CalendarMonth

/** Every booking of a month or year, as the desk sees it. */
public suspend fun Device.deskBookings(ledger: Ledger): List<DeskBooking> =
    pages({ after -> deskBookings(ledger, after, PAGE) }, DeskBooking::key)

/** When anything is taken on a day, with the booking of each; nobody's name. */
public suspend fun Device.deskDay(day: LocalDate): List<DeskTime> =
    pages({ after -> deskDay(day, after, PAGE) }, { it })

/**
 * How the office was used from [first] to [last], both included, with the classes' names in [language]. What says something
 * about fewer than [smallestGroup] bookings is withheld; 1 withholds nothing.
 */
public suspend fun Device.report(
    first: CalendarMonth,
    last: CalendarMonth,
    smallestGroup: Int = 5,
    language: String = "en",
): UsageReport = call {
    val month = { at: CalendarMonth -> YearMonth(at.year.toUShort(), at.monthValue.toUByte()) }
    report(month(first), month(last), smallestGroup.toUInt(), language)
}

/** Confirms a request now, where it is expected to be, without waiting for its class's window. */
public suspend fun Device.confirm(booking: BookingKey): Unit = call { now -> confirm(now, booking) }

/** Refuses a request. */
public suspend fun Device.decline(booking: BookingKey, cause: Cause): Unit =
    call { now -> decline(now, booking, cause) }

/** Gives a confirmed place back. */
public suspend fun Device.release(booking: BookingKey, cause: Cause): Unit =
    call { now -> release(now, booking, cause) }

/** The person is here. */
public suspend fun Device.checkIn(booking: BookingKey): Unit = call { now -> checkIn(now, booking) }

/** Closes units, or the whole office when none is named; everybody affected is moved or put first in line. */
public suspend fun Device.closePlaces(at: Interval, cause: Cause, units: List<UnitId> = emptyList()): Closed =
    call { now -> closePlaces(now, units, at, cause) }

/** Opens again what was closed: `statement` as in [DeskTime]. */
public suspend fun Device.reopen(statement: StatementId): Unit = call { now -> reopen(now, statement) }

/** Books for somebody without a phone, who leaves with a slip. */
public suspend fun Device.walkIn(wanted: Wanted, slipSeed: ByteArray = randomSlipSeed()): List<WalkInOutcome> =
    call { now -> walkIn(now, wanted, slipSeed) }

/**
 * The booking of a slip's code typed by hand, and how it stands; null when it is not known here. Lower case, spaces and
 * dashes are fine. [slipCode] gives the code of a scanned slip.
 */
public suspend fun Device.findSlip(code: String): DeskBooking? = call { findSlip(code) }

/** Withdraws the booking on a slip. */
public suspend fun Device.cancelSlip(code: String): Unit = call { now -> cancelSlip(now, code) }

/** "I am here", says whoever holds the slip. */
public suspend fun Device.arriveSlip(code: String): Unit = call { now -> arriveSlip(now, code) }

/** Why any booking stands as it does; null when it is not known here. */
public suspend fun Device.explainAtDesk(booking: BookingKey): Explanation? =
    call { now -> explainAtDesk(now, booking) }

/** Issues a ticket to a key, or says what is left of the holder's share. */
public suspend fun Device.issueTicket(order: TicketOrder): TicketOutcome = call { now -> issueTicket(now, order) }

/** What is left of a holder's share of a class for a booking on [day]. */
public suspend fun Device.allowances(holder: PublicKey, classId: ClassId, day: LocalDate): List<Allowance> =
    call { now -> allowances(now, holder, classId, day) }

/** Who may decide what on a day, and when each device of the office was last heard of. */
public suspend fun Device.custodyDay(day: LocalDate): CustodyDay = call { now -> custodyDay(now, day) }

/** Publishes a catalogue, given as JSON. */
public suspend fun Device.publish(catalogue: ByteArray): Unit = call { now -> publish(now, catalogue) }

/** Drops the bookings of months that end before a day, here and on every device that hears of it. */
public suspend fun Device.dropBefore(day: LocalDate): Unit = call { now -> dropBefore(now, day) }

/** Lets time pass: an office's device decides what is ripe. Call it once a minute. */
public suspend fun Device.tick(): Unit = call { now -> tick(now) }

/** Whether this device's clock can be believed: without that nothing is freed, expired or stamped automatically. */
public suspend fun Device.clockIsBelieved(): Boolean = call { now -> clockIsBelieved(now) }

/** A person has looked: the clock is right. */
public suspend fun Device.confirmClock(): Unit = call { now -> confirmClock(now) }
