package se.allkontor

import java.net.Socket
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Flows that the doorbell feeds, and meeting over sockets. */
internal class WatchingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `an agenda follows what happens`() = inOffice(folder) {
        val phone = phone("anna")
        coroutineScope {
            val confirmed = async { phone.watchAgenda().first { it.singleOrNull()?.stage is Stage.Confirmed } }
            val day = async { phone.watchDay(TUESDAY).first { it.isNotEmpty() } }
            phone.book(room(10))
            assertEquals(EntryKind.Expected, day.await().single().kind)
            meetAll(phone)
            assertEquals(Delivery.RECEIVED, confirmed.await().single().status.delivery)
        }
        assertEquals(0u, phone.syncState.first { it.undelivered == 0u }.undelivered)
    }

    @Test
    fun `flows end when the device closes`() = inOffice(folder) {
        val phone = phone("anna")
        coroutineScope {
            val seen = async { phone.watchAgenda().toList() }
            phone.watchAgenda().first()
            phone.close()
            assert(seen.await().size <= 1)
        }
    }

    @Test
    fun `a day is told of its own changes only and a slow reader gets the newest`() = inOffice(folder, within = 60.seconds) {
        val phone = phone("anna")
        coroutineScope {
            // Whoever collects waits until somebody asks.
            val (days, agendas) = Channel<List<DayEntry>>(Channel.RENDEZVOUS) to Channel<List<Booking>>(Channel.RENDEZVOUS)
            val watching = launch {
                launch { phone.watchDay(TUESDAY).collect(days::send) }
                launch { phone.watchAgenda().collect(agendas::send) }
            }
            assertEquals(emptyList<DayEntry>(), days.receive())
            assertEquals(emptyList<Booking>(), agendas.receive())
            phone.book(room(10, days = 1))
            phone.book(room(12))
            assertEquals(listOf(at(12)), days.receive().map { it.interval.start })
            for (hour in 13 until 18) phone.book(room(hour))
            // Of seven: one that was in hand, the newest, and one that was being read.
            var asked = 1
            while (agendas.receive().size < 7) asked++
            assertTrue(asked <= 3, "$asked")
            watching.cancelAndJoin()
        }
    }

    @Test
    fun `changes that a slow reader misses come together`() = inOffice(folder, within = 60.seconds) {
        val phone = phone("anna")
        coroutineScope {
            val heard = Channel<ChangesSince>(Channel.RENDEZVOUS)
            val listening = launch { phone.changes().collect(heard::send) }
            phone.bell.subscriptionCount.first { it > 0 }
            for (hour in 9 until 14) phone.book(room(hour))
            val bookings = mutableSetOf<BookingId>()
            while (bookings.size < 5) bookings += heard.receive().bookings
            listening.cancelAndJoin()
        }
    }

    @Test
    fun `what cannot be read is read again at the next ring`() = inOffice(folder, within = 60.seconds) {
        val phone = phone("anna")
        val (place, away) = place("anna") to folder.resolve("away")
        phone.suspend()
        Files.move(place, away)
        coroutineScope {
            val undelivered = async { phone.syncState.first { it.undelivered == 1u } }
            val agenda = async { phone.watchAgenda().first { it.size == 1 } }
            phone.bell.subscriptionCount.first { it == 2 }
            assertEquals("no_folder", refuses<AllkontorException.Argument> { phone.agenda() }.code)
            Files.move(away, place)
            phone.book(room(10))
            assertEquals(1, agenda.await().size)
            undelivered.await()
        }
    }

    @Test
    fun `devices meet over sockets, and who stays hears of it`() = inOffice(folder) {
        val (anna, bo) = listOf("anna", "bo").map { phone(it, met = false) }
        coroutineScope {
            kiosk.listen(this).use { listening ->
                for (phone in listOf(anna, bo)) {
                    phone.dial("127.0.0.1", listening.port)
                    phone.book(room(10))
                }
                val staying = launch { anna.dial("127.0.0.1", listening.port, stay = true) }
                anna.watchAgenda().first { it.singleOrNull()?.stage is Stage.Confirmed }
                bo.dial("127.0.0.1", listening.port)
                staying.cancelAndJoin()
                repeat(2) { for (phone in listOf(anna, bo)) phone.dial("127.0.0.1", listening.port) }
            }
        }
        assertAgreed(anna, bo)
    }

    @Test
    fun `a stranger on the line harms nobody`() = inOffice(folder) {
        val phone = phone("anna")
        coroutineScope {
            kiosk.listen(this).use { listening ->
                val lines = listOf("", "GET / HTTP/1.1\r\n\r\n", "\u0000\u0000\u0000\u0005hello", "\u00ff\u00ff\u00ff\u00ff")
                for (line in lines) {
                    withContext(Dispatchers.IO) {
                        Socket("127.0.0.1", listening.port).use {
                            it.getOutputStream().write(line.toByteArray(Charsets.ISO_8859_1))
                            it.shutdownOutput()
                            it.getInputStream().readAllBytes()
                        }
                    }
                }
                phone.book(room(10))
                repeat(2) { phone.dial("127.0.0.1", listening.port) }
            }
        }
        assertInstanceOf(Stage.Confirmed::class.java, phone.only().stage)
    }
}
