package dev.caravan.authentication;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.caravan.authentication", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule keepsTheLibraryOfTokensInOnePackage = classes()
            .that()
            .resideOutsideOfPackage("dev.caravan.authentication.token..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("com.nimbusds..", "org.springframework.security..");

    @ArchTest
    static final ArchRule keepsTheLibraryOfBucketsInOnePackage = classes()
            .that()
            .resideOutsideOfPackage("dev.caravan.authentication.throttle..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("io.github.bucket4j..");
}
