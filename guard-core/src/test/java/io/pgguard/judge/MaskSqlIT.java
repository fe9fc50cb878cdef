package io.pgguard.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.Mask;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.mask.Types;
import io.pgguard.testkit.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mask in SQL gives what the mask gives, for every text. */
class MaskSqlIT {
  private static final int TEXT = 25;
  private static final String PIECES = "aZ9é漢😀@@@...--  \t\n\u007f\u0001\"\\'*_+";

  private static Connection connection;

  @BeforeAll
  static void connect() throws Exception {
    connection = TestPostgres.shared().connect(TestPostgres.shared().createDatabase("masksql"));
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
  }

  private static Mask mask(String name) {
    return switch (name) {
      case "email" -> new Mask.Email();
      case "last" -> new Mask.Partial(0, 4);
      case "first" -> new Mask.Partial(3, 0, '\'');
      default -> new Mask.Partial(2, 3, '#');
    };
  }

  private static List<String> texts() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                "a",
                "ann@a.example",
                "a@b.co",
                "é@b.co",
                "éé@b.co",
                "@b.co",
                "a@@b.co",
                "a b@c.co",
                "\"a\"@b.co",
                "a\\b@c.co",
                "a@b",
                "a@.co",
                "a@b..co",
                "a@b.c",
                "a@b.c1",
                "a@b.1c",
                "a@b.co.",
                "a@-.-c",
                "a@b.co\n",
                "a\u007fb@c.co",
                "a\u0001b@c.co",
                "a@ü.co",
                "漢字テキスト",
                "12345678",
                "😀😀😀😀😀😀"));
    Random random = new Random(17);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        int at =
            PIECES.offsetByCodePoints(0, random.nextInt(PIECES.codePointCount(0, PIECES.length())));
        text.appendCodePoint(PIECES.codePointAt(at));
      }
      texts.add(random.nextBoolean() ? text + "@ex.co" : text.toString());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "last", "first", "both"})
  void over_givesWhatTheMaskGives(String name) throws Exception {
    Mask mask = mask(name);
    String sql = "SELECT " + new MaskSql(mask).over("t.v") + " FROM (SELECT ?::text AS v) t";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (String text : texts()) {
        statement.setString(1, text);
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          assertEquals(masked(mask, text), result.getString(1), text);
        }
      }
    }
  }

  private static String masked(Mask mask, String text) throws Exception {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream row = new DataOutputStream(bytes);
    row.writeShort(1);
    row.writeInt(value.length);
    row.write(value);
    RowMasker masker =
        MaskPlan.bind(
                List.of(new ResultColumn("v", 0, 0, TEXT, false)),
                List.of(new ColumnTreatment.Apply(mask)),
                Types.builtIn(),
                null)
            .rowMasker();
    masker.mask(bytes.toByteArray(), 0, bytes.size());
    return new String(masker.buffer(), 6, masker.length() - 6, StandardCharsets.UTF_8);
  }
}
