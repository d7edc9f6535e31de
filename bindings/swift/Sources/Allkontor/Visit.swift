import AllkontorFFI
import Foundation

// What visitors do, and what they see. All of it works with no network.
extension Device {
    /// Books, with no network if there is none: one outcome a date, in order.
    public func book(_ wanted: Wanted) async throws -> [DateOutcome] {
        try await call { engine, now in try engine.book(now: now, wanted: wanted) }
    }

    /// The dates of a series: `first` again and again by an RRULE value (RFC 5545; daily, weekly or monthly) such as
    /// `FREQ=WEEKLY;BYDAY=TU;COUNT=12`, less those that start on the days `except`. At most 60.
    public func repeatDates(_ first: Interval, by rrule: String, except: [OfficeDay] = []) async throws -> [Interval] {
        try await call { engine, _ in try engine.repeatDates(first: first, rrule: rrule, except: except) }
    }

    /// Withdraws a booking.
    public func cancel(_ booking: BookingId) async throws {
        try await call { engine, now in try engine.cancel(now: now, booking: booking) }
    }

    /// Asks for another time or place instead; the first date of `wanted` counts. What is held stays held until the office
    /// confirms the new one.
    public func move(_ booking: BookingId, to wanted: Wanted) async throws -> ChangeOutcome {
        try await call { engine, now in try engine.moveTo(now: now, booking: booking, to: wanted) }
    }

    /// Asks to stay until `end`, longer or shorter, in the same place.
    public func extend(_ booking: BookingId, until end: CivilMinute) async throws -> ChangeOutcome {
        try await call { engine, now in try engine.extend(now: now, booking: booking, end: end) }
    }

    /// "I am here."
    public func arrive(_ booking: BookingId) async throws {
        try await call { engine, now in try engine.arrive(now: now, booking: booking) }
    }

    /// All of this device's bookings, in the order in which they were made.
    public func agenda() async throws -> [Booking] {
        try await pages(after: \.id) { engine, after, limit in try engine.agenda(after: after, limit: limit) }
    }

    /// One of this device's bookings; `nil` when there is no such booking.
    public func booking(_ booking: BookingId) async throws -> Booking? {
        try await call { engine, _ in try engine.booking(booking: booking) }
    }

    /// Why a booking stands as it does, and what is near and free; `nil` while it is a draft. ``Words`` says it.
    public func explain(_ booking: BookingId) async throws -> Explanation? {
        try await call { engine, now in try engine.explain(now: now, booking: booking) }
    }

    /// Units free for the whole time, fewest surplus features first.
    public func free(
        _ interval: Interval,
        of classId: ClassId? = nil,
        needs: [FeatureId] = []
    ) async throws -> [FreeUnit] {
        try await call { engine, _ in try engine.free(classId: classId, needs: needs, interval: interval) }
    }

    /// When any unit is taken on a day, or expected to be, by unit, then by time; never by whom.
    public func day(_ day: OfficeDay) async throws -> [DayEntry] {
        try await pages(after: \.self) { engine, after, limit in try engine.day(day: day, after: after, limit: limit) }
    }

    /// What is left of this person's share of a class for a booking on a day.
    public func allowances(of classId: ClassId, on day: OfficeDay) async throws -> [Allowance] {
        try await call { engine, now in try engine.ownAllowances(now: now, classId: classId, day: day) }
    }

    /// What the office is, with names in a language; `nil` before it has come.
    public func office(in language: String) async throws -> OfficeInfo? {
        try await call { engine, _ in try engine.office(language: language) }
    }

    /// The catalogue as published, as JSON; `nil` before it has come.
    public func catalogueJSON() async throws -> Data? {
        try await call { engine, _ in try engine.catalogueJson() }
    }

    /// The hours of `days` days from `first` on, at most 62, with notes in a language; `nil` before they have come.
    public func hours(from first: OfficeDay, days: UInt32 = 1, in language: String) async throws -> [DateHours]? {
        try await call { engine, _ in try engine.hours(first: first, days: days, language: language) }
    }

    /// The hours of a partner in the same house, as ``hours(from:days:in:)`` gives the office's; `nil` when there is no such
    /// partner.
    public func partnerHours(
        _ partner: PartnerId, from first: OfficeDay, days: UInt32 = 1, in language: String
    ) async throws -> [DateHours]? {
        try await call { engine, _ in
            try engine.partnerHours(partner: partner, first: first, days: days, language: language)
        }
    }

    /// The hours of an ordinary week; `nil` before they have come.
    public func week() async throws -> [WeekdayHours]? {
        try await call { engine, _ in try engine.week() }
    }

    /// Words in a language (BCP 47), or English when there is none of that tag, with the office's own names.
    public func words(in language: String) async throws -> Words {
        Words(try await call { engine, _ in try engine.words(language: language) })
    }

    /// The office's time zone.
    public func zone() async throws -> TimeZone {
        let name = try await call { engine, _ in try engine.zone() }
        guard let zone = TimeZone(identifier: name) else {
            throw AllkontorError(.internal, "unknown_zone", "this machine knows no time zone \(name)", false)
        }
        return zone
    }

    /// What the office's wall clock shows now.
    public func civilNow() async throws -> CivilMinute {
        try await call { engine, now in try engine.civil(now: now) }
    }

    /// The office's id, which phones join by.
    public func officeId() async throws -> OfficeId {
        try await call { engine, _ in try engine.officeId() }
    }

    /// What this device is to its office.
    public func standing() async throws -> Standing {
        try await call { engine, _ in try engine.standing() }
    }

    /// The key that others know this device by. A visitor's is different at every office.
    public func publicKey() async throws -> PublicKey {
        try await call { engine, _ in try engine.publicKey() }
    }

    /// One hash of everything, in hexadecimal: equal on devices with the same statements.
    public func digest() async throws -> String {
        try await call { engine, _ in try engine.digest() }
    }

    /// The first statement that this version of the app is too old to follow; `nil` when it follows all.
    public func outdated() async throws -> StatementId? {
        try await call { engine, _ in try engine.outdated() }
    }
}

extension Interval {
    /// From the first minute to the last but one: `tuesday.at(10)..<tuesday.at(11)`.
    public init(_ span: Range<CivilMinute>) {
        self.init(start: span.lowerBound, end: span.upperBound)
    }

    /// What the office's wall clock shows then.
    public init(_ interval: DateInterval, in zone: TimeZone) {
        self.init(start: CivilMinute(interval.start, in: zone), end: CivilMinute(interval.end, in: zone))
    }

    /// When that is; `nil` when it ends before it starts.
    public func dateInterval(in zone: TimeZone) -> DateInterval? {
        let (first, last) = (start.date(in: zone), end.date(in: zone))
        return first <= last ? DateInterval(start: first, end: last) : nil
    }

    /// How many minutes it is on the wall clock.
    public var minutes: Int {
        start.distance(to: end)
    }
}

extension Wanted {
    /// One unit, or its equal, from then until then.
    public static func unit(_ unit: UnitId, _ span: Range<CivilMinute>, party: UInt16 = 1) -> Wanted {
        Wanted(what: .unitOrEqual(unit: unit), dates: [Interval(span)], party: party)
    }

    /// This unit and no other.
    public static func exactly(_ unit: UnitId, _ span: Range<CivilMinute>, party: UInt16 = 1) -> Wanted {
        Wanted(what: .exactlyUnit(unit: unit), dates: [Interval(span)], party: party)
    }

    /// So many units of a class, all at once or none.
    public static func places(
        _ count: UInt16,
        of classId: ClassId,
        _ span: Range<CivilMinute>,
        needs: [FeatureId] = []
    ) -> Wanted {
        Wanted(what: .places(classId: classId, count: count), dates: [Interval(span)], needs: needs, party: count)
    }

    /// What the catalogue books together: a whole room, a room with its projector.
    public static func together(_ bundle: CompositeId, _ span: Range<CivilMinute>, party: UInt16 = 1) -> Wanted {
        Wanted(what: .together(bundle: bundle), dates: [Interval(span)], party: party)
    }

    /// The same on each of these dates, each a request of its own.
    public func on(_ dates: [Interval]) -> Wanted {
        var wanted = self
        wanted.dates = dates
        return wanted
    }

    /// Or at this other time, on the first date.
    public func or(_ span: Range<CivilMinute>) -> Wanted {
        var wanted = self
        wanted.alternatives.append(Interval(span))
        return wanted
    }
}

extension Booking {
    /// What is known of what it asks for.
    public var stage: Stage {
        status.stage
    }
}

extension Stage {
    /// Where the person is, or would be; empty when nothing fits or all is over.
    public var holds: [Hold] {
        switch self {
        case .likely(let holds), .alternative(let holds), .confirmed(let holds), .checkedIn(let holds): holds
        case .asked, .waiting, .moved, .released, .declined, .withdrawn, .cancelled: []
        }
    }
}
