package se.allkontor

/** Stable, for an app's own handling: `disk_full`, `no_such_booking`. */
public val AllkontorException.code: String
    get() = facts.code

/** What was expected and what was there, in English, for logs. Names nobody. */
public val AllkontorException.detail: String
    get() = facts.detail

/** Whether the same call may succeed later. */
public val AllkontorException.isRetryable: Boolean
    get() = facts.retry

/** What to tell a person, in a language (BCP 47) that there are words for, else in English. */
public fun AllkontorException.text(language: String): String = Words.plain(language).use { it.error(code) }

private class Facts(val code: String, val detail: String, val retry: Boolean)

private val AllkontorException.facts: Facts
    get() = when (this) {
        is AllkontorException.Argument -> Facts(code, detail, retry)
        is AllkontorException.Refused -> Facts(code, detail, retry)
        is AllkontorException.Missing -> Facts(code, detail, retry)
        is AllkontorException.Storage -> Facts(code, detail, retry)
        is AllkontorException.BadBytes -> Facts(code, detail, retry)
        is AllkontorException.Closed -> Facts(code, detail, retry)
        is AllkontorException.Internal -> Facts(code, detail, retry)
    }

@JvmSynthetic
internal fun closed(): AllkontorException =
    AllkontorException.Closed("closed", "this device is closed: open it again", false)
