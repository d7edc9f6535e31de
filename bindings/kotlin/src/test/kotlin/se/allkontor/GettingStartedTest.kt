package se.allkontor

import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneOffset
import kotlin.io.path.createDirectories
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

suspend fun found(folder: Path, catalogue: ByteArray, clock: Clock): Device {
    val recovery = Device.randomSeed() // Print it, and keep it in a safe.
    return Device.found(folder, catalogue, recovery, clock = clock)
}

suspend fun join(kiosk: Device, folder: Path, clock: Clock): Device = coroutineScope {
    val phone = Device.join(folder, kiosk.invitation(), clock = clock)
    kiosk.listen(this).use { phone.dial("127.0.0.1", it.port) }
    phone
}

suspend fun book(phone: Device): Booking? {
    // A LocalDateTime is what the office's wall clock shows.
    val tenToEleven = LocalDateTime.of(2026, 11, 24, 10, 0) until LocalDateTime.of(2026, 11, 24, 11, 0)
    return when (val made = phone.book(wantedUnit(1u, tenToEleven)).single()) {
        is DateOutcome.Requested -> phone.booking(made.booking)
        is DateOutcome.Refused -> { // A rule of the office forbids it: a value, not an error.
            println(phone.words("en").use { it.rule(made.refusal.rule) })
            null
        }
    }
}

suspend fun meet(kiosk: Device, anna: Device, bo: Device): List<String> = coroutineScope {
    kiosk.listen(this).use { listening ->
        for (phone in listOf(anna, bo, anna)) phone.dial("127.0.0.1", listening.port)
    }
    check(setOf(kiosk.digest(), anna.digest(), bo.digest()).size == 1)
    val why = bo.explain(bo.agenda().single().id)!!
    bo.words("sv").use { it.explanation(why) }
}

suspend fun morning(folder: Path, catalogue: ByteArray): List<String> {
    // It is always Tuesday morning on this page.
    val clock = Clock.fixed(Instant.parse("2026-11-24T07:00:00Z"), ZoneOffset.UTC)
    return found(folder.resolve("kiosk").createDirectories(), catalogue, clock).use { kiosk ->
        join(kiosk, folder.resolve("anna").createDirectories(), clock).use { anna ->
            join(kiosk, folder.resolve("bo").createDirectories(), clock).use { bo ->
                for (phone in listOf(anna, bo)) check(book(phone)?.stage is Stage.Likely)
                meet(kiosk, anna, bo)
            }
        }
    }
}

fun main() = runBlocking {
    morning(Path.of("office"), Path.of("tests/vectors/bindings/office.json").readBytes()).forEach(::println)
}

suspend fun waitForDecision(phone: Device, booking: BookingId): Stage =
    phone.watchBooking(booking).mapNotNull { it?.stage }.first { it is Stage.Confirmed || it is Stage.Waiting }

suspend fun calendars(kiosk: Device, phone: Device, booking: BookingId, closed: ByteArray): List<IcsOutcome> {
    val own = phone.bookingIcs(booking, "sv") // One event, whatever becomes of the booking.
    val public = kiosk.officeIcs(LocalDate.of(2026, 11, 1), language = "sv") // For the web: when, and never who.
    println("${own?.size} and ${public.size} bytes")
    // Another calendar's events close the office; the same file again changes nothing.
    return kiosk.importIcs(closed, IcsUse.CLOSINGS).entries.map { it.outcome }
}

/** `bindings/docs/kotlin.md`, run. */
internal class GettingStartedTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `the page works`() = inOffice(folder) {
        val office = found(place("founded"), CATALOGUE, clock).also(devices::add)
        val (anna, bo) = listOf("anna", "bo").map { join(office, place(it), clock).also(devices::add) }
        for (phone in listOf(anna, bo)) assertInstanceOf(Stage.Likely::class.java, book(phone)!!.stage)
        coroutineScope {
            val decided = async { waitForDecision(anna, anna.only().id) }
            val said = meet(office, anna, bo)
            assertEquals(block("text").single(), said.joinToString("\n"))
            assertInstanceOf(Stage.Confirmed::class.java, decided.await())
        }
        val closed = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:jul\nDTSTART:20261224\nEND:VEVENT\nEND:VCALENDAR\n".toByteArray()
        val calendars = List(2) { calendars(office, anna, anna.only().id, closed) }
        assertEquals(listOf(IcsOutcome.Taken(emptyList()), IcsOutcome.Known), calendars.flatten())
    }

    @Test
    fun `the page works with the office that it names`() = runBlocking {
        val said = morning(folder, Path.of("../../tests/vectors/bindings/office.json").readBytes())
        assertEquals(block("text").single(), said.joinToString("\n"))
    }

    @Test
    fun `the page says what this file says`() {
        val source = Path.of("src/test/kotlin/se/allkontor/GettingStartedTest.kt").readText()
        val blocks = block("kotlin")
        assertEquals(7, blocks.size)
        for (code in blocks) assertTrue(code in source, code)
    }

    private fun block(language: String): List<String> {
        val page = Path.of("../docs/kotlin.md").readText()
        return Regex("```$language\n(.*?)\n```", RegexOption.DOT_MATCHES_ALL).findAll(page).map { it.groupValues[1] }.toList()
    }
}
