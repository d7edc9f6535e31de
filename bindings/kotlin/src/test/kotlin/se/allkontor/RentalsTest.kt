package se.allkontor

import java.nio.file.Path
import java.time.LocalDate
import java.time.LocalDateTime
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

internal val LOCKER = What.ExactlyUnit(41u)

/** Noon of a day. */
private fun on(year: Int, month: Int, day: Int): LocalDateTime = LocalDate.of(year, month, day).atTime(12, 0)

/** The usual office with a locker for rent and computers to borrow. */
internal val WHOLE: ByteArray = String(CATALOGUE)
    .replace(
        """"classes": {""",
        """
        "conditions": {"1": {"sv": "repad", "en": "scratched"}},
        "classes": {
        "3": {"name": {"sv": "Skåp", "en": "Locker"}, "kind": "locker", "cells": "year",
              "rules": {"min_minutes": 1440, "max_minutes": 527040, "horizon_days": 400}},
        "4": {"name": {"sv": "Dator", "en": "Computer"}, "kind": "computer"},
        """,
    ).replace(
        """"units": {""",
        """
        "units": {
        "41": {"name": {"sv": "Skåp 41", "en": "Locker 41"}, "class": 3},
        "51": {"name": {"sv": "Dator 51", "en": "Computer 51"}, "class": 4},
        "52": {"name": {"sv": "Dator 52", "en": "Computer 52"}, "class": 4},
        """,
    ).toByteArray()

/** Lockers and computers, from Kotlin. */
internal class RentalsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun test_l1_a_locker_is_rented_kept_and_goes_on_next_year() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val anna = phone("anna")
        val made = assertInstanceOf(DateOutcome.Requested::class.java, anna.rent(LOCKER, at(8), on(2026, 12, 10)).single())
        meetAll(anna)
        val own = anna.rentals().single()
        assertEquals(made.booking, own.booking)
        assertEquals(listOf(on(2026, 12, 10), RentalStep.Runs), listOf(own.rental.due, own.rental.step))
        time = on(2026, 12, 8)
        kiosk.tick()
        assertEquals(RentalStep.DueSoon(2u), kiosk.deskRentals().single().step)
        val said = anna.words("sv").use { it.rental(anna.rentals().single().rental) }
        assertEquals("Skåp 41: hyrs till torsdag 10 december 2026 kl. 12.00. 2 dagar kvar.", said)
        assertEquals(ChangeOutcome.Requested, anna.keepUntil(made.booking, null))
        meetAll(anna)
        time = on(2027, 3, 1)
        kiosk.tick()
        meetAll(anna)
        val kept = anna.rentals().single()
        assertNull(kept.rental.due)
        assertEquals(at(8), kept.rental.since)
        kiosk.openUnit(41u, Cause.Lost)
        meetAll(anna)
        assertEquals(Cause.Lost, anna.openings(41u).single().cause)
        anna.cancel(kept.booking)
        meetAll(anna)
        assertEquals(emptyList<Rental>(), kiosk.deskRentals())
        assertAgreed(anna)
    }

    @Test
    fun test_l1_a_slip_keeps_a_locker_and_staff_give_it_on() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val rented = kiosk.rentAtDesk(LOCKER, at(8), on(2026, 12, 10)).single()
        val made = assertInstanceOf(WalkInOutcome.Requested::class.java, rented)
        assertEquals(ChangeOutcome.Requested, kiosk.keepSlipUntil(made.slip.code, on(2026, 12, 20)))
        assertEquals(on(2026, 12, 20), kiosk.slipRental(made.slip.code)!!.due)
        val given = kiosk.transfer(made.booking, Heir.WithoutPhone(ByteArray(16) { 3 }, null))
        assertNull(kiosk.slipRental(made.slip.code))
        assertEquals(given.booking, kiosk.slipRental(given.slip!!.code)!!.key)
        assertEquals(ChangeOutcome.Requested, kiosk.prolong(given.booking, on(2026, 12, 24)))
        assertEquals(on(2026, 12, 24), kiosk.deskRentals().single().due)
    }

    @Test
    fun test_l2_who_is_next_is_moved_when_a_computer_is_late() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        anna.book(wantedUnit(51u, at(9) until at(10)))
        bo.book(wantedUnit(51u, at(10, 15) until at(12)))
        meetAll(anna, bo)
        val key = anna.only().key!!
        time = at(9)
        kiosk.handOut(key, 51u)
        meetAll(anna)
        assertEquals(51u, anna.loans().single().loan.unit)
        assertInstanceOf(Stage.CheckedIn::class.java, anna.only().stage)
        time = at(10, 2)
        kiosk.tick()
        meetAll(bo)
        assertEquals(52u, bo.only().stage.holds.single().unit)
        assertEquals(Cause.Late, bo.only().status.before!!.cause)
        assertEquals(true, kiosk.deskLoans().single().isLate)
        kiosk.handIn(51u, kiosk.conditions())
        assertEquals(emptyList<Loan>(), kiosk.deskLoans())
        assertEquals("repad", kiosk.words("sv").use { it.condition(1u) })
    }

    @Test
    fun test_l2_what_staff_remark_of_a_thing_is_theirs_alone_and_can_be_erased() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val anna = phone("anna")
        anna.book(wantedUnit(51u, at(9) until at(10)))
        meetAll(anna)
        time = at(9)
        kiosk.handOut(anna.only().key!!, 51u, remark = "Sladden är lagad.")
        meetAll(anna)
        assertEquals(Remark("Sladden är lagad.", null), kiosk.deskLoans().single().remark)
        assertNull(anna.loans().single().loan.remark)
        assertEquals("not_a_steward", refuses<AllkontorException.Refused> { anna.thingsSaid(51u) }.code)
        kiosk.handIn(51u, remark = "Kaffe på den.")
        val back = kiosk.thingsSaid(51u).last()
        assertEquals(listOf(true, "Kaffe på den."), listOf(back.isBack, back.remark!!.text))
        kiosk.eraseRemark(back.id, Cause.Staff)
        assertEquals(Remark(null, Cause.Staff), kiosk.thingsSaid(51u).last().remark)
    }
}
