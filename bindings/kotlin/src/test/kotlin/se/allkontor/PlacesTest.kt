package se.allkontor

import java.nio.file.Path
import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Who else is in the house, and which other offices there are. */
internal class PlacesTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `P6 the cafe next door has its own hours and text`() = inOffice(folder) {
        val cafe = """"1": {"name": {"sv": "Kaféet"}, "hours": {"weekly": {"tuesday": {"open": ["11:00-15:00"]}}}}"""
        val described = CATALOGUE.decodeToString().trim().removeSuffix("}") + """, "partners": {$cafe}}"""
        kiosk.publish(described.encodeToByteArray())
        val partner = kiosk.office("sv")!!.partners.single()
        assertEquals("Kaféet", partner.name)
        val day = kiosk.partnerHours(partner.id, TUESDAY, 1u, "sv")!!.single()
        assertEquals(listOf(at(11) until at(15)), day.open)
    }

    @Test
    fun `P7 an office of a directory is joined, and a forged directory is refused`() = inOffice(folder) {
        val secret = ByteArray(32) { it.toByte() }
        val listing = OfficeListing(kiosk.officeId(), mapOf("sv" to "Kontoret"), "", "", "", "")
        val issued = Instant.ofEpochSecond(1_795_510_800)
        val signed = signDirectory(secret, issued, listOf(listing))
        val directory = readDirectory(signed, publisherKey(secret), "sv")
        val listed = directory.offices.single()
        assertEquals(listOf("Kontoret", issued), listOf(listed.name, directory.issued))
        Device.join(place("eva"), listed.invitation, clock = clock).use { phone ->
            repeat(2) { meet(phone) }
            assertEquals("Kontoret", phone.office("sv")!!.name)
        }
        signed[signed.size - 1] = (signed.last().toInt() xor 1).toByte()
        val forged = refuses<AllkontorException.BadBytes> { readDirectory(signed, publisherKey(secret), "sv") }
        assertEquals("not_a_directory", forged.code)
    }

    @Test
    fun test_p1_whoever_is_closed_out_goes_to_an_office_that_has_agreed() = inOffice(folder) {
        val (seed, salt) = ByteArray(32) { 2 } to ByteArray(32) { 8 }
        val library = Device.found(place("library"), CATALOGUE, RECOVERY, deviceSeed = seed, salt = salt, clock = clock)
            .also(devices::add)
        val word = library.agreeToHost(kiosk.officeId(), listOf(1u), until = TUESDAY)
        assertEquals(Scanned.Agreement(library.officeId(), kiosk.officeId()), readCode(word))
        val hex = word.joinToString("") { "%02x".format(it) }
        val hosts = """[{"agreement": "$hex", "classes": {"1": 1}}]"""
        val described = CATALOGUE.decodeToString().trim().removeSuffix("}") + """, "hosts": $hosts}"""
        kiosk.publish(described.encodeToByteArray())
        val phone = phone("anna")
        assertEquals(TUESDAY, phone.hosts("sv").single().until)
        phone.book(room(14))
        meet(phone)
        val mine = phone.agenda().single()
        assertEquals(emptyList<Elsewhere>(), phone.elsewhere(mine.id))
        kiosk.closePlaces(at(8) until at(20), Cause.Closed)
        meet(phone)
        val there = phone.elsewhere(mine.id, "sv").single()
        val asked = phone.elsewhere(What.Places(1u, 1u), at(14) until at(15), "sv")
        assertEquals(listOf(there.stays), asked.map { it.stays })
        Device.join(place("there"), there.office.invitation, clock = clock).use { other ->
            repeat(2) { meet(other, library) }
            there.stays.forEach { other.book(it) }
            meet(other, library)
            val taken = other.agenda().single().status
            assertEquals(at(14) until at(15), taken.holding.single().interval)
        }
    }
}
