import Foundation
import Testing

@testable import Allkontor

/// Streams that the doorbell feeds, and meeting over sockets.
@Suite(.timeLimit(.minutes(5))) struct WatchingTests {
    @Test func anAgendaFollowsWhatHappens() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let agendas = phone.watchAgenda()
            #expect(try await first(of: agendas) { _ in true } == [])
            async let day = first(of: phone.watchDay(tuesday)) { !$0.isEmpty }
            _ = try await phone.book(room(10))
            #expect(try await first(of: agendas) { !$0.isEmpty }[0].stage.isLikely)
            #expect(try await day.map(\.kind) == [.expected])
            async let confirmed = first(of: agendas) { $0.first?.stage.isConfirmed == true }
            async let delivered = first(of: phone.watchSyncState()) { $0.undelivered == 0 }
            try await office.meet(phone)
            #expect(try await confirmed[0].status.delivery == .received)
            #expect(try await delivered.undelivered == 0)
        }
    }

    @Test func aDayIsToldOfItsOwnChangesOnlyAndASlowReaderGetsTheNewest() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            var days = phone.watchDay(tuesday).makeAsyncIterator()
            #expect(await days.next() == [])
            _ = try await phone.book(room(10, days: 1))
            _ = try await phone.book(room(12))
            #expect(await days.next()?.map(\.interval.start) == [at(12)])
            for hour in [14, 16, 18] { _ = try await phone.book(room(hour)) }
            #expect(await days.next()?.count == 4)
        }
    }

    @Test func changesThatASlowReaderMissesComeTogether() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            var changes = phone.changes().makeAsyncIterator()
            async let made = phone.book(room(9))
            let change = await changes.next()
            _ = try await made
            #expect(change?.bookings.count == 1)
            for hour in 10..<14 { _ = try await phone.book(room(hour)) }
            #expect(await changes.next()?.bookings.count == 4)
        }
    }

    @Test func whatCannotBeReadIsReadAgainAtTheNextRing() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let (place, away) = (try office.place("anna"), office.folder.appendingPathComponent("away"))
            try await phone.suspend()
            try FileManager.default.moveItem(at: place, to: away)
            async let seen = first(of: phone.watchAgenda()) { $0.count == 1 }
            while phone.bell.followers == 0 { await Task.yield() }
            for _ in 0..<4 {
                let unread = try await refuses(.argument) { _ = try await phone.agenda() }
                #expect(unread.code == "no_folder")
            }
            try FileManager.default.moveItem(at: away, to: place)
            _ = try await phone.book(room(10))
            #expect(try await seen[0].stage.isLikely)
        }
    }

    @Test func aCancelledReaderEndsAndTheDeviceGoesOn() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let reading = Task {
                var seen = 0
                for await _ in phone.watchAgenda() { seen += 1 }
                return seen
            }
            _ = try await first(of: phone.watchAgenda()) { _ in true }
            reading.cancel()
            #expect(await reading.value <= 1)
            _ = try await phone.book(room(10))
            #expect(try await phone.agenda().count == 1)
            // Nobody follows any more.
            #expect(phone.bell.followers == 0)
        }
    }

    @Test func streamsEndWhenTheDeviceCloses() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let (looks, looked) = AsyncStream.makeStream(of: Void.self)
            let reading = Task {
                for await _ in phone.watchAgenda() { looked.yield() }
            }
            _ = await looks.first { true }
            try await phone.close()
            await reading.value
        }
    }

    @Test func devicesMeetOverSocketsAndWhoStaysHearsOfIt() async throws {
        try await inOffice { office in
            let (anna, bo) = (try await office.phone("anna", met: false), try await office.phone("bo", met: false))
            let listening = try office.kiosk.listen()
            for phone in [anna, bo] {
                try await phone.dial(host: "127.0.0.1", port: listening.port)
                _ = try await phone.book(room(10))
            }
            let staying = Task { try await anna.dial(host: "127.0.0.1", port: listening.port, stay: true) }
            _ = try await first(of: anna.watchAgenda()) { $0.first?.stage.isConfirmed == true }
            try await bo.dial(host: "127.0.0.1", port: listening.port)
            staying.cancel()
            await #expect(throws: CancellationError.self) { try await staying.value }
            for phone in [anna, bo, anna, bo] { try await phone.dial(host: "127.0.0.1", port: listening.port) }
            #expect(try await office.agree(anna, bo))
            #expect(try await bo.only().stage.units == [2])
            #expect(try await anna.syncState().connections == [])
            await listening.close()
            #expect(try await office.kiosk.syncState().connections == [])
            await #expect(throws: SocketError.self) { try await bo.dial(host: "127.0.0.1", port: listening.port) }
        }
    }

    @Test func aStrangerOnTheLineHarmsNobody() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let listening = try office.kiosk.listen()
            let lines: [[UInt8]] = [
                [], Array("GET / HTTP/1.1\r\n\r\n".utf8), [0, 0, 0, 5] + Array("hello".utf8), [0xff, 0xff, 0xff, 0xff],
                [0, 0, 1],
            ]
            for line in lines {
                let stranger = try await Socket.connect(host: "127.0.0.1", port: listening.port)
                if !line.isEmpty { try await stranger.write(Data(line)) }
                stranger.close()
            }
            _ = try await phone.book(room(10))
            for _ in 0..<2 { try await phone.dial(host: "127.0.0.1", port: listening.port) }
            #expect(try await phone.only().stage.isConfirmed)
            await listening.close()
        }
    }

    @Test func aPhoneTellsAListenerThatIsNotOurs() async throws {
        try await inOffice { office in
            let phone = try await office.phone("anna")
            let port = try Port(0, onLoopbackOnly: true)
            async let dialled: Void = phone.dial(host: "127.0.0.1", port: port.number)
            let caller = try #require(await port.callers.first { _ in true })
            try await caller.write(Data([0xff, 0xff, 0xff, 0xff]))
            do {
                try await dialled
                Issue.record("it was taken for one of the office's")
            } catch let error as AllkontorError {
                #expect(error.kind == .badBytes)
                #expect(error.detail.contains("the limit is 262144"))
            }
            #expect(try await phone.syncState().connections == [])
            port.close()
        }
    }
}
