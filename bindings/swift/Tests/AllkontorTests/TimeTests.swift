import Foundation
import Testing

@testable import Allkontor

/// What an office's wall clock shows, as Foundation's types and back.
@Suite struct TimeTests {
    @Test func aMinuteIsAMomentInAZone() throws {
        let moment = try #require(ISO8601DateFormatter().date(from: "2026-11-24T09:00:30Z"))
        let shown = CivilMinute(moment, in: stockholm)
        #expect(shown == at(10))
        #expect("\(shown)" == "2026-11-24T10:00")
        #expect(CivilMinute("2026-11-24T10:00") == shown)
        #expect(CivilMinute(year: 2026, month: 11, day: 24, hour: 10) == shown)
        #expect(shown.date(in: stockholm) == moment.addingTimeInterval(-30))
        let components = DateComponents(year: 2026, month: 11, day: 24, hour: 10, minute: 0)
        #expect(shown.components.hour == components.hour && shown.components.day == components.day)
    }

    @Test(arguments: [
        "1970-01-01T00:00", "1999-12-31T23:59", "2000-01-01T00:00", "2000-02-29T12:30", "2026-10-25T01:59",
        "2199-12-31T23:59",
    ])
    func everyMinuteGoesThereAndBack(_ text: String) throws {
        let minute = try #require(CivilMinute(text))
        #expect("\(minute)" == text)
        for zone in [stockholm, TimeZone(secondsFromGMT: 0)!, TimeZone(identifier: "Asia/Kathmandu")!] {
            #expect(CivilMinute(minute.date(in: zone), in: zone) == minute)
        }
        let parts = minute.components
        #expect(
            CivilMinute(
                year: parts.year!, month: parts.month!, day: parts.day!, hour: parts.hour!, minute: parts.minute!)
                == minute)
    }

    @Test(arguments: [
        "", "2026-11-24", "2026-11-24T24:00", "2026-02-29T10:00", "2026-13-01T10:00", "26-1-1T1:1", "2026-11-24T10:0x",
    ])
    func whatIsNoMinuteIsNone(_ text: String) {
        #expect(CivilMinute(text) == nil)
    }

    @Test func clocksThatAreTurned() throws {
        // 02:30 is skipped on 28 March 2027, and shown twice on 25 October 2026.
        let skipped = try #require(CivilMinute("2027-03-28T02:30")).date(in: stockholm)
        #expect(CivilMinute(skipped, in: stockholm) >= CivilMinute("2027-03-28T03:00")!)
        let twice = try #require(CivilMinute("2026-10-25T02:30")).date(in: stockholm)
        #expect(twice == ISO8601DateFormatter().date(from: "2026-10-25T00:30:00Z"))
    }

    @Test func anOfficeDayBeginsInTheMorning() throws {
        let night = try #require(CivilMinute("2026-11-25T03:59")).date(in: stockholm)
        #expect(OfficeDay(night, in: stockholm) == tuesday)
        #expect(OfficeDay(night.addingTimeInterval(60), in: stockholm) == tuesday.advanced(by: 1))
        #expect(OfficeDay(night, in: stockholm, dayStart: 0) == tuesday.advanced(by: 1))
        #expect("\(tuesday)" == "2026-11-24")
        #expect(OfficeDay("2026-02-30") == nil)
        #expect(OfficeDay(year: 2026, month: 2, day: 30) == nil)
        #expect(tuesday.distance(to: OfficeDay("2027-11-24")!) == 365)
    }

    @Test func intervalsAndFoundationsOwn() throws {
        let interval = Interval(at(10)..<at(11, 30))
        let there = try #require(interval.dateInterval(in: stockholm))
        #expect(there.duration == 90 * 60)
        #expect(Interval(there, in: stockholm) == interval)
        #expect(interval.minutes == 90)
        #expect(Interval(start: at(11), end: at(10)).dateInterval(in: stockholm) == nil)
    }

    @Test func aClockThatIsFarOffIsAClock() async throws {
        // The engine answers for any clock; nothing traps on the way.
        for date in [
            Date.distantPast, Date.distantFuture, Date(timeIntervalSince1970: .infinity),
            Date(timeIntervalSince1970: .nan),
        ] {
            #expect(CivilMinute(date, in: stockholm).rawValue != 0)
        }
    }
}
