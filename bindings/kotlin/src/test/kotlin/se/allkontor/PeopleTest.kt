package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The usual office, whose rooms are for those who have accepted its guidelines. */
private val HOUSE: ByteArray = String(CATALOGUE)
    .replace(""""rules": {"max_minutes": 240}""", """"rules": {"max_minutes": 240, "accepted_guidelines": true}""")
    .replace(
        """"premises": [2],""",
        """
        "premises": [2],
        "guidelines": {"version": 2, "text": {"sv": "Var snäll.", "en": "Be kind."},
                       "appeal": {"sv": "Skriv till nämnden.", "en": "Write to the board."}},
        """,
    ).toByteArray()

/** Guidelines and suspensions, from Kotlin. */
internal class PeopleTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun test_p5_guidelines_are_accepted_before_the_first_booking() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val anna = phone("anna")
        assertEquals(2u, anna.guidelinesInForce())
        assertNull(anna.acceptedGuidelines())
        val refused = assertInstanceOf(DateOutcome.Refused::class.java, anna.book(room(10)).single())
        assertEquals(Rule.GuidelinesFirst(2u, null), refused.refusal.rule)
        val said = anna.words("sv").use { it.rule(refused.refusal.rule) }
        assertEquals("Läs och godkänn riktlinjerna först, version 2.", said)
        assertEquals("no_such_guidelines", refuses<AllkontorException.Missing> { anna.acceptGuidelines(7u) }.code)
        anna.acceptGuidelines(2u)
        assertInstanceOf(DateOutcome.Requested::class.java, anna.book(room(10)).single())
        meetAll(anna)
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
    }

    @Test
    fun test_p5_a_suspension_is_told_to_whom_it_concerns_and_ends_by_itself() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val staff = staff()
        val (anna, bo) = listOf("anna", "bo").map { phone(it, met = false) }
        suspend fun meetStaff() = repeat(2) { listOf(anna, bo).forEach { meet(it, staff) } }
        meetStaff()
        anna.acceptGuidelines(2u)
        anna.book(room(10))
        meetStaff()
        val holder = staff.holderOf(anna.only().key!!)!!
        val until = TUESDAY.plusDays(2)
        val atKiosk = refuses<AllkontorException.Refused> { kiosk.suspendHolder(holder, until, Ground.Damage) }
        assertEquals("staff_only", atKiosk.code)
        val told = staff.suspendHolder(holder, until, Ground.Damage)
        assertEquals(listOf(told to until), staff.suspensions().map { it.id to it.until })
        anna.book(room(12))
        meetStaff()
        assertEquals(Stage.Declined(Cause.Staff), anna.agenda().last().stage)
        val own = anna.suspension()!!
        assertEquals(OwnSuspension(until, Ground.Damage), own)
        val said = anna.words("en").use { it.ownSuspension(own) }
        val reason = "You cannot book until Thursday 26 November has passed: something was damaged or is gone."
        assertEquals("$reason You can appeal: Write to the board.", said)
        assertNull(bo.suspension())
        refuses<AllkontorException.Refused> { bo.suspensions() }
        staff.amendSuspension(told, Amendment.APPEALED)
        assertEquals(true, staff.suspensions().single().isAppealed)
        staff.amendSuspension(told, Amendment.LIFTED)
        assertEquals(emptyList<Suspension>(), staff.suspensions())
        anna.book(room(14))
        meetStaff()
        assertInstanceOf(Stage.Confirmed::class.java, anna.agenda().last().stage)
    }

    @Test
    fun test_p5_whoever_has_no_ticket_is_told_until_when_and_why_and_how_to_appeal() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val staff = staff()
        val (anna, bo) = listOf("anna", "bo").map { phone(it, met = false) }
        val until = TUESDAY.plusDays(2)
        staff.suspendHolder(bo.publicKey(), until, Ground.Conduct)
        repeat(2) { listOf(anna, bo).forEach { meet(it, staff) } }
        assertNull(anna.suspension())
        val own = bo.suspension()!!
        assertEquals(OwnSuspension(until, Ground.Conduct), own)
        val said = bo.words("sv").use { it.ownSuspension(own) }
        assertEquals(true, said.endsWith("Du kan överklaga: Skriv till nämnden."), said)
    }

    @Test
    fun test_e4_staff_show_a_visitor_round_and_what_is_reserved_can_be_booked() = inOffice(folder) {
        val rules = """"rules": {"max_minutes": 240"""
        kiosk.publish(String(CATALOGUE).replace(rules, "$rules, \"introduced_only\": true").toByteArray())
        val staff = staff()
        val anna = phone("anna")
        val refused = assertInstanceOf(DateOutcome.Refused::class.java, anna.book(room(10)).single())
        assertInstanceOf(Rule.IntroducedOnly::class.java, refused.refusal.rule)
        meetAll(anna)
        val holder = anna.publicKey()
        assertEquals("staff_only", refuses<AllkontorException.Refused> { kiosk.introduce(holder) }.code)
        assertNull(staff.introduction(holder))
        staff.introduce(holder)
        assertEquals(at(8), staff.introduction(holder))
        suspend fun everybody() = repeat(2) {
            meetAll(staff, anna)
            meet(anna, staff)
        }
        everybody()
        assertEquals(true, anna.isIntroduced())
        assertInstanceOf(DateOutcome.Requested::class.java, anna.book(room(10)).single())
        everybody()
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
        staff.retractIntroduction(holder)
        assertNull(staff.introduction(holder))
    }
}
