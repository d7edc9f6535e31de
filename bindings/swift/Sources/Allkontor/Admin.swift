import AllkontorFFI
import Foundation

// What the office's devices are: certifying, replacing, and the keys that say so. What is said to be only with the admin
// key is refused without it.
extension Device {
    /// Who may decide what on a day: this device, another, or nobody while it is on its way.
    public func custody(on day: OfficeDay) async throws -> CustodyDay {
        try await call { engine, now in try engine.custodyDay(now: now, day: day) }
    }

    /// What somebody at the office has to see to. What tells how things stand passes when it is mended;
    /// `.somethingRefused` stays until it is dismissed.
    public func alarms() async throws -> [Alarm] {
        try await pages(after: \.self) { engine, after, limit in try engine.alarms(after: after, limit: limit) }
    }

    /// Somebody has seen to what happened. Whether that alarm is gone: one that tells how things stand is not.
    @discardableResult
    public func dismiss(_ alarm: Alarm) async throws -> Bool {
        try await call { engine, _ in try engine.dismiss(alarm: alarm) }
    }

    /// The payload of the code that this device shows to become one of the office's devices.
    public func enrolment() async throws -> Data {
        try await call { engine, _ in try engine.enrolment() }
    }

    /// The key on a scanned enrolment card of this office, to be certified.
    public func scanEnrolment(_ payload: Data) async throws -> PublicKey {
        try await call { engine, _ in try engine.scanEnrolment(payload: payload) }
    }

    /// Certifies a device that joined as a visitor and showed its key. Only with the admin key.
    public func certify(_ device: PublicKey, as role: Role) async throws {
        try await call { engine, now in try engine.certify(now: now, device: device, role: role) }
    }

    /// What replacing a device now would mean. Changes nothing: the first of two steps.
    public func replacement(of device: PublicKey) async throws -> Replacement {
        try await call { engine, now in try engine.replacement(now: now, device: device) }
    }

    /// Replaces a device at what is known of it, and names who takes over: the statement that says so.
    ///
    /// What it promised without anybody hearing of it does not stand; whoever was promised it comes first in line when that
    /// comes up. For a device that was replaced before, names the successor that is still missing. Only with the admin key.
    @discardableResult
    public func replace(_ device: PublicKey, by successor: PublicKey? = nil) async throws -> StatementId {
        try await call { engine, now in try engine.replaceDevice(now: now, device: device, successor: successor) }
    }

    /// Vouches for a promise of a replaced device that came up here: `Alarm.orphan` names it.
    public func honour(_ confirm: StatementId) async throws -> Honoured {
        try await call { engine, now in try engine.honour(now: now, confirm: confirm) }
    }

    /// Takes in a certificate that somebody shows, and vouches for what it promises if it does not stand.
    public func honour(certificate payload: Data) async throws -> Honoured {
        try await call { engine, now in try engine.honourCertificate(now: now, payload: payload) }
    }

    /// Gives a device that cannot go on under its key another one: the new key, to be shown by ``enrolment()``.
    ///
    /// For one that is `.recovering`, and for one that was replaced and has turned up again. Let it meet others first.
    /// Whoever holds the admin key then certifies the new key, and replaces the old one with it; a device that holds the
    /// admin key itself is back at once.
    public func renew(deviceSeed: Data = randomSeed()) async throws -> PublicKey {
        try await call { engine, now in try engine.renew(now: now, deviceSeed: deviceSeed) }
    }

    /// Gives the admin key's powers to another device of the office. Only with the admin key.
    public func handOver(to admin: PublicKey) async throws {
        try await call { engine, now in try engine.handOver(now: now, admin: admin) }
    }

    /// Makes this device the office's admin by the recovery key that was printed when the office was founded.
    ///
    /// For when the admin's device is gone, or the office's own chain is forked; then `keeping` says which of
    /// ``adminBranches()`` stands. A device that the office had not certified is certified as `role`.
    public func recoverOffice(
        recoverySeed: Data,
        keeping branch: StatementId? = nil,
        as role: Role = .staff
    ) async throws {
        try await call { engine, now in
            try engine.recoverOffice(now: now, recoverySeed: recoverySeed, keeps: branch, role: role)
        }
    }

    /// The branches that contend while the office's own chain is forked; none while it is not.
    public func adminBranches() async throws -> [AdminBranch] {
        try await call { engine, _ in try engine.adminBranches() }
    }

    /// Puts the next version of the rules in force from a coming day on. Only with the admin key.
    public func activateRules(_ version: UInt16, from first: OfficeDay) async throws {
        try await call { engine, now in try engine.activateRules(now: now, version: version, first: first) }
    }
}
