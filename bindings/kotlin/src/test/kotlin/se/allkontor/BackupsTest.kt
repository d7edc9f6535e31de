package se.allkontor

import java.nio.file.Path
import kotlin.io.path.createDirectories
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

/** A visitor's keys on a new phone, and on two at a time. */
internal class BackupsTest {
    @TempDir lateinit var folder: Path

    private suspend fun Device.told(): Set<Pair<String?, Int>> =
        agenda().map { it.stage::class.simpleName to it.wanted[0].interval.start.hour }.toSet()

    @Test
    fun `test_b7 a new phone goes on from a code that was written down`() = inOffice(folder) {
        val anna = phone("anna")
        val backup = anna.backup()
        val office = kiosk.officeId()
        assertEquals(Scanned.Backup(office, "Kontoret"), readCode(backup.payload))
        for (hour in listOf(10, 12)) anna.book(room(hour))
        meetAll(anna)
        val before = anna.told()
        anna.close()

        val typed = backup.code.lowercase().replace('\n', ' ')
        val scanned = Device.restore(place("scanned"), backup.payload, clock).also(devices::add)
        val new = Device.restore(place("typed"), typed, office, clock).also(devices::add)
        assertTrue(scanned.ownKeys().seeks)
        val said = scanned.words("en").use { it.ownKeys(scanned.ownKeys()) }
        assertEquals("This device was restored. Meet the office once, and all your bookings are here.", said)
        for (phone in listOf(scanned, new)) {
            meetAll(phone)
            assertEquals(before, phone.told())
            assertFalse(phone.ownKeys().seeks)
        }
        assertEquals(setOf("Confirmed" to 10, "Confirmed" to 12), before)
        val (first, second) = new.agenda()
        new.cancel(first.id)
        new.move(second.id, room(14))
        meetAll(new)
        assertEquals(setOf("Released" to 10, "Confirmed" to 14), new.told())
    }

    @Test
    fun `test_b7 two phones of one person book and change with no network`() = inOffice(folder) {
        val phone = phone("anna")
        val tablet = Device.restore(place("tablet"), phone.backup().payload, clock).also(devices::add)
        meetAll(tablet)
        phone.book(room(10))
        tablet.book(room(12))
        meet(phone, tablet)
        assertEquals(setOf("Likely" to 10, "Likely" to 12), phone.told())
        assertEquals(phone.told(), tablet.told())
        phone.cancel(phone.agenda().single { it.wanted[0].interval.start == at(12) }.id)
        for (device in listOf(phone, tablet, phone)) meet(device)
        assertEquals(setOf("Confirmed" to 10, "Cancelled" to 12), phone.told())
        assertEquals(phone.told(), tablet.told())
        assertAgreed(phone, tablet)
        assertFalse(phone.ownKeys().moved)
    }

    @Test
    fun `test_b7 what is no backup is refused in words`() = inOffice(folder) {
        val anna = phone("anna")
        assertEquals("no_backup", assertThrows<AllkontorException> { kiosk.backup() }.code)
        val code = anna.backup().code
        assertEquals("backed_up", assertThrows<AllkontorException> { anna.enrolment() }.code)
        val empty = folder.resolve("empty").createDirectories()
        val wrong = (if (code[0] == '0') "1" else "0") + code.drop(1)
        val bad = assertThrows<AllkontorException> { Device.restore(empty, wrong, kiosk.officeId(), clock) }
        assertEquals("not_a_backup", bad.code)
        assertEquals("backup code does not check: look at character 1 of line 1 again", bad.detail)
        assertInstanceOf(
            AllkontorException.BadBytes::class.java,
            assertThrows<AllkontorException> { Device.restore(empty, kiosk.invitation(), clock) },
        )
    }
}
