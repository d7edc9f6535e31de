import AllkontorFFI
import Foundation

// An office's hours as OpenStreetMap writes them: `opening_hours` and `service_times`.
extension OSMHours {
    /// The hours of a catalogue (JSON), to be put on a map; notes in a language.
    public init(of catalogue: Data, in language: String = "en") throws {
        self = try translating { try osmHours(catalogue: catalogue, language: language) }
    }

    /// A catalogue (JSON) with these hours instead of its own, to found or publish with.
    ///
    /// Its calendar stays, and says which days `PH` means. Weeks, dates with their year, public holidays, spans past
    /// midnight, comments (in that language) and `off` are read; what cannot be said exactly is an ``AllkontorError`` that
    /// names the rule and the reason.
    public func replacing(hoursOf catalogue: Data, in language: String = "en") throws -> Data {
        try translating { try withOsmHours(catalogue: catalogue, hours: self, language: language) }
    }
}

/// The hours of a catalogue (JSON) as schema.org writes them: JSON-LD to be put into a web page. Notes are in a language.
public func schemaHours(of catalogue: Data, in language: String = "en") throws -> String {
    try translating { try AllkontorFFI.schemaHours(catalogue: catalogue, language: language) }
}

/// A catalogue (JSON) with the hours of a page's JSON-LD instead of its own, to found or publish with. What cannot be said
/// exactly is an ``AllkontorError`` that names the specification and the reason.
public func replacingHours(of catalogue: Data, withSchema jsonLD: String, in language: String = "en") throws -> Data {
    try translating {
        try withSchemaHours(catalogue: catalogue, jsonLd: jsonLD, language: language)
    }
}
