package se.allkontor

import java.nio.file.Path
import kotlin.io.path.writeText
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable

/** A measurement: `cargo xtask cost` runs it, and compares the languages. */
internal class CostTest {
    @Test
    @EnabledIfEnvironmentVariable(named = "ALLKONTOR_COST", matches = ".+")
    fun `a page of a thousand bookings`() = runBlocking {
        val folder = Path.of(System.getenv("ALLKONTOR_COST"))
        val nanos = Device.open(folder.resolve("office")).use { kiosk ->
            List(WARM + COUNTED) {
                val start = System.nanoTime()
                val page = kiosk.deskBookings(Ledger.OfMonth(2026u, 11u))
                (System.nanoTime() - start).also { assertEquals(1_000, page.size) }
            }
        }
        folder.resolve("kotlin").writeText("${nanos.drop(WARM).sorted()[COUNTED / 2]}")
    }

    private companion object {
        /** A compiler at run time takes its time. */
        const val WARM = 300
        const val COUNTED = 100
    }
}
