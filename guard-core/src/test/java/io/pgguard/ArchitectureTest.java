package io.pgguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** Arrows between packages point one way: docs/glossary.md tells what each is for. */
@AnalyzeClasses(packages = "io.pgguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule POLICY_KNOWS_NO_SQL =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pgguard.internal.syntax..",
              "io.pgguard.statement..",
              "io.pgguard.lineage..",
              "io.pgguard.reach..",
              "io.pgguard.session..");

  @ArchTest
  static final ArchRule STATEMENT_KNOWS_NOTHING_ABOVE =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.statement..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above("statement"));

  @ArchTest
  static final ArchRule CATALOG_KNOWS_NOTHING_ABOVE =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.catalog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above("catalog"));

  @ArchTest
  static final ArchRule MASK_KNOWS_NEITHER_POLICY_NOR_STATEMENTS =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.mask..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pgguard.policy..",
              "io.pgguard.statement..",
              "io.pgguard.lineage..",
              "io.pgguard.reach..",
              "io.pgguard.internal.syntax..",
              "io.pgguard.session..");

  @ArchTest
  static final ArchRule REACH_KNOWS_NO_LINEAGE =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.reach..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.pgguard.lineage..", "io.pgguard.session..");

  @ArchTest
  static final ArchRule ONLY_LINEAGE_AND_SESSION_USE_TREES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.pgguard.internal.syntax..",
              "io.pgguard.lineage..",
              "io.pgguard.reach..",
              "io.pgguard.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pgguard.internal.syntax..");

  @ArchTest
  static final ArchRule KEEPERS_DO_NOT_KNOW_SESSIONS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.pgguard.recording..", "io.pgguard.audit..", "io.pgguard.approval..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pgguard.session..");

  @ArchTest
  static final ArchRule CORE_OPENS_NO_SOCKET =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pgguard.testkit..")
          .should()
          .dependOnClassesThat()
          // an edge's SQLException may be asked for its SQLSTATE
          .haveNameMatching(
              "org\\.postgresql\\..*|java\\.net\\..*|javax\\.(net|sql)\\..*"
                  + "|java\\.sql\\.(?!SQLException).*");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("io.pgguard.(*)..")
          .should()
          .beFreeOfCycles()
          // io.pgguard.internal holds three packages that are no one slice
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAPackage("io.pgguard.internal.."));

  private static String[] above(String layer) {
    Set<String> packages =
        new TreeSet<>(
            Set.of(
                "policy",
                "lineage",
                "reach",
                "mask",
                "approval",
                "audit",
                "recording",
                "session",
                "internal.syntax",
                "internal.config"));
    packages.remove(layer);
    return packages.stream().map(p -> "io.pgguard." + p + "..").toArray(String[]::new);
  }

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) throws ClassNotFoundException {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass one : classes) {
      String name = one.getPackageName();
      try {
        Class<?> info = Class.forName(name + ".package-info");
        if (!info.isAnnotationPresent(NullMarked.class)) {
          unmarked.add(name);
        }
      } catch (ClassNotFoundException e) {
        unmarked.add(name);
      }
    }
    assertEquals(Set.of(), unmarked);
  }
}
