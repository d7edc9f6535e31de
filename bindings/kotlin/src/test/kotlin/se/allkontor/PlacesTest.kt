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
}
