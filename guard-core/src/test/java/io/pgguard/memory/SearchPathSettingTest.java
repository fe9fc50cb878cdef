package io.pgguard.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPathSettingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          "$user", public        ~ pg_catalog|ana|public
          App, "App"             ~ pg_catalog|app|App
          "a""b"                 ~ pg_catalog|a"b
          "a, b"                 ~ pg_catalog|a, b
          pg_catalog, app        ~ pg_catalog|app
          app, pg_catalog        ~ app|pg_catalog
          ""                     ~ pg_catalog
          """)
  void setting_readsAsTheServerReadsIt(String setting, String schemas) {
    assertEquals(
        List.of(schemas.split("\\|")), SearchPathSetting.resolve(setting, "ana").schemas());
  }

  @Test
  void emptySetting_searchesTheSystemAlone() {
    assertEquals(List.of("pg_catalog"), SearchPathSetting.resolve("", "ana").schemas());
  }

  /** PostgreSQL folds ASCII letters only, whatever the locale. */
  @Test
  void unquotedNames_foldAsciiOnly() {
    assertEquals(List.of("\u00c4pfel"), SearchPathSetting.names("\u00c4PFEL"));
    assertEquals(List.of("i"), SearchPathSetting.names("I"));
  }

  /** A name means the schema of its first 63 bytes. */
  @Test
  void longNames_areCut() {
    String most = "s".repeat(61) + "\u00e4";
    assertEquals(List.of(most, "b"), SearchPathSetting.names(most + "x, b"));
    assertEquals(List.of(most), SearchPathSetting.names('"' + most + "xyz\""));
    assertEquals(List.of("s".repeat(62)), SearchPathSetting.names("s".repeat(62) + "\u00e4"));
  }

  @Test
  void whiteSpaceOfEverySort_separates() {
    assertEquals(List.of("a", "b", "c"), SearchPathSetting.names("a\r,\fb\n,\u000bc"));
  }
}
