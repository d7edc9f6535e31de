package se.allkontor

import java.time.LocalDate

/**
 * The payload of the code that this device shows to become one of the office's devices. It has joined as a visitor, or
 * has got a new key.
 */
public suspend fun Device.enrolment(): ByteArray = call { enrolment() }

/** The key on a scanned enrolment card of this office, to be certified. */
public suspend fun Device.scanEnrolment(payload: ByteArray): PublicKey = call { scanEnrolment(payload) }

/** Makes a device that joined as a visitor one of the office's. Only with the admin key. */
public suspend fun Device.certify(device: PublicKey, role: Role): Unit = call { now -> certify(now, device, role) }

/** Gives the admin key's powers to another device of the office. Only with the admin key. */
public suspend fun Device.handOver(admin: PublicKey): Unit = call { now -> handOver(now, admin) }

/**
 * Puts the next version of the rules in force from a coming day on. Devices that do not know it decide nothing about
 * that day and later ones until they are updated. Only with the admin key.
 */
public suspend fun Device.activateRules(version: UShort, first: LocalDate): Unit =
    call { now -> activateRules(now, version, first) }

/** What replacing a device now would mean. Changes nothing: the first of two steps. [Words] says it. */
public suspend fun Device.replacement(device: PublicKey): Replacement = call { now -> replacement(now, device) }

/**
 * Replaces a device that is lost: takes its certificate back at what is known of it, and names who takes over. Only
 * with the admin key. Answers with the statement that says so.
 *
 * What it promised without anybody hearing of it does not stand; whoever was promised it comes first in line when that
 * comes up. For a device that was replaced before, names the successor that is still missing.
 */
public suspend fun Device.replaceDevice(device: PublicKey, successor: PublicKey?): StatementId =
    call { now -> replaceDevice(now, device, successor) }

/** Vouches for a promise of a replaced device that came up here: [Alarm.Orphan] names it. */
public suspend fun Device.honour(confirm: StatementId): Honoured = call { now -> honour(now, confirm) }

/** Takes in a certificate that somebody shows at the desk, and vouches for what it promises if it does not stand. */
public suspend fun Device.honourCertificate(payload: ByteArray): Honoured =
    call { now -> honourCertificate(now, payload) }

/**
 * Gives a device that cannot go on under its key another one, and answers with it: for one that is
 * [Standing.Recovering], and for one that was replaced and has turned up again.
 *
 * Let it meet others first. Then show the key ([enrolment]): whoever holds the admin key certifies it, and replaces the
 * old one with it. A device that holds the admin key itself is back at once.
 */
public suspend fun Device.renew(deviceSeed: ByteArray = Device.randomSeed()): PublicKey =
    call { now -> renew(now, deviceSeed) }

/**
 * Makes this device the office's admin by the recovery key that was printed when the office was founded: when the
 * admin's device is gone, or when the office's chain is forked. [keeps] says which of [adminBranches] stands; it must be
 * said when the chain is forked. A device that the office had not certified is certified as [role].
 */
public suspend fun Device.recoverOffice(
    recoverySeed: ByteArray,
    keeps: StatementId? = null,
    role: Role = Role.Staff,
): Unit = call { now -> recoverOffice(now, recoverySeed, keeps, role) }

/** The branches that contend while the office's own chain is forked; none while it is not. */
public suspend fun Device.adminBranches(): List<AdminBranch> = call { adminBranches() }

/** What somebody at the office has to see to. [Words] says what to do about each. */
public suspend fun Device.alarms(): List<Alarm> = pages({ after -> alarms(after, PAGE) }, { it })

/** Somebody has seen to what happened. Whether that alarm is gone: one that tells how things stand is not. */
public suspend fun Device.dismiss(alarm: Alarm): Boolean = call { dismiss(alarm) }

/** The first statement that this app is too old to follow; null when it follows everything. */
public suspend fun Device.outdated(): StatementId? = call { outdated() }
