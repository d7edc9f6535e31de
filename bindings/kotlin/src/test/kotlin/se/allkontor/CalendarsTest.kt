package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Calendars, web pages and whole offices in and out, from Kotlin. */
internal class CalendarsTest {
    @TempDir
    lateinit var folder: Path

    private fun file(vararg events: String): ByteArray = buildString {
        append("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        for (event in events) append("BEGIN:VEVENT\r\n${event.replace("|", "\r\n")}\r\nEND:VEVENT\r\n")
        append("END:VCALENDAR\r\n")
    }.toByteArray()

    /** The value of a line of the first event, folds undone. */
    private fun ByteArray.line(name: String): String =
        decodeToString().substringAfter("BEGIN:VEVENT").replace("\r\n ", "").lines().first { it.startsWith("$name:") || it.startsWith("$name;") }
            .substringAfter(':')

    @Test
    fun `b10 a booking is one event until it is cancelled`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        val booking = phone.only().id
        val asked = phone.bookingIcs(booking, "sv")!!
        assertEquals("TENTATIVE", asked.line("STATUS"))
        assertEquals("20261124T100000", asked.line("DTSTART"))
        meetAll(phone)
        val confirmed = phone.bookingIcs(booking, "sv")!!
        assertEquals("CONFIRMED", confirmed.line("STATUS"))
        phone.cancel(booking)
        meetAll(phone)
        val gone = phone.agendaIcs("sv")
        assertEquals("CANCELLED", gone.line("STATUS"))
        assertEquals(setOf(asked.line("UID")), setOf(confirmed, gone).map { it.line("UID") }.toSet())
        val numbers = listOf(asked, confirmed, gone).map { it.line("SEQUENCE").toInt() }
        assertEquals(numbers.sorted().distinct(), numbers)
        assertNull(phone.bookingIcs(99u, "sv"))
    }

    @Test
    fun `b10 the office's feed says when and never who`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        meetAll(phone)
        val feed = kiosk.officeIcs(TUESDAY, 7u, "sv")
        assertEquals("Rum 1: upptaget", feed.line("SUMMARY"))
        assertFalse(phone.only().key!!.ticket in feed.decodeToString())
        assertTrue(feed.contentEquals(phone.officeIcs(TUESDAY, 7u, "sv")))
        assertEquals(feed.line("UID"), kiosk.unitIcs(1u, TUESDAY, 1u, "en").line("UID"))
        val unknown = refuses<AllkontorException.Argument> { kiosk.unitIcs(77u, TUESDAY, 1u, "en") }
        assertEquals("no_such_unit", unknown.code)
    }

    @Test
    fun `b10 a calendar's file is taken in once and each refusal has its line`() = inOffice(folder) {
        val ics = file(
            "UID:choir|DTSTART:20261124T180000|DURATION:PT1H|LOCATION:Rum 1",
            "UID:club|DTSTART:20261124T183000|DURATION:PT1H|LOCATION:Rum 1",
            "UID:moon|DTSTART;TZID=Moon/Base:20261124T120000|DURATION:PT1H",
        )
        val first = kiosk.importIcs(ics, IcsUse.BOOKINGS)
        assertInstanceOf(IcsOutcome.Booked::class.java, first.entries[0].outcome)
        assertEquals(IcsOutcome.Clash, first.entries[1].outcome)
        assertEquals(listOf(IcsRefused(17u, "moon", "the time zone \"Moon/Base\" is not known")), first.refused)
        assertEquals("Platsen är upptagen då. Inget bokades.", kiosk.words("sv").use { it.importOutcome(IcsOutcome.Clash) })
        val digest = kiosk.digest()
        assertEquals(IcsOutcome.Known, kiosk.importIcs(ics, IcsUse.BOOKINGS).entries[0].outcome)
        assertEquals(digest, kiosk.digest())
        val shut = kiosk.importIcs(file("UID:paint|DTSTART:20261125T080000|DURATION:PT2H"), IcsUse.CLOSINGS, 2u)
        assertEquals(IcsOutcome.Taken(emptyList()), shut.entries.single().outcome)
        val junk = refuses<AllkontorException.BadBytes> { kiosk.importIcs("hello".toByteArray(), IcsUse.EVENTS) }
        assertEquals("not_a_calendar", junk.code)

        val closed = withIcsClosures(CATALOGUE, file("UID:jul|DTSTART:20261224|SUMMARY:Jul"), "sv")
        kiosk.publish(closed.catalogue)
        assertEquals("Jul", kiosk.hours(TUESDAY.plusDays(30), 1u, "sv")!!.single().note)
    }

    @Test
    fun `p2 hours go to a web page and come from one`() = inOffice(folder) {
        val page = schemaHours(CATALOGUE, "en")
        assertTrue("\"opens\":\"08:00\",\"closes\":\"22:00\"" in page)
        kiosk.publish(withSchemaHours(CATALOGUE, page.replace("22:00", "20:00"), "en"))
        assertEquals(listOf(at(8) until at(20)), kiosk.hours(TUESDAY, 1u, "en")!!.single().open)
        val wrong = refuses<AllkontorException.Argument> { withSchemaHours(CATALOGUE, "{}", "en") }
        assertEquals("not_hours", wrong.code)
    }

    @Test
    fun `an office is moved as one file`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        meetAll(phone)
        val archive = kiosk.exportOffice()
        val moved = Device.fromArchive(place("moved"), archive, clock = clock).also(devices::add)
        assertEquals(kiosk.digest(), moved.digest())
        assertEquals(kiosk.day(TUESDAY), moved.day(TUESDAY))
        assertEquals("not_a_steward", refuses<AllkontorException.Refused> { phone.exportOffice() }.code)
        val cut = archive.decodeToString().replace("\"digest\": \"", "\"digest\": \"0").toByteArray()
        assertEquals("not_an_archive", refuses<AllkontorException.BadBytes> { phone.importOffice(cut) }.code)
        phone.importOffice(archive)
        assertAgreed(phone)
    }
}
