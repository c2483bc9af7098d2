package org.goldgrad.reports;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The five rules of the design that a compiler cannot hold. */
@AnalyzeClasses(packages = "org.goldgrad", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String INEXACT =
            "sin|cos|tan|asin|acos|atan|atan2|exp|expm1|log|log10|log1p|pow|sinh|cosh|tanh|cbrt|hypot";

    /** Public without a caller in another package, each for a reason that bytecode does not show. */
    private static final List<String> FOR_STRANGERS = List.of(
            // the JVM's entry
            "org.goldgrad.reports.Goldgrad",
            // the type of lambdas in the declarations
            "org.goldgrad.properties.operation.Law",
            // for the tests of whoever has an implementation, all at once or case by case
            "org.goldgrad.golden.contract.ImplementationContract",
            "org.goldgrad.golden.judge.Judge",
            "org.goldgrad.golden.judge.Diagnostician",
            "org.goldgrad.golden.judge.Findings",
            // for adapters in Java
            "org.goldgrad.golden.adapter.Server",
            // only in generic signatures that are public
            "org.goldgrad.golden.vectors.KillMatrix",
            // oracles and search for the property tests
            "org.goldgrad.analytic.oracle.CentralDifferences",
            "org.goldgrad.analytic.oracle.ForwardMode",
            "org.goldgrad.analytic.oracle.TaylorRemainder",
            "org.goldgrad.properties.draw.Shrinker",
            // wrong samplers for the judge's tests
            "org.goldgrad.golden.sampling.Planted");

    @ArchTest
    static final ArchRule reference_and_analytic_never_see_each_other = noClasses()
            .that()
            .resideInAPackage("org.goldgrad.reference..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.goldgrad.analytic..")
            .because("a golden value needs two routes that share nothing");

    @ArchTest
    static final ArchRule analytic_never_sees_reference = noClasses()
            .that()
            .resideInAPackage("org.goldgrad.analytic..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.goldgrad.reference..");

    @ArchTest
    static final ArchRule arrows_point_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.goldgrad..")
            .layer("reference")
            .definedBy("org.goldgrad.reference..")
            .layer("analytic")
            .definedBy("org.goldgrad.analytic..")
            .layer("properties")
            .definedBy("org.goldgrad.properties..")
            .layer("golden")
            .definedBy("org.goldgrad.golden..")
            .layer("reports")
            .definedBy("org.goldgrad.reports..")
            .whereLayer("reports")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("golden")
            .mayOnlyBeAccessedByLayers("reports")
            .whereLayer("properties")
            .mayOnlyBeAccessedByLayers("golden", "reports")
            .whereLayer("analytic")
            .mayOnlyBeAccessedByLayers("properties", "golden", "reports")
            .whereLayer("reference")
            .mayOnlyBeAccessedByLayers("properties");

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("org.goldgrad.(*).(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_computes_with_what_differs_between_jdks = noClasses()
            .should()
            .accessTargetWhere(memberOf(Math.class, INEXACT))
            .because("java.lang.StrictMath gives the same bits everywhere");

    @ArchTest
    static final ArchRule nobody_draws_from_an_unspecified_generator = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class)
            .orShould()
            .accessTargetWhere(memberOf(Math.class, "random"));

    @ArchTest
    static final ArchRule golden_files_do_not_know_what_time_it_is = noClasses()
            .that()
            .resideInAPackage("org.goldgrad.golden.vectors..")
            .should()
            .accessTargetWhere(memberOf(System.class, "currentTimeMillis|nanoTime"))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.time..");

    @ArchTest
    static final ArchRule what_is_public_is_used_elsewhere = classes()
            .that()
            .haveModifier(JavaModifier.PUBLIC)
            .and()
            .areTopLevelClasses()
            .and(describe("are not for strangers", type -> !FOR_STRANGERS.contains(type.getName())))
            .should(beUsedFromAnotherPackage());

    /** A call of a method, or a reference to it. */
    private static DescribedPredicate<JavaAccess<?>> memberOf(Class<?> owner, String names) {
        return describe(
                owner.getSimpleName() + "." + names,
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && access.getName().matches(names));
    }

    private static ArchCondition<JavaClass> beUsedFromAnotherPackage() {
        return new ArchCondition<>("be used from another package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getPackage().getClasses().stream()
                        .filter(part -> part.equals(type) || part.getName().startsWith(type.getName() + "$"))
                        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                        .map(dependency -> dependency.getOriginClass().getPackageName())
                        .anyMatch(user -> !user.equals(type.getPackageName()));
                events.add(new SimpleConditionEvent(
                        type, used, type.getName() + (used ? " is" : " is not") + " used from another package"));
            }
        };
    }
}
