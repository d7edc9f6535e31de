import AllkontorFFI
import Foundation

/// Why a call failed. Expected outcomes (refused by a rule, waiting, moved) are values instead.
public struct AllkontorError: Error, Hashable, Sendable {
    /// What an app does about it.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An argument is not what it should be: mend the call.
        case argument
        /// It cannot be done as things stand: decided already, not this device's to decide, not certified.
        case refused
        /// Something is not known here. Meeting another device may help.
        case missing
        /// The disk or the vault failed. Nothing was promised, and the device goes on from what it has stored.
        case storage
        /// Bytes from elsewhere are not what they should be. Nothing of them was taken in.
        case badBytes
        /// The device was closed.
        case closed
        /// A fault of the engine. It goes on from what it has stored.
        case `internal`
    }

    /// What an app does about it.
    public let kind: Kind
    /// Stable, for an app's own handling: `disk_full`, `no_such_booking`.
    public let code: String
    /// What was expected and what was there, in English, for logs. Names nobody.
    public let detail: String
    /// Whether the same call may succeed later.
    public let isRetryable: Bool

    /// What to tell a person, in a language (BCP 47) that there are words for, else in English.
    public func text(in language: String) -> String {
        (try? Words.plain(in: language).error(code: code)) ?? detail
    }
}

extension AllkontorError: LocalizedError {
    /// What to tell the person who uses this machine, in the first of their languages.
    public var errorDescription: String? {
        text(in: Locale.preferredLanguages.first ?? "en")
    }

    public var failureReason: String? {
        detail
    }
}

extension AllkontorError: CustomStringConvertible {
    public var description: String {
        "\(code): \(detail)"
    }
}

extension AllkontorError {
    init(_ error: AllkontorFFI.AllkontorError) {
        switch error {
        case .Argument(let code, let detail, let retry): self.init(.argument, code, detail, retry)
        case .Refused(let code, let detail, let retry): self.init(.refused, code, detail, retry)
        case .Missing(let code, let detail, let retry): self.init(.missing, code, detail, retry)
        case .Storage(let code, let detail, let retry): self.init(.storage, code, detail, retry)
        case .BadBytes(let code, let detail, let retry): self.init(.badBytes, code, detail, retry)
        case .Closed(let code, let detail, let retry): self.init(.closed, code, detail, retry)
        case .Internal(let code, let detail, let retry): self.init(.internal, code, detail, retry)
        }
    }

    init(_ kind: Kind, _ code: String, _ detail: String, _ isRetryable: Bool) {
        self.kind = kind
        self.code = code
        self.detail = detail
        self.isRetryable = isRetryable
    }
}

/// The generated code's errors as those of this module; the bridge's own, which are faults, as internal ones.
func translating<Answer>(_ work: () throws -> Answer) throws -> Answer {
    do {
        return try work()
    } catch let error as AllkontorFFI.AllkontorError {
        throw AllkontorError(error)
    } catch let error as AllkontorError {
        throw error
    } catch {
        throw AllkontorError(.internal, "panic", "the bridge to the engine failed: \(error)", true)
    }
}
