import AllkontorFFI
import Foundation

// Lists of offices, signed by whoever publishes them. A directory is an address book: following an office still takes what
// the office itself has signed.
extension OfficeDirectory {
    /// Reads a directory of that publisher, with names in a language or the nearest there is; what does not carry its
    /// signature is refused whole.
    public init(reading bytes: Data, from publisher: PublicKey, in language: String = "en") throws {
        self = try translating { try readDirectory(bytes: bytes, publisher: publisher, language: language) }
    }

    /// Signs a directory. `publisherSeed`: 32 secret bytes; apps know the public half, ``publisherKey(ofSeed:)``.
    public static func sign(_ offices: [OfficeListing], issued: Date, publisherSeed: Data) throws -> Data {
        try translating { try signDirectory(publisherSeed: publisherSeed, issued: issued, offices: offices) }
    }

    /// The key by which apps know a publisher.
    public static func publisherKey(ofSeed publisherSeed: Data) throws -> PublicKey {
        try translating { try AllkontorFFI.publisherKey(publisherSeed: publisherSeed) }
    }
}
