package se.allkontor

import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.EOFException
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.Socket
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withContext

/**
 * Meets the device that listens there: exchanges what either side lacks, then hangs up; with [stay], until cancelled.
 *
 * Every device of an office speaks this, whatever language its app is written in: `bindings/docs/streams.md`.
 * Cancelling loses nothing: what was taken in is stored, the rest comes next time.
 */
public suspend fun Device.dial(host: String, port: Int, stay: Boolean = false) {
    val socket = Socket()
    socket.use {
        runInterruptible(Dispatchers.IO) { socket.connect(InetSocketAddress(host, port), CONNECT_MILLIS) }
        converse(socket, opener = true, stay = stay)
    }
}

/** A device that listens for others. Close it, or cancel the scope it was started in, to stop. */
public class Listening internal constructor(private val server: ServerSocket, private val job: Job) : AutoCloseable {
    /** Where it listens. */
    public val port: Int
        get() = server.localPort

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
    val job = scope.launch {
        server.use {
            while (isActive) {
                val socket = try {
                    runInterruptible(Dispatchers.IO) { server.accept() }
                } catch (_: IOException) {
                    break
                }
                launch { answer(socket) }
            }
        }
    }
    // A thread that waits for a call does not hear of cancellation; closing what it waits on tells it.
    job.invokeOnCompletion { server.close() }
    return Listening(server, job)
}

/** Whatever a stranger sends is the stranger's affair. */
private suspend fun Device.answer(socket: Socket) {
    try {
        socket.use { converse(it, opener = false, stay = true) }
    } catch (_: IOException) {
    } catch (_: AllkontorException) {
    }
}

private suspend fun Device.converse(socket: Socket, opener: Boolean, stay: Boolean) = coroutineScope {
    val input = DataInputStream(socket.getInputStream().buffered())
    val output = DataOutputStream(socket.getOutputStream().buffered())
    val opened = if (opener) call { now -> connect(now) } else Opened(call { now -> accept(now) }, emptyList())
    val incoming = Channel<ByteArray>(Channel.RENDEZVOUS)
    val reading = launch { read(socket, input, incoming) }
    val rung = bell.drop(1).produceIn(this)
    try {
        Talk(this@converse, opened.connection, output, stay).hold(opened.messages, incoming, rung)
    } finally {
        rung.cancel()
        socket.close()
        reading.cancel()
        withContext(NonCancellable) {
            try {
                call { now -> disconnect(now, opened.connection) }
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

private suspend fun read(socket: Socket, input: DataInputStream, incoming: Channel<ByteArray>) {
    try {
        val most = maxMessageBytes()
        while (true) {
            val message = runInterruptible(Dispatchers.IO) {
                val length = input.readInt().toUInt()
                if (length > most) null else ByteArray(length.toInt()).also(input::readFully)
            } ?: break
            incoming.send(message)
        }
    } catch (_: EOFException) {
    } catch (_: IOException) {
    } catch (cancelled: CancellationException) {
        throw cancelled
    } finally {
        incoming.close()
        socket.shutdownQuietly()
    }
}

private fun Socket.shutdownQuietly() {
    try {
        if (!isClosed) shutdownInput()
    } catch (_: IOException) {
    }
}

private suspend fun write(output: DataOutputStream, messages: List<ByteArray>) = runInterruptible(Dispatchers.IO) {
    for (message in messages) {
        output.writeInt(message.size)
        output.write(message)
    }
    output.flush()
}

private val HUNG_UP = ByteArray(0)
private val EMPTY = ByteArray(0)
private const val CONNECT_MILLIS = 10_000
private const val BACKLOG = 50

/** Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder. */
public suspend fun Device.exportFile(): ByteArray = call { now -> exportFile(now) }

/** Takes in a file that another device exported. */
public suspend fun Device.importFile(bytes: ByteArray): Unit = call { now -> importFile(now, bytes) }

/** Follows every month of the office from now on, so that others can fetch from here what their phones left out. */
public suspend fun Device.relayEverything(): Unit = call { relayEverything() }

/** Starts a connection over any other channel: its number, and the first messages to send. */
public suspend fun Device.connect(): Opened = call { now -> connect(now) }

/** Starts a connection that the other side opened: its number. */
public suspend fun Device.accept(): ULong = call { now -> accept(now) }

/** Takes one message from the other side, and answers with messages to send. */
public suspend fun Device.receive(connection: ULong, message: ByteArray): List<ByteArray> =
    call { now -> receive(now, connection, message) }

/** What to send now: ask again whenever there are [changes]. */
public suspend fun Device.poll(connection: ULong): List<ByteArray> = call { now -> poll(now, connection) }

/** Ends a connection in good order, and remembers the peer so that the next takes one round trip. */
public suspend fun Device.disconnect(connection: ULong): Unit = call { now -> disconnect(now, connection) }
