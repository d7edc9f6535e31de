package se.allkontor

import java.io.Closeable
import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.Socket
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withContext

/**
 * Meets the device that listens there: exchanges what either side lacks, then hangs up; with [stay], until cancelled.
 *
 * Every device of an office speaks this, whatever language its app is written in: `bindings/docs/streams.md`.
 * Cancelling loses nothing: what was taken in is stored, the rest comes next time. Fails with an [IOException] when
 * nobody can be reached there.
 */
public suspend fun Device.dial(host: String, port: Int, stay: Boolean = false) {
    val socket = Socket()
    closing(socket) {
        blocking { socket.connect(InetSocketAddress(host, port), CONNECT_MILLIS) }
        converse(socket, opener = true, stay = stay)
    }
}

/** A device that listens for others. Close it, or cancel the scope it was started in, to stop. */
public class Listening internal constructor(private val server: ServerSocket, private val job: Job) : AutoCloseable {
    /** Where it listens. */
    public val port: Int
        get() = server.localPort

    /** Stops listening, and ends the conversations that go on. */
    override fun close() {
        server.close()
        job.cancel()
    }
}

/** Meets whoever calls, in [scope], until closed; on a free port unless one is named. */
public suspend fun Device.listen(
    scope: CoroutineScope,
    address: InetAddress = InetAddress.getLoopbackAddress(),
    port: Int = 0,
): Listening {
    val server = withContext(Dispatchers.IO) { ServerSocket(port, BACKLOG, address) }
    // Begun before this answers: a scope that is cancelled at once closes the server all the same.
    val job = scope.launch(start = CoroutineStart.UNDISPATCHED) {
        closing(server) {
            while (true) {
                val socket = try {
                    blocking { server.accept() }
                } catch (_: IOException) {
                    break
                }
                launch(start = CoroutineStart.UNDISPATCHED) { answer(socket) }
            }
        }
    }
    return Listening(server, job)
}

/** Whatever a stranger sends is the stranger's affair. */
private suspend fun Device.answer(socket: Socket) {
    try {
        closing(socket) { converse(socket, opener = false, stay = true) }
    } catch (_: IOException) {
    } catch (_: AllkontorException) {
    }
}

private suspend fun Device.converse(socket: Socket, opener: Boolean, stay: Boolean) = coroutineScope {
    val input = DataInputStream(socket.getInputStream().buffered())
    val output = DataOutputStream(socket.getOutputStream().buffered())
    // Not cancelled between the engine's answer and the `try` that ends the connection.
    val opened = withContext(NonCancellable) {
        if (opener) connect() else Opened(accept(), emptyList())
    }
    val incoming = Channel<ByteArray>(AHEAD)
    launch { read(input, incoming) }
    val rung = Channel<ULong>(Channel.CONFLATED)
    val ringing = launch { bell.collect(rung::send) }
    try {
        Talk(this@converse, opened.connection, output, stay).hold(opened.messages, incoming, rung)
    } finally {
        ringing.cancel()
        // What reads waits on the socket, not on us.
        socket.close()
        withContext(NonCancellable) {
            try {
                disconnect(opened.connection)
            } catch (_: AllkontorException) {
                // A connection that failed is gone already, and so is one of a device that was closed.
            }
        }
    }
}

/** One conversation. An empty message asks "anything more?", and answers "no more" after whatever there is. */
private class Talk(
    private val device: Device,
    private val connection: ULong,
    private val output: DataOutputStream,
    private val stay: Boolean,
) {
    private var spoke = false

    /** Until the stream ends; unless it stays, until a question found that neither had anything to say. */
    suspend fun hold(first: List<ByteArray>, incoming: ReceiveChannel<ByteArray>, rung: ReceiveChannel<ULong>) {
        say(first)
        if (!stay) ask()
        while (true) {
            val message = select {
                incoming.onReceiveCatching { it.getOrNull() ?: HUNG_UP }
                rung.onReceiveCatching { if (it.getOrNull() == Device.OVER) HUNG_UP else null }
            }
            when {
                message === HUNG_UP -> return
                message == null -> say(device.poll(connection))
                message.isNotEmpty() -> {
                    spoke = true
                    say(device.receive(connection, message))
                }
                stay -> {
                    say(device.poll(connection))
                    write(output, listOf(EMPTY))
                }
                spoke -> ask()
                else -> return
            }
        }
    }

    private suspend fun say(messages: List<ByteArray>) {
        spoke = spoke || messages.isNotEmpty()
        write(output, messages)
    }

    private suspend fun ask() {
        spoke = false
        write(output, listOf(EMPTY))
    }
}

/** Messages as they come, until the stream ends or what comes is not ours. */
private suspend fun read(input: DataInputStream, incoming: Channel<ByteArray>) {
    val most = maxMessageBytes()
    try {
        while (true) {
            val message = blocking {
                val length = input.readInt().toUInt()
                if (length > most) null else ByteArray(length.toInt()).also(input::readFully)
            }
            incoming.send(message ?: break)
        }
    } catch (_: IOException) {
        // Broken, hung up, or closed by this side.
    } finally {
        incoming.close()
    }
}

private suspend fun write(output: DataOutputStream, messages: List<ByteArray>) {
    if (messages.isEmpty()) return
    blocking {
        for (message in messages) {
            output.writeInt(message.size)
            output.write(message)
        }
        output.flush()
    }
}

/** Waits for a stream on a thread that may. */
private suspend fun <T> blocking(wait: () -> T): T = withContext(Dispatchers.IO) { wait() }

/**
 * [work], and [line] closed: at the end, or at once on cancellation, of which a thread that waits on it hears in no other way.
 * What fails because of cancellation is cancellation. Only here is it known: [line] is closed before what [work] started hears
 * of it.
 */
private suspend fun closing(line: Closeable, work: suspend CoroutineScope.() -> Unit): Unit = coroutineScope {
    val guard = launch(start = CoroutineStart.UNDISPATCHED) {
        try {
            awaitCancellation()
        } finally {
            line.close()
        }
    }
    try {
        work()
    } catch (broken: IOException) {
        ensureActive()
        throw broken
    } finally {
        line.close()
        guard.cancel()
    }
}

private val HUNG_UP = ByteArray(0)
private val EMPTY = ByteArray(0)
private const val CONNECT_MILLIS = 10_000
private const val BACKLOG = 50

/** How many messages may wait unread: both sides may be writing at once, and then nobody would read. */
private const val AHEAD = 32
