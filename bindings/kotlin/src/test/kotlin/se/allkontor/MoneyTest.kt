package se.allkontor

import java.nio.file.Path
import java.time.LocalDate
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What passes through a till. */
internal class MoneyTest {
    @TempDir
    lateinit var folder: Path

    private val tariff = """{
      "tariff": {"currency": "SEK", "reductions": {"1": {"sv": "Föreningar", "en": "Associations"}}, "lines": {
        "1": {"name": {"sv": "A4 svartvitt", "en": "A4"}, "unit": "page", "prices": [
          {"from": "2026-01-01", "steps": [{"from": 1, "ore": 300}], "reduced": {"1": [{"from": 1, "ore": 150}]}}]},
        "2": {"name": {"sv": "Nyckel", "en": "Key"}, "unit": "once", "kind": "deposit", "prices": [
          {"from": "2026-01-01", "steps": [{"from": 1, "ore": 20000}]}]}}},"""

    private suspend fun World.withPrices() =
        kiosk.publish(CATALOGUE.decodeToString().replaceFirst("{", tariff).toByteArray())

    private val pages = SaleItem(1u, 5u)

    @Test
    fun `test_l3 sold, charged, paid, corrected and counted`() = inOffice(folder) {
        withPrices()
        assertEquals("SEK", kiosk.tariff("sv")!!.currency)
        assertEquals(Money(1_500, "SEK"), kiosk.price(pages, TUESDAY))
        assertEquals(750, kiosk.price(pages.copy(reduction = 1u), TUESDAY).ore)
        val sold = kiosk.sell(listOf(pages), Means.CASH)
        assertEquals(1u, sold.number)
        kiosk.words("sv").use { words ->
            assertEquals("A4 svartvitt, 5 sidor: 15,00 kr", words.receipt(sold)[1])
            assertEquals("Summa: 15,00 kr, kontant", words.receipt(sold)[2])
        }
        val corrected = kiosk.correct(sold.lines.single().entry, 300)
        assertEquals(-1_200, corrected.total.ore)
        assertEquals(1_500, corrected.lines.single().before)
        assertEquals(sold, kiosk.receipt(sold.entry))
        kiosk.moveCash(10_000)
        val count = kiosk.countTill(10_200)
        assertEquals(-100, count.difference)
        assertEquals(10_200, kiosk.till().cash)
        kiosk.words("en").use {
            assertEquals("102.00 kr was counted: 1.00 kr too little. The books say 103.00 kr.", it.count(count))
        }

        val phone = phone("anna")
        val asked = phone.book(room(10)).single() as DateOutcome.Requested
        meetAll(phone)
        val key = phone.booking(asked.booking)!!.key!!
        val charges = kiosk.charge(key, listOf(pages))
        assertEquals(1_500, kiosk.chargesOf(key).single().owed)
        kiosk.pay(charges, Means.CARD)
        assertEquals(0, kiosk.chargesOf(key).single().owed)
        val again = refuses<AllkontorException.Refused> { kiosk.pay(charges, Means.CARD) }
        assertEquals("nothing_owed", again.code)
        meetAll(phone)
        assertTrue(phone.chargesOf(key).isEmpty(), "no business of phones")
        assertAgreed(phone)
    }

    @Test
    fun `test_l4 a deposit is held, returned and forfeited, and a second pay-out is listed`() = inOffice(folder) {
        withPrices()
        val tablet = staff()
        val deposit = kiosk.takeDeposit(SaleItem(2u), Means.CASH).entry
        meetAll(tablet)
        kiosk.payOut(deposit, Means.CASH, 15_000)
        kiosk.forfeit(deposit, 5_000, Cause.Lost)
        val settled = kiosk.deposits().single()
        assertEquals(listOf(20_000L, 0L, 15_000L, 5_000L), settled.run { listOf(taken, held, returned, forfeited) })
        // The tablet has not heard of it, and pays out as well.
        tablet.payOut(deposit, Means.CASH)
        meetAll(tablet)
        val second = tablet.secondPayOuts().single()
        assertEquals(20_000, second.ore)
        assertEquals(kiosk.secondPayOuts(), listOf(second))
        assertTrue(kiosk.words("sv").use { it.secondPayOut(second) }.startsWith("200,00 kr för mycket"))
        assertEquals(listOf<Overpaid>(), kiosk.overpaid())
        assertEquals(listOf<StatementId>(), kiosk.strayMoney())
        assertNull(kiosk.receipt("00".repeat(32)))
    }

    @Test
    fun `test_l3 real price lists`() {
        val file = Path.of("../../tests/vectors/bindings/tariffs.json").readText()
        for (office in Json.parseToJsonElement(file).jsonObject.getValue("tariffs").jsonArray) {
            val catalogue = office.jsonObject.getValue("catalogue").toString().toByteArray()
            for (case in office.jsonObject.getValue("cases").jsonArray.map { it.jsonObject }) {
                val number = { key: String -> case.getValue(key).jsonPrimitive.int }
                val reduction = case.getValue("reduction").takeIf { it != JsonNull }?.jsonPrimitive?.int?.toUShort()
                val item = SaleItem(number("line").toUShort(), number("quantity").toUInt(), reduction)
                val day = LocalDate.parse(case.getValue("day").jsonPrimitive.content)
                val error = case["error"]?.jsonPrimitive?.content
                if (error == null) {
                    assertEquals(case.getValue("ore").jsonPrimitive.long, priceBy(catalogue, item, day).ore)
                } else {
                    assertEquals(error, refuses<AllkontorException> { priceBy(catalogue, item, day) }.code)
                }
            }
        }
    }
}
