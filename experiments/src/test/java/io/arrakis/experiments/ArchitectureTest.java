package io.arrakis.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.arrakis.api.stability.Experimental;
import io.arrakis.api.stability.Internal;
import io.arrakis.api.stability.Stable;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Who may know whom. Each rule is checked over all modules at once, and none can pass because it saw nothing. */
@AnalyzeClasses(packages = "io.arrakis", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {

    private static final String API = "io.arrakis.api..";
    private static final String RUNTIME = "io.arrakis.runtime..";
    private static final String RUNNER = "io.arrakis.runner..";
    private static final int FEWEST_CLASSES = 250;

    /** Leaves out the classes of tests, wherever a build puts them. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static void seesAllModules(JavaClasses all) {
        assertThat(all).hasSizeGreaterThan(FEWEST_CLASSES);
        for (String part : new String[] {
            API, RUNTIME, RUNNER, "io.arrakis.tools.prober..", "io.arrakis.tools.kg..", "io.arrakis.tools.lens.."
        }) {
            assertThat(all.that(resideInAPackage(part))).as(part).isNotEmpty();
        }
    }

    @ArchTest
    static void apiExposesTheLeakListAlone(JavaClasses all) {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(LeakListTest.packagePatterns())
                .check(all);
    }

    @ArchTest
    static void onlyTheEngineKnowsDjl(JavaClasses all) {
        noClasses()
                .that(resideOutside(
                        "io.arrakis.runtime.model..", "io.arrakis.runtime.engine..", "io.arrakis.runtime.device.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(all);
    }

    @ArchTest
    static void onlyTheSpecKnowsYaml(JavaClasses all) {
        noClasses()
                .that(resideOutside("io.arrakis.runtime.spec.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.snakeyaml..", "org.yaml..", "com.fasterxml.jackson.dataformat.yaml..")
                .check(all);
    }

    @ArchTest
    static void onlyTheRunnerKnowsTheCommandLine(JavaClasses all) {
        noClasses()
                .that(resideOutside(RUNNER))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(all);
        noClasses()
                .that(resideOutside(RUNNER))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RUNNER)
                .check(all);
    }

    @ArchTest
    static void toolsKnowTheApiAndThemselves(JavaClasses all) {
        for (String own : new String[] {
            "io.arrakis.tools.prober..", "io.arrakis.tools.kg..", "io.arrakis.tools.lens..", "io.arrakis.data.wordnet.."
        }) {
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.arrakis..").and(resideOutside(API, own)))
                    .check(all);
        }
    }

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses all) {
        slices().matching("io.arrakis.(**)").should().beFreeOfCycles().check(all);
    }

    @ArchTest
    static void onlyTheRunnerPrintsAndExits(JavaClasses all) {
        noClasses()
                .that(resideOutside("io.arrakis.runner.render.."))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(all);
        noClasses()
                .that(resideOutside("io.arrakis.runner"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(all);
        noClasses()
                .that(resideOutside(RUNNER))
                .should()
                .callMethod(Runtime.class, "halt", int.class)
                .check(all);
    }

    @ArchTest
    static void nothingIsFoundByTheThreadItRunsOn(JavaClasses all) {
        noClasses()
                .that(resideOutside("io.arrakis.runtime.plugin.."))
                .should()
                .callMethod(Thread.class, "getContextClassLoader")
                .orShould()
                .callMethod(Thread.class, "setContextClassLoader", ClassLoader.class)
                .check(all);
    }

    @ArchTest
    static void everyDrawIsSeeded(JavaClasses all) {
        noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(all);
    }

    @ArchTest
    static void loggingGoesThroughSlf4j(JavaClasses all) {
        noClasses()
                .that(resideOutside(RUNNER))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(all);
    }

    @ArchTest
    static void everyPublicTypeOfTheApiSaysHowLongItStays(JavaClasses all) {
        classes()
                .that()
                .resideInAPackage(API)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(be(annotatedWith(Stable.class)
                        .or(annotatedWith(Experimental.class))
                        .or(annotatedWith(Internal.class))))
                .check(all);
    }

    private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }
}
