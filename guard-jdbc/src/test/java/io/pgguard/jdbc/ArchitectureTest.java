package io.pgguard.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Texts reach PostgreSQL and bytes reach the client through a guarded session, and by no other way.
 */
@AnalyzeClasses(
    packages = {"io.pgguard.jdbc", "io.pgguard.pgwire"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_THE_WIRE_OPENS_SOCKETS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.pgguard.jdbc.internal.wire..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(Socket|ServerSocket|DatagramSocket|URLConnection)"
                  + "|java\\.nio\\.channels\\..*Channel|javax\\.net\\..*");

  @ArchTest
  static final ArchRule ONLY_TWO_CLASSES_OPEN_PGJDBC_CONNECTIONS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.pgguard.jdbc.internal.wire.GuardedConnections")
          .and()
          .doNotHaveFullyQualifiedName("io.pgguard.jdbc.internal.JdbcDatabaseAccess")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.postgresql\\.(Driver|ds\\.(?!PGPooledConnection$).*|core\\.ConnectionFactory.*)");

  @ArchTest
  static final ArchRule NOBODY_ASKS_THE_DRIVER_MANAGER =
      noClasses()
          .should()
          .callMethod(java.sql.DriverManager.class, "getConnection", String.class)
          .orShould()
          .callMethod(
              java.sql.DriverManager.class,
              "getConnection",
              String.class,
              java.util.Properties.class)
          .orShould()
          .callMethod(
              java.sql.DriverManager.class,
              "getConnection",
              String.class,
              String.class,
              String.class);

  @ArchTest
  static final ArchRule THE_PROTOCOL_MACHINE_HAS_NO_SOCKETS =
      noClasses()
          .that()
          .resideInAPackage("io.pgguard.pgwire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..", "javax.net..", "java.nio.channels..", "org.postgresql..");

  @ArchTest
  static final ArchRule EDGES_HOLD_NO_RULES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pgguard.internal..",
              "io.pgguard.plan..",
              "io.pgguard.judge..",
              "io.pgguard.figures..",
              "io.pgguard.memory..",
              "io.pgguard.result..",
              "io.pgguard.lineage..",
              "io.pgguard.reach..",
              "io.pgguard.recording..");
}
