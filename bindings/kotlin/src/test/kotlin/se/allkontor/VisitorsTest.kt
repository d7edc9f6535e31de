package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What people live through, from Kotlin. */
internal class VisitorsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an office is founded and joined by its code`() = inOffice(folder) {
        assertEquals(Standing.Steward(Role.Kiosk), kiosk.standing())
        val phone = phone("anna", met = false)
        assertEquals(Standing.Visitor, phone.standing())
        assertNull(phone.office("sv"))
        meet(phone)
        val office = phone.office("sv")!!
        assertEquals(listOf("Kontoret", "Europe/Stockholm"), listOf(office.name, office.zone))
        assertEquals(listOf("Rum 1", "Rum 2", "Bord 3"), office.units.map(UnitInfo::name))
        val hours = phone.hours(TUESDAY, 1u, "sv")!!.single()
        assertEquals(listOf(at(8) until at(22)), hours.open)
        assertEquals(listOf(at(10) until at(16)), hours.staffed)
        assertEquals(ZONE, phone.zone())
        assertEquals(at(8), phone.civilNow())
    }

    @Test
    fun `booking works with no network`() = inOffice(folder) {
        val phone = phone("anna")
        val made = assertInstanceOf(DateOutcome.Requested::class.java, phone.book(room(10)).single())
        val booking = phone.booking(made.booking)!!
        assertInstanceOf(Stage.Likely::class.java, booking.stage)
        assertEquals(Delivery.CARRIED, booking.status.delivery)
        assertEquals(at(10) until at(11), booking.stage.holds.single().interval)
        assertEquals(1u, phone.free(at(10) until at(11), classId = 1u).first().expected)
    }

    @Test
    fun `a clash is merged and everybody is told the truth in both languages`() = inOffice(folder) {
        val phones = listOf("anna", "bo", "eva").map { phone(it) }
        val (anna, bo, eva) = phones
        for (phone in phones) {
            phone.book(room(10))
            assertInstanceOf(Stage.Likely::class.java, phone.only().stage)
        }
        meetAll(anna, bo, eva)
        assertEquals(listOf(listOf(1u), listOf(2u), listOf()), phones.map { it.only().stage.holds.map(Hold::unit) })
        assertInstanceOf(Stage.Waiting::class.java, eva.only().stage)
        assertAgreed(anna, bo, eva)
        // Bo was moved to the equal room, and is told so.
        val why = bo.explain(bo.only().id)!!
        val (swedish, english) = listOf("sv", "en").map { tag -> bo.words(tag).use { it.explanation(why) } }
        assertEquals(
            listOf(
                "Bekräftad: Rum 2, tisdag 24 november kl. 10.00–11.00.",
                "Rum 1, tisdag 24 november kl. 10.00–11.00: är lovad till någon annan, tisdag 24 november kl. 10.00–11.00.",
            ),
            swedish,
        )
        assertEquals(
            listOf(
                "Confirmed: Room 2, Tuesday 24 November, 10:00–11:00.",
                "Room 1, Tuesday 24 November, 10:00–11:00: it is promised to somebody else, Tuesday 24 November, 10:00–11:00.",
            ),
            english,
        )
        // Anna cancels, and Eva moves up.
        anna.cancel(anna.only().id)
        meetAll(anna, eva)
        assertEquals(Stage.Released(Cause.Cancelled), anna.only().stage)
        assertEquals(listOf(1u), eva.only().stage.holds.map(Hold::unit))
    }

    @Test
    fun `a closed room moves its people`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        meetAll(phone)
        val closed = kiosk.closePlaces(at(9) until at(12), Cause.Lost, listOf(1u))
        assertEquals(listOf(phone.only().key), closed.moved)
        meet(phone)
        assertEquals(listOf(2u), phone.only().stage.holds.map(Hold::unit))
        val why = phone.explain(phone.only().id)!!
        val (swedish, english) = listOf("sv", "en").map { tag -> phone.words(tag).use { it.explanation(why) } }
        assertEquals("Du har flyttats från Rum 1, tisdag 24 november kl. 10.00–11.00.", swedish[1])
        assertEquals("You were moved from Room 1, Tuesday 24 November, 10:00–11:00.", english[1])
        val shut = kiosk.deskDay(TUESDAY).single { it.booking == null }
        kiosk.reopen(shut.statement)
        assertEquals(listOf(1u), kiosk.free(at(10) until at(11), classId = 1u).map(FreeUnit::unit))
    }

    @Test
    fun `a series lists its clashes and goes on`() = inOffice(folder) {
        val phone = phone("anna")
        val evening = at(18) until at(20)
        val dates = phone.repeatDates(evening, "FREQ=WEEKLY;COUNT=5", except = listOf(TUESDAY.plusDays(7)))
        assertEquals(listOf(24, 8, 15, 22), dates.map { it.start.dayOfMonth })
        assertTrue(phone.book(room(18).on(dates)).all { it is DateOutcome.Requested })
        val late = phone.book(room(21).on(listOf(at(21) until at(23), at(21, days = 1) until at(22, days = 1))))
        val refused = assertInstanceOf(DateOutcome.Refused::class.java, late[0]).refusal
        assertEquals(Rule.OutsideHours(TUESDAY, listOf(at(8) until at(22))), refused.rule)
        assertEquals(at(20) until at(22), refused.nearest.first())
        assertInstanceOf(DateOutcome.Requested::class.java, late[1])
        repeat(3) { meet(phone) }
        assertTrue(phone.agenda().all { it.stage is Stage.Confirmed })
        assertEquals(5, phone.agenda().size)
    }

    @Test
    fun `a rule is a value and is said in both languages`() = inOffice(folder) {
        val phone = phone("anna")
        val late = Wanted(What.ExactlyUnit(1u), listOf(at(21) until at(23)))
        val refused = assertInstanceOf(DateOutcome.Refused::class.java, phone.book(late).single()).refusal
        assertEquals(Rule.OutsideHours(TUESDAY, listOf(at(8) until at(22))), refused.rule)
        assertEquals(at(20) until at(22), refused.nearest.first())
        val (swedish, english) = listOf("sv", "en").map { tag -> phone.words(tag).use { it.rule(refused.rule) } }
        assertEquals("Utanför öppettiderna tisdag 24 november: 08.00–22.00.", swedish)
        assertEquals("Outside the opening hours of Tuesday 24 November: 08:00–22:00.", english)
    }

    @Test
    fun `moving and staying longer`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        meetAll(phone)
        val booking = phone.only().id
        assertEquals(ChangeOutcome.Requested, phone.move(booking, room(14)))
        assertEquals(at(10), phone.only().status.holding.single().interval.start)
        meetAll(phone)
        assertEquals(ChangeOutcome.Requested, phone.extend(booking, at(16)))
        meetAll(phone)
        assertEquals(at(14) until at(16), phone.only().stage.holds.single().interval)
        assertEquals(ChangeOutcome.Refused(Rule.TooLong(240u, 300u), 7u), phone.extend(booking, at(19)))
    }

    @Test
    fun `checking in by oneself and at the desk`() = inOffice(folder) {
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        anna.book(room(9))
        bo.book(room(9, unit = 2u))
        meetAll(anna, bo)
        time = at(9, 2)
        anna.arrive(anna.only().id)
        meet(anna)
        assertEquals(listOf(true, false), kiosk.deskDay(TUESDAY).map(DeskTime::arrived))
        kiosk.checkIn(bo.only().key!!)
        meet(bo)
        assertInstanceOf(Stage.CheckedIn::class.java, bo.only().stage)
    }

    @Test
    fun `a device opens again with all it had`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        val (before, digest) = phone.agenda() to phone.digest()
        phone.suspend()
        assertEquals(before, phone.agenda())
        phone.close()
        val again = reopen("anna")
        assertEquals(before, again.agenda())
        assertEquals(digest, again.digest())
    }

    @Test
    fun `a third phone carries a booking there and back`() = inOffice(folder) {
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        anna.book(room(10))
        meet(anna, bo)
        meetAll(bo)
        meet(anna, bo)
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
        assertAgreed(anna, bo)
    }

    @Test
    fun `files and codes carry a booking`() = inOffice(folder) {
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        anna.book(room(10))
        kiosk.importFile(anna.exportFile())
        anna.importFile(kiosk.exportFile())
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
        val promise = bo.verifyCertificate(anna.certificate(anna.only().id))
        assertEquals(anna.only().key, promise.booking)
        assertEquals(1u, promise.holds.single().unit)
        bo.book(room(14))
        kiosk.scanCard(bo.requestCard(bo.only().id))
        val filed = kiosk.deskBookings(Ledger.OfMonth(2026u, 11u)).map { it.key }.toSet()
        assertEquals(setOf(anna.only().key, bo.only().key), filed)
    }

    @Test
    fun `somebody without a phone leaves with a slip`() = inOffice(folder) {
        val outcome = kiosk.walkIn(room(10), "sixteen secrets!".toByteArray()).single()
        val made = assertInstanceOf(WalkInOutcome.Requested::class.java, outcome)
        assertEquals("3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GS", made.slip.code)
        assertEquals(made.booking, kiosk.findSlip(made.slip.code.lowercase())!!.key)
        assertEquals(made.slip.code, slipCode(made.slip.payload))
        assertEquals("not_a_slip", refuses<AllkontorException.BadBytes> { kiosk.findSlip("3KD5") }.code)
        kiosk.arriveSlip(made.slip.code)
        assertEquals(Scanned.OnPaper(made.booking), readCode(made.slip.payload))
        kiosk.cancelSlip(made.slip.code)
        assertEquals(Stage.Released(Cause.Cancelled), kiosk.explainAtDesk(made.booking)!!.status.stage)
    }

    @Test
    fun `a second device is certified`() = inOffice(folder) {
        val desk = phone("desk")
        kiosk.certify(kiosk.scanEnrolment(desk.enrolment()), Role.Staff)
        meet(desk)
        assertEquals(Standing.Steward(Role.Staff), desk.standing())
        // The two devices share what each of them can decide about.
        val day = kiosk.custodyDay(TUESDAY)
        val tablet = day.stewards.single { it.role == Role.Staff }
        assertEquals(desk.publicKey(), tablet.device)
        assertEquals(setOf(Custody.Here, Custody.Elsewhere(tablet)), day.units.map(UnitCustody::custody).toSet())
        assertNull(desk.outdated())
    }

    @Test
    fun `hours come from a map and go to one`() = inOffice(folder) {
        val hours = osmHours(CATALOGUE, "en")
        assertEquals(OsmHours("08:00-22:00", "10:00-16:00"), hours)
        kiosk.publish(withOsmHours(CATALOGUE, OsmHours("Mo-Fr 09:00-17:00"), "en"))
        assertEquals(listOf(at(9) until at(17)), kiosk.hours(TUESDAY, 1u, "en")!!.single().open)
        val unsaid = refuses<AllkontorException.Argument> { withOsmHours(CATALOGUE, OsmHours("sunrise-sunset"), "en") }
        assertEquals("not_hours", unsaid.code)
    }
}
