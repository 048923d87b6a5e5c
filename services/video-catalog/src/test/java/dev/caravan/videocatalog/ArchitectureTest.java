package dev.caravan.videocatalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.caravan.videocatalog", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOfCaravanTheContractsAndTheKernelAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.caravan.videocatalog..",
                    "dev.caravan.kernel..",
                    "dev.caravan.proto..",
                    "java..",
                    "javax.sql..",
                    "javax.xml..",
                    "com.fasterxml.jackson..",
                    "com.github.benmanes.caffeine..",
                    "com.google.protobuf..",
                    "com.rabbitmq.client..",
                    "io.grpc..",
                    "io.micrometer..",
                    "org.apache.camel..",
                    "org.flywaydb..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.springframework..",
                    "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule hasNoCircles =
            slices().matching("dev.caravan.videocatalog.(*)..").should().beFreeOfCycles();
}
