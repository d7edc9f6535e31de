package se.allkontor

import java.time.LocalDate

// Suggestions and the notice board: what people say to the office and to one another. Who said something is known to nobody.

/** Suggests something to the office, in at most 2 000 bytes; with no network if there is none. */
public suspend fun Device.suggest(text: String): Unit = call { now -> suggest(now, text) }

/** Supports a suggestion. It counts once, however often it is said. */
public suspend fun Device.supportSuggestion(suggestion: StatementId): Unit =
    call { now -> supportSuggestion(now, suggestion) }

/** Supports a suggestion no longer. */
public suspend fun Device.unsupportSuggestion(suggestion: StatementId): Unit =
    call { now -> unsupportSuggestion(now, suggestion) }

/**
 * Offers or asks for help on the notice board, in at most 2 000 bytes, until [last], which is the last day. Nobody is told
 * how to reach the writer but by what the text says.
 */
public suspend fun Device.postNotice(kind: NoticeKind, text: String, last: LocalDate, answers: NoticeAnswers): Unit =
    call { now -> postNotice(now, kind, text, last, answers) }

/** Takes back a suggestion or notice of this device: its text is erased, here and wherever that is heard. */
public suspend fun Device.takeBack(of: StatementId): Unit = call { now -> takeBack(now, of) }

/** Gives up what waits for a ticket: [unsaid] has its number. */
public suspend fun Device.discardUnsaid(number: ULong): Unit = call { now -> discardUnsaid(now, number) }

/** Says what comes of a suggestion, and why; a no needs its reason. On a device of the office. */
public suspend fun Device.answerSuggestion(suggestion: StatementId, verdict: Verdict, text: String = ""): Unit =
    call { now -> answerSuggestion(now, suggestion, verdict, text) }

/**
 * Erases the text of a suggestion, notice or answer, here and wherever that is heard. What is left is its hash, its length,
 * and why. On a device of the office.
 */
public suspend fun Device.eraseText(of: StatementId, cause: Cause): Unit = call { now -> eraseText(now, of, cause) }

/**
 * Notes that somebody at the office has read a suggestion or notice, and lets it stand. On a device of the office.
 */
public suspend fun Device.reviewText(of: StatementId): Unit = call { now -> reviewText(now, of) }

/**
 * Suggestions, those with most support first. The office's devices and whoever suggested it also see what stands no more.
 */
public suspend fun Device.suggestions(): List<SuggestionInfo> =
    pages({ after -> suggestions(after, PAGE) }, SuggestionInfo::id)

/** The notice board, the newest first. The office's devices and whoever posted it also see what stands no more. */
public suspend fun Device.notices(): List<NoticeInfo> {
    val found = mutableListOf<NoticeInfo>()
    do {
        val after = found.lastOrNull()?.id
        val more = call { now -> notices(now, after, PAGE) }
        found += more
    } while (more.size.toUInt() >= PAGE)
    return found
}

/** What this device has written that waits for a ticket, oldest first. */
public suspend fun Device.unsaid(): List<Unsaid> = pages({ after -> unsaid(after, PAGE) }, Unsaid::number)

/** How often this device can still suggest, support and post this year; null before there is a ticket. */
public suspend fun Device.commonsLeft(): UInt? = call { now -> commonsLeft(now) }

/** How much there is, and how much of it somebody should look at: for the office's devices. */
public suspend fun Device.commonsCounts(): CommonsCounts = call { now -> commonsCounts(now) }
