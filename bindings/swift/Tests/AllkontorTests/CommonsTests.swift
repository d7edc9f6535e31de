import Foundation
import Testing

@testable import Allkontor

/// The usual office, where people say four things a year, and a notice stands for two weeks.
private let house: Data = {
    let text = String(decoding: catalogue, as: UTF8.self).replacingOccurrences(
        of: "\"classes\": {", with: "\"commons\": {\"share\": 4, \"notice_days\": 14}, \"classes\": {")
    return Data(text.utf8)
}()

/// Suggestions and the notice board, from Swift.
@Suite(.timeLimit(.minutes(5))) struct CommonsTests {
    @Test func test_e5_aSuggestionIsSupportedAndAnswered() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(house)
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            let commons = try #require(try await anna.office(in: "en")?.commons)
            #expect(commons == CommonsInfo(share: 4, noticeDays: 14))
            // With no network.
            try await anna.suggest("A bicycle pump by the door")
            let carried = try #require(try await anna.suggestions().first)
            #expect(carried.stage == .carried)
            #expect(carried.isOwn)
            try await office.meet(anna, bo, times: 3)
            let seen = try #require(try await bo.suggestions().first)
            #expect(seen.text == "A bicycle pump by the door")
            #expect(seen.support == 0)
            #expect(!seen.isOwn)
            for _ in 0..<2 { try await bo.supportSuggestion(seen.id) }
            let own = try await refuses(.refused) { try await anna.supportSuggestion(seen.id) }
            #expect(own.code == "own_suggestion")
            async let supported = first(of: anna.watchSuggestions()) { $0.first?.support == 1 }
            try await office.meet(bo, anna, times: 3)
            _ = try await supported
            let known = try await kiosk.suggestions()
            #expect(known.map(\.stage) == [.received])
            #expect(known.map(\.support) == [1])
            let reason = try await refuses(.refused) { try await kiosk.answerSuggestion(seen.id, .rejected) }
            #expect(reason.code == "no_reason")
            try await kiosk.answerSuggestion(seen.id, .planned, text: "In spring.")
            try await office.meet(anna, bo, times: 3)
            let told = try #require(try await anna.suggestions().first)
            #expect(told.stage == .answered(verdict: .planned))
            #expect(told.answers.map(\.text) == ["In spring."])
            let english = try await anna.words(in: "en")
            #expect(english.suggestion(told) == "One person supports it. It will be done.")
            #expect(english.verdict(.planned) == "It will be done.")
            #expect(try await anna.words(in: "sv").suggestion(told) == "En person stöder det. Det ska göras.")
            try await bo.unsupportSuggestion(seen.id)
            try await office.meet(bo, anna, times: 3)
            #expect(try await anna.suggestions().map(\.support) == [0])
            for text in ["Plants", "Tea", "Quiet"] { try await anna.suggest(text) }
            #expect(try await anna.commonsLeft() == 0)
            let used = try await refuses(.refused) { try await anna.suggest("More") }
            #expect(used.code == "commons_share_used")
            #expect(try await office.agree(bo))
            let quiet = try #require(try await anna.suggestions().first { $0.text == "Quiet" })
            try await anna.takeBack(quiet.id)
            try await office.meet(anna, bo, times: 3)
            let left = try await bo.suggestions()
            #expect(Set(left.map(\.text)) == ["A bicycle pump by the door", "Plants", "Tea"])
        }
    }

    @Test func test_e5_whatIsWrittenBeforeThereIsATicketWaitsForIt() async throws {
        try await inOffice { office in
            try await office.kiosk.publish(house)
            let anna = try await office.phone("anna")
            let dora = try await office.phone("dora", met: false)
            try await office.meet(dora, at: anna, times: 1)
            #expect(try await dora.commonsLeft() == nil)
            for text in ["Longer evenings", "Shorter mornings"] { try await dora.suggest(text) }
            let waiting = try await dora.unsaid()
            #expect(waiting.map(\.text) == ["Longer evenings", "Shorter mornings"])
            let second = try #require(waiting.last)
            try await dora.discardUnsaid(second.number)
            try await office.meet(dora, anna, times: 3)
            #expect(try await dora.unsaid().isEmpty)
            #expect(try await anna.suggestions().map(\.text) == ["Longer evenings"])
        }
    }

    @Test func test_e6_aNoticeRunsOutAndIsModerated() async throws {
        try await inOffice { office in
            let kiosk = office.kiosk
            try await kiosk.publish(house)
            let (anna, bo) = (try await office.phone("anna"), try await office.phone("bo"))
            let late = try await refuses(.refused) {
                try await anna.postNotice(.ask, "Excel", until: tuesday.advanced(by: 14), answers: .atDesk)
            }
            #expect(late.code == "notice_last_day")
            try await anna.postNotice(.ask, "Who knows Excel?", until: tuesday.advanced(by: 2), answers: .atDesk)
            try await bo.postNotice(.offer, "Something unkind", until: tuesday.advanced(by: 13), answers: .asWritten)
            async let both = first(of: anna.watchNotices()) { $0.count == 2 }
            try await office.meet(anna, bo, anna, times: 3)
            _ = try await both
            let board = try await anna.notices()
            #expect(Set(board.map(\.text)) == ["Who knows Excel?", "Something unkind"])
            let own = try #require(board.first { $0.isOwn })
            let asked = "Somebody asks for something, until Thursday 26 November."
            #expect(
                try await anna.words(in: "en").notice(own) == "\(asked) Leave word at the desk: number \(own.number).")
            let counts = try await kiosk.commonsCounts()
            #expect([counts.asks, counts.offers, counts.unread] == [1, 1, 2])
            try await kiosk.reviewText(of: own.id)
            let unkind = try #require(board.first { !$0.isOwn })
            try await kiosk.eraseText(of: unkind.id, because: .guidelines)
            try await office.meet(anna, bo, times: 3)
            #expect(try await anna.notices().map(\.id) == [own.id])
            let trace = try #require(try await bo.notices().first { $0.isOwn })
            #expect(trace.stage == .erased(cause: .guidelines))
            #expect(trace.text == nil)
            #expect(trace.trace == unkind.trace)
            let said = try await bo.words(in: "en").notice(trace)
            #expect(said == "The office has erased this: its text breaks the guidelines.")
            let after = try await kiosk.commonsCounts()
            #expect([after.erased, after.unread] == [1, 0])
            office.set(at(9, days: 3))
            #expect(try await bo.notices().allSatisfy { $0.isOwn })
            let over = try await anna.notices()
            #expect(over.map(\.stage) == [.over])
            #expect(over.map(\.text) == [nil])
            let unknown = String(repeating: "00", count: 32)
            _ = try await refuses(.missing) { try await anna.takeBack(unknown) }
        }
    }
}
