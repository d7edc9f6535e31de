package se.allkontor

import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType
import java.nio.file.Path
import kotlin.coroutines.Continuation
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.io.path.toPath
import kotlin.io.path.writeText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/**
 * What the hand-written layer offers, recorded as compiled: a change is seen in review. What is generated from the
 * facade is recorded in `bindings/api.txt`. `ALLKONTOR_WRITE_API=1` writes the record anew.
 */
internal class ApiTest {
    @Test
    fun `the record is true`() {
        val offered = classes().flatMap(::described).joinToString("\n", postfix = "\n")
        if (System.getenv("ALLKONTOR_WRITE_API") != null) RECORD.writeText(offered)
        assertEquals(if (RECORD.isRegularFile()) RECORD.readText() else "", offered)
    }

    /** The public classes of the layer's own files. */
    private fun classes(): List<Class<*>> {
        val files = Path.of("src/main/kotlin/se/allkontor").listDirectoryEntries("*.kt").map { it.nameWithoutExtension }
        val compiled = Device::class.java.protectionDomain.codeSource.location.toURI().toPath()
        return compiled.resolve("se/allkontor").listDirectoryEntries("*.class").map { it.nameWithoutExtension }
            .filter { name -> name.substringBefore('$').let { it in files || it.removeSuffix("Kt") in files } }
            .map { Class.forName("se.allkontor.$it") }
            .filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic && !it.isAnonymousClass && !it.isLocalClass }
            .sortedBy { it.name }
    }

    private fun described(of: Class<*>): List<String> {
        val methods = of.declaredMethods.filter {
            Modifier.isPublic(it.modifiers) && !it.isSynthetic && "\$allkontor" !in it.name
        }
        return listOf(of.name.removePrefix("se.allkontor.")) + methods.map(::signature).sorted().map { "    $it" }
    }

    /** As Kotlin says it: what suspends answers by its last argument; the names of functions with unsigned numbers go on. */
    private fun signature(method: Method): String {
        val types = method.genericParameterTypes.toMutableList()
        val last = types.lastOrNull()
        val suspends = last is ParameterizedType && last.rawType == Continuation::class.java
        val answer = if (suspends) {
            types.removeLast()
            (last.actualTypeArguments.single() as WildcardType).lowerBounds.single()
        } else {
            method.genericReturnType
        }
        val name = (if (suspends) "suspend " else "") + method.name.substringBefore('-')
        return "$name(${types.joinToString(transform = ::short)}): ${short(answer)}"
    }

    private fun short(type: Type): String =
        type.typeName.replace(Regex("""\b(?:[a-z]\w*\.)+(?=[A-Z])"""), "").replace("? extends ", "out ").replace("? super ", "in ")

    private companion object {
        val RECORD: Path = Path.of("api.txt")
    }
}
