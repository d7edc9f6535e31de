package se.allkontor

import java.time.LocalDate

/** The version of the guidelines that holds now; null where there are none. [office] has the text. */
public suspend fun Device.guidelinesInForce(): UInt? = call { now -> guidelinesInForce(now) }

/** The newest version of the guidelines that the person with this device has accepted. */
public suspend fun Device.acceptedGuidelines(): UInt? = call { acceptedGuidelines() }

/** The person has read the guidelines of that version and accepts them: said with each request from now on. */
public suspend fun Device.acceptGuidelines(version: UInt): Unit = call { now -> acceptGuidelines(now, version) }

/**
 * The pseudonym of whoever has a booking; null where another device issued its ticket, and for what was booked at the
 * desk.
 */
public suspend fun Device.holderOf(booking: BookingKey): PublicKey? = call { holderOf(booking) }

/**
 * Somebody was shown round: what the office reserves for such people is theirs to book, with tickets issued from now on.
 * Their device shows its [publicKey]; [holderOf] knows whose a booking is. On an admin's or staff's device.
 */
public suspend fun Device.introduce(holder: PublicKey): Unit = call { now -> introduce(now, holder) }

/**
 * Takes an introduction back: it counts for no ticket issued from now on. Those at hand expire within a week. On an
 * admin's or staff's device.
 */
public suspend fun Device.retractIntroduction(holder: PublicKey): Unit =
    call { now -> retractIntroduction(now, holder) }

/** When a holder was shown round; null when they were not. For the office's devices. */
public suspend fun Device.introduction(holder: PublicKey): CivilMinute? = call { introduction(holder) }

/** Whether a ticket of this device says that its holder was shown round. */
public suspend fun Device.isIntroduced(): Boolean = call { now -> isIntroduced(now) }

/**
 * Somebody may not book until [until], which is the last day: no tickets are issued to them, and what they ask for under
 * those they have is refused. It is over by itself. On an admin's or staff's device.
 */
public suspend fun Device.suspendHolder(holder: PublicKey, until: LocalDate, ground: Ground): StatementId =
    call { now -> suspendHolder(now, holder, until, ground) }

/** Notes that whoever is suspended has appealed, or takes a suspension back. */
public suspend fun Device.amendSuspension(suspension: StatementId, amendment: Amendment): Unit =
    call { now -> amendSuspension(now, suspension, amendment) }

/** Suspensions that are not over, by their last day: for the office's devices. */
public suspend fun Device.suspensions(): List<Suspension> {
    val found = mutableListOf<Suspension>()
    while (true) {
        val more = call { now -> suspensions(now, found.lastOrNull()?.id, 500u) }
        found += more
        if (more.size < 500) return found
    }
}

/** What this device was told of a suspension of its own; null when nothing stands. */
public suspend fun Device.suspension(): OwnSuspension? = call { now -> suspension(now) }
