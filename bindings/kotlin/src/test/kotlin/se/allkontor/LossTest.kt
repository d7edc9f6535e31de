package se.allkontor

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.deleteIfExists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Devices of an office come, decide together, get lost, are restored, and hand the admin key on. */
internal class LossTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a lost kiosk is replaced in two steps`() = inOffice(folder) {
        val (tablet, anna) = tablet() to phone("anna")
        anna.book(room(10))
        meetAll(anna)
        meet(tablet)
        val lost = loseKiosk(tablet)

        val before = tablet.digest()
        val question = tablet.replacement(lost)
        val left = question.left.single { it.ledger == NOVEMBER }
        assertEquals(Role.Kiosk, question.role)
        assertNull(question.revoked)
        assertEquals(listOf(tablet.publicKey()), question.heirs)
        assertEquals(listOf(anna.only().key), left.stands)
        assertEquals(at(8), left.lastHeard)
        assertTrue(left.units.isNotEmpty())
        assertEquals(before, tablet.digest())
        val said = tablet.words("en").use { it.replacement(question) }
        val asked = "The device ${lost.take(8)} (the kiosk) would be replaced. This is what is known of it here:"
        assertEquals(asked, said.first())

        tablet.replaceDevice(lost, question.heirs.single())
        assertEquals(question.heirs.single(), tablet.replacement(lost).successor)
        val again = refuses<AllkontorException.Refused> { tablet.replaceDevice(lost, question.heirs.single()) }
        assertEquals("already_replaced", again.code)
        val day = tablet.custodyDay(TUESDAY)
        assertEquals(List(3) { Custody.Here }, day.units.map(UnitCustody::custody))
        assertTrue(day.stewards.single { it.device == lost }.revoked)
    }

    @Test
    fun `a promise that nobody had heard of comes first when it is shown`() = inOffice(folder) {
        val (tablet, bo) = tablet() to phone("bo")
        meet(tablet)
        // Anna comes when the tablet is away: her ticket too is only the kiosk's word.
        val anna = phone("anna")
        val only = Wanted(What.ExactlyUnit(1u), listOf(at(10) until at(11)))
        anna.book(only)
        meetAll(anna)
        val promised = anna.only()
        assertInstanceOf(Stage.Confirmed::class.java, promised.stage)
        val certificate = anna.certificate(promised.id)
        val lost = loseKiosk(tablet)
        tablet.replaceDevice(lost, tablet.publicKey())
        bo.book(only)
        meetAll(bo)

        // She hears of it before the office hears of her.
        anna.importFile(tablet.exportFile())
        val why = anna.explain(promised.id)!!
        assertEquals(listOf<BrokenBy>(BrokenBy.Unheard(honoured = false)), why.broken.map(Broken::why))
        val lines = anna.words("en").use { it.explanation(why) }
        val line = lines.single { it.startsWith("The device that promised this was replaced") }
        assertTrue(line.endsWith("Show the promise at the desk."), line)
        assertEquals(Honoured(promised.key, Worth.FIRST_IN_LINE), tablet.honourCertificate(certificate))
        meetAll(anna)
        val honoured = anna.explain(promised.id)!!.broken.map(Broken::why)
        assertEquals(listOf<BrokenBy>(BrokenBy.Unheard(honoured = true)), honoured)

        bo.cancel(bo.only().id)
        meetAll(bo)
        meetAll(anna)
        val kept = anna.only()
        assertInstanceOf(Stage.Confirmed::class.java, kept.stage)
        assertEquals(promised.stage.holds, kept.stage.holds)
        assertEquals(Worth.SUPERSEDED, tablet.honourCertificate(certificate).worth)
        assertEquals(Worth.STANDS, tablet.honourCertificate(anna.certificate(kept.id)).worth)
    }

    @Test
    fun `a restored kiosk decides nothing until it has another key`() = inOffice(folder) {
        val anna = phone("anna")
        kiosk.suspend()
        val backup = place("kiosk").resolve("office.sqlite").readBytes()
        anna.book(room(10))
        meetAll(anna)
        kiosk.close()
        for (ending in listOf("-wal", "-shm")) place("kiosk").resolve("office.sqlite$ending").deleteIfExists()
        place("kiosk").resolve("office.sqlite").writeBytes(backup)

        kiosk = reopen("kiosk")
        assertEquals(Standing.Recovering, kiosk.standing())
        val said = kiosk.words("en").use { it.standing(Standing.Recovering) }
        assertTrue(said.startsWith("This device was restored from a backup or copied."), said)
        val old = kiosk.publicKey()
        assertTrue(kiosk.replacement(old).left.sumOf { it.lost.toInt() } >= 1)
        assertNotEquals(old, kiosk.renew())
        assertEquals(Standing.Steward(Role.Kiosk), kiosk.standing())
        repeat(3) { meet(anna) }
        assertInstanceOf(Stage.Confirmed::class.java, anna.only().stage)
    }

    @Test
    fun `an office with two admins is mended by the recovery key`() = inOffice(folder) {
        val tablet = phone("tablet")
        kiosk.certify(kiosk.scanEnrolment(tablet.enrolment()), Role.Staff)
        meet(tablet)
        val (east, west) = phone("east") to phone("west")
        kiosk.suspend()
        copy(place("kiosk"), place("twin"))
        val twin = reopen("twin")
        for ((admin, device) in listOf(kiosk to east, twin to west)) {
            admin.certify(admin.scanEnrolment(device.enrolment()), Role.Staff)
            meet(device, admin)
            repeat(2) { meet(tablet, device) }
        }

        val fork = tablet.alarms().filterIsInstance<Alarm.AdminFork>().single()
        assertFalse(tablet.dismiss(fork))
        val said = tablet.words("en").use { it.alarm(fork) }
        assertTrue(said.startsWith("Two devices have ruled the office at once."), said)
        val certified = Decree.DeviceCertified(west.publicKey(), Role.Staff)
        val branches = tablet.adminBranches()
        assertEquals(2, branches.size)
        val keeps = branches.single { certified in it.said }.keeps
        val wrong = refuses<AllkontorException.Refused> { tablet.recoverOffice(ByteArray(32) { 5 }, keeps) }
        assertEquals("wrong_recovery_key", wrong.code)
        assertEquals("admin_forked", refuses<AllkontorException.Refused> { tablet.recoverOffice(RECOVERY) }.code)
        tablet.recoverOffice(RECOVERY, keeps)
        assertEquals(emptyList<Alarm>(), tablet.alarms().filterIsInstance<Alarm.AdminFork>())
        assertEquals(emptyList<AdminBranch>(), tablet.adminBranches())
        for (device in listOf(west, east)) repeat(2) { meet(device, tablet) }
        assertEquals(Standing.Steward(Role.Staff), west.standing())
        assertEquals(Standing.Visitor, east.standing())
    }

    /** A tablet of the staff that holds the admin key; the kiosk goes on deciding. */
    private suspend fun World.tablet(): Device {
        val tablet = phone("tablet")
        val key = kiosk.scanEnrolment(tablet.enrolment())
        kiosk.certify(key, Role.Staff)
        kiosk.handOver(key)
        meet(tablet)
        assertEquals("not_the_admin", refuses<AllkontorException.Refused> { kiosk.certify(key, Role.Kiosk) }.code)
        return tablet
    }

    /** The kiosk is gone, with all it had: its key. Phones meet the tablet from then on. */
    private suspend fun World.loseKiosk(tablet: Device): PublicKey {
        val key = kiosk.publicKey()
        kiosk.close()
        kiosk = tablet
        return key
    }

    private fun copy(from: Path, to: Path) = Files.walk(from).use { files ->
        for (file in files) {
            val copy = to.resolve(from.relativize(file).toString())
            if (Files.isDirectory(file)) Files.createDirectories(copy) else Files.copy(file, copy)
        }
    }

    private companion object {
        val NOVEMBER: Ledger = Ledger.OfMonth(2026u, 11u)
    }
}
