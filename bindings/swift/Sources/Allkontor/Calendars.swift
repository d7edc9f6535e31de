import AllkontorFFI
import Foundation

// Bookings, busy times and hours as iCalendar, and files of other calendars in.
extension Device {
    /// One of this device's bookings as an iCalendar file, with texts in a language; `nil` when there is no such booking,
    /// or when the office has not given it a ticket yet.
    ///
    /// Its UID stays whatever becomes of it and its SEQUENCE rises, so that a calendar that has it takes a later file as
    /// news of the same event, also that it is cancelled.
    public func bookingICS(_ booking: BookingId, in language: String = "en") async throws -> Data? {
        try await call { engine, now in try engine.bookingIcs(now: now, booking: booking, language: language) }
    }

    /// All of this device's bookings as one iCalendar feed: the person's own, for nobody else to see.
    public func agendaICS(in language: String = "en") async throws -> Data {
        try await call { engine, now in try engine.agendaIcs(now: now, language: language) }
    }

    /// When a unit is taken in `days` days, at most 400, as an iCalendar feed; never by whom.
    public func unitICS(
        _ unit: UnitId,
        from first: OfficeDay,
        days: UInt32 = 62,
        in language: String = "en"
    ) async throws -> Data {
        try await call { engine, now in
            try engine.unitIcs(now: now, unit: unit, first: first, days: days, language: language)
        }
    }

    /// What everybody may know of `days` days, at most 400, as an iCalendar feed for the web: when units are taken, what is
    /// closed, and dates with hours of their own; never who. Rentals are left out.
    public func officeICS(
        from first: OfficeDay,
        days: UInt32 = 62,
        in language: String = "en"
    ) async throws -> Data {
        try await call { engine, now in
            try engine.officeIcs(now: now, first: first, days: days, language: language)
        }
    }

    /// Takes in an iCalendar file. An event is at the unit that its LOCATION names, else at `unit`.
    ///
    /// Each date is taken in whole or not at all, and none stops another. What was taken in is remembered under the file's
    /// UID on this device: the same file again changes nothing, a later version of an event moves what was made of it, a
    /// cancelled one takes it back. ``Words`` says each outcome.
    public func importICS(_ ics: Data, as use: ICSUse, at unit: UnitId? = nil) async throws -> ICSImport {
        try await call { engine, now in try engine.importIcs(now: now, ics: ics, useAs: use, unit: unit) }
    }
}

extension ICSClosed {
    /// A catalogue (JSON) with what an iCalendar file closes: whole days of the office become dates with no hours, anything
    /// else a closure with the event's title for its reason. The same file again changes nothing.
    ///
    /// People who have booked are not moved by a catalogue: `importICS` closes the units as well.
    public init(_ ics: Data, in catalogue: Data, titlesIn language: String = "en") throws {
        self = try translating { try withIcsClosures(catalogue: catalogue, ics: ics, language: language) }
    }
}
