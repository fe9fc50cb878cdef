package io.pgguard.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingCallsTest {
  private static final Catalog CATALOG = new CatalogBuilder("demo", 180000).build();

  private static Safety judge(@Nullable String... constants) {
    List<Optional<String>> arguments = Arrays.stream(constants).map(Optional::ofNullable).toList();
    return SettingCalls.judge(arguments, CATALOG);
  }

  @ParameterizedTest
  @CsvSource({
    "role,postgres",
    "client_min_messages,debug5",
    "client_min_messages,log",
    "debug_print_plan,on",
    "default_transaction_read_only,off",
    "session_replication_role,replica",
    "maintenance_work_mem,2GB",
  })
  void whatSetMayNotDo_isUnsafe(String name, String value) {
    assertInstanceOf(Safety.Unsafe.class, judge(name, value));
    assertInstanceOf(Safety.Unsafe.class, judge(name.toUpperCase(Locale.ROOT), value));
  }

  @Test
  void ordinarySettings_areSafeAlsoByParameter() {
    assertEquals(Safety.SAFE, judge("jit", "off"));
    assertEquals(Safety.SAFE, judge("jit", null));
    assertEquals(Safety.SAFE, judge("restrict_nonsystem_relation_kind", "view"));
  }

  @Test
  void searchPath_canOnlyBeEmptied() {
    assertEquals(Safety.SAFE, judge("search_path", ""));
    assertInstanceOf(Safety.Unsafe.class, judge("search_path", "app"));
    assertInstanceOf(Safety.Unsafe.class, judge("Search_Path", null));
  }

  @Test
  void nameThatIsNoConstant_isUnsafe() {
    assertInstanceOf(Safety.Unsafe.class, judge((String) null));
    assertInstanceOf(Safety.Unsafe.class, judge());
  }
}
