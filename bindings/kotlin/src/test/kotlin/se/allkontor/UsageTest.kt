package se.allkontor

import java.nio.file.Path
import java.time.YearMonth as CalendarMonth
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** How the office was used, in figures that say nothing about a person. */
internal class UsageTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `E7 use is counted by class, hour and weekday, and few are not told of`() = inOffice(folder) {
        listOf("anna", "bo", "cia", "dan", "eva").forEachIndexed { place, name ->
            val phone = phone(name)
            phone.book(room(10 + place))
            meet(phone)
        }
        val november = CalendarMonth.of(2026, 11)
        val report = kiosk.report(november, november, language = "sv")
        val rooms = report.classes.first()
        assertEquals(listOf("Rum", 5uL, 300uL), listOf(rooms.name, rooms.booked, rooms.bookedMinutes))
        assertEquals(listOf(0uL, 5uL, 0uL, 0uL, 0uL, 0uL, 0uL), rooms.useBy.weekdays)
        assertNull(rooms.useBy.hours[10], "one booking alone")
        assertTrue("2026-11,2026-11,1,Rum,booked,,5\r\n" in report.csv)
        val backwards = refuses<AllkontorException.Argument> { kiosk.report(november, november.minusMonths(1)) }
        assertEquals("not_a_report", backwards.code)
    }
}
