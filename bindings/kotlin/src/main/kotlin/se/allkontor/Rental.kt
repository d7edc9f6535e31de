package se.allkontor

import java.time.LocalDate
import java.time.LocalDateTime

/** Rents from [start] until [until], or without an end when that is null; with no network if there is none. */
public suspend fun Device.rent(what: What, start: LocalDateTime, until: LocalDateTime? = null): List<DateOutcome> =
    call { now -> rent(now, what, start, until) }

/** Asks to keep a rental until [until], longer or shorter, or without an end. [cancel] gives it back at once. */
public suspend fun Device.keepUntil(booking: BookingId, until: LocalDateTime?): ChangeOutcome =
    call { now -> keepUntil(now, booking, until) }

/** What this device rents now. */
public suspend fun Device.rentals(): List<OwnRental> = call { now -> rentals(now) }

/** Everything that is rented, by unit: for the desk. */
public suspend fun Device.deskRentals(): List<Rental> {
    val found = mutableListOf<Rental>()
    do {
        val after = found.lastOrNull()?.key
        val more = call { now -> deskRentals(now, after, PAGE) }
        found += more
    } while (more.size.toUInt() >= PAGE)
    return found
}

/** Rents to somebody without a phone, who leaves with a slip. */
public suspend fun Device.rentAtDesk(
    what: What,
    start: LocalDateTime,
    until: LocalDateTime? = null,
    slipSeed: ByteArray = randomSlipSeed(),
): List<WalkInOutcome> = call { now -> rentAtDesk(now, what, start, until, slipSeed) }

/** What is rented by a slip's code; null when it is nothing, or not known here. */
public suspend fun Device.slipRental(code: String): Rental? = call { now -> slipRental(now, code) }

/** Whoever holds the slip asks to keep what it is for until then, or without an end. */
public suspend fun Device.keepSlipUntil(code: String, until: LocalDateTime?): ChangeOutcome =
    call { now -> keepSlipUntil(now, code, until) }

/** Lengthens or shortens a rental at the desk. [release] ends it. */
public suspend fun Device.prolong(booking: BookingKey, until: LocalDateTime?): ChangeOutcome =
    call { now -> prolong(now, booking, until) }

/** Gives what somebody rents on to another, at once: nobody who waits for it comes in between. */
public suspend fun Device.transfer(booking: BookingKey, heir: Heir): Transferred =
    call { now -> transfer(now, booking, heir) }

/**
 * Drops the rentals of years that end before a day, here and on every device that hears of it. None that stands may be in
 * them alone.
 */
public suspend fun Device.dropYearsBefore(day: LocalDate): Unit = call { now -> dropYearsBefore(now, day) }

/**
 * Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in. A [remark] is
 * for the office's devices alone.
 */
public suspend fun Device.handOut(
    booking: BookingKey,
    unit: UnitId,
    condition: List<UShort> = emptyList(),
    remark: String? = null,
): Unit = call { now -> handOut(now, booking, unit, condition, remark) }

/** A thing is back. */
public suspend fun Device.handIn(
    unit: UnitId,
    condition: List<UShort> = emptyList(),
    remark: String? = null,
): Unit = call { now -> handIn(now, unit, condition, remark) }

/** What was said of a thing when it went out and came back, the latest last: for the office's devices. */
public suspend fun Device.thingsSaid(unit: UnitId): List<ThingEntry> {
    val found = mutableListOf<ThingEntry>()
    do {
        val after = found.lastOrNull()?.id
        val more = call { thingsSaid(unit, after, PAGE) }
        found += more
    } while (more.size.toUInt() >= PAGE)
    return found
}

/**
 * Erases what was remarked of a thing, by the statement that has it: here and wherever that is heard. That it was there,
 * and how long it was, stays.
 */
public suspend fun Device.eraseRemark(of: StatementId, cause: Cause): Unit = call { now -> eraseRemark(now, of, cause) }

/** Things that are out, by unit: for the desk. */
public suspend fun Device.deskLoans(): List<Loan> = call { now -> deskLoans(now) }

/** What was handed out to this device's bookings and is not back. */
public suspend fun Device.loans(): List<OwnLoan> = call { now -> loans(now) }

/** What can be noted of a thing's condition; [Words] says it. */
public suspend fun Device.conditions(): List<UShort> = call { conditions() }

/** Notes that a unit was opened without its renter, who is told that, and not what was remarked. */
public suspend fun Device.openUnit(unit: UnitId, cause: Cause, remark: String? = null): Unit =
    call { now -> openUnit(now, unit, cause, remark) }

/**
 * When a unit was opened without its renter, the latest last: everything for the desk, for a visitor what happened while
 * the unit was theirs.
 */
public suspend fun Device.openings(unit: UnitId): List<Opening> =
    pages({ after -> openings(unit, after, PAGE) }, Opening::id)
