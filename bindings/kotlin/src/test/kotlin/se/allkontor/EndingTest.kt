package se.allkontor

import java.io.IOException
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.readText
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledOnOs
import org.junit.jupiter.api.condition.OS
import org.junit.jupiter.api.io.TempDir

/** Cancelled, suspended, closed or forgotten: nothing is lost and nothing is left. */
internal class EndingTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a cancelled call loses nothing`() = inOffice(folder) {
        val phone = phone("anna")
        for (hour in 8 until 20) {
            val answered = coroutineScope {
                val job = async { phone.book(room(hour)) }
                // Cancelled before it begins, in its middle, or when it is done: at whatever point this gets to.
                delay((500 * (hour - 8)).microseconds)
                job.cancel()
                runCatching { job.await() }.isSuccess
            }
            val there = phone.agenda().count { it.wanted.first().interval.start == at(hour) }
            assertTrue(there == 1 || (there == 0 && !answered), "at $hour: $there, answered: $answered")
        }
        val before = phone.agenda()
        phone.close()
        val again = reopen("anna")
        assertEquals(before, again.agenda())
        meetAll(again)
        assertAgreed(again)
    }

    @Test
    fun `a cancelled watch stops looking and loses nothing`() = inOffice(folder) {
        val phone = phone("anna")
        val seen = AtomicInteger()
        coroutineScope {
            val watching = launch(Dispatchers.Default) { phone.watchAgenda().collect { seen.set(it.size) } }
            phone.book(room(9))
            until { seen.get() == 1 }
            watching.cancelAndJoin()
        }
        assertEquals(0, phone.bell.subscriptionCount.value)
        phone.book(room(11))
        assertEquals(1, seen.get())
        assertEquals(2, phone.watchAgenda().first().size)
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    fun `opening that is cancelled leaves nothing open`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        phone.close()
        for (turn in 0 until 20) coroutineScope {
            val opening = async { reopen("anna") }
            delay((200 * turn).microseconds)
            opening.cancelAndJoin()
        }
        for (device in devices) device.close()
        until { openFiles(place("anna")).isEmpty() }
        assertEquals(1, reopen("anna").agenda().size)
    }

    @Test
    fun `a cancelled conversation hangs up at once, whoever it is with`() = inOffice(folder) {
        val phone = phone("anna")
        // Somebody who answers the call and says nothing.
        ServerSocket(0).use { silent ->
            coroutineScope {
                val talking = launch(Dispatchers.Default) { phone.dial("127.0.0.1", silent.localPort) }
                phone.syncState.first { it.connections.isNotEmpty() }
                talking.cancelAndJoin()
            }
        }
        phone.syncState.first { it.connections.isEmpty() }
        // A listener whose scope is cancelled answers nobody, though a thread waits for calls.
        val port = CompletableDeferred<Int>()
        coroutineScope {
            val office = launch(Dispatchers.Default) { port.complete(kiosk.listen(this).port) }
            phone.dial("127.0.0.1", port.await())
            office.cancelAndJoin()
        }
        assertTrue(runCatching { phone.dial("127.0.0.1", port.await()) }.exceptionOrNull() is IOException)
    }

    @Test
    fun `a conversation that is cancelled ends in cancellation, at whatever instant`() = inOffice(folder) {
        val phone = phone("anna")
        val times = 300
        ServerSocket(0, times).use { silent ->
            for (turn in 0 until times) coroutineScope {
                val talking = launch(Dispatchers.Default) { phone.dial("127.0.0.1", silent.localPort) }
                phone.syncState.first { it.connections.isNotEmpty() }
                delay((turn % 30 * 10).microseconds)
                talking.cancelAndJoin()
            }
        }
    }

    @Test
    fun `closing while calls wait ends each in one of two ways`() = inOffice(folder) {
        val phone = phone("anna")
        val answered = coroutineScope {
            val calls = List(12) { n -> async(Dispatchers.Default) { runCatching { phone.book(room(8 + n)) } } }
            delay(3.milliseconds)
            phone.close()
            calls.map { it.await() }
        }
        for (failure in answered.mapNotNull { it.exceptionOrNull() }) {
            assertTrue(failure is AllkontorException.Closed, failure.toString())
        }
        assertTrue(reopen("anna").agenda().size >= answered.count { it.isSuccess })
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    fun `suspending leaves no file and no thread`() = inOffice(folder) {
        val phone = phone("anna")
        phone.book(room(10))
        assertTrue(openFiles(place("anna")).isNotEmpty())
        phone.suspend()
        kiosk.suspend()
        assertEquals(emptyList<String>(), openFiles(place("anna")))
        // A native thread has the name of the one that started it: all of that name are the dispatcher's own.
        until { nativeThreads().count { it.startsWith(WORKER) } == javaThreads().count { it.startsWith(WORKER) } }
        assertEquals(emptyList<String>(), nativeThreads().filter { "allkontor" in it })
        assertEquals(1, phone.agenda().size)
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    fun `a device that is forgotten lets go when it is garbage`() = inOffice(folder) {
        phone("anna").book(room(10))
        devices.removeLast().close()
        forget(place("anna"))
        until {
            System.gc()
            openFiles(place("anna")).isEmpty()
        }
        assertEquals(1, reopen("anna").agenda().size)
    }

    private suspend fun World.forget(place: Path) {
        val phone = Device.open(place, clock)
        phone.watchAgenda().first()
        phone.syncState.first()
        assertTrue(openFiles(place).isNotEmpty())
    }

    /** `ALLKONTOR_OPENS=10000` for the long run; it takes some minutes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    fun `memory does not grow with opening and closing`() = inOffice(folder, within = 1.hours) {
        val times = System.getenv("ALLKONTOR_OPENS")?.toInt() ?: 600
        phone("anna").book(room(10))
        devices.removeLast().close()
        var first = 0L
        for (turn in 1..times) {
            Device.open(place("anna"), clock).use { assertEquals(1, it.agenda().size) }
            if (turn == times / 10) first = resident()
        }
        val last = resident()
        val told = "$last pages in use after $times opens and closes, $first after a tenth of them"
        println(told)
        assertTrue(last <= 1.1 * first, told)
    }

    private suspend fun until(holds: suspend () -> Boolean) {
        while (!holds()) delay(2.milliseconds)
    }

    /** Pages of memory in use. */
    private fun resident(): Long {
        System.gc()
        return Path.of("/proc/self/statm").readText().split(' ')[1].toLong()
    }

    private fun openFiles(place: Path): List<String> = Files.list(Path.of("/proc/self/fd")).use { links ->
        links.toList().mapNotNull { runCatching { Files.readSymbolicLink(it).toString() }.getOrNull() }
    }.filter { it.startsWith(place.toRealPath().toString()) }

    private fun nativeThreads(): List<String> = Files.list(Path.of("/proc/self/task")).use { tasks ->
        tasks.toList().mapNotNull { runCatching { it.resolve("comm").readText().trim() }.getOrNull() }
    }

    private fun javaThreads(): Set<String> = Thread.getAllStackTraces().keys.map(Thread::getName).toSet()

    private companion object {
        /** What Linux keeps of the names of the dispatcher's threads: 15 letters. */
        const val WORKER = "DefaultDispatch"
    }
}
