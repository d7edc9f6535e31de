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
        var nanos: [Int64] = []
        for _ in 0..<warm + counted {
            let clock = ContinuousClock()
            let start = clock.now
            let page = try await kiosk.deskBookings(.ofMonth(year: 2026, month: 11))
            let spent = start.duration(to: clock.now).components
            nanos.append(spent.seconds * 1_000_000_000 + spent.attoseconds / 1_000_000_000)
            try #require(page.count == 1_000)
        }
        try await kiosk.close()
        let median = nanos.dropFirst(warm).sorted()[counted / 2]
        try "\(median)".write(to: folder.appendingPathComponent("swift"), atomically: true, encoding: .utf8)
    }
}
