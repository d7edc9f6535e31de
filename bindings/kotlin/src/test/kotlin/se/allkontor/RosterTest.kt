package se.allkontor

import java.nio.file.Path
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The usual office, which keeps a roster. */
private val HOUSE: ByteArray = String(CATALOGUE)
    .replace(""""premises": [2],""", """"premises": [2], "roster": true,""").toByteArray()

private val ANNA = ContactCard("Anna Ek, 070-174 06 05", "Behöver hiss")

/** How people are reached, from Kotlin. */
internal class RosterTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun test_d3_a_contact_is_written_at_the_kiosk_and_read_by_the_staff_alone() = inOffice(folder) {
        assertFalse(kiosk.office("en")!!.keepsRoster)
        kiosk.publish(HOUSE)
        val anna = phone("anna")
        val holder = anna.publicKey()
        assertTrue(anna.office("en")!!.keepsRoster)
        val noKey = refuses<AllkontorException.Missing> { kiosk.writeContact(holder, ANNA) }
        assertEquals("no_roster_key" to true, noKey.code to noKey.retry)
        val staff = staff()
        kiosk.writeContact(holder, ContactCard("Anna E", ""))
        kiosk.writeContact(holder, ANNA)
        meetAll(staff)
        val person = staff.person(holder)!!
        assertEquals(ANNA, person.latest.card)
        assertEquals(at(8, 1) to kiosk.publicKey(), person.latest.at to person.latest.device)
        assertEquals(listOf("Anna E"), person.earlier.map { it.card?.contact })
        assertFalse("Anna" in person.toString(), person.toString())
        assertEquals(listOf(person), staff.findPeople("HISS"))
        assertEquals(emptyList<Person>(), staff.findPeople("trappa"))
        assertEquals("staff_only", refuses<AllkontorException.Refused> { kiosk.person(holder) }.code)
        assertEquals("not_a_steward", refuses<AllkontorException.Refused> { anna.person(holder) }.code)
        val eva = phone("eva", met = false)
        repeat(2) { meet(eva, staff) }
        eva.book(room(10))
        meet(eva, staff)
        assertNull(staff.personOf(eva.only().key!!))
        staff.writeContact(eva.publicKey(), ContactCard("Eva", ""))
        assertEquals("Eva", staff.personOf(eva.only().key!!)?.latest?.card?.contact)
        kiosk.writeContact(holder, ContactCard("", ""))
        meetAll(staff)
        assertNull(staff.person(holder))
    }

    @Test
    fun test_d3_contacts_go_with_their_month() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val staff = staff()
        staff.writeContact("0a".repeat(32), ANNA)
        meetAll(staff)
        time = at(12, days = 7)
        assertEquals(listOf(ANNA), staff.findPeople().map { it.latest.card })
        kiosk.dropBefore(LocalDate.of(2026, 12, 1))
        meetAll(staff)
        assertEquals(emptyList<Person>(), staff.findPeople())
    }
}
