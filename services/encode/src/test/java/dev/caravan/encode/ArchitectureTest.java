package dev.caravan.encode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.caravan.encode", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule plansWithoutRunningAnything = classes()
            .that()
            .resideInAPackage("dev.caravan.encode.media")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.caravan.encode.media",
                    "dev.caravan.kernel",
                    "com.fasterxml.jackson..",
                    "java.io",
                    "java.lang..",
                    "java.nio.file",
                    "java.time",
                    "java.util..",
                    "javax.xml..",
                    "org.jspecify..",
                    "org.w3c.dom..",
                    "org.xml.sax..");
}
