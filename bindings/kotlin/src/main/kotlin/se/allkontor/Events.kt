package se.allkontor

/**
 * Proposes an event; with no network if there is none. The office says yes or no by the catalogue's policy; what a member
 * of staff proposes needs nobody's leave. [cancel] withdraws it.
 */
public suspend fun Device.proposeEvent(proposal: EventProposal): EventOutcome =
    call { now -> proposeEvent(now, proposal) }

/** Asks for seats on a date of an event, all together or none; the first date is 0. [cancel] gives them back. */
public suspend fun Device.askForSeats(event: BookingKey, seats: Int = 1, date: Int = 0): EventOutcome =
    call { now -> askForSeats(now, event, date.toUInt(), seats.toUShort()) }

/**
 * Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at. The office's
 * devices see all.
 */
public suspend fun Device.events(): List<EventInfo> {
    val found = mutableListOf<EventInfo>()
    do {
        val after = found.lastOrNull()?.key
        val more = call { events(after, PAGE) }
        found += more
    } while (more.size.toUInt() >= PAGE)
    return found
}

/** One event; null when it is not known, or not for this device to see. */
public suspend fun Device.event(event: BookingKey): EventInfo? = call { event(event) }

/** Who asks for seats at an event, by ticket: for the desk. */
public suspend fun Device.seatRequests(event: BookingKey): List<SeatRequest> {
    val found = mutableListOf<SeatRequest>()
    do {
        val after = found.lastOrNull()?.key
        val more = call { seatRequests(event, after, PAGE) }
        found += more
    } while (more.size.toUInt() >= PAGE)
    return found
}

/**
 * The payload of the code by which this device is let in to write the text of another's event: a key made for this alone,
 * another for each event. Whoever proposed the event scans it; for a week this device looks for that event.
 */
public suspend fun Device.organiserCard(): ByteArray = call { now -> organiserCard(now) }

/**
 * Lets the device that has shown that code write the text of an event that this one proposed, and do nothing else: not
 * withdraw it, nor see who comes. Nothing takes that back but calling the event off.
 */
public suspend fun Device.addOrganiser(event: BookingKey, card: ByteArray): Unit =
    call { now -> addOrganiser(now, event, card) }

/**
 * Writes the text of an event anew, the title on the first line: whoever proposed it does, those they let in, and staff.
 * What several people write far apart is all there when they meet.
 */
public suspend fun Device.editEvent(event: BookingKey, text: String): Unit = call { now -> editEvent(now, event, text) }

/** Lets an event take place. Its room is held as soon as whoever has custody of it hears of that. */
public suspend fun Device.approveEvent(event: BookingKey): Unit = call { now -> approveEvent(now, event) }

/**
 * Refuses an event, or calls it off: its room comes free, and whoever has a seat is told. With [Cause.Guidelines] its text
 * is erased, here and wherever that is heard.
 */
public suspend fun Device.callOffEvent(event: BookingKey, cause: Cause): Unit =
    call { now -> callOffEvent(now, event, cause) }
