package se.allkontor

import java.nio.file.Path
import java.time.YearMonth as CalendarMonth
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Accounts, and what was charged, line by line. */
internal class AccountsTest {
    @TempDir
    lateinit var folder: Path

    private val tariff = """{
      "tariff": {"currency": "SEK", "accounts": {"limit": 0}, "lines": {
        "1": {"name": {"sv": "A4 svartvitt", "en": "A4"}, "unit": "page", "prices": [
          {"from": "2026-01-01", "steps": [{"from": 1, "ore": 300}]}]}}},"""

    private suspend fun World.withAccounts() =
        kiosk.publish(CATALOGUE.decodeToString().replaceFirst("{", tariff).toByteArray())

    private val pages = SaleItem(1u, 5u)

    @Test
    fun `test_l3 an account is paid into, paid from and paid out`() = inOffice(folder) {
        withAccounts()
        val phone = phone("anna")
        val holder = phone.accountKey()
        val number = kiosk.openAccount(holder)
        kiosk.topUp(number, 2_000, Means.CASH)
        val sold = kiosk.sellFromAccount(number, listOf(pages))
        assertEquals(Means.ACCOUNT, sold.means)
        assertEquals(2_000, kiosk.till().cash, "of what was spent none is cash")
        val more = refuses<AllkontorException.Refused> { kiosk.sellFromAccount(number, listOf(pages)) }
        assertEquals("not_in_account", more.code)
        val known = kiosk.accountOf(holder)!!
        assertEquals(listOf(500L, 500L, 0L), known.run { listOf(balance, here, limit) })
        kiosk.payAccountOut(number, Means.CASH)
        val lines = kiosk.accountLines(number)
        assertEquals(listOf(2_000L, -1_500L, -500L), lines.map { it.change })
        kiosk.words("sv").use { words ->
            assertEquals("Summa: 15,00 kr, från kontot", words.receipt(sold).last())
            assertEquals("5,00 kr på kontot. 5,00 kr av det kan användas här.", words.account(known))
            assertTrue(words.accountLine(lines.last()).endsWith("-5,00 kr utbetalt, kvitto 3"))
        }
        kiosk.closeAccount(number)
        assertEquals(listOf(true), kiosk.accounts().map { it.isClosed })
        assertNull(kiosk.account("00".repeat(32)))
        refuses<AllkontorException.Refused> { phone.accountOf(holder) }
    }

    @Test
    fun `test_l3 another desk spends what it was allowed`() = inOffice(folder) {
        withAccounts()
        val tablet = staff()
        val number = kiosk.openAccount(accountKeyOnPaper(ByteArray(16)))
        kiosk.topUp(number, 2_100, Means.CARD)
        kiosk.allow(number, tablet.till().till, 600)
        meetAll(tablet)
        tablet.sellFromAccount(number, listOf(SaleItem(1u, 2u)))
        refuses<AllkontorException.Refused> { tablet.sellFromAccount(number, listOf(SaleItem(1u))) }
        kiosk.sellFromAccount(number, listOf(pages))
        val wrong = tablet.topUp(number, 5_000, Means.CASH)
        meetAll(tablet)
        kiosk.allow(number, tablet.till().till, 4_900)
        meetAll(tablet)
        assertEquals(-4_900, tablet.correctTopUp(wrong.entry, 100).total.ore)
        meetAll(tablet)
        assertEquals(100, kiosk.account(number)!!.balance)
        assertEquals(listOf<StatementId>(), kiosk.strayMoney())
    }

    @Test
    fun `test_e7 money is counted by line and month, and few are not told of`() = inOffice(folder) {
        withAccounts()
        repeat(5) { kiosk.sell(listOf(pages), Means.CASH) }
        val november = CalendarMonth.of(2026, 11)
        val line = kiosk.report(november, november, language = "sv").money.single()
        assertEquals(listOf("A4 svartvitt", 25uL, 7_500uL), line.run { listOf(name, quantity, ore) })
        assertEquals(listOf(7_500uL), line.months.map { it.ore })
        val few = kiosk.report(november, november, smallestGroup = 6).money.single()
        assertEquals(listOf(null, null), listOf(few.ore, few.months.single().quantity))
    }
}
