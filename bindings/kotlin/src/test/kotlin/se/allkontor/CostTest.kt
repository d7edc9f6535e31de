package se.allkontor

import com.sun.management.OperatingSystemMXBean
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlin.io.path.writeLines
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable

/** A measurement: `cargo xtask cost` runs it, and compares the languages. */
internal class CostTest {
    @Test
    @EnabledIfEnvironmentVariable(named = "ALLKONTOR_COST", matches = ".+")
    fun `a page of a thousand bookings`() = runBlocking<Unit> {
        val folder = Path.of(System.getenv("ALLKONTOR_COST"))
        val process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean::class.java)
        Device.open(folder.resolve("office")).use { kiosk ->
            suspend fun ask(times: Int) = repeat(times) {
                assertEquals(1_000, kiosk.deskBookings(Ledger.OfMonth(2026u, 11u)).size)
            }
            ask(WARM)
            val turns = List(TURNS) {
                val start = process.processCpuTime
                ask(ROUNDS)
                "${(process.processCpuTime - start) / ROUNDS} ${rust(folder)}"
            }
            folder.resolve("kotlin").writeLines(turns)
        }
    }

    /** What the same call takes in Rust at this moment. */
    private fun rust(folder: Path): Long {
        val page = ProcessBuilder("$folder/page", "$folder").redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = page.inputReader().use { it.readText().trim() }
        assertEquals(0, page.waitFor())
        return said.toLong()
    }

    private companion object {
        /** A compiler at run time takes its time. */
        const val WARM = 1_000
        const val TURNS = 40
        const val ROUNDS = 20
    }
}
