package dev.caravan.encode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.caravan.encode", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOfCaravanTheContractsAndTheKernelAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.caravan.encode..",
                    "dev.caravan.kernel..",
                    "dev.caravan.proto..",
                    "com.fasterxml.jackson..",
                    "com.google.protobuf..",
                    "io.micrometer..",
                    "io.opentelemetry.api..",
                    "java..",
                    "javax.xml..",
                    "net.bramp.ffmpeg..",
                    "org.apache.camel..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.springframework..",
                    "org.w3c.dom..",
                    "org.xml.sax..",
                    "software.amazon.awssdk..");

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

    @ArchTest
    static final ArchRule hasNoCircles =
            slices().matching("dev.caravan.encode.(*)..").should().beFreeOfCycles();
}
