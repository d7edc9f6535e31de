package se.allkontor

import java.time.LocalDate
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.takeWhile

// Flows that the doorbell feeds. A slow collector gets the newest and misses nothing by it; each ends when the device is
// closed. What cannot be read just then, because the disk is full or the folder is not there, is read again when the bell
// rings next; calling for it tells why.

/** This device's bookings: now, and whenever one of them stands in another way. Ends when the device is closed. */
public fun Device.watchAgenda(): Flow<List<Booking>> = watch({ it.bookings.isNotEmpty() }) { agenda() }

/** One of this device's bookings: now, and whenever it stands in another way. */
public fun Device.watchBooking(id: BookingId): Flow<Booking?> = watch({ id in it.bookings }) { booking(id) }

/** A day: now, and whenever something on it is taken or free that was not. */
public fun Device.watchDay(day: LocalDate): Flow<List<DayEntry>> = watch({ day in it.days }) { day(day) }

/** What the office is: now (null before it has come), and whenever another catalogue is in force. */
public fun Device.watchOffice(language: String): Flow<OfficeInfo?> = watch({ it.catalogue }) { office(language) }

/** What somebody at the office has to see to: now, and whenever there is something new. */
public fun Device.watchAlarms(): Flow<List<Alarm>> = watch({ it.alarms }) { alarms() }

/** Events: now, and whenever one of them is different. */
public fun Device.watchEvents(): Flow<List<EventInfo>> = watch({ true }) { events() }

/** What this device rents: now, and whenever it is different. */
public fun Device.watchRentals(): Flow<List<OwnRental>> = watch({ it.bookings.isNotEmpty() }) { rentals() }

/** What was handed out to this device's bookings: now, and whenever it is different. */
public fun Device.watchLoans(): Flow<List<OwnLoan>> = watch({ it.bookings.isNotEmpty() }) { loans() }

/** What the locks open by that this device rents: now, and whenever it is different. */
public fun Device.watchCodes(): Flow<List<OwnLockCode>> = watch({ it.bookings.isNotEmpty() }) { codes() }

/** Suggestions: now, and whenever they are different. */
public fun Device.watchSuggestions(): Flow<List<SuggestionInfo>> = watch({ true }) { suggestions() }

/** The notice board: now, and whenever it is different. */
public fun Device.watchNotices(): Flow<List<NoticeInfo>> = watch({ true }) { notices() }

@JvmSynthetic
internal fun Device.watchSyncState(): Flow<SyncState> =
    watch({ it.connections || it.bookings.isNotEmpty() }) { call { now -> syncState(now) } }

/** What changes from now on, as it changes; what a slow collector misses comes together. */
public fun Device.changes(): Flow<ChangesSince> = flow {
    var seq = call { changesSince(0u) }.seq
    bell.takeWhile { it != Device.OVER }.collect {
        val last = seq
        val changes = call { changesSince(last) }
        if (changes.seq != last) {
            seq = changes.seq
            emit(changes)
        }
    }
}.endWithDevice()

private fun <T> Device.watch(concerns: (ChangesSince) -> Boolean, look: suspend () -> T): Flow<T> = flow {
    var seq: ULong? = null
    var isDue = true
    bell.takeWhile { it != Device.OVER }.collect {
        val last = seq
        val changes = call { changesSince(last ?: 0u) }
        seq = changes.seq
        isDue = isDue || (changes.seq != last && (changes.everything || concerns(changes)))
        if (!isDue) return@collect
        val seen = try {
            look()
        } catch (unread: AllkontorException) {
            // Read again at the next ring.
            if (unread is AllkontorException.Closed) throw unread else return@collect
        }
        isDue = false
        emit(seen)
    }
}.endWithDevice().distinctUntilChanged().conflate()

/** A device that is closed while somebody looks is the end, not an error. */
private fun <T> Flow<T>.endWithDevice(): Flow<T> = catch { if (it !is AllkontorException.Closed) throw it }
