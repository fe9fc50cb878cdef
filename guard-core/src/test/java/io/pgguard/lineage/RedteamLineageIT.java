package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.internal.syntax.tree.DeclareCursor;
import io.pgguard.internal.syntax.tree.Prepare;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.reach.CallSafety;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.FunctionSafety;
import io.pgguard.reach.Safety;
import io.pgguard.reach.TriggerSafety;
import io.pgguard.statement.Effect;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The lineage of statements that try to bring secrets out, and of ordinary ones: every one of the
 * first kind must show what it does, none of the second may look like it.
 */
class RedteamLineageIT {
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "public");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What no policy of the corpus allows, whatever its columns. */
  private static final Set<Effect> REFUSED =
      EnumSet.of(Effect.DDL, Effect.CODE, Effect.PRIVILEGE, Effect.SERVER_FILE);

  private static Path corpus = Path.of(".");
  private static Catalog catalog;
  private static LineageAnalyzer analyzer;
  private static ProtectedColumns<String> columns;
  private static CallSafety calls;
  private static TriggerSafety triggers;

  @BeforeAll
  static void load() throws Exception {
    String shared = System.getProperty("guard.shared");
    assumeTrue(shared != null, "-Dguard.shared is not set: no corpus");
    corpus = Path.of(String.valueOf(shared), "corpus", "redteam");
    assumeTrue(Files.exists(corpus), "no corpus at " + corpus);
    String database = TestPostgres.shared().createDatabase("lineage");
    try (Connection connection = TestPostgres.shared().connect(database);
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(corpus.resolve("schema.sql")));
    }
    try (Connection connection = TestPostgres.shared().connect(database)) {
      catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
    }
    Set<String> sensitive = new HashSet<>(Set.of("public.audit_log.row_data"));
    JSON.readTree(corpus.resolve("sensitive.json").toFile())
        .get("sensitive_columns")
        .forEach(column -> sensitive.add(column.asText()));
    analyzer = new LineageAnalyzer(catalog);
    columns =
        ProtectedColumns.of(
            analyzer,
            (relation, column) ->
                sensitive.contains(relation.qualifiedName() + "." + column.name())
                    ? Optional.of("secret")
                    : Optional.empty(),
            signature -> false);
    FunctionSafety functions =
        new FunctionSafety(catalog, analyzer.reaches(), columns, signature -> false);
    calls = new CallSafety(catalog, functions);
    triggers = new TriggerSafety(catalog, analyzer.reaches(), columns, functions, true);
  }

  /** What is found in one line: why it is suspect, and whether anything was read at all. */
  private static final class Finding {
    boolean otherwiseRefused;
    final List<String> suspicions = new ArrayList<>();
    final List<String> unknown = new ArrayList<>();
    int parsed;
    Map<String, Lineage> prepared = new HashMap<>();

    void read(String sql) throws LexicalException {
      StatementText text = StatementReader.read(sql);
      for (StatementFacts facts : text.statements()) {
        otherwiseRefused |= REFUSED.contains(facts.effect());
        otherwiseRefused |= facts.identifiers().contains("standard_conforming_strings");
        ParseResult result = SyntaxParser.parse(text.tokens(), facts.from(), facts.to());
        if (result instanceof ParseResult.Parsed tree) {
          parsed++;
          look(tree.statement(), facts);
        } else if (mentions(facts)) {
          suspicions.add("mention without a tree");
        }
      }
    }

    private static boolean mentions(StatementFacts facts) {
      return facts.identifiers().stream().anyMatch(columns.protectedNames()::contains);
    }

    private void look(Statement statement, StatementFacts facts) {
      Lineage lineage =
          analyzer.analyze(statement, PATH, new SessionObjects(prepared, Map.of(), Map.of()));
      if (statement instanceof Prepare prepare) {
        prepared.put(prepare.name(), lineage);
      } else if (statement instanceof DeclareCursor) {
        assertTrue(prepared.size() < 100);
      }
      if (lineage instanceof Lineage.Known known) {
        look(known);
        return;
      }
      unknown.add(((Lineage.Unknown) lineage).reason());
      if (mentions(facts)) {
        suspicions.add("mention, and " + lineage);
      }
    }

    private void look(Lineage.Known known) {
      for (OutputLineage output : known.outputs()) {
        sources("output " + output.name(), shown(output.sources()));
      }
      for (Influence influence : known.influences()) {
        if (columns.protection(influence.relationOid(), influence.number()).isPresent()) {
          suspicions.add("influence " + influence);
        }
      }
      for (WriteFlow write : known.writes()) {
        sources("write " + write.target(), write.sources());
      }
      for (CalledFunction call : known.calls()) {
        safety(calls.judge(call, PATH, true));
      }
      for (int oid : known.writesRelations()) {
        safety(triggers.judge(oid, Trigger.Event.ALL));
        if (columns.isProtectedRelation(oid)) {
          suspicions.add("writes a protected relation");
        }
      }
    }

    /** Sizes of what is stored are asked for by ordinary tools, and withheld without a word. */
    private static Set<ColumnSource> shown(Set<ColumnSource> sources) {
      Set<ColumnSource> shown = new HashSet<>(sources);
      shown.removeIf(
          source ->
              columns
                  .protection(source.relationOid(), source.number())
                  .filter(protection -> protection.reason().endsWith("what is stored is"))
                  .isPresent());
      return shown;
    }

    private void sources(String what, Set<ColumnSource> sources) {
      for (ColumnSource source : sources) {
        if (columns.protection(source.relationOid(), source.number()).isPresent()) {
          suspicions.add(what + " <- " + source);
        }
      }
    }

    private void safety(Safety safety) {
      if (safety instanceof Safety.Unsafe unsafe) {
        suspicions.add(unsafe.reason());
      }
    }
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(corpus.resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void everyLeakThatParses_isSeen() throws IOException {
    List<String> missed = new ArrayList<>();
    int seen = 0;
    int skipped = 0;
    for (JsonNode line : lines("leaks.jsonl")) {
      Finding finding = new Finding();
      boolean refused = line.has("wire");
      for (JsonNode sql : line.path("sql")) {
        try {
          finding.read(sql.asText());
        } catch (LexicalException e) {
          refused = true;
        }
      }
      if (!finding.suspicions.isEmpty()) {
        seen++;
        if (!finding.unknown.isEmpty()) {
          System.out.println(line.get("id").asText() + " seen, but " + finding.unknown);
        }
      } else if (refused || finding.otherwiseRefused || finding.parsed == 0) {
        skipped++;
      } else {
        missed.add(line.get("id").asText() + " " + line.get("sql") + " " + finding.unknown);
      }
    }
    System.out.println("leaks seen " + seen + ", not for lineage " + skipped);
    missed.forEach(System.out::println);
    assertEquals(List.of(), missed);
  }

  @Test
  void noOrdinaryStatement_isSuspect() throws IOException, LexicalException {
    List<String> wrong = new ArrayList<>();
    int clean = 0;
    int skipped = 0;
    for (JsonNode line : lines("benign.jsonl")) {
      Finding finding = new Finding();
      finding.read(line.get("sql").asText());
      boolean olderServer = finding.unknown.toString().matches(".*(colliculocale|daticulocale).*");
      if (finding.parsed == 0 || olderServer) {
        skipped++;
      } else if (finding.suspicions.isEmpty() && finding.unknown.isEmpty()) {
        clean++;
      } else {
        wrong.add(line.get("id").asText() + " " + finding.suspicions + " " + finding.unknown);
      }
    }
    System.out.println("benign clean " + clean + ", not for lineage " + skipped);
    wrong.forEach(System.out::println);
    assertEquals(List.of(), wrong);
  }
}
