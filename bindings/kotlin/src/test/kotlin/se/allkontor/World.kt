package se.allkontor

import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.io.path.createDirectories
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows

internal val ZONE: ZoneId = ZoneId.of("Europe/Stockholm")
internal val TUESDAY: LocalDate = LocalDate.of(2026, 11, 24)

/** What the founder printed and put into a safe. */
internal val RECOVERY: ByteArray = ByteArray(32) { 9 }

/** A time of that Tuesday, or days later. */
internal fun at(hour: Int, minute: Int = 0, days: Long = 0): LocalDateTime =
    TUESDAY.plusDays(days).atTime(hour, minute)

/** One room for an hour. */
internal fun room(hour: Int, unit: UInt = 1u, days: Long = 0): Wanted =
    wantedUnit(unit, at(hour, days = days) until at(hour + 1, days = days))

internal val CATALOGUE: ByteArray = """
    {
      "profile": {
        "name": {"sv": "Kontoret", "en": "The office"},
        "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"},
        "languages": ["sv", "en"], "zone": "Europe/Stockholm", "operator": "library",
        "duration": {"kind": "permanent"}
      },
      "hours": {"weekly": {${
    listOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        .joinToString { """"$it": {"open": ["08:00-22:00"], "staffed": ["10:00-16:00"]}""" }
}}},
      "features": {
        "1": {"key": "hearing_loop", "name": {"sv": "hörslinga", "en": "hearing loop"}, "accessibility": true},
        "2": {"key": "lift", "name": {"sv": "hiss", "en": "lift"}, "accessibility": true}
      },
      "premises": [2],
      "classes": {
        "1": {"name": {"sv": "Rum", "en": "Room"}, "kind": "room", "rules": {"max_minutes": 240}},
        "2": {"name": {"sv": "Skrivbord", "en": "Desk"}, "kind": "desk"}
      },
      "units": {
        "1": {"name": {"sv": "Rum 1", "en": "Room 1"}, "class": 1},
        "2": {"name": {"sv": "Rum 2", "en": "Room 2"}, "class": 1, "features": [1]},
        "3": {"name": {"sv": "Bord 3", "en": "Desk 3"}, "class": 2}
      }
    }
""".trimIndent().toByteArray()

/** An office whose kiosk is open, and a clock that the test sets. */
internal class World(private val folder: Path) : AutoCloseable {
    var time: LocalDateTime = at(8)
    val devices = mutableListOf<Device>()
    lateinit var kiosk: Device

    val clock: Clock = object : Clock() {
        override fun getZone(): ZoneId = ZoneOffset.UTC

        override fun withZone(zone: ZoneId): Clock = this

        override fun instant(): Instant = time.atZone(ZONE).toInstant()
    }

    fun place(name: String): Path = folder.resolve(name).createDirectories()

    suspend fun found() {
        val (seed, salt) = ByteArray(32) { 1 } to ByteArray(32) { 7 }
        kiosk = Device.found(place("kiosk"), CATALOGUE, RECOVERY, deviceSeed = seed, salt = salt, clock = clock)
            .also(devices::add)
    }

    /** A phone that has scanned the invitation, and met the kiosk unless told otherwise. */
    suspend fun phone(name: String, met: Boolean = true): Device {
        val seed = ByteArray(32) { name[it % name.length].code.toByte() }
        val phone = Device.join(place(name), kiosk.invitation(), seed, clock).also(devices::add)
        if (met) repeat(2) { meet(phone) }
        return phone
    }

    /** A tablet that the kiosk has certified for the staff. */
    suspend fun staff(): Device {
        val tablet = phone("tablet")
        kiosk.certify(kiosk.scanEnrolment(tablet.enrolment()), Role.Staff)
        meetAll(tablet)
        return tablet
    }

    suspend fun reopen(name: String): Device = Device.open(place(name), clock).also(devices::add)

    /** One whole conversation with the kiosk, or with another device. */
    suspend fun meet(phone: Device, host: Device = kiosk) {
        val there = host.accept()
        val opened = phone.connect()
        var outgoing = opened.messages
        while (outgoing.isNotEmpty()) {
            val answers = outgoing.flatMap { host.receive(there, it) }
            outgoing = answers.flatMap { phone.receive(opened.connection, it) }
        }
        phone.disconnect(opened.connection)
        host.disconnect(there)
    }

    suspend fun meetAll(vararg phones: Device) = repeat(2) { phones.forEach { meet(it) } }

    suspend fun assertAgreed(vararg phones: Device) =
        phones.forEach { assertEquals(kiosk.digest(), it.digest()) }

    override fun close() = devices.forEach(Device::close)
}

/** A test in an open office, within a time that no machine needs. */
internal fun inOffice(folder: Path, within: Duration = 300.seconds, test: suspend World.() -> Unit) = runBlocking {
    withTimeout(within) {
        World(folder).use { world ->
            world.found()
            world.test()
        }
    }
}

internal suspend fun Device.only(): Booking = agenda().single()

internal inline fun <reified E : AllkontorException> refuses(crossinline call: suspend () -> Unit): E =
    assertThrows(E::class.java) { runBlocking { call() } }
