package se.allkontor

import com.sun.management.OperatingSystemMXBean
import java.lang.management.ManagementFactory
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
        val process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean::class.java)
        Device.open(folder.resolve("office")).use { kiosk ->
            var start = 0L
            repeat(WARM + COUNTED) { turn ->
                if (turn == WARM) start = process.processCpuTime
                assertEquals(1_000, kiosk.deskBookings(Ledger.OfMonth(2026u, 11u)).size)
            }
            folder.resolve("kotlin").writeText("${(process.processCpuTime - start) / COUNTED}")
        }
    }

    private companion object {
        /** A compiler at run time takes its time. */
        const val WARM = 1_000
        const val COUNTED = 500
    }
}
