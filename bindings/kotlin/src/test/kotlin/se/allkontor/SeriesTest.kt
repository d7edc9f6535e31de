package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** A series is changed on one date, from one on, or altogether. */
internal class SeriesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a series is booked, changed in parts, and looked at as one`() = inOffice(folder) {
        val phone = phone("anna")
        val booked = phone.bookSeries(room(18), "FREQ=DAILY;COUNT=4", except = listOf(TUESDAY.plusDays(1)))
        assertEquals(3, booked.dates.filterIsInstance<DateOutcome.Requested>().size)
        val series = booked.series!!
        meetAll(phone)
        val info = phone.series(series)!!
        assertEquals(listOf(24, 26, 27), info.dates.map { it.stage.holds.single().interval.start.dayOfMonth })
        assertEquals("FREQ=DAILY;COUNT=4", info.rrule)
        assertTrue(info.dates.all { it.series == series })
        val (first, second, third) = info.dates.map(Booking::id)

        val moved = phone.moveDates(second, Which.FOLLOWING, room(19, days = 2))
        assertEquals(listOf(second, third), moved.map { assertInstanceOf(DateChange.Requested::class.java, it).booking })
        val refused = phone.extendDates(first, Which.EVERY_DATE, at(23))
        assertEquals(3, refused.size)
        for (change in refused) assertInstanceOf(DateChange.Refused::class.java, change)
        meetAll(phone)
        assertEquals(listOf<DateChange>(DateChange.Withdrawn(first)), phone.cancelDates(first, Which.ONLY_THIS))
        meetAll(phone)
        val standing = phone.agenda().associateBy(Booking::id)
        assertInstanceOf(Stage.Released::class.java, standing.getValue(first).stage)
        val hours = listOf(second, third).map { standing.getValue(it).stage.holds.single().interval.start.hour }
        assertEquals(listOf(19, 19), hours)
        assertEquals(series, phone.joinSeries(series, room(12, days = 3)).series)
        assertEquals(4, phone.agenda().count { it.series == series })
        assertNull(phone.series(99u))
    }
}
