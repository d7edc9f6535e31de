package se.allkontor

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** A visitor's phone is gone, from Kotlin. */
internal class LostPhoneTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun test_b7_a_lost_phone_is_reported_and_its_booking_goes_on_on_a_slip() = inOffice(folder) {
        val anna = phone("anna")
        anna.book(room(10))
        meetAll(anna)
        val before = anna.only()
        val had = assertInstanceOf(Stage.Confirmed::class.java, before.stage)
        val holder = kiosk.holderOf(before.key!!)!!
        val lost = kiosk.reportLost(holder)
        val reissued = lost.reissued.single()
        assertEquals(before.key, reissued.before)
        assertTrue(lost.left.isEmpty() && lost.waiting.isEmpty())
        // Whoever found it cancels, and asks for more.
        anna.cancel(before.id)
        anna.book(room(14))
        meetAll(anna)
        val paper = assertInstanceOf(Stage.Confirmed::class.java, kiosk.findSlip(reissued.slip.code)!!.status.stage)
        assertEquals(had.holds, paper.holds)
        assertEquals(Stage.Declined(Cause.Staff), anna.agenda().last().stage)
        val told = anna.suspension()!!
        assertEquals(Ground.LostKeys, told.ground)
        val said = anna.words("en").use { it.ownSuspension(told) }
        assertTrue("this phone was reported lost; what was booked goes on on paper" in said, said)
        assertEquals(lost.suspension, kiosk.reportLost(holder).suspension)
    }
}
