package se.allkontor

/**
 * A backup of a visitor's keys, to print or photograph: good for all that is booked later too, and not for drafts or what
 * nobody has been told. [Device.restore] makes a new phone of it.
 *
 * The keys of the office's devices exist once: such a device is refused, and one whose keys were backed up does not become
 * one of the office's.
 */
public suspend fun Device.backup(): Backup = call { backup() }

/** How this device shares its keys with others of the same person. */
public suspend fun Device.ownKeys(): OwnKeys = call { ownKeys() }
