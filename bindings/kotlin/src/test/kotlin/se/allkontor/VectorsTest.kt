package se.allkontor

import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.util.Base64
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir

/** The files that every language runs: `tests/vectors/bindings/README.md`. */
internal class VectorsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `texts`() {
        val texts = held("texts.json")
        assertEquals(texts["languages"].strings(), languages())
        assertEquals(texts["errors"].each().map { (code, _) -> code }, errorCodes().sorted())
        val causes = CAUSES.associateBy(::word)
        for (language in languages()) Words.plain(language).use { words ->
            for ((code, said) in texts["errors"].each()) assertEquals(said.text(language), words.error(code))
            for ((name, said) in texts["causes"].each()) {
                assertEquals(said.text(language), words.cause(causes.getValue(name)), name)
            }
            for (span in texts["spans"].list()) {
                assertEquals(span.jsonObject["text"]!!.text(language), words.span(span.jsonObject.interval()))
            }
        }
    }

    @TestFactory
    fun `histories`(): List<DynamicTest> {
        val histories = held("histories.json")["histories"].list()
        return histories.mapIndexed { n, vector ->
            dynamicTest(vector.text("shows")) { runBlocking { Run(vector.jsonObject, folder.resolve("device-$n")).all() } }
        }
    }

    @Test
    fun `codes`() = runBlocking {
        val codes = held("codes.json")
        for (payload in codes["payloads"].list()) {
            assertEquals(payload.text("kind"), word(readCode(payload.bytes("bytes"))))
        }
        newcomer(folder.resolve("device"), codes.text("office"), Instant.EPOCH).use { device ->
            val doors: Map<String, suspend (ByteArray) -> Unit> = mapOf(
                "import_file" to { device.importFile(it) },
                "scan_card" to { device.scanCard(it) },
                "scan_enrolment" to { device.scanEnrolment(it) },
                "verify_certificate" to { device.verifyCertificate(it) },
                "read_code" to { readCode(it) },
            )
            for (bad in codes["bad"].list()) {
                val refused = refuses<AllkontorException> { doors.getValue(bad.text("door"))(bad.bytes("bytes")) }
                assertEquals(bad.text("code"), refused.code)
            }
        }
    }

    @Test
    fun `an incident`() = runBlocking {
        val incident = held("incident.json")
        val now = Instant.ofEpochSecond(incident.getValue("now").jsonPrimitive.long)
        newcomer(folder.resolve("device"), incident.text("office"), now).use { device ->
            device.importFile(incident.bytes("file"))
            assertEquals(emptyList<Alarm>(), device.alarms())
            device.importFile(incident.bytes("bad"))
            val alarm = device.alarms().single() as Alarm.SomethingRefused
            assertEquals(incident.text("signer"), alarm.signer)
            for ((language, text) in incident["text"].each()) {
                assertEquals(text.jsonPrimitive.content, device.words(language).use { it.alarm(alarm) })
            }
            assertEquals(incident.text("digest"), device.digest())
            assertTrue(device.dismiss(alarm))
            assertEquals(emptyList<Alarm>(), device.alarms())
            assertFalse(device.dismiss(alarm))
        }
    }
}

/** One history, on a device that knows nothing but what the files say. */
private class Run(private val vector: JsonObject, private val place: Path) {
    suspend fun all() {
        val now = Instant.ofEpochSecond(vector.getValue("now").jsonPrimitive.long)
        newcomer(place, vector.text("office"), now).use { device ->
            for (file in vector["files"].strings()) device.importFile(Base64.getDecoder().decode(file))
            assertEquals(vector.text("digest"), device.digest())
            for ((language, name) in vector["name"].each()) {
                assertEquals(name.jsonPrimitive.content, device.office(language)!!.name)
            }
            for (day in vector["days"].list()) day(device, day.jsonObject)
            bookings(device)
            for (ask in vector["asks"].list()) ask(device, ask.jsonObject)
        }
    }

    private suspend fun day(device: Device, expected: JsonObject) {
        val on = LocalDate.parse(expected.text("day"))
        val taken = device.day(on).map { entry ->
            buildJsonObject {
                put("unit", entry.unit.toInt())
                put("start", entry.interval.start.shown)
                put("end", entry.interval.end.shown)
                put("kind", word(entry.kind))
            }
        }
        assertEquals(expected["taken"], JsonArray(taken))
        val open = device.hours(on, 1u, "en")!!.single().open.map { listOf(it.start.shown, it.end.shown) }
        assertEquals(expected["open"].list().map { it.strings() }, open)
    }

    private suspend fun bookings(device: Device) {
        val months = vector["days"].list().map { LocalDate.parse(it.text("day")) }
            .map { Ledger.OfMonth(it.year.toUShort(), it.monthValue.toUByte()) }.toSet()
        val filed = months.flatMap { device.deskBookings(it) }.associateBy(DeskBooking::key)
        val expected = vector["bookings"].list()
        assertEquals(expected.size, filed.size)
        for (booking in expected) {
            val key = BookingKey(booking.text("ticket"), booking.jsonObject.getValue("slot").jsonPrimitive.int.toUByte())
            val stage = filed.getValue(key).status.stage
            assertEquals(booking.text("stage"), word(stage))
            assertEquals(booking.jsonObject["units"].list().map { it.jsonPrimitive.int.toUInt() }, stage.holds.map(Hold::unit))
            val why = device.explainAtDesk(key)!!
            for ((language, lines) in booking.jsonObject["why"].each()) {
                assertEquals(lines.strings(), device.words(language).use { it.explanation(why) })
            }
        }
    }

    private suspend fun ask(device: Device, ask: JsonObject) {
        val unit = ask.getValue("unit").jsonPrimitive.int.toUInt()
        val made = device.book(Wanted(What.ExactlyUnit(unit), listOf(ask.interval()))).single()
        val refusal = (made as? DateOutcome.Refused)?.refusal
        val expected = ask.getValue("refused").takeIf { it != JsonNull }?.jsonPrimitive?.int
        assertEquals(expected, refusal?.number?.toInt())
        for ((language, text) in ask["text"].each()) {
            assertEquals(text.jsonPrimitive.content, device.words(language).use { it.rule(refusal!!.rule) })
        }
    }
}

private val CAUSES = listOf(
    Cause.Cancelled, Cause.Closed, Cause.Ended, Cause.Limit, Cause.Lost, Cause.Moved, Cause.NoShow, Cause.Override,
    Cause.Present, Cause.Rules, Cause.Staff, Cause.Uses,
)

private suspend fun newcomer(place: Path, office: OfficeId, now: Instant): Device =
    Device.join(place.createDirectories(), office, clock = Clock.fixed(now, ZoneOffset.UTC))

private fun held(name: String): JsonObject =
    Json.parseToJsonElement(Path.of("../../tests/vectors/bindings", name).readText()).jsonObject

/** The word for a variant. */
private fun word(variant: Any): String =
    variant.javaClass.simpleName.replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").lowercase()

private val LocalDateTime.shown: String
    get() = format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm"))

private fun JsonElement?.list(): List<JsonElement> = this!!.jsonArray

private fun JsonElement?.strings(): List<String> = list().map { it.jsonPrimitive.content }

private fun JsonElement?.each(): Set<Map.Entry<String, JsonElement>> = this!!.jsonObject.entries

private fun JsonElement.text(name: String): String = jsonObject.getValue(name).jsonPrimitive.content

private fun JsonElement.bytes(name: String): ByteArray = Base64.getDecoder().decode(text(name))

private fun JsonObject.interval(): Interval =
    LocalDateTime.parse(text("start")) until LocalDateTime.parse(text("end"))
