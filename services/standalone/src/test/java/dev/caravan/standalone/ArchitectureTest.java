package dev.caravan.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every service keeps; what one keeps beside that is in its own {@code ArchitectureTest}. */
class ArchitectureTest {

    /** What every service may know. */
    private static final List<String> COMMON = List.of(
            "dev.caravan.kernel..",
            "dev.caravan.proto..",
            "java..",
            "org.apache.camel..",
            "org.jspecify..",
            "org.slf4j..",
            "org.springframework..");

    /** What each may know beside that, by the name of its package. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "apigateway",
                    List.of(
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..",
                            "com.google.protobuf..",
                            "com.networknt.schema..",
                            "io.github.bucket4j..",
                            "io.grpc..",
                            "io.micrometer.core.instrument..",
                            "jakarta.servlet..",
                            "org.apache.catalina..",
                            "org.apache.coyote..",
                            "javax.xml..",
                            "org.apache.hc..",
                            "org.apache.tomcat..",
                            "org.greenbytes.http.sfv.."),
            "authentication",
                    List.of(
                            "com.nimbusds..",
                            "io.github.bucket4j..",
                            "io.github.resilience4j.circuitbreaker..",
                            "io.grpc..",
                            "javax.crypto..",
                            "org.apache.commons.pool2..",
                            "redis.clients.jedis.."),
            "cdnedge",
                    List.of(
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..",
                            "io.grpc..",
                            "io.micrometer..",
                            "jakarta.servlet..",
                            "org.apache.catalina..",
                            "org.apache.coyote..",
                            "software.amazon.awssdk.."),
            "encode",
                    List.of(
                            "com.fasterxml.jackson..",
                            "com.google.protobuf..",
                            "io.micrometer..",
                            "io.opentelemetry.api..",
                            "javax.xml..",
                            "net.bramp.ffmpeg..",
                            "org.w3c.dom..",
                            "org.xml.sax..",
                            "software.amazon.awssdk.."),
            "upload",
                    List.of(
                            "com.fasterxml.jackson..",
                            "com.google.protobuf..",
                            "io.grpc..",
                            "io.opentelemetry.context..",
                            "jakarta.servlet..",
                            "org.flywaydb..",
                            "software.amazon.awssdk.."),
            "user", List.of("javax.sql..", "org.flywaydb.."),
            "videocatalog",
                    List.of(
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..",
                            "com.google.protobuf..",
                            "com.rabbitmq.client..",
                            "io.grpc..",
                            "io.micrometer..",
                            "javax.crypto..",
                            "javax.sql..",
                            "javax.xml..",
                            "org.flywaydb..",
                            "software.amazon.awssdk.."));

    static Set<String> services() {
        return new TreeSet<>(LIBRARIES.keySet());
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceKnowsOfCaravanTheContractsAndTheKernelAlone(String service) {
        String[] known = Stream.of(
                        Stream.of("dev.caravan." + service + ".."), COMMON.stream(), LIBRARIES.get(service).stream())
                .flatMap(packages -> packages)
                .toArray(String[]::new);

        classes().should().onlyDependOnClassesThat().resideInAnyPackage(known).check(classesOf(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceHasNoCircles(String service) {
        slices().matching("dev.caravan." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classesOf(service));
    }

    @Test
    void thePlatformInOneJvmKnowsOfAServiceItsApplicationClassAlone() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.caravan..")
                        .and(resideOutsideOfPackages(
                                "dev.caravan.standalone..", "dev.caravan.embedded..", "dev.caravan.kernel"))
                        .and(not(simpleNameEndingWith("Application"))))
                .check(classesOf("standalone"));
    }

    private static JavaClasses classesOf(String name) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.caravan." + name);
    }
}
