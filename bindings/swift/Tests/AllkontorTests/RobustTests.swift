import AllkontorFFI
import Foundation
import Testing

@testable import Allkontor

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bad bytes, full disks, early ends: an error with the facts in it, and nothing lost.
@Suite(.serialized) struct RobustTests {
    @Test func badBytesAreRefusedByEveryDoor() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let before = try await phone.digest()
            let opened = try await phone.connect()
            let whole = try await office.kiosk.exportFile()
            var flipped = whole
            flipped[40] ^= 0xff
            for junk in [Data(), Data([0]), Data("not ours".utf8), whole.dropLast(7), flipped] {
                let refused = try await refuses(.badBytes) { try await phone.importFile(Data(junk)) }
                #expect(refused.code == "not_a_bundle")
                #expect(!refused.isRetryable)
            }
            _ = try await refuses(.badBytes) {
                _ = try await phone.receive(Data(repeating: 7, count: 100), on: opened.connection)
            }
            let gone = try await refuses(.missing) { _ = try await phone.poll(opened.connection) }
            #expect(gone.code == "no_connection")
            let card = Data([0xa1, 0, 0x18, 0x63])
            _ = try await refuses(.badBytes) { try await phone.scanCard(card) }
            _ = try await refuses(.badBytes) { _ = try await phone.verifyCertificate(card) }
            _ = try await refuses(.badBytes) { _ = try await phone.scanEnrolment(card) }
            _ = try await refuses(.badBytes) { _ = try readCode(card) }
            let slip = try await refuses(.badBytes) {
                _ = try await phone.findSlip("3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GT")
            }
            #expect(slip.code == "not_a_slip")
            _ = try await refuses(.badBytes) {
                _ = try await Allkontor.Device.join(invitation: Data("no invitation".utf8), in: office.place("eva"))
            }
            #expect(try await phone.digest() == before)
            try await office.meet(phone)
        }
    }

    @Test func wrongArgumentsAreToldWithWhatWasExpected() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let backwards = Wanted(what: .unitOrEqual(unit: 1), dates: [Interval(start: at(11), end: at(10))])
            let empty = try await refuses(.argument) { _ = try await phone.book(backwards) }
            #expect(empty.code == "empty_interval")
            #expect(empty.detail.contains("2026-11-24T11:00"))
            let far = try await refuses(.argument) { _ = try await phone.extend(1, until: CivilMinute(rawValue: .max)) }
            #expect(far.code == "out_of_range")
            let short = try await refuses(.argument) {
                _ = try await Allkontor.Device.join(
                    office: office.kiosk.officeId(), in: office.place("bo"), deviceSeed: Data("short".utf8))
            }
            #expect(short.detail.contains("expected 32"))
            let taken = try await refuses(.refused) {
                _ = try await Allkontor.Device.join(office: office.kiosk.officeId(), in: office.place("anna"))
            }
            #expect(taken.code == "taken")
            let nobody = try await refuses(.missing) { _ = try await Allkontor.Device.open(in: office.place("nobody")) }
            #expect(nobody.text(in: "sv") == "Den här enheten följer inget kontor än.")
            let nowhere = office.folder.appendingPathComponent("eva").appendingPathComponent("phone")
            let missing = try await refuses(.argument) { _ = try await Allkontor.Device.open(in: nowhere) }
            #expect((missing.code, missing.isRetryable) == ("no_folder", false))
            #expect(missing.detail.contains("path's") && !missing.detail.contains("eva"), "\(missing.detail)")
            #expect(!FileManager.default.fileExists(atPath: nowhere.deletingLastPathComponent().path))
            let visitor = try await refuses(.refused) { try await phone.publish(catalogue) }
            #expect(visitor.code == "not_a_steward")
        }
    }

    @Test func aFaultInsideIsAnErrorAndTheDeviceGoesOnFromItsStore() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            let before = try await phone.agenda()
            let opened = try await phone.connect()
            async let followed = first(of: phone.watchAgenda()) { $0.count == 2 }
            let fault = try await refuses(.internal) { try await phone.rehearseFault() }
            #expect((fault.code, fault.isRetryable) == ("panic", true))
            #expect(fault.text(in: "sv") == "Något gick fel inuti. Försök igen: ingenting har gått förlorat.")
            #expect(try await phone.agenda() == before)
            let gone = try await refuses(.missing) { _ = try await phone.poll(opened.connection) }
            #expect(gone.code == "no_connection")
            // Whoever follows goes on following.
            _ = try await phone.book(room(12))
            #expect(try await followed.count == 2)
            try await office.meet(phone)
            let after = try await phone.agenda()
            #expect(after.allSatisfy { $0.stage.isConfirmed })
        }
    }

    @Test func errorsHaveWordsAndNameNobody() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let error = try await refuses(.missing) { try await phone.cancel(99) }
            #expect(error.code == "no_such_booking")
            #expect(error.detail == "booking #99 is not on this device")
            #expect(error.text(in: "sv") == "Bokningen är inte känd här. Den kan komma när enheten möter en annan.")
            #expect(try await phone.words(in: "en").error(error) == error.text(in: "fi"))
            // What the system's own alerts show.
            #expect((error as any Error).localizedDescription == error.errorDescription)
            #expect((error as any LocalizedError).failureReason == error.detail)
        }
    }

    @Test func afterClosingEveryCallSaysSoAndEveryStreamEnds() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let changes = phone.changes()
            try await phone.close()
            try await phone.close()
            let closed = try await refuses(.closed) { _ = try await phone.agenda() }
            #expect(closed.code == "closed")
            _ = try await refuses(.closed) { _ = try await phone.digest() }
            _ = try await refuses(.closed) { _ = try await phone.connect() }
            for stream in [changes, phone.changes()] {
                for await change in stream { Issue.record("\(change)") }
            }
            for await agenda in phone.watchAgenda() { Issue.record("\(agenda)") }
        }
    }

    @Test func aDeviceThatNobodyHoldsLetsGoOfItsFiles() async throws {
        try await inOffice { office in
            let place = try office.place("anna")
            func use() async throws {
                let invitation = try await office.kiosk.invitation()
                let phone = try await Allkontor.Device.join(invitation: invitation, in: place, clock: office.clock)
                try await office.meet(phone)
                _ = try await phone.book(room(10))
                for await agenda in phone.watchAgenda() where !agenda.isEmpty { break }
                #expect(try !openFiles(below: place).isEmpty)
            }
            try await use()
            // The thread that made the last call may hold it a moment longer.
            for _ in 0..<1000 where try !openFiles(below: place).isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(try openFiles(below: place) == [])
            #expect(try await office.reopen("anna").agenda().count == 1)
        }
    }

    @Test func suspendingLeavesNoFileNoLockAndNoThread() async throws {
        try await inOffice { office in
            let place = try office.place("kiosk")
            #expect(try !openFiles(below: place).isEmpty)
            try await office.kiosk.suspend()
            #expect(try openFiles(below: place) == [])
            try await office.kiosk.suspend()
            #expect(try await office.kiosk.digest().count == 64)
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await phone.suspend()
            // As another process would: nothing keeps it out.
            let other = try await office.reopen("anna")
            _ = try await other.book(room(12))
            try await other.close()
            #expect(try await phone.agenda().count == 2)
            let few = try threads()
            for n in 0..<20 {
                let one = try await office.phone("phone \(n)", met: false)
                _ = try await one.standing()
                try await one.suspend()
            }
            // The system lends a thread for a call. Had each of them kept one, there would be twenty more.
            #expect(try threads() < few + 20)
        }
    }

    private func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }

    /// What this process has open there. Nothing where the system does not tell.
    private func openFiles(below folder: URL) throws -> [String] {
        let descriptors = "/proc/self/fd"
        let manager = FileManager.default
        let targets = try manager.contentsOfDirectory(atPath: descriptors).compactMap {
            try? manager.destinationOfSymbolicLink(atPath: descriptors + "/" + $0)
        }
        return targets.filter { $0.hasPrefix(folder.path) }
    }

    @Test func aFullDiskIsToldAndNothingIsLost() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(9))
            let before = try await phone.agenda()
            let place = try office.place("anna")
            let files = try FileManager.default.contentsOfDirectory(
                at: place, includingPropertiesForKeys: [.fileSizeKey])
            let largest = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }.max() ?? 0
            // No file may grow beyond the largest there is: writing fails as it does on a full disk.
            let unlimited = limitFiles(to: rlim_t(largest))
            let kept: [Booking]
            do {
                defer { _ = limitFiles(to: unlimited) }
                let full = try await refuses(.storage) { for hour in 10..<20 { _ = try await phone.book(room(hour)) } }
                #expect(full.isRetryable)
                kept = try await phone.agenda()
            }
            #expect(Array(kept.prefix(before.count)) == before)
            #expect(try await phone.agenda() == kept)
            _ = try await phone.book(room(20))
            try await office.meet(phone)
            let after = try await phone.agenda()
            #expect(after.count == kept.count + 1)
            #expect(after.allSatisfy { $0.stage.isConfirmed })
        }
    }

    /// The limit that was there before.
    private func limitFiles(to bytes: rlim_t) -> rlim_t {
        signal(SIGXFSZ, SIG_IGN)
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
            let kind = RLIMIT_FSIZE
        #endif
        var limit = rlimit()
        getrlimit(kind, &limit)
        let before = limit.rlim_cur
        limit.rlim_cur = bytes
        setrlimit(kind, &limit)
        return before
    }

    @Test func aCancelledTaskLosesNothing() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            for hour in 8..<20 {
                let task = Task { try await phone.book(room(hour)) }
                // Cancelled before it begins, in its middle, or when it is done: at whatever point this gets to.
                try await Task.sleep(for: .microseconds(300 * (hour - 8)))
                task.cancel()
                let made = try? await task.value
                let there = try await phone.agenda().filter { $0.wanted[0].interval.start == at(hour) }
                // Whole or not at all, and who was told so was told the truth.
                #expect(there.count == (made == nil ? 0 : 1), "at \(hour)")
            }
            let cancelled = Task {
                try? await Task.sleep(for: .seconds(60))
                return try await phone.book(room(20))
            }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { _ = try await cancelled.value }
            let before = try await phone.agenda()
            try await phone.close()
            let again = try await office.reopen("anna")
            #expect(try await again.agenda() == before)
            try await office.meet(again)
            #expect(try await office.agree(again))
        }
    }

    /// Calls the engine from inside the ring, on whatever thread that is, and throws.
    private final class Reentrant: Doorbell {
        let engine: AllkontorFFI.Device
        let rings = Locked(0)

        init(_ engine: AllkontorFFI.Device) {
            self.engine = engine
        }

        func ring(seq: UInt64) throws {
            let ring = rings.with { count in
                count += 1
                return count
            }
            let there = try engine.changesSince(seq: 0).seq
            if there < seq { throw Unexpected(what: "\(there) at ring \(seq)") }
            if ring == 1 { _ = try engine.book(now: at(8).date(in: stockholm), wanted: room(12)) }
            throw Unexpected(what: "an app's own mistake")
        }
    }

    @Test func aDoorbellMayCallBackAndThrow() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let bell = Reentrant(phone.engine)
            try phone.engine.setDoorbell(doorbell: bell)
            _ = try await phone.book(room(10))
            #expect(bell.rings.with { $0 } == 2)
            #expect(try await phone.agenda().count == 2)
            try phone.engine.setDoorbell(doorbell: nil)
        }
    }

    @Test func memoryDoesNotGrowWithOpeningAndClosing() async throws {
        // ALLKONTOR_OPENS=10000 for the long run; it takes some minutes.
        let times = Int(ProcessInfo.processInfo.environment["ALLKONTOR_OPENS"] ?? "") ?? 300
        try await inOffice { office in
            let phone = try await office.phone("anna")
            _ = try await phone.book(room(10))
            try await phone.close()
            let place = try office.place("anna")
            var first = 0
            for turn in 1...times {
                let device = try await Allkontor.Device.open(in: place)
                #expect(try await device.agenda().count == 1)
                try await device.close()
                if turn == times / 10 { first = try resident() }
            }
            let last = try resident()
            print("\(last) pages in use after \(times) opens and closes, \(first) after a tenth of them")
            #expect(Double(last) <= 1.1 * Double(first))
        }
    }

    /// Pages of memory in use; none where the system does not tell.
    private func resident() throws -> Int {
        let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return Int(text?.split(separator: " ").dropFirst().first ?? "0") ?? 0
    }
}
