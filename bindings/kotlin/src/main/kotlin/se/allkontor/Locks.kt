package se.allkontor

/**
 * Tells the renter of a lock what it opens by from now on; nobody else can read it, this device included. [codeSeed] is
 * drawn for this code unless given.
 */
public suspend fun Device.issueCode(
    booking: BookingKey,
    unit: UnitId,
    code: String,
    codeSeed: ByteArray = Device.randomSeed(),
): Unit = call { now -> issueCode(now, booking, unit, code, codeSeed) }

/** What the locks open by that this device rents. */
public suspend fun Device.codes(): List<OwnLockCode> = call { now -> codes(now) }

/**
 * What the locks open by that are rented by a slip, to be read out to whoever holds it. On an admin's or staff's device: a
 * screen in the room shows nobody's.
 */
public suspend fun Device.slipCodes(code: String): List<LockCode> = call { now -> slipCodes(now, code) }

/** Locks whose codes are to be changed, by unit: for the desk. */
public suspend fun Device.codesDue(): List<CodeDue> = call { now -> codesDue(now) }
