package se.allkontor

/** Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder. */
public suspend fun Device.exportFile(): ByteArray = call { now -> exportFile(now) }

/** Takes in a file that another device exported. */
public suspend fun Device.importFile(bytes: ByteArray): Unit = call { now -> importFile(now, bytes) }

/**
 * The whole office as JSON, to be moved or kept: every document as it was signed, and the catalogues. No key is in it, and
 * nothing that devices keep to themselves. Only on a device of the office.
 */
public suspend fun Device.exportOffice(): ByteArray = call { now -> exportOffice(now) }

/** Takes in an archive of this office. One that is not whole, or of another office, changes nothing. */
public suspend fun Device.importOffice(archive: ByteArray): Unit = call { now -> importOffice(now, archive) }

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
