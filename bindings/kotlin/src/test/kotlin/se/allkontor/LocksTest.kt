package se.allkontor

import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.ZoneOffset
import java.util.Base64
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Codes of lockers, from Kotlin: for whoever rents them, and nobody else. */
internal class LocksTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun test_l1_a_code_is_read_by_its_renter_and_changed_when_the_lock_was_forced() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        val made = assertInstanceOf(DateOutcome.Requested::class.java, anna.rent(LOCKER, at(8)).single())
        meetAll(anna)
        val key = kiosk.deskRentals().single().key
        assertEquals("bad_code", refuses<AllkontorException.Argument> { kiosk.issueCode(key, 41u, "") }.code)
        kiosk.issueCode(key, 41u, "4711")
        meetAll(anna, bo)
        val own = anna.codes().single()
        assertEquals(OwnLockCode(made.booking, LockCode(41u, "4711", 1u, at(8), false)), own)
        assertEquals("Skåp 41: koden är 4711.", anna.words("sv").use { it.lockCode(own.code) })
        assertEquals(emptyList<OwnLockCode>(), bo.codes())
        time = at(9)
        kiosk.openUnit(41u, Cause.Lost)
        assertEquals(listOf(CodeDue(41u, CodeDueBy.OPENED, key)), kiosk.codesDue())
        kiosk.issueCode(key, 41u, "0815")
        assertEquals(emptyList<CodeDue>(), kiosk.codesDue())
        meetAll(anna)
        assertEquals("0815", anna.codes().single().code.code)
        anna.cancel(made.booking)
        meetAll(anna)
        assertEquals(listOf(CodeDue(41u, CodeDueBy.ENDED, null)), kiosk.codesDue())
        assertAgreed(anna)
    }

    @Test
    fun test_l1_whoever_holds_a_slip_has_the_code_read_out_by_staff() = inOffice(folder) {
        kiosk.publish(WHOLE)
        val rented = kiosk.rentAtDesk(LOCKER, at(8)).single()
        val made = assertInstanceOf(WalkInOutcome.Requested::class.java, rented)
        kiosk.issueCode(made.booking, 41u, "4711")
        val code = made.slip.code
        assertEquals("staff_only", refuses<AllkontorException.Refused> { kiosk.slipCodes(code) }.code)
        val tablet = staff()
        assertEquals(listOf("4711"), tablet.slipCodes(code).map { it.code })
    }

    @Test
    fun test_l1_a_sealed_code_is_read_as_recorded() = runBlocking {
        val locks = Json.parseToJsonElement(Path.of("../../tests/vectors/bindings/locks.json").readText()).jsonObject
        val text = { name: String -> locks.getValue(name).jsonPrimitive.content }
        val bytes = { name: String -> Base64.getDecoder().decode(text(name)) }
        val clock = Clock.fixed(Instant.ofEpochSecond(locks.getValue("now").jsonPrimitive.long), ZoneOffset.UTC)
        for ((who, expected) in listOf("renter" to locks.getValue("codes").jsonArray, "stranger" to JsonArray(emptyList()))) {
            val place = folder.resolve(who).createDirectories()
            Device.join(place, text("office"), bytes(who), clock).use { device ->
                device.importFile(bytes("file"))
                val own = device.codes().map { it.code }
                assertEquals(expected.size, own.size, who)
                for ((told, code) in expected.map { it.jsonObject }.zip(own)) {
                    assertEquals(told.getValue("unit").jsonPrimitive.int, code.unit.toInt())
                    assertEquals(told.getValue("code").jsonPrimitive.content, code.code)
                    assertEquals(told.getValue("generation").jsonPrimitive.int, code.generation.toInt())
                    for ((language, said) in told.getValue("text").jsonObject) {
                        assertEquals(said.jsonPrimitive.content, device.words(language).use { it.lockCode(code) })
                    }
                }
            }
        }
    }
}
