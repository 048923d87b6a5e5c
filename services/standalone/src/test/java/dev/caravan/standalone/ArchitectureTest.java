package dev.caravan.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.caravan.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOfAServiceItsApplicationClassAlone = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.caravan..")
                    .and(resideOutsideOfPackages(
                            "dev.caravan.standalone..", "dev.caravan.embedded..", "dev.caravan.kernel"))
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(simpleNameEndingWith("Application"))));
}
