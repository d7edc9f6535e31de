import Foundation
import Testing

@testable import Allkontor

/// A measurement: `cargo xtask cost` runs it, and compares the languages.
@Suite struct CostTests {
    static let folder = ProcessInfo.processInfo.environment["ALLKONTOR_COST"] ?? ""

    @Test(.enabled(if: !folder.isEmpty)) func aPageOfAThousandBookings() async throws {
        let (warm, counted) = (50, 100)
        let folder = URL(fileURLWithPath: Self.folder)
        let kiosk = try await Allkontor.Device.open(in: folder.appendingPathComponent("office"))
        var start = 0
        for turn in 0..<warm + counted {
            if turn == warm { start = spent() }
            let page = try await kiosk.deskBookings(.ofMonth(year: 2026, month: 11))
            try #require(page.count == 1_000)
        }
        let nanos = (spent() - start) / counted
        try await kiosk.close()
        try "\(nanos)".write(to: folder.appendingPathComponent("swift"), atomically: true, encoding: .utf8)
    }

    /// What this process has taken of a processor's time, in nanoseconds.
    private func spent() -> Int {
        var spent = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent)
        return Int(spent.tv_sec) * 1_000_000_000 + Int(spent.tv_nsec)
    }
}
