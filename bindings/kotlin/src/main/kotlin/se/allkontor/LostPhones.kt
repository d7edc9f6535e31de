package se.allkontor

/**
 * Somebody has lost their phone, or their keys: what they were promised goes on on slips to be printed, with nobody coming
 * in between, and the keys are suspended for a year, so that whoever has them gets nothing by them. [lostSeed] is drawn
 * unless given.
 *
 * On an admin's, staff's or kiosk's device; [holderOf] knows whose a booking is. Only what this device issued the tickets
 * for is known to be theirs: it is to be reported at other desks too.
 */
public suspend fun Device.reportLost(holder: PublicKey, lostSeed: ByteArray = Device.randomSeed()): LostPhone =
    call { now -> reportLost(now, holder, lostSeed) }
