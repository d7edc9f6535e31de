import Foundation
import Testing

@testable import Allkontor

/// A measurement: `cargo xtask cost` runs it, and compares the languages.
@Suite struct CostTests {
    static let folder = ProcessInfo.processInfo.environment["ALLKONTOR_COST"] ?? ""

    @Test(.enabled(if: !folder.isEmpty)) func aPageOfAThousandBookings() async throws {
        let (turns, warm, rounds) = (40, 50, 20)
        let folder = URL(fileURLWithPath: Self.folder)
        let kiosk = try await Allkontor.Device.open(in: folder.appendingPathComponent("office"))
        func ask(_ times: Int) async throws {
            for _ in 0..<times {
                let page = try await kiosk.deskBookings(.ofMonth(year: 2026, month: 11))
                try #require(page.count == 1_000)
            }
        }
        try await ask(warm)
        var measured = ""
        for _ in 0..<turns {
            let start = spent()
            try await ask(rounds)
            let nanos = (spent() - start) / rounds
            measured += "\(nanos) \(try rust(in: folder))\n"
        }
        try await kiosk.close()
        try measured.write(to: folder.appendingPathComponent("swift"), atomically: true, encoding: .utf8)
    }

    /// What the same call takes in Rust at this moment.
    private func rust(in folder: URL) throws -> Int {
        let (page, said) = (Process(), Pipe())
        page.executableURL = folder.appendingPathComponent("page")
        page.arguments = [folder.path]
        page.standardOutput = said
        try page.run()
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        page.waitUntilExit()
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), "page said \(text)")
    }

    /// What this process has taken of a processor's time, in nanoseconds.
    private func spent() -> Int {
        var spent = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent)
        return Int(spent.tv_sec) * 1_000_000_000 + Int(spent.tv_nsec)
    }
}
