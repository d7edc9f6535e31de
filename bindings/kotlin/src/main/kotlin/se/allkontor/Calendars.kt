package se.allkontor

import java.time.LocalDate

/**
 * One of this device's bookings as an iCalendar file, with texts in a language; null when there is no such booking, or when
 * the office has not given it a ticket yet.
 *
 * Its UID stays whatever becomes of it and its SEQUENCE rises, so that a calendar that has it takes a later file as news of
 * the same event, also that it is cancelled.
 */
public suspend fun Device.bookingIcs(booking: BookingId, language: String = "en"): ByteArray? =
    call { now -> bookingIcs(now, booking, language) }

/** All of this device's bookings as one iCalendar feed: the person's own, for nobody else to see. */
public suspend fun Device.agendaIcs(language: String = "en"): ByteArray = call { now -> agendaIcs(now, language) }

/** When a unit is taken in [days] days from [first] on, at most 400, as an iCalendar feed; never by whom. */
public suspend fun Device.unitIcs(
    unit: UnitId,
    first: LocalDate,
    days: UInt = 62u,
    language: String = "en",
): ByteArray = call { now -> unitIcs(now, unit, first, days, language) }

/**
 * What everybody may know of [days] days from [first] on, at most 400, as an iCalendar feed for the web: when units are
 * taken, what is closed, and dates with hours of their own; never who. Rentals are left out.
 */
public suspend fun Device.officeIcs(first: LocalDate, days: UInt = 62u, language: String = "en"): ByteArray =
    call { now -> officeIcs(now, first, days, language) }

/**
 * Takes in an iCalendar file. An event is at the unit that its LOCATION names, else at [unit].
 *
 * Each date is taken in whole or not at all, and none stops another. What was taken in is remembered under the file's UID on
 * this device: the same file again changes nothing, a later version of an event moves what was made of it, a cancelled one
 * takes it back. [Words] says each outcome.
 */
public suspend fun Device.importIcs(ics: ByteArray, useAs: IcsUse, unit: UnitId? = null): IcsImport =
    call { now -> importIcs(now, ics, useAs, unit) }
