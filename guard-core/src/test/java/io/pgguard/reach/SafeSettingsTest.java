package io.pgguard.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogBuilder;
import io.pgguard.catalog.Function;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeSettingsTest {
  private static final Catalog EMPTY = new CatalogBuilder("demo", 180000).build();

  private static Optional<String> refuse(String name, String... values) {
    return SafeSettings.refuse(name, List.of(values), true, EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role",
        "session_authorization",
        "session_replication_role",
        "log_statement",
        "log_min_messages",
        "local_preload_libraries",
        "session_preload_libraries",
        "dynamic_library_path",
        "backslash_quote",
        "escape_string_warning",
        "transform_null_equals",
        "allow_system_table_mods",
        "lo_compat_privileges",
        "temp_tablespaces",
        "debug_print_plan",
        "log_parser_stats",
        "plpgsql_variable_conflict",
        "createrole_self_grant",
        "event_triggers",
        "zero_damaged_pages",
        "no_such_setting"
      })
  void whatIsNotListed_isRefused(String name) {
    assertTrue(refuse(name, "x").isPresent(), name);
    assertTrue(refuse(name.toUpperCase(java.util.Locale.ROOT), "x").isPresent(), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application_name",
        "Application_Name",
        "TimeZone",
        "time zone",
        "statement_timeout",
        "default_statistics_target",
        "transaction_read_only",
        "array_nulls",
        "enable_seqscan",
        "jit",
        "datestyle"
      })
  void whatOrdinaryClientsSet_passes(String name) {
    assertEquals(Optional.empty(), refuse(name, "x"));
    assertEquals(Optional.empty(), refuse(name));
  }

  @Test
  void memory_isBounded() {
    assertEquals(Optional.empty(), refuse("work_mem", "8MB"));
    assertEquals(Optional.empty(), refuse("work_mem", "65536"));
    assertEquals(Optional.empty(), refuse("work_mem", "1GB"));
    assertEquals(Optional.empty(), refuse("work_mem"));
    assertEquals(Optional.empty(), refuse("maintenance_work_mem", "1GB"));
    assertTrue(refuse("maintenance_work_mem", "2GB").isPresent());
    assertEquals(Optional.empty(), refuse("hash_mem_multiplier", "2.5"));
    for (String large : List.of("100GB", "1.5GB", "2TB", "2000000", "0x7fffffff", "1e9")) {
      assertTrue(refuse("work_mem", large).isPresent(), large);
    }
    assertTrue(refuse("hash_mem_multiplier", "1000").isPresent());
    assertTrue(refuse("jit_dump_bitcode", "on").isPresent());
  }

  @Test
  void searchPath_maySearchSchemasBeforeTheSystemThatHideNothing() {
    assertEquals(Optional.empty(), refuse("search_path", "app", "public"));
    assertEquals(Optional.empty(), refuse("search_path", "pg_catalog", "app"));
    assertEquals(Optional.empty(), refuse("search_path"));
    assertEquals(Optional.empty(), refuse("search_path", "app", "pg_catalog"));
    assertTrue(refuse("search_path", "pg_temp").orElseThrow().contains("pg_temp"));
    assertTrue(refuse("search_path", "pg_temp", "pg_catalog").isPresent());
    assertTrue(refuse("search_path", "public", "pg_temp_4").isPresent());
    assertTrue(refuse("search_path", "pg_toast_temp_4", "pg_catalog").isPresent());
    assertTrue(SafeSettings.refuse("search_path", List.of("app"), false, EMPTY).isPresent());
  }

  /** One text may hold a whole list: SET search_path = 'app, pg_catalog' names one odd schema. */
  @Test
  void settingsOfReading_keepTheirValue() {
    assertEquals(Optional.empty(), refuse("client_encoding", "UTF8"));
    assertTrue(refuse("client_encoding", "SQL_ASCII").isPresent());
    assertTrue(refuse("names", "LATIN1").isPresent());
    assertEquals(Optional.empty(), refuse("standard_conforming_strings", "on"));
    assertTrue(refuse("standard_conforming_strings", "off").isPresent());
    assertEquals(Optional.empty(), refuse("client_min_messages", "WARNING"));
    assertTrue(refuse("client_min_messages", "debug1").isPresent());
    assertEquals(Optional.empty(), refuse("default_transaction_read_only", "on"));
    assertEquals(Optional.empty(), refuse("role")); // RESET ROLE
    assertEquals(Optional.empty(), refuse("row_security", "on"));
    assertTrue(refuse("row_security", "off").isPresent());
    assertTrue(refuse("role", "none").isPresent());
    assertTrue(refuse("session_authorization").isPresent());
    assertTrue(refuse("default_transaction_read_only", "off").isPresent());
    assertTrue(refuse("default_transaction_read_only", "f").isPresent());
    assertTrue(SafeSettings.refuse("client_encoding", List.of(), false, EMPTY).isPresent());
  }

  @Test
  void customSetting_thatNothingReads_passes() {
    assertEquals(Optional.empty(), refuse("app.tenant", "7"));
    assertEquals(Optional.empty(), reading("SELECT current_setting('app.other')"));
    assertEquals(Optional.empty(), reading("SELECT 'settings are shown'"));
  }

  @Test
  void customSetting_isRefusedWhereItCannotBeKnownWhatIsRead() {
    assertTrue(reading("SELECT current_setting('app.' || $1)").orElseThrow().contains("app.f()"));
    assertTrue(reading("SELECT current_setting($1)").isPresent());
    assertTrue(reading("SELECT pg_catalog.current_setting(n, true) FROM x").isPresent());
    assertTrue(reading("SELECT setting FROM pg_settings WHERE name = $1").isPresent());
    assertTrue(reading("SELECT current_setting(E'app.\\x74enant')").isPresent());
    assertTrue(reading("BEGIN EXECUTE 'SELECT current_setting(' || $1; END").isPresent());
    assertTrue(reading("BEGIN EXECUTE 'SHOW ' || $1 INTO r; END").isPresent());
    assertTrue(reading("BEGIN EXECUTE E'\\163how ' || $1 INTO r; END").isPresent());
    assertTrue(reading("BEGIN EXECUTE 'SELECT current' || '_setting(' || $1; END").isPresent());
    assertTrue(reading("SELECT query_to_xml('SHOW ' || $1, true, true, '')").isPresent());
    assertTrue(reading("SELECT U&\"current!005fsetting\" UESCAPE '!' ($1)").isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plpgsql.variable_conflict",
        "PLpgSQL.check_asserts",
        "auto_explain.log_min_duration",
        "plv8.start_proc"
      })
  void settingOfAModule_isRefused(String name) {
    assertTrue(refuse(name, "x").isPresent(), name);
    assertEquals(Optional.empty(), refuse(name));
  }

  private static Optional<String> reading(String body) {
    Catalog catalog = new CatalogBuilder("demo", 180000).add(function("f", body)).build();
    return SafeSettings.refuse("app.tenant", List.of("7"), true, catalog);
  }

  @Test
  void customSetting_isRefusedWhereAFunctionReadsIt() {
    Function reader = function("tenant", "SELECT current_setting('App.Tenant')");
    Catalog catalog = new CatalogBuilder("demo", 180000).add(reader).build();
    assertTrue(SafeSettings.refuse("app.tenant", List.of("7"), true, catalog).isPresent());
    assertEquals(Optional.empty(), SafeSettings.refuse("app.other", List.of("7"), true, catalog));
  }

  private static Function function(String name, String body) {
    return new Function(
        20_000,
        "app",
        name,
        Function.Kind.FUNCTION,
        List.of(),
        25,
        false,
        Function.Volatility.STABLE,
        false,
        "sql",
        body,
        "app." + name + "()");
  }
}
