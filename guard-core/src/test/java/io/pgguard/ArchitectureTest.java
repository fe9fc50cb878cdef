package io.pgguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.DatabaseAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** Arrows between packages point one way: docs/glossary.md tells what each is for. */
@AnalyzeClasses(packages = "io.pgguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** From the top down: what stands in a line knows nothing of its own line and those above. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("session"),
          Set.of("plan"),
          Set.of("figures", "memory", "result"),
          Set.of("judge"),
          Set.of("lineage"),
          Set.of("policy", "reach"),
          Set.of("internal.syntax"),
          Set.of("statement"),
          Set.of("catalog"),
          Set.of("wording"));

  @ArchTest
  static void arrows_pointDown(JavaClasses classes) {
    Set<String> above = new TreeSet<>();
    for (Set<String> layer : LAYERS) {
      above.addAll(layer);
      for (String one : layer) {
        Set<String> others = new TreeSet<>(above);
        others.remove(one);
        if (!others.isEmpty()) {
          noClasses()
              .that()
              .resideInAPackage(inside(one))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(inside(others))
              .check(classes);
        }
      }
    }
  }

  @ArchTest
  static final ArchRule POLICY_KNOWS_NO_SQL =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.pgguard.internal.syntax..", "io.pgguard.statement..");

  @ArchTest
  static final ArchRule STATEMENT_KNOWS_NEITHER_POLICY_NOR_KEEPERS =
      noClasses()
          .that()
          .resideInAnyPackage("io.pgguard.statement..", "io.pgguard.catalog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              inside("policy", "mask", "approval", "audit", "recording", "internal.config"));

  /** What is asked, masked and kept knows nothing of how statements are judged. */
  @ArchTest
  static final ArchRule KEEPERS_KNOW_NO_STATEMENTS =
      noClasses()
          .that()
          .resideInAnyPackage(inside("approval", "audit", "identity", "mask", "recording"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              inside(
                  "session",
                  "plan",
                  "figures",
                  "memory",
                  "result",
                  "judge",
                  "lineage",
                  "reach",
                  "internal.syntax",
                  "statement",
                  "catalog"));

  @ArchTest
  static final ArchRule MASK_KNOWS_NO_POLICY =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.mask..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pgguard.policy..");

  @ArchTest
  static final ArchRule WHAT_JUDGES_USES_TREES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              inside("internal.syntax", "lineage", "reach", "judge", "figures", "plan", "result"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pgguard.internal.syntax..");

  @ArchTest
  static final ArchRule CORE_OPENS_NO_SOCKET =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pgguard.testkit..")
          .should()
          .dependOnClassesThat()
          // an edge's SQLException may be asked for its SQLSTATE; an address is no socket
          .haveNameMatching(
              "org\\.postgresql\\..*|java\\.net\\.(?!InetAddress|UnknownHostException).*|javax\\.(net|sql)\\..*"
                  + "|java\\.sql\\.(?!SQLException).*");

  /**
   * Guard's own way to the database is for the catalog alone: figures are asked where they arise.
   */
  @ArchTest
  static final ArchRule ONLY_THE_CATALOG_ASKS_BESIDE_THE_SESSION =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard..")
          .and()
          .resideOutsideOfPackages("io.pgguard.catalog..", "io.pgguard.testkit..")
          .should()
          .callMethod(DatabaseAccess.class, "connect")
          .orShould()
          .callMethodWhere(
              JavaCall.Predicates.target(
                  HasOwner.Predicates.With.owner(
                      JavaClass.Predicates.assignableTo(CatalogQueries.class))));

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

  private static String[] inside(Set<String> packages) {
    return inside(packages.toArray(String[]::new));
  }

  private static String[] inside(String... packages) {
    return Arrays.stream(packages).map(ArchitectureTest::inside).toArray(String[]::new);
  }

  private static String inside(String name) {
    return "io.pgguard." + name + "..";
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
