package se.allkontor

import java.nio.file.Path
import java.time.LocalDate
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What the desk does beyond deciding on sight: windows, tickets by hand, shares, clocks, old months. */
internal class DeskTest {
    @TempDir
    lateinit var folder: Path

    /** The office's catalogue, with these rules for rooms too. */
    private suspend fun World.publish(rules: String) {
        val catalogue = Json.parseToJsonElement(CATALOGUE.decodeToString()).jsonObject
        val classes = catalogue.getValue("classes").jsonObject
        val rooms = classes.getValue("1").jsonObject
        val all = rooms.getValue("rules").jsonObject + Json.parseToJsonElement(rules).jsonObject
        val changed = catalogue + ("classes" to JsonObject(classes + ("1" to JsonObject(rooms + ("rules" to JsonObject(all))))))
        kiosk.publish(JsonObject(changed).toString().toByteArray())
    }

    @Test
    fun `the desk decides before a window opens`() = inOffice(folder) {
        publish("""{"policy": {"kind": "window", "minutes": ${7 * 24 * 60}}}""")
        val phones = listOf("anna", "bo").map { phone(it) }
        for (phone in phones) {
            phone.book(Wanted(What.ExactlyUnit(1u), listOf(at(10, days = 29) until at(11, days = 29))))
            meetAll(phone)
        }
        // Who is first is drawn: anna hears of bo when she comes again.
        meet(phones[0])
        val anna = phones.first { it.only().stage is Stage.Likely }
        val bo = phones.first { it != anna }
        val awaits = assertInstanceOf(Awaits.WindowOpens::class.java, anna.explain(anna.only().id)!!.awaits)
        val said = anna.words("sv").use { it.awaits(awaits) }
        assertTrue(said.startsWith("Kontoret bestämmer om den dagen från måndag 30 november kl. 00.00"), said)
        val (key, other) = listOf(anna.only().key!!, bo.only().key!!)
        kiosk.confirm(key)
        val obstacle = kiosk.explainAtDesk(other)!!.options[0].obstacles.single()
        assertInstanceOf(Obstacle.Confirmed::class.java, obstacle)
        val taken = kiosk.words("en").use { it.obstacle(obstacle) }
        assertTrue(taken.startsWith("it is promised to somebody else"), taken)
        kiosk.decline(other, Cause.Staff)
        refuses<AllkontorException.Refused> { kiosk.confirm(other) }
        for (phone in listOf(anna, bo)) meet(phone)
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
        assertEquals(Stage.Declined(Cause.Staff), bo.only().stage)
        kiosk.release(key, Cause.Staff)
        meet(anna)
        assertEquals(Stage.Released(Cause.Staff), anna.only().stage)
    }

    @Test
    fun `a share is counted and tickets are issued within it`() = inOffice(folder) {
        publish("""{"limits": {"at_once": 2}}""")
        val anna = phone("anna")
        val holder = "ab".repeat(32)
        val before = kiosk.allowances(holder, 1u, TUESDAY).single()
        assertEquals(Triple(LimitKind.AT_ONCE, 2u, 2u), Triple(before.limit, before.allowed, before.left))
        assertEquals("Bokningar samtidigt: 2 av 2 kvar.", kiosk.words("sv").use { it.allowance(before) })
        val order = TicketOrder(holder, anna.publicKey(), NOVEMBER, listOf(1u), 20u)
        assertInstanceOf(TicketOutcome.Issued::class.java, kiosk.issueTicket(order))
        val refused = assertInstanceOf(TicketOutcome.QuotaReached::class.java, kiosk.issueTicket(order))
        assertTrue(refused.left < 20u)
        val own = anna.ownAllowances(1u, TUESDAY).single()
        anna.book(room(10))
        assertEquals(listOf(2u, 1u), listOf(own, anna.ownAllowances(1u, TUESDAY).single()).map(Allowance::left))
    }

    @Test
    fun `a clock is believed while somebody has looked lately`() = inOffice(folder) {
        assertTrue(kiosk.clockIsBelieved())
        time = at(8, days = 2)
        assertFalse(kiosk.clockIsBelieved())
        kiosk.confirmClock()
        assertTrue(kiosk.clockIsBelieved())
        assertEquals(at(8, days = 2), kiosk.civilNow())
        kiosk.tick()
        assertEquals(7, kiosk.week()!!.size)
    }

    @Test
    fun `an old month is dropped everywhere`() = inOffice(folder) {
        val relay = phone("relay")
        relay.relayEverything()
        relay.book(room(10))
        meetAll(relay)
        assertEquals(1, kiosk.deskBookings(NOVEMBER).size)
        time = at(8, days = 60)
        kiosk.dropBefore(LocalDate.of(2027, 1, 1))
        meet(relay)
        for (device in listOf(kiosk, relay)) assertEquals(emptyList<DeskBooking>(), device.deskBookings(NOVEMBER))
        assertAgreed(relay)
    }

    @Test
    fun `later rules begin on a coming day and this app decides nothing from then on`() = inOffice(folder) {
        val later = TUESDAY.plusDays(7)
        val skips = refuses<AllkontorException.Refused> { kiosk.activateRules(9u, later) }
        val today = refuses<AllkontorException.Refused> { kiosk.activateRules(2u, TUESDAY) }
        assertEquals(listOf("not_next_rules", "not_ahead"), listOf(skips, today).map(AllkontorException::code))
        kiosk.activateRules(2u, later)
        val anna = phone("anna")
        anna.book(room(10))
        anna.book(room(10, days = 8))
        meetAll(anna)
        val (now, then) = anna.agenda().map { it.stage }
        assertInstanceOf(Stage.Confirmed::class.java, now)
        assertInstanceOf(Stage.Likely::class.java, then)
    }

    @Test
    fun `everything has a name`() = inOffice(folder) {
        kiosk.words("sv").use { words ->
            assertEquals(listOf("Rum", "hörslinga", "Rum 1"), listOf(words.className(1u), words.feature(1u), words.unit(1u)))
            assertEquals("trettondedag jul", words.holiday(Holiday.EPIPHANY))
        }
        assertTrue(qrSvg(kiosk.invitation()).startsWith("<?xml"))
    }

    private companion object {
        val NOVEMBER = Ledger.OfMonth(2026u, 11u)
    }
}
