package se.allkontor

import java.time.LocalDate

/**
 * This office's word, signed, that it takes the people of office [guest] when that is closed, until [until] if that is
 * given: for its admin to put into their catalogue (`hosts`). [reach] is where a device of this office can be reached. On
 * the admin's device.
 */
public suspend fun Device.agreeToHost(
    guest: OfficeId,
    classes: Collection<ClassId>,
    until: LocalDate? = null,
    reach: List<String> = emptyList(),
    website: String = "",
): ByteArray = call { agreeToHost(guest, classes.toList(), until, reach, website) }

/** The offices that have agreed to take this one's people when it is closed. */
public suspend fun Device.hosts(language: String = "en"): List<HostOffice> = call { hosts(language) }

/**
 * Where the person can go instead, when the office closed on a booking of theirs or is closed when they asked to come:
 * offices that have agreed to it and have something for all of it. [Device.join] takes their invitation, and
 * [book] there each of the stays. Asking there is asking like anybody else.
 */
public suspend fun Device.elsewhere(booking: BookingId, language: String = "en"): List<Elsewhere> =
    call { elsewhere(booking, language) }

/** The same for what somebody would like on a date, whether it was asked for or not. */
public suspend fun Device.elsewhere(what: What, date: Interval, language: String = "en"): List<Elsewhere> =
    call { elsewhereFor(what, date, language) }
