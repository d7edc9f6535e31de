package se.allkontor

import java.time.LocalDate
import java.time.LocalDateTime

/**
 * Books again and again by an RRULE value (RFC 5545; daily, weekly or monthly) such as `FREQ=WEEKLY;COUNT=12`, not on
 * the days [except]. The first date of [wanted] gives the time and the length. At most 60 dates.
 */
public suspend fun Device.bookSeries(
    wanted: Wanted,
    rrule: String,
    except: List<LocalDate> = emptyList(),
): SeriesBooked = call { now -> bookSeries(now, wanted, rrule, except) }

/** Books further dates of a series: for one that was refused, and is wanted at another time. */
public suspend fun Device.joinSeries(series: SeriesId, wanted: Wanted): SeriesBooked =
    call { now -> joinSeries(now, series, wanted) }

/** One series of this device; null when it has no such series. */
public suspend fun Device.series(series: SeriesId): SeriesInfo? = call { series(series) }

/** Withdraws dates of a series: what came of each. */
public suspend fun Device.cancelDates(booking: BookingId, which: Which): List<DateChange> =
    call { now -> cancelDates(now, booking, which) }

/**
 * Asks for another time or place instead. The first date of [to] is for the date named; the others move by as much on
 * the wall clock. What is held stays held until the office confirms the new one.
 */
public suspend fun Device.moveDates(booking: BookingId, which: Which, to: Wanted): List<DateChange> =
    call { now -> moveDates(now, booking, which, to) }

/** Asks to stay longer or shorter, in the same place. [end] is for the date named; the others end later by as much. */
public suspend fun Device.extendDates(booking: BookingId, which: Which, end: LocalDateTime): List<DateChange> =
    call { now -> extendDates(now, booking, which, end) }
