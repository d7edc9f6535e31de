package se.allkontor

import java.nio.file.Path
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The usual office, where people say four things a year, and a notice stands for two weeks. */
private val HOUSE: ByteArray = String(CATALOGUE)
    .replace(""""premises": [2],""", """"premises": [2], "commons": {"share": 4, "notice_days": 14},""")
    .toByteArray()

/** Suggestions and the notice board, from Kotlin. */
internal class CommonsTest {
    @TempDir
    lateinit var folder: Path

    /** Everybody meets the kiosk until all is known. */
    private suspend fun World.met(vararg phones: Device) = repeat(3) { phones.forEach { meet(it) } }

    @Test
    fun test_e5_a_suggestion_is_supported_and_answered() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        assertEquals(CommonsInfo(4u, 14u), anna.office("en")!!.commons)
        // With no network.
        anna.suggest("A bicycle pump by the door")
        val carried = anna.suggestions().single()
        assertEquals(listOf(SuggestionStage.Carried, true), listOf(carried.stage, carried.isOwn))
        met(anna, bo)
        val seen = bo.suggestions().single()
        assertEquals(listOf("A bicycle pump by the door", 0u, false), listOf(seen.text, seen.support, seen.isOwn))
        repeat(2) { bo.supportSuggestion(seen.id) }
        val own = refuses<AllkontorException.Refused> { anna.supportSuggestion(seen.id) }
        assertEquals("own_suggestion", own.code)
        coroutineScope {
            val supported = async { anna.watchSuggestions().first { it.single().support == 1u } }
            met(bo, anna)
            supported.await()
        }
        val known = kiosk.suggestions().single()
        assertEquals(listOf(SuggestionStage.Received, 1u), listOf(known.stage, known.support))
        val reason = refuses<AllkontorException.Refused> { kiosk.answerSuggestion(known.id, Verdict.Rejected) }
        assertEquals("no_reason", reason.code)
        kiosk.answerSuggestion(known.id, Verdict.Planned, "In spring.")
        met(anna, bo)
        val told = anna.suggestions().single()
        assertEquals(SuggestionStage.Answered(Verdict.Planned), told.stage)
        assertEquals(listOf("In spring."), told.answers.map { it.text })
        assertEquals("One person supports it. It will be done.", anna.words("en").use { it.suggestion(told) })
        assertEquals("En person stöder det. Det ska göras.", anna.words("sv").use { it.suggestion(told) })
        bo.unsupportSuggestion(seen.id)
        met(bo, anna)
        assertEquals(listOf(0u), anna.suggestions().map { it.support })
        listOf("Plants", "Tea", "Quiet").forEach { anna.suggest(it) }
        assertEquals(0u, anna.commonsLeft())
        val used = refuses<AllkontorException.Refused> { anna.suggest("More") }
        assertEquals("commons_share_used", used.code)
        assertAgreed(bo)
        anna.takeBack(anna.suggestions().single { it.text == "Quiet" }.id)
        met(anna, bo)
        assertEquals(setOf("A bicycle pump by the door", "Plants", "Tea"), bo.suggestions().map { it.text }.toSet())
    }

    @Test
    fun test_e5_what_is_written_before_there_is_a_ticket_waits_for_it() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val anna = phone("anna")
        val dora = phone("dora", met = false)
        meet(dora, anna)
        assertNull(dora.commonsLeft())
        listOf("Longer evenings", "Shorter mornings").forEach { dora.suggest(it) }
        val (first, second) = dora.unsaid()
        assertEquals(listOf("Longer evenings", "Shorter mornings"), listOf(first.text, second.text))
        dora.discardUnsaid(second.number)
        met(dora, anna)
        assertEquals(emptyList<Unsaid>(), dora.unsaid())
        assertEquals(listOf("Longer evenings"), anna.suggestions().map { it.text })
    }

    @Test
    fun test_e6_a_notice_runs_out_and_is_moderated() = inOffice(folder) {
        kiosk.publish(HOUSE)
        val (anna, bo) = listOf("anna", "bo").map { phone(it) }
        val late = refuses<AllkontorException.Refused> {
            anna.postNotice(NoticeKind.Ask, "Excel", TUESDAY.plusDays(14), NoticeAnswers.AtDesk)
        }
        assertEquals("notice_last_day", late.code)
        anna.postNotice(NoticeKind.Ask, "Who knows Excel?", TUESDAY.plusDays(2), NoticeAnswers.AtDesk)
        bo.postNotice(NoticeKind.Offer, "Something unkind", TUESDAY.plusDays(13), NoticeAnswers.AsWritten)
        coroutineScope {
            val both = async { anna.watchNotices().first { it.size == 2 } }
            met(anna, bo, anna)
            both.await()
        }
        val board = anna.notices()
        assertEquals(setOf("Who knows Excel?", "Something unkind"), board.map { it.text }.toSet())
        val own = board.single { it.isOwn }
        val leaveWord = "Leave word at the desk: number ${own.number}."
        assertEquals(
            "Somebody asks for something, until Thursday 26 November. $leaveWord",
            anna.words("en").use { it.notice(own) },
        )
        val counts = kiosk.commonsCounts()
        assertEquals(listOf(1u, 1u, 2u), listOf(counts.asks, counts.offers, counts.unread))
        kiosk.reviewText(own.id)
        val unkind = board.single { !it.isOwn }
        kiosk.eraseText(unkind.id, Cause.Guidelines)
        met(anna, bo)
        assertEquals(listOf(own.id), anna.notices().map { it.id })
        val trace = bo.notices().single { it.isOwn }
        assertEquals(NoticeStage.Erased(Cause.Guidelines), trace.stage)
        assertNull(trace.text)
        assertEquals(unkind.trace, trace.trace)
        assertEquals(
            "The office has erased this: its text breaks the guidelines.",
            bo.words("en").use { it.notice(trace) },
        )
        val after = kiosk.commonsCounts()
        assertEquals(listOf(1u, 0u), listOf(after.erased, after.unread))
        time = at(9, days = 3)
        assertTrue(bo.notices().all { it.isOwn })
        val over = anna.notices().single()
        assertEquals(NoticeStage.Over, over.stage)
        assertNull(over.text)
        refuses<AllkontorException.Missing> { anna.takeBack("00".repeat(32)) }
    }
}
