package io.pgguard.corpus.totals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls what is said to be total with every extreme of its arguments' types. It can only refute: a
 * call that succeeds everywhere proves nothing beyond these values. Used by one thread.
 */
final class TotalityProbe {
  /** Rows of one call's cross product; over it each argument's values are thinned out. */
  private static final int MOST = 60_000;

  /** SQL conditions on {@code v} that the values of a checked constant are held to. */
  private static final Map<String, String> CHECKS =
      Map.ofEntries(
          Map.entry("const", "true"),
          Map.entry("nonneg", "v >= 0"),
          Map.entry("positive", "v > 0"),
          Map.entry("nonzero", "v <> 0"),
          Map.entry("small", "v BETWEEN -1000 AND 1000"),
          Map.entry("length", "v BETWEEN 0 AND 10000"),
          Map.entry("fraction", "v BETWEEN 0 AND 1"),
          Map.entry("like", "v NOT LIKE '%\\\\'"),
          Map.entry("regex", "length(v) <= 64 AND v ~ '^[A-Za-z0-9 @_%-]*$'"),
          Map.entry("encoding", "v IN ('hex', 'base64', 'escape')"),
          Map.entry("datefield", "v IN ('day', 'century', 'year', 'month', 'hour')"),
          Map.entry("daypart", "v IN ('day', 'century', 'year', 'month')"),
          Map.entry("zone", "v IN ('UTC', 'Europe/Zurich')"),
          Map.entry("key", "v IS NOT NULL"),
          Map.entry("short", "length(v) <= 16"),
          Map.entry("declared", "abs(v) < 1e1000 AND scale(v) <= 1000"),
          Map.entry("timeformat", "v IN ('YYYY', 'YYYY-MM-DD', 'HH24:MI')"),
          Map.entry("numberformat", "v IN ('FM999', '999D99')"),
          Map.entry("form", "v IN ('NFC', 'NFD')"),
          Map.entry("jsonpath", "v::text IN ('$', '$.\"a\"', '$[*]')"));

  private final Connection server;
  private final Extremes extremes;

  TotalityProbe(Connection server, Extremes extremes) {
    this.server = server;
    this.extremes = extremes;
  }

  /** The server's complaint about one call, or empty when every call succeeded. */
  Optional<String> refute(Signature signature) {
    for (Signature instance : Polymorphic.instances(signature)) {
      Optional<String> complaint = refuteOne(instance);
      if (complaint.isPresent()) {
        return Optional.of(instance + ": " + complaint.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> refuteOne(Signature signature) {
    for (Signature.Argument argument : signature.arguments()) {
      if (extremes.count(argument.type()) == 0 && !argument.type().equals("mood")) {
        return Optional.of("no extremes of " + argument.type());
      }
      if (!argument.check().isEmpty() && !CHECKS.containsKey(argument.check())) {
        return Optional.of("no check named " + argument.check());
      }
    }
    String sql =
        switch (signature.kind()) {
          case FUNCTION -> perRow(signature, "pg_catalog.\"" + signature.name() + "\"(%s)");
          case CAST -> perRow(signature, "CAST(%s AS pg_catalog.\"" + signature.name() + "\")");
          case AGGREGATE -> aggregate(signature);
          case WINDOW ->
              perRow(signature, "pg_catalog.\"" + signature.name() + "\"(%s) OVER (ORDER BY a0.n)");
        };
    @Nullable String failure = run(sql);
    return Optional.ofNullable(failure);
  }

  private String perRow(Signature signature, String call) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < signature.arguments().size(); i++) {
      boolean variadic = signature.name().startsWith("jsonb_extract_path") && i == 1;
      arguments.add((variadic ? "VARIADIC a" : "a") + i + ".v");
    }
    return "SELECT count(r::text) FROM (SELECT "
        + call.formatted(String.join(", ", arguments))
        + " AS r FROM "
        + from(signature)
        + " OFFSET 0) s";
  }

  /** Every row alone, every two rows, and all of them. */
  private String aggregate(Signature signature) {
    List<String> names = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < signature.arguments().size(); i++) {
      names.add("v" + i);
      selected.add("a" + i + ".v AS v" + i);
    }
    String call = "pg_catalog.\"" + signature.name() + "\"(" + String.join(", ", names) + ")";
    return "WITH x AS MATERIALIZED (SELECT row_number() OVER () AS k, "
        + String.join(", ", selected)
        + " FROM "
        + from(signature)
        + " LIMIT 250) SELECT count(r::text) FROM (SELECT "
        + call
        + " AS r FROM x UNION ALL SELECT "
        + call
        + " FROM x GROUP BY k UNION ALL SELECT "
        + call
        + " FROM (SELECT p.k AS i, q.k AS j, x.* FROM x p, x q, x WHERE x.k IN (p.k, q.k) AND p.k < 60 AND q.k"
        + " < 60 AND x.k < 60) y GROUP BY i, j) s";
  }

  private String from(Signature signature) {
    int arguments = signature.arguments().size();
    if (arguments == 0) {
      return "(SELECT 1 AS n) a0";
    }
    int each = (int) Math.floor(Math.pow(MOST, 1.0 / arguments));
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < arguments; i++) {
      Signature.Argument argument = signature.arguments().get(i);
      String check = argument.check().isEmpty() ? "true" : CHECKS.get(argument.check());
      tables.add(
          "(SELECT n, v FROM totals.\"x_"
              + argument.type()
              + "\" WHERE "
              + check
              + " ORDER BY "
              + (extremes.count(argument.type()) > each ? "hashint4(n)" : "n")
              + " LIMIT "
              + each
              + ") a"
              + i);
    }
    return String.join(", ", tables);
  }

  private @Nullable String run(String sql) {
    try (Statement statement = server.createStatement()) {
      statement.execute(sql);
      return null;
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      return e.getSQLState() + " " + message.substring(0, Math.min(160, message.length()));
    }
  }
}
