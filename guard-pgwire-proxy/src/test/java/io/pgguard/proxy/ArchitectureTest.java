package io.pgguard.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The proxy moves bytes: it holds no rule, mask or audit logic, and only one class waits on a
 * socket.
 */
@AnalyzeClasses(
    packages = {"io.pgguard.proxy"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_PROXY_HOLDS_NO_RULES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pgguard.internal..",
              "io.pgguard.lineage..",
              "io.pgguard.reach..",
              "io.pgguard.judge..",
              "io.pgguard.plan..",
              "io.pgguard.figures..",
              "io.pgguard.memory..",
              "io.pgguard.result..",
              "io.pgguard.mask..",
              "io.pgguard.statement..",
              "io.pgguard.recording..");

  @ArchTest
  static final ArchRule ONE_CLASS_WAITS_ON_A_SOCKET =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.pgguard.proxy.database.OwnConnection")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Socket|ServerSocket|URLConnection)");

  @ArchTest
  static final ArchRule NOBODY_HOLDS_A_DRIVER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.postgresql..", "java.sql..");
}
