package io.pgguard.corpus.totals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No entry of the list of total functions is refuted by the server at hand.
 *
 * <p>System properties: {@code guard.totals.every} (each how-manieth entry is probed; 1 for all),
 * {@code guard.totals.first} (where it begins).
 */
class TotalFunctionsIT {
  private static final int EVERY = Integer.getInteger("guard.totals.every", 40);
  private static final int FIRST = Integer.getInteger("guard.totals.first", 0);
  private static final List<String> ZONES =
      List.of("UTC", "Etc/GMT+12", "Etc/GMT-14", "Europe/Zurich");

  private static final Extremes EXTREMES = Extremes.read();
  private static Connection server;
  private static int version;

  @BeforeAll
  static void load() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    server = postgres.connect(postgres.createDatabase("totals"));
    version = server.getMetaData().getDatabaseMajorVersion();
    EXTREMES.load(server);
  }

  @Test
  void listedFunction_isNotRefuted() throws Exception {
    List<Signature> listed = TotalList.read();
    TotalityProbe probe = new TotalityProbe(server, EXTREMES);
    List<String> refuted = new ArrayList<>();
    int probed = 0;
    for (int i = FIRST; i < listed.size(); i += EVERY) {
      Signature signature = listed.get(i);
      for (String zone : signature.dependsOnSettings() ? ZONES : ZONES.subList(0, 1)) {
        set("TimeZone", zone);
        probe
            .refute(signature)
            .filter(why -> !isNewer(why))
            .ifPresent(why -> refuted.add(zone + ": " + why));
      }
      if (++probed % 200 == 0) {
        System.out.println(
            "TotalFunctionsIT: " + probed + " probed, " + refuted.size() + " refuted");
      }
    }
    System.out.println("TotalFunctionsIT: " + probed + " of " + listed.size() + " probed");
    assertEquals(List.of(), refuted);
    assertTrue(probed > 0, "nothing was probed");
  }

  @Test
  void failingFunction_isRefuted() {
    TotalityProbe probe = new TotalityProbe(server, EXTREMES);
    for (String line :
        List.of(
            "pg_catalog.int4pl(int4, int4)",
            "pg_catalog.textlike(text, text)",
            "pg_catalog.textregexeq(text, text)",
            "cast(text as int4)",
            "agg sum(interval)")) {
      Optional<String> complaint = probe.refute(Signature.parse(line));
      assertTrue(complaint.isPresent(), line + " fails on some values and was not refuted");
    }
  }

  @Test
  void unknownCheck_isRefuted() {
    TotalityProbe probe = new TotalityProbe(server, EXTREMES);
    assertTrue(probe.refute(Signature.parse("pg_catalog.lower(text:nothing)")).isPresent());
  }

  /** Whether the complaint is that an older server does not have the function or the cast. */
  private static boolean isNewer(String why) {
    return version < 18
        && (why.contains("42846 ") || (why.contains("42883 ") && why.contains("does not exist")));
  }

  private static void set(String name, String value) throws Exception {
    try (Statement statement = server.createStatement()) {
      statement.execute("SET " + name + " = '" + value + "'");
    }
  }
}
