package se.allkontor

import java.security.SecureRandom
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneId

internal const val PAGE: UInt = 1_000u

/** One unit, or its equal at the same time. */
public fun wantedUnit(unit: UnitId, at: Interval, party: UShort = 1u): Wanted =
    Wanted(What.UnitOrEqual(unit), listOf(at), party = party)

/** [count] units of a class, all at once or none. */
public fun wantedPlaces(classId: ClassId, count: UShort, at: Interval, needs: List<FeatureId> = emptyList()): Wanted =
    Wanted(What.Places(classId, count), listOf(at), needs = needs, party = count)

/** What the catalogue books together: a whole room, a room with its projector. */
public fun wantedTogether(bundle: CompositeId, at: Interval, party: UShort = 1u): Wanted =
    Wanted(What.Together(bundle), listOf(at), party = party)

/** The same on each of these dates, each a request of its own. */
public fun Wanted.on(dates: List<Interval>): Wanted = copy(dates = dates)

/** Or at this other time, on the first date. */
public fun Wanted.orAt(other: Interval): Wanted = copy(alternatives = alternatives + other)

/** Books, with no network if there is none: one outcome a date, in order. */
public suspend fun Device.book(wanted: Wanted): List<DateOutcome> = call { now -> book(now, wanted) }

/**
 * The dates of a series: [first] again and again by an RRULE value (RFC 5545; daily, weekly or monthly), less those
 * that start on the days [except]. At most 60.
 */
public suspend fun Device.repeatDates(
    first: Interval,
    rrule: String,
    except: List<LocalDate> = emptyList(),
): List<Interval> = call { repeatDates(first, rrule, except) }

/** Withdraws a booking. */
public suspend fun Device.cancel(booking: BookingId): Unit = call { now -> cancel(now, booking) }

/** Asks for another time or place instead. What is held stays held until the office confirms the new one. */
public suspend fun Device.move(booking: BookingId, to: Wanted): ChangeOutcome = call { now -> moveTo(now, booking, to) }

/** Asks to stay until [end], longer or shorter, in the same place. */
public suspend fun Device.extend(booking: BookingId, end: LocalDateTime): ChangeOutcome =
    call { now -> extend(now, booking, end) }

/** "I am here." */
public suspend fun Device.arrive(booking: BookingId): Unit = call { now -> arrive(now, booking) }

/** All of this device's bookings, in the order in which they were made. */
public suspend fun Device.agenda(): List<Booking> =
    pages({ after -> agenda(after, PAGE) }, Booking::id)

/** One of this device's bookings; null when there is no such booking. */
public suspend fun Device.booking(booking: BookingId): Booking? = call { booking(booking) }

/** Why a booking stands as it does, and what is near and free; null while it is a draft. [Words] says it. */
public suspend fun Device.explain(booking: BookingId): Explanation? = call { now -> explain(now, booking) }

/** Units free for the whole time, fewest surplus features first. */
public suspend fun Device.free(
    at: Interval,
    classId: ClassId? = null,
    needs: List<FeatureId> = emptyList(),
): List<FreeUnit> = call { free(classId, needs, at) }

/** When any unit is taken on a day, or expected to be, by unit, then by time; never by whom. */
public suspend fun Device.day(day: LocalDate): List<DayEntry> =
    pages({ after -> day(day, after, PAGE) }, { it })

/** What is left of this person's share of a class for a booking on [day], as far as is known here. */
public suspend fun Device.ownAllowances(classId: ClassId, day: LocalDate): List<Allowance> =
    call { now -> ownAllowances(now, classId, day) }

/** What the office is, with names in a language; null before it has come. */
public suspend fun Device.office(language: String): OfficeInfo? = call { office(language) }

/** The catalogue as published, as JSON; null before it has come. */
public suspend fun Device.catalogueJson(): ByteArray? = call { catalogueJson() }

/** The hours of [days] days from [first] on, at most 62, with notes in a language; null before they have come. */
public suspend fun Device.hours(first: LocalDate, days: UInt = 1u, language: String = "en"): List<DateHours>? =
    call { hours(first, days, language) }

/** The hours of a partner in the same house, as [hours] gives the office's; null when there is no such partner. */
public suspend fun Device.partnerHours(
    partner: PartnerId,
    first: LocalDate,
    days: UInt = 1u,
    language: String = "en",
): List<DateHours>? = call { partnerHours(partner, first, days, language) }

/** The hours of an ordinary week, Monday first; null before they have come. */
public suspend fun Device.week(): List<WeekdayHours>? = call { week() }

/** Words in a language, or English when there is none of that tag, with the office's own names. Close it after use. */
public suspend fun Device.words(language: String): Words = call { words(language) }

/** The office's time zone. */
public suspend fun Device.zone(): ZoneId = ZoneId.of(call { zone() })

/** What the office's wall clock shows now. */
public suspend fun Device.civilNow(): LocalDateTime = call { now -> civil(now) }

/** The office's id, which phones join by. */
public suspend fun Device.officeId(): OfficeId = call { officeId() }

/** What this device is to its office. */
public suspend fun Device.standing(): Standing = call { standing() }

/** The key that others know this device by. A visitor's is different at every office. */
public suspend fun Device.publicKey(): PublicKey = call { publicKey() }

/** One hash of everything, in hexadecimal: equal on devices with the same statements. */
public suspend fun Device.digest(): String = call { digest() }

/** The payload of the code that a phone scans to join this office. */
public suspend fun Device.invitation(): ByteArray = call { invitation() }

/** A booking as one code, to be carried by eye: its ticket, and what was said under it. */
public suspend fun Device.requestCard(booking: BookingId): ByteArray = call { requestCard(booking) }

/** Takes in a scanned request card. */
public suspend fun Device.scanCard(payload: ByteArray): Unit = call { now -> scanCard(now, payload) }

/** Proof, to be shown without network, of what the office promised for a booking that is confirmed. */
public suspend fun Device.certificate(booking: BookingId): ByteArray = call { certificate(booking) }

/** Checks a scanned certificate of this office. */
public suspend fun Device.verifyCertificate(payload: ByteArray): Promise = call { verifyCertificate(payload) }

/** What is known of what it asks for. */
public val Booking.stage: Stage
    get() = status.stage

/** Where the person is, or would be; empty when nothing fits or all is over. */
public val Stage.holds: List<Hold>
    get() = when (this) {
        is Stage.Likely -> holds
        is Stage.Alternative -> holds
        is Stage.Confirmed -> holds
        is Stage.CheckedIn -> holds
        is Stage.Asked, is Stage.Waiting, is Stage.Moved, is Stage.Released, is Stage.Declined, is Stage.Withdrawn,
        is Stage.Cancelled -> emptyList()
    }

/** 16 bytes for a slip, from the machine's own source of chance. */
@JvmSynthetic
internal fun randomSlipSeed(): ByteArray = ByteArray(16).also(SecureRandom()::nextBytes)

/** Every page there is. */
@JvmSynthetic
internal suspend fun <T, K> Device.pages(page: Engine.(after: K?) -> List<T>, key: (T) -> K): List<T> {
    val found = mutableListOf<T>()
    var after: K? = null
    do {
        val last = after
        val more = call { page(last) }
        found += more
        after = more.lastOrNull()?.let(key)
    } while (more.size.toUInt() >= PAGE)
    return found
}
