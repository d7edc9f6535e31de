package se.allkontor

import java.nio.file.Path
import java.security.SecureRandom
import java.time.Clock
import java.time.Instant
import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.withContext

/**
 * One office on one device, in a folder of the app's choosing.
 *
 * The folder holds `office.sqlite`, and `vault` beside it: leave the vault out of backups. Every call is carried out
 * on a background thread, one after another, and is durable before it answers. Cancelling a coroutine stops its
 * waiting, never a call in its middle: a call is carried out whole, or, if it had not begun, not at all.
 *
 * Close it when done. One that is forgotten instead lets go of its files when it is garbage, whenever that is.
 *
 * Expected outcomes (refused by a rule, waiting, moved) are values; what goes wrong is an [AllkontorException].
 */
public class Device private constructor(
    private val engine: Engine,
    private val clock: Clock,
    private val dispatcher: CoroutineDispatcher,
) : AutoCloseable {
    private val scope = CoroutineScope(SupervisorJob() + dispatcher)
    private val isClosed = AtomicBoolean(false)

    /** Rises whenever something may have changed; [OVER] once the device is closed. */
    internal val bell: MutableStateFlow<ULong> = MutableStateFlow(0u)

    init {
        engine.setDoorbell(Ring(bell, isClosed))
    }

    /** How far this device and the others agree, as it changes. */
    public val syncState: StateFlow<SyncState> by lazy {
        val nothing = SyncState(emptyList(), 0u)
        watchSyncState().stateIn(scope, SharingStarted.WhileSubscribed(), nothing)
    }

    internal suspend fun <T> call(work: Engine.(now: Instant) -> T): T {
        if (isClosed.get()) throw closed()
        return withContext(dispatcher) {
            try {
                engine.work(clock.instant())
            } catch (gone: IllegalStateException) {
                // Closed while this call waited for its turn.
                if (isClosed.get()) throw closed() else throw gone
            }
        }
    }

    /**
     * Saves what a quick first answer needs and lets go of the files: no lock and no thread of its own is left. The next
     * call opens them again. Connections end. For an app that goes to the background.
     */
    public suspend fun suspend(): Unit = call { suspend() }

    /** The same for good: every later call fails as [AllkontorException.Closed], and every flow ends. */
    override fun close() {
        if (!isClosed.compareAndSet(false, true)) return
        bell.value = OVER
        scope.cancel()
        engine.use {
            it.setDoorbell(null)
            it.shutDown()
        }
    }

    /**
     * Has the engine stop in the middle of a call, as a fault of its own would, for you to try how your app goes on. Fails
     * as [AllkontorException.Internal] each time; the next call goes on from the store, and connections have ended.
     */
    public suspend fun rehearseFault(): Unit = call { rehearseFault() }

    public companion object {
        internal const val OVER: ULong = ULong.MAX_VALUE

        /**
         * Founds an office in an empty folder: this device is its admin, and decides everything.
         *
         * [catalogue] is what the office is, as JSON. Print [recoverySeed] (32 random bytes) and keep it off line: it
         * is the only way back when this device is lost. [dayStart] is the minute after midnight at which an office day
         * begins.
         */
        public suspend fun found(
            folder: Path,
            catalogue: ByteArray,
            recoverySeed: ByteArray,
            role: Role = Role.Kiosk,
            deviceSeed: ByteArray = randomSeed(),
            salt: ByteArray = randomSeed(),
            dayStart: UShort = 240u,
            clock: Clock = Clock.systemUTC(),
        ): Device {
            val founding = Founding(catalogue, role, deviceSeed, recoverySeed, salt, dayStart)
            return opened(clock) { Engine.found(folder.toString(), clock.instant(), founding) }
        }

        /** Joins the office of a scanned invitation as a visitor, in an empty folder. */
        public suspend fun join(
            folder: Path,
            invitation: ByteArray,
            deviceSeed: ByteArray = randomSeed(),
            clock: Clock = Clock.systemUTC(),
        ): Device = opened(clock) { Engine.joinByInvitation(folder.toString(), invitation, deviceSeed) }

        /** Joins an office as a visitor by its id, in an empty folder. */
        public suspend fun join(
            folder: Path,
            office: OfficeId,
            deviceSeed: ByteArray = randomSeed(),
            clock: Clock = Clock.systemUTC(),
        ): Device = opened(clock) { Engine.join(folder.toString(), office, deviceSeed) }

        /**
         * Opens an office from an archive ([exportOffice]) on a new machine, in an empty folder, as a visitor that has all of
         * it: certify it, or recover the office with it. A file that is not whole leaves the folder without a device.
         */
        public suspend fun fromArchive(
            folder: Path,
            archive: ByteArray,
            deviceSeed: ByteArray = randomSeed(),
            clock: Clock = Clock.systemUTC(),
        ): Device = opened(clock) { Engine.fromArchive(folder.toString(), clock.instant(), archive, deviceSeed) }

        /**
         * A visitor's device from a scanned [backup], in an empty folder: as good as the one before as soon as it has met a
         * device of the office. The one before may go on.
         */
        public suspend fun restore(folder: Path, backup: ByteArray, clock: Clock = Clock.systemUTC()): Device =
            opened(clock) { Engine.restoreVisitor(folder.toString(), backup) }

        /** The same from a code typed by hand. Lower case, spaces, line breaks and dashes are fine. */
        public suspend fun restore(
            folder: Path,
            code: String,
            office: OfficeId,
            clock: Clock = Clock.systemUTC(),
        ): Device = opened(clock) { Engine.restoreVisitorByCode(folder.toString(), code, office) }

        /** Opens the device that a folder holds. */
        public suspend fun open(folder: Path, clock: Clock = Clock.systemUTC()): Device =
            opened(clock) { Engine.open(folder.toString()) }

        /** 32 bytes for a key, from the machine's own source of chance. */
        public fun randomSeed(): ByteArray = ByteArray(32).also(SecureRandom()::nextBytes)

        private suspend fun opened(clock: Clock, make: () -> Engine): Device {
            val dispatcher = Dispatchers.IO.limitedParallelism(1, "allkontor")
            var made: Device? = null
            try {
                return withContext(dispatcher) { Device(make(), clock, dispatcher).also { made = it } }
            } catch (cancelled: CancellationException) {
                // Opened all the same, and nobody is there to close it.
                made?.close()
                throw cancelled
            }
        }
    }
}

/** Knows the bell and not the device, which the engine would otherwise keep alive for as long as itself. */
private class Ring(private val bell: MutableStateFlow<ULong>, private val isClosed: AtomicBoolean) : Doorbell {
    override fun ring(seq: ULong) {
        if (!isClosed.get()) bell.value = seq
    }
}
