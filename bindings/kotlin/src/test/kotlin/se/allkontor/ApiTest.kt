package se.allkontor

import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.nio.file.Path
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.io.path.toPath
import kotlin.io.path.writeText
import kotlin.reflect.KFunction
import kotlin.reflect.KType
import kotlin.reflect.full.extensionReceiverParameter
import kotlin.reflect.full.valueParameters
import kotlin.reflect.jvm.kotlinFunction
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/**
 * What the hand-written layer offers, recorded as Kotlin sees it, with names, defaults and what may be null: a change is
 * seen in review. What is generated from the facade is recorded in `bindings/api.txt`. `ALLKONTOR_WRITE_API=1` writes the
 * record anew.
 */
internal class ApiTest {
    @Test
    fun `the record is true`() {
        val offered = classes().flatMap(::described).joinToString("\n", postfix = "\n")
        if (System.getenv("ALLKONTOR_WRITE_API") != null) RECORD.writeText(offered)
        assertEquals(if (RECORD.isRegularFile()) RECORD.readText() else "", offered)
    }

    @Test
    fun `rules for R8 keep what is found by name`() {
        val rules = Device::class.java.getResource("/META-INF/proguard/allkontor.pro")!!.readText()
        val generated = compiled().map { Class.forName("se.allkontor.$it", false, javaClass.classLoader) }
        val ofJna = generated.filter { type -> (listOf(type.superclass) + type.interfaces).any { "com.sun.jna" in "$it" } }
        assertTrue(ofJna.isNotEmpty() && "-keep class se.allkontor.** extends com.sun.jna.** { *; }" in rules)
        val native = generated.filter { type -> type.declaredMethods.any { Modifier.isNative(it.modifiers) } }
        val kept = "-keepclasseswithmembers class se.allkontor.** { native <methods>; }"
        assertTrue(native.isNotEmpty() && kept in rules)
    }

    private fun compiled(): List<String> {
        val folder = Device::class.java.protectionDomain.codeSource.location.toURI().toPath()
        return folder.resolve("se/allkontor").listDirectoryEntries("*.class").map { it.nameWithoutExtension }
    }

    /** The public classes of the layer's own files. */
    private fun classes(): List<Class<*>> {
        val files = Path.of("src/main/kotlin/se/allkontor").listDirectoryEntries("*.kt")
        val texts = files.associate { it.nameWithoutExtension to it.readText() }
        val declared = texts.values.flatMap { text -> Regex("""\b(?:class|interface) (\w+)""").findAll(text).map { it.groupValues[1] } }
        return compiled()
            .filter { name -> name.substringBefore('$').let { it in declared || it.removeSuffix("Kt") in texts && it.endsWith("Kt") } }
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

    /** As it is written; what a property is read by, as it is compiled. */
    private fun signature(method: Method): String {
        method.kotlinFunction?.let { return written(it) }
        val types = method.genericParameterTypes.joinToString { short(it.typeName) }
        return "${method.name.substringBefore('-')}($types): ${short(method.genericReturnType.typeName)}"
    }

    private fun written(function: KFunction<*>): String {
        val suspends = if (function.isSuspend) "suspend " else ""
        val receiver = function.extensionReceiverParameter?.let { short(it.type) + "." } ?: ""
        val takes = function.valueParameters.joinToString {
            "${it.name}: ${short(it.type)}" + if (it.isOptional) " = …" else ""
        }
        return "$suspends$receiver${function.name}($takes): ${short(function.returnType)}"
    }

    /** By the names of the layer's own types, and not by what they stand for. */
    private fun short(type: KType): String = short(type.toString().replace(Regex(""" /\* = [^*]* \*/"""), ""))

    private fun short(type: String): String = type.replace(Regex("""\b(?:[a-z]\w*\.)+(?=[A-Z])"""), "")

    private companion object {
        val RECORD: Path = Path.of("api.txt")
    }
}
