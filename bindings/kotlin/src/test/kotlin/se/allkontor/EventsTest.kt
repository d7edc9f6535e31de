package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The usual office with two seats for events. */
private val THEATRE: ByteArray = String(CATALOGUE)
    .replace(""""classes": {""", """"classes": {"5": {"name": {"sv": "Plats", "en": "Seat"}, "kind": "seat"},""")
    .replace(
        """"units": {""",
        """
        "units": {
        "101": {"name": {"sv": "Plats", "en": "Seat"}, "class": 5},
        "102": {"name": {"sv": "Plats", "en": "Seat"}, "class": 5},
        """,
    ).toByteArray()

/** Events, from Kotlin. */
internal class EventsTest {
    @TempDir
    lateinit var folder: Path

    private val reading = EventProposal(
        text = "Högläsning\nVi läser Ferlin.",
        dates = listOf(Interval(at(18), at(20))),
        room = What.ExactlyUnit(1u),
        seats = SeatsWanted(5u, 2u),
    )

    @Test
    fun test_e1_an_event_is_proposed_let_through_and_called_off() = inOffice(folder) {
        kiosk.publish(THEATRE)
        val anna = phone("anna")
        val bo = phone("bo")
        val made = assertInstanceOf(EventOutcome.Asked::class.java, anna.proposeEvent(reading))
        meetAll(anna, bo)
        assertEquals(emptyList<EventInfo>(), bo.events())
        val proposed = kiosk.events().single()
        assertEquals(listOf(EventStage.Proposed, "Högläsning"), listOf(proposed.stage, proposed.title))
        kiosk.approveEvent(proposed.key)
        meetAll(anna, bo)
        assertEquals(made.booking, anna.event(proposed.key)!!.own)
        val open = bo.events().single()
        assertEquals(listOf(EventStage.Open, listOf(1u)), listOf(open.stage, open.rooms))
        val said = bo.words("sv").use { it.event(open) }
        assertEquals("Högläsning: tisdag 24 november kl. 18.00–20.00. Det blir av. 2 platser kvar.", said)
        kiosk.callOffEvent(proposed.key, Cause.Guidelines)
        meetAll(anna, bo)
        assertEquals(Stage.Released(Cause.Guidelines), anna.booking(made.booking)!!.status.stage)
        assertNull(anna.event(proposed.key)!!.text)
        assertEquals(emptyList<EventInfo>(), bo.events())
        assertAgreed(anna, bo)
    }

    @Test
    fun test_e2_groups_wait_for_seats_and_strangers_see_how_many_are_left() = inOffice(folder) {
        kiosk.publish(THEATRE)
        val anna = phone("anna")
        val bo = phone("bo")
        val event = propose(anna)
        kiosk.approveEvent(event)
        meetAll(anna, bo)
        val first = assertInstanceOf(EventOutcome.Asked::class.java, anna.askForSeats(event))
        meetAll(anna)
        val second = assertInstanceOf(EventOutcome.Asked::class.java, bo.askForSeats(event, seats = 2))
        meetAll(bo)
        assertEquals(Stage.Waiting(1u), bo.booking(second.booking)!!.status.stage)
        val date = kiosk.event(event)!!.dates.single()
        assertEquals(listOf(1u, 2u, 1u), listOf(date.taken, date.waiting, date.left))
        assertEquals(listOf(1u, 2u), kiosk.seatRequests(event).map { it.seats }.sorted())
        anna.cancel(first.booking)
        meetAll(anna, bo)
        assertInstanceOf(Stage.Confirmed::class.java, bo.booking(second.booking)!!.status.stage)
        assertEquals(listOf(second.booking), bo.event(event)!!.mine)
    }

    @Test
    fun test_e3_two_write_in_the_same_paragraph_and_both_are_heard() = inOffice(folder) {
        kiosk.publish(THEATRE)
        val anna = phone("anna")
        val event = propose(anna)
        anna.editEvent(event, "Högläsning\nVi läser Ferlin och Boye.")
        kiosk.editEvent(event, "Högläsning\nVi läser dikter av Ferlin.")
        meetAll(anna)
        for (device in listOf(kiosk, anna)) {
            assertEquals("Högläsning\nVi läser dikter av Ferlin och Boye.", device.event(event)!!.text)
        }
    }

    @Test
    fun test_e3_a_second_phone_is_let_in_and_both_write_offline() = inOffice(folder) {
        kiosk.publish(THEATRE)
        val anna = phone("anna")
        val bo = phone("bo")
        val event = propose(anna)
        val card = bo.organiserCard()
        assertEquals(Scanned.Organiser, readCode(card))
        anna.addOrganiser(event, card)
        meetAll(anna, bo)
        val found = bo.events().single()
        assertEquals(listOf(true, null), listOf(found.organises, found.own))
        anna.editEvent(event, "Högläsning\nVi läser Ferlin och Boye.")
        bo.editEvent(event, "Högläsning\nVi läser dikter av Ferlin.")
        meetAll(anna, bo)
        for (device in listOf(kiosk, anna, bo)) {
            assertEquals("Högläsning\nVi läser dikter av Ferlin och Boye.", device.event(event)!!.text)
        }
        assertEquals(1u, anna.event(event)!!.organisers)
    }

    /** A phone proposes the reading, and the kiosk hears of it. */
    private suspend fun World.propose(phone: Device): BookingKey {
        phone.proposeEvent(reading)
        meetAll(phone)
        return kiosk.events().single().key
    }
}
