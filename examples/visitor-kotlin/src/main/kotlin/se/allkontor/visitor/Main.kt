package se.allkontor.visitor

import java.nio.file.Path
import java.time.Clock
import java.time.DateTimeException
import java.time.LocalDateTime
import java.time.OffsetDateTime
import java.time.ZoneOffset
import kotlin.io.path.createDirectories
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import se.allkontor.AllkontorException
import se.allkontor.ChangeOutcome
import se.allkontor.DateOutcome
import se.allkontor.Device
import se.allkontor.agenda
import se.allkontor.arrive
import se.allkontor.book
import se.allkontor.bookSeries
import se.allkontor.cancel
import se.allkontor.code
import se.allkontor.dial
import se.allkontor.digest
import se.allkontor.explain
import se.allkontor.exportFile
import se.allkontor.importFile
import se.allkontor.move
import se.allkontor.text
import se.allkontor.until
import se.allkontor.wantedUnit
import se.allkontor.words

private val USAGE = """
    A visitor's app on the command line.

      visitor join FOLDER INVITATION            an office's invitation, in hexadecimal
      visitor book FOLDER UNIT START END        2026-11-24T10:00, what the office's wall clock shows
      visitor move FOLDER BOOKING UNIT START END
      visitor cancel FOLDER BOOKING
      visitor arrive FOLDER BOOKING
      visitor agenda FOLDER                     every booking, how it stands and why
      visitor meet FOLDER HOST PORT             a kiosk or another phone
      visitor export FOLDER FILE
      visitor import FOLDER FILE
      visitor digest FOLDER

    --again RRULE       books that time again and again: "FREQ=WEEKLY;COUNT=4"
    --language sv|en    in which to answer; Swedish unless told
    --at TIME           take this to be the time, with its offset: 2026-11-24T08:00+01:00
""".trimIndent()

/** What the command line says. */
private class Arguments(line: Array<String>) {
    private val options = mutableMapOf<String, String>()
    private val words = mutableListOf<String>()

    init {
        val left = line.toMutableList()
        while (left.isNotEmpty()) {
            val word = left.removeFirst()
            when {
                !word.startsWith("--") -> words += word
                word !in setOf("--again", "--language", "--at") -> throw Misused("no option $word")
                else -> options[word] = left.removeFirstOrNull() ?: throw Misused("$word wants a value")
            }
        }
    }

    val verb: String = words.removeFirstOrNull() ?: throw Misused("no verb")
    val again: String? = options["--again"]
    val language: String = options["--language"] ?: "sv"
    val clock: Clock = options["--at"]?.let { text ->
        Clock.fixed(parsed(text, "a time like 2026-11-24T08:00+01:00", OffsetDateTime::parse).toInstant(), ZoneOffset.UTC)
    } ?: Clock.systemUTC()

    fun next(what: String): String = words.removeFirstOrNull() ?: throw Misused("$verb wants $what")

    fun <T : Any> next(what: String, read: (String) -> T?): T = parsed(next(what), what, read)

    fun path(): Path = Path.of(next("a folder"))

    fun interval() = next("a start like 2026-11-24T10:00", LocalDateTime::parse) until
        next("an end like 2026-11-24T11:00", LocalDateTime::parse)

    fun end() = words.firstOrNull()?.let { throw Misused("$verb wants no $it") }

    private fun <T : Any> parsed(text: String, what: String, read: (String) -> T?): T = try {
        read(text)
    } catch (_: DateTimeException) {
        null
    } ?: throw Misused("$text is not $what")
}

private class Misused(message: String) : Exception(message)

private suspend fun carryOut(arguments: Arguments) {
    val folder = arguments.path()
    if (arguments.verb == "join") {
        val invitation = arguments.next("an invitation in hexadecimal", ::hexadecimal)
        arguments.end()
        Device.join(folder.createDirectories(), invitation, clock = arguments.clock).close()
        return
    }
    Device.open(folder, arguments.clock).use { phone ->
        when (arguments.verb) {
            "book" -> book(phone, arguments)
            "move" -> move(phone, arguments)
            "cancel" -> phone.cancel(arguments.next("a booking's number", String::toULongOrNull))
            "arrive" -> phone.arrive(arguments.next("a booking's number", String::toULongOrNull))
            "agenda" -> agenda(phone, arguments.language)
            "meet" -> phone.dial(arguments.next("a host"), arguments.next("a port", String::toIntOrNull))
            "export" -> Path.of(arguments.next("a file")).writeBytes(phone.exportFile())
            "import" -> phone.importFile(Path.of(arguments.next("a file")).readBytes())
            "digest" -> println(phone.digest())
            else -> throw Misused("no verb ${arguments.verb}")
        }
        arguments.end()
    }
}

private suspend fun book(phone: Device, arguments: Arguments) {
    val wanted = wantedUnit(arguments.next("a unit's number", String::toUIntOrNull), arguments.interval())
    for (date in arguments.again?.let { phone.bookSeries(wanted, it).dates } ?: phone.book(wanted)) {
        when (date) {
            is DateOutcome.Requested -> println("booking ${date.booking}")
            is DateOutcome.Refused -> {
                val words = phone.words(arguments.language)
                words.use {
                    println(it.rule(date.refusal.rule))
                    for (near in date.refusal.nearest) println("  ${it.span(near)}")
                }
            }
        }
    }
}

private suspend fun move(phone: Device, arguments: Arguments) {
    val booking = arguments.next("a booking's number", String::toULongOrNull)
    val wanted = wantedUnit(arguments.next("a unit's number", String::toUIntOrNull), arguments.interval())
    val outcome = phone.move(booking, wanted)
    if (outcome is ChangeOutcome.Refused) println(phone.words(arguments.language).use { it.rule(outcome.rule) })
}

private suspend fun agenda(phone: Device, language: String) = phone.words(language).use { words ->
    for (booking in phone.agenda()) {
        println("booking ${booking.id}: ${words.status(booking.status)}")
        phone.explain(booking.id)?.let { why -> words.explanation(why).drop(1).forEach { println("  $it") } }
    }
}

private fun hexadecimal(text: String): ByteArray? {
    if (text.length % 2 != 0) return null
    return text.chunked(2).map { it.toIntOrNull(16)?.toByte() ?: return null }.toByteArray()
}

fun main(line: Array<String>) {
    var language = "sv"
    try {
        val arguments = Arguments(line).also { language = it.language }
        runBlocking { carryOut(arguments) }
    } catch (misused: Misused) {
        System.err.println("${misused.message}\n\n$USAGE")
        exitProcess(2)
    } catch (error: AllkontorException) {
        System.err.println("${error.text(language)} (${error.code})")
        exitProcess(1)
    } catch (error: java.io.IOException) {
        System.err.println(error.message)
        exitProcess(1)
    }
}
