import Foundation

/// A minute on the office's wall clock, whatever zone a phone is in. Years 1970 to 2199.
///
/// Everything that an office says about times it says so: `10:00` is ten o'clock on the wall of the office. Ask for a
/// `Date` where a moment is needed, and say in which zone the office is.
public struct CivilMinute: RawRepresentable, Hashable, Sendable {
    /// Minutes since 2000-01-01T00:00.
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// What the wall clock shows at a moment, seconds dropped.
    public init(_ date: Date, in zone: TimeZone) {
        let shown = date.timeIntervalSince1970 - epoch + TimeInterval(zone.secondsFromGMT(for: date))
        self.init(rawValue: Int32(fitting: (shown / 60).rounded(.down)))
    }

    /// `nil` when there is no such minute in the calendar.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0) {
        guard let midnight = OfficeDay(year: year, month: month, day: day), 0..<24 ~= hour, 0..<60 ~= minute else {
            return nil
        }
        self = midnight.at(hour, minute)
    }

    /// The moment at which the wall clock shows this; when it is skipped there, the first moment after; when it is shown
    /// twice, the first time.
    public func date(in zone: TimeZone) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let asThoughUTC = Date(timeIntervalSince1970: epoch + TimeInterval(rawValue) * 60)
        return calendar.date(from: components) ?? asThoughUTC
    }

    /// Year, month, day, hour and minute, with no zone.
    public var components: DateComponents {
        let (day, minute) = Int(rawValue).dividing(by: 1440)
        var components = OfficeDay(rawValue: Int32(day)).components
        components.hour = minute / 60
        components.minute = minute % 60
        return components
    }
}

extension CivilMinute: Strideable {
    public func distance(to other: CivilMinute) -> Int {
        Int(other.rawValue) - Int(rawValue)
    }

    /// So many minutes later on the wall clock.
    public func advanced(by minutes: Int) -> CivilMinute {
        CivilMinute(rawValue: Int32(fitting: Double(rawValue) + Double(minutes)))
    }
}

extension CivilMinute: LosslessStringConvertible {
    /// `2026-11-24T10:00`
    public init?(_ description: String) {
        let parts = description.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = OfficeDay(String(parts[0])),
            let clock = numbers(parts[1], separator: ":", widths: [2, 2]), clock[0] < 24, clock[1] < 60
        else { return nil }
        self = day.at(clock[0], clock[1])
    }

    public var description: String {
        let (day, minute) = Int(rawValue).dividing(by: 1440)
        return "\(OfficeDay(rawValue: Int32(day)))T\(padded(minute / 60, 2)):\(padded(minute % 60, 2))"
    }
}

/// A day of the office. It begins at the office's `dayStart` (04:00 unless it was founded otherwise), not at midnight:
/// one in the morning belongs to the day before.
public struct OfficeDay: RawRepresentable, Hashable, Sendable {
    /// Days since 2000-01-01.
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// `nil` when there is no such day in the calendar.
    public init?(year: Int, month: Int, day: Int) {
        let asked = DateComponents(year: year, month: month, day: day)
        guard 1...9999 ~= year, 1...12 ~= month, 1...31 ~= day, let midnight = utc.date(from: asked) else { return nil }
        self.init(rawValue: Int32(fitting: ((midnight.timeIntervalSince1970 - epoch) / 86_400).rounded(.down)))
        let there = components
        if (there.year, there.month, there.day) != (year, month, day) { return nil }
    }

    /// The day of the office at a moment. `dayStart`: as in `OfficeInfo`, minutes after midnight.
    public init(_ date: Date, in zone: TimeZone, dayStart: UInt16 = 240) {
        let minute = Int(CivilMinute(date, in: zone).rawValue) - Int(dayStart)
        self.init(rawValue: Int32(minute.dividing(by: 1440).quotient))
    }

    /// A time of this date on the wall clock.
    public func at(_ hour: Int, _ minute: Int = 0) -> CivilMinute {
        CivilMinute(rawValue: Int32(fitting: Double(rawValue) * 1440 + Double(hour) * 60 + Double(minute)))
    }

    /// Year, month and day, with no zone.
    public var components: DateComponents {
        let midnight = Date(timeIntervalSince1970: epoch + TimeInterval(rawValue) * 86_400)
        return utc.dateComponents([.year, .month, .day], from: midnight)
    }
}

extension OfficeDay: Strideable {
    public func distance(to other: OfficeDay) -> Int {
        Int(other.rawValue) - Int(rawValue)
    }

    /// So many days later.
    public func advanced(by days: Int) -> OfficeDay {
        OfficeDay(rawValue: Int32(fitting: Double(rawValue) + Double(days)))
    }
}

extension OfficeDay: LosslessStringConvertible {
    /// `2026-11-24`
    public init?(_ description: String) {
        guard let date = numbers(Substring(description), separator: "-", widths: [4, 2, 2]) else { return nil }
        self.init(year: date[0], month: date[1], day: date[2])
    }

    public var description: String {
        let date = components
        return "\(padded(date.year ?? 0, 4))-\(padded(date.month ?? 0, 2))-\(padded(date.day ?? 0, 2))"
    }
}

/// 2000-01-01T00:00 UTC, in seconds since 1970.
private let epoch: TimeInterval = 946_684_800

private let utc: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    return calendar
}()

/// What the engine's clock counts in. A date beyond what it can count is the last that it can.
func wholeSeconds(_ date: Date) -> Int64 {
    Int64(exactly: date.timeIntervalSince1970.rounded(.down)) ?? (date.timeIntervalSince1970 > 0 ? .max : .min)
}

extension Int32 {
    /// The nearest there is: the engine refuses what is outside the years that it knows.
    fileprivate init(fitting value: Double) {
        self = value.isNaN ? .min : Int32(Swift.max(Double(Int32.min), Swift.min(Double(Int32.max), value)))
    }
}

extension Int {
    /// With a remainder that is never negative.
    fileprivate func dividing(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

private func numbers(_ text: Substring, separator: Character, widths: [Int]) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.count) == widths, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else {
        return nil
    }
    return parts.compactMap { Int($0) }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
