package se.allkontor

/**
 * Writes down how somebody is reached, for the staff alone: what a kiosk has written it cannot read again. An empty card
 * hides what was written before. It goes with the month: see [dropBefore]. [contactSeed] is drawn for this card unless
 * given.
 *
 * A kiosk that knows no key of this month answers `no_roster_key` ([AllkontorException.Missing]) and keeps nothing of what
 * was typed: it has to meet a device of the staff.
 */
public suspend fun Device.writeContact(
    holder: PublicKey,
    card: ContactCard,
    contactSeed: ByteArray = Device.randomSeed(),
): Unit = call { now -> writeContact(now, holder, card, contactSeed) }

/** How a holder is reached; null when nothing is known, or it was hidden. On an admin's or staff's device. */
public suspend fun Device.person(holder: PublicKey): Person? = call { person(holder) }

/** How whoever has a booking is reached; null also where [holderOf] is. On an admin's or staff's device. */
public suspend fun Device.personOf(booking: BookingKey): Person? = call { personOf(booking) }

/**
 * Everybody whose contact or note has that text in it, in whatever case, by their contacts; no text finds everybody. On an
 * admin's or staff's device.
 */
public suspend fun Device.findPeople(text: String = ""): List<Person> {
    val found = mutableListOf<Person>()
    while (true) {
        val more = call { findPeople(text, found.lastOrNull()?.holder, 500u) }
        found += more
        if (more.size < 500) return found
    }
}
