package se.allkontor

import java.nio.file.Files
import java.nio.file.Path
import java.time.Clock
import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.ZoneOffset
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import org.junit.jupiter.api.io.TempDir

/** Bad bytes, early ends: an error with the facts in it, and nothing lost. */
internal class RobustTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `bad bytes are refused by every door`() = inOffice(folder) {
        val phone = phone("anna")
        val before = phone.digest()
        val opened = phone.connect()
        val whole = kiosk.exportFile()
        val flipped = whole.copyOf().also { it[40] = (it[40] + 1).toByte() }
        for (junk in listOf(ByteArray(0), byteArrayOf(0), "not ours".toByteArray(), whole.copyOf(whole.size - 7), flipped)) {
            val refused = refuses<AllkontorException.BadBytes> { phone.importFile(junk) }
            assertEquals("not_a_bundle", refused.code)
        }
        refuses<AllkontorException.BadBytes> { phone.receive(opened.connection, ByteArray(100) { 7 }) }
        assertEquals("no_connection", refuses<AllkontorException.Missing> { phone.poll(opened.connection) }.code)
        val card = byteArrayOf(0xa1.toByte(), 0, 0x18, 0x63)
        refuses<AllkontorException.BadBytes> { phone.scanCard(card) }
        refuses<AllkontorException.BadBytes> { phone.verifyCertificate(card) }
        refuses<AllkontorException.BadBytes> { readCode(card) }
        refuses<AllkontorException.BadBytes> { Device.join(place("eva"), "no invitation".toByteArray()) }
        assertEquals(before, phone.digest())
        meet(phone)
    }

    @Test
    fun `wrong arguments are told with what was expected`() = inOffice(folder) {
        val phone = phone("anna")
        val backwards = refuses<AllkontorException.Argument> { phone.book(wantedUnit(1u, at(11) until at(10))) }
        assertEquals("empty_interval", backwards.code)
        assertTrue("2026-11-24T11:00" in backwards.detail, backwards.detail)
        val far = LocalDateTime.MAX.minusYears(1)
        assertEquals("out_of_range", refuses<AllkontorException.Argument> { phone.extend(1u, far) }.code)
        val short = refuses<AllkontorException.Argument> { Device.join(place("bo"), kiosk.officeId(), ByteArray(5)) }
        assertTrue("expected 32" in short.detail, short.detail)
        assertEquals("taken", refuses<AllkontorException.Refused> { Device.join(place("anna"), kiosk.officeId()) }.code)
        val empty = refuses<AllkontorException.Missing> { Device.open(place("nobody")) }
        assertEquals("Den här enheten följer inget kontor än.", empty.text("sv"))
        val nowhere = folder.resolve("eva").resolve("phone")
        val missing = refuses<AllkontorException.Argument> { Device.open(nowhere) }
        assertEquals("no_folder" to false, missing.code to missing.isRetryable)
        assertTrue(Regex("path's \\d+ parts, \\d+ exist") in missing.detail, missing.detail)
        assertFalse("eva" in missing.detail || Files.exists(nowhere.parent))
    }

    @Test
    fun `a fault inside is an error and the device goes on from its store`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        val before = phone.agenda()
        val opened = phone.connect()
        coroutineScope {
            val followed = async { phone.watchAgenda().first { it.size == 2 } }
            val fault = refuses<AllkontorException.Internal> { phone.rehearseFault() }
            assertEquals("panic" to true, fault.code to fault.isRetryable)
            assertEquals("Något gick fel inuti. Försök igen: ingenting har gått förlorat.", fault.text("sv"))
            assertEquals(before, phone.agenda())
            val gone = refuses<AllkontorException.Missing> { phone.poll(opened.connection) }
            assertEquals("no_connection", gone.code)
            // Whoever follows goes on following.
            phone.book(room(12))
            followed.await()
        }
        meetAll(phone)
        assertTrue(phone.agenda().all { it.stage is Stage.Confirmed })
    }

    @Test
    fun `after closing every call says so and every flow ends`() = inOffice(folder) {
        val phone = phone("anna")
        phone.close()
        phone.close()
        assertEquals("closed", refuses<AllkontorException.Closed> { phone.agenda() }.code)
        refuses<AllkontorException.Closed> { phone.digest() }
        assertEquals(emptyList<ChangesSince>(), phone.changes().toList())
        assertEquals(emptyList<List<Booking>>(), phone.watchAgenda().toList())
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    fun `a full disk is told and nothing is lost`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(9))
        val before = phone.agenda()
        // No file may grow beyond the largest there is: writing fails as it does on a full disk.
        val largest = Files.list(place("anna")).use { files -> files.mapToLong(Files::size).max().asLong }
        limitFiles("$largest")
        val kept = try {
            val full = refuses<AllkontorException.Storage> { for (hour in 10 until 20) phone.book(room(hour)) }
            assertTrue(full.isRetryable)
            phone.agenda()
        } finally {
            limitFiles("unlimited")
        }
        assertEquals(before, kept.take(before.size))
        assertEquals(kept, phone.agenda())
        phone.book(room(20))
        meetAll(phone)
        assertEquals(kept.size + 1, phone.agenda().size)
        assertTrue(phone.agenda().all { it.stage is Stage.Confirmed })
    }

    private fun limitFiles(bytes: String) {
        val pid = ProcessHandle.current().pid()
        val limit = ProcessBuilder("prlimit", "--pid=$pid", "--fsize=$bytes:unlimited").start()
        assertEquals(0, limit.waitFor())
    }

    @Test
    fun `a doorbell may call back and throw`() = inOffice(folder) {
        val engine = Engine.join(place("eva").toString(), kiosk.officeId(), ByteArray(32) { 3 })
        val rings = mutableListOf<ULong>()
        engine.use {
            engine.setDoorbell(object : Doorbell {
                override fun ring(seq: ULong) {
                    if (engine.changesSince(0u).seq >= seq) rings += seq
                    if (rings.size == 1) engine.book(clock.instant(), room(12))
                    error("an app's own mistake")
                }
            })
            engine.importFile(clock.instant(), kiosk.exportFile())
            // What changed while it rang is told when it has returned.
            assertEquals(2, rings.size)
            assertEquals(1, engine.agenda(null, 10u).size)
            assertArrayEquals(kiosk.catalogueJson(), engine.catalogueJson())
            engine.shutDown()
        }
    }

    @Test
    fun `errors have words and name nobody`() = inOffice(folder) {
        val phone = phone("anna")
        val error = refuses<AllkontorException.Missing> { phone.cancel(99u) }
        assertEquals("no_such_booking" to "booking #99 is not on this device", error.code to error.detail)
        assertFalse(error.isRetryable)
        assertEquals("Bokningen är inte känd här. Den kan komma när enheten möter en annan.", error.text("sv"))
        val english = "This booking is not known here. It may come when this device meets another."
        assertEquals(english to english, error.text("en") to error.text("fi"))
        assertEquals(english, phone.words("en").use { it.error(error.code) })
    }

    @Test
    fun `what an app throws comes back to it, and the device goes on`() = inOffice(folder) {
        val phone = phone("anna")
        val thrown = assertThrows(IllegalStateException::class.java) {
            runBlocking { phone.watchAgenda().collect { error("an app's own mistake") } }
        }
        assertEquals("an app's own mistake", thrown.message)
        assertEquals(0, phone.bell.subscriptionCount.value)
        val stopped = Device.join(place("eva"), kiosk.invitation(), clock = Broken).also(devices::add)
        assertEquals("no battery", assertThrows(DateTimeException::class.java) { runBlocking { stopped.tick() } }.message)
        stopped.close()
        assertEquals(Standing.Visitor, reopen("eva").standing())
        // One that throws `Closed` of its own is not taken for the end of the device.
        assertThrows(AllkontorException.Closed::class.java) {
            runBlocking { phone.watchAgenda().collect { throw AllkontorException.Closed("closed", "another device", false) } }
        }
        phone.book(room(10))
        assertEquals(1, phone.watchAgenda().first().size)
    }

    private object Broken : Clock() {
        override fun getZone(): ZoneId = ZoneOffset.UTC

        override fun withZone(zone: ZoneId): Clock = this

        override fun instant(): Instant = throw DateTimeException("no battery")
    }
}
