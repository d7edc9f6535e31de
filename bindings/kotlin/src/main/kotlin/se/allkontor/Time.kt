package se.allkontor

import java.time.Duration
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.temporal.ChronoUnit

private val FIRST_MINUTE: LocalDateTime = LocalDateTime.of(2000, 1, 1, 0, 0)

@JvmSynthetic
internal fun liftMinute(minutes: Int): LocalDateTime = FIRST_MINUTE.plusMinutes(minutes.toLong())

/** Whole minutes: what a clock shows, seconds dropped. The engine refuses what is outside the years 1970 to 2199. */
@JvmSynthetic
internal fun lowerMinute(at: LocalDateTime): Int {
    val minutes = ChronoUnit.MINUTES.between(FIRST_MINUTE, at.truncatedTo(ChronoUnit.MINUTES))
    return minutes.coerceIn(Int.MIN_VALUE.toLong(), Int.MAX_VALUE.toLong()).toInt()
}

@JvmSynthetic
internal fun liftDay(days: Int): LocalDate = FIRST_MINUTE.toLocalDate().plusDays(days.toLong())

@JvmSynthetic
internal fun lowerDay(day: LocalDate): Int {
    val days = ChronoUnit.DAYS.between(FIRST_MINUTE.toLocalDate(), day)
    return days.coerceIn(Int.MIN_VALUE.toLong(), Int.MAX_VALUE.toLong()).toInt()
}

/** From `this` until [end], on the office's wall clock; it ends before [end] begins. */
public infix fun LocalDateTime.until(end: LocalDateTime): Interval = Interval(this, end)

/** How long it is on the wall clock. */
public val Interval.length: Duration
    get() = Duration.between(start, end)
