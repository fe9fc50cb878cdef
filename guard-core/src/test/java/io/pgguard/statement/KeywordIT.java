package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeywordIT {
  private static final Set<Keyword> NEW_IN_19 =
      EnumSet.of(Keyword.IGNORE, Keyword.LSN, Keyword.REPACK, Keyword.RESPECT, Keyword.WAIT);

  @Test
  void keywords_ofALiveServer_areTheEnum() throws Exception {
    List<String> server = new ArrayList<>();
    Set<Keyword> known = EnumSet.allOf(Keyword.class);
    try (Connection connection = TestPostgres.shared().connect("postgres");
        Statement statement = connection.createStatement()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      assumeTrue(version >= 18, "skipped: the server's version is " + version);
      if (version == 18) {
        known.removeAll(NEW_IN_19);
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT word, catcode, barelabel FROM pg_get_keywords()")) {
        while (rows.next()) {
          server.add(
              rows.getString(1)
                  + " "
                  + rows.getString(2)
                  + label(rows.getString(1), rows.getBoolean(3)));
        }
      }
    }
    server.sort(Comparator.naturalOrder());
    List<String> own = known.stream().map(KeywordIT::line).sorted().toList();
    assertEquals(server, own);
  }

  private static String line(Keyword keyword) {
    String code =
        switch (keyword.category()) {
          case UNRESERVED -> "U";
          case COLUMN_NAME -> "C";
          case TYPE_FUNCTION_NAME -> "T";
          case RESERVED -> "R";
        };
    return keyword.word() + " " + code + label(keyword.word(), keyword.bareLabel());
  }

  /** Whether it is a bare label; of two that are none in 19 alone it does not matter. */
  private static String label(String word, boolean bare) {
    return word.equals("ignore") || word.equals("respect") ? "" : " " + bare;
  }
}
