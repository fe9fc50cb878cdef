package io.pgguard.corpus.worlds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be named and called on a server, read from its own catalog. Immutable. */
final class ServerCatalog {
  /** Their results differ from run to run, wait, or touch what other runs share. */
  private static final Pattern UNSTEADY =
      Pattern.compile(
          "pg_catalog\\.(random.*|(clock|statement|transaction)_timestamp|now|timeofday|setseed|gen_random_uuid|uuidv[47]"
              + "|pg_sleep.*|pg_.*advisory.*|pg_(cancel|terminate)_backend|pg_stat_.*|pg_(current|last|get|wal|control|logical|replication|create|drop|promote|switch|start|stop|backup|is_in|log|read|ls|export|snapshot|xact|safe|conf|postmaster|isolation|blocking|notification|hba|ident|file|rotate|reload|ndistinct|lock|cursor|prepared|available|extension|show|timezone|config|shmem|tablespace_size|database_size|aios|describe|indexam|import|restore|clear|event_trigger|sync|partition|relation_file.*|filenode.*|sequence|nextoid|stop_making|my_temp|input_error|collation_actual|database_collation|dsm|column_comp|relation_size|table_size|total_relation|indexes_size).*"
              + "|txid_.*|lo_.*|loread|lowrite|lo|inet_(client|server).*|current_(database|query|schemas?|setting)|set_config|version|binary_upgrade.*|nextval|currval|lastval|setval"
              + "|query_to.*|table_to.*|schema_to.*|database_to.*|cursor_to.*|ts_stat|.*_(send|recv)|.*(typmodin|typmodout|selfuncs|sel|joinsel|support|handler|analyze|typanalyze)"
              + "|(gin|gist|brin|spg|btree|bt|hash|dsnowball|dsimple|dsynonym|dispell|thesaurus|prsd|network_sub|range_typ).*|ri_.*|fmgr_.*|getdatabaseencoding|has_.*|row_security_active|amvalidate|anytextcat|textanycat|system_user|getpgusername|pg_backend_pid|array_shuffle|array_sample|pg_snapshot.*|pg_char_to_encoding|nonstandard.*)");

  private final Map<String, List<Callable>> byResult = new HashMap<>();
  private final List<Callable> sets = new ArrayList<>();
  private final List<Callable> windows = new ArrayList<>();
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private final Set<String> types = new HashSet<>();
  private final Map<String, String> elements = new HashMap<>();
  private final Map<String, String> ranges = new HashMap<>();

  private final int version;

  private ServerCatalog(int version) {
    this.version = version;
  }

  /** The server's major version. */
  int version() {
    return version;
  }

  static ServerCatalog read(Connection connection) throws SQLException {
    ServerCatalog catalog = new ServerCatalog(connection.getMetaData().getDatabaseMajorVersion());
    try (Statement statement = connection.createStatement()) {
      catalog.readRelations(statement);
      catalog.readTypes(statement);
      catalog.readCallables(statement, FUNCTIONS);
      catalog.readCallables(statement, OPERATORS);
      catalog.readCallables(statement, CASTS);
    }
    return catalog;
  }

  private static final String FUNCTIONS =
      """
      SELECT p.prokind, quote_ident(n.nspname) || '.' || quote_ident(p.proname),
        coalesce((SELECT string_agg(format_type(a, NULL), ';' ORDER BY i) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(a, i)), ''),
        format_type(p.prorettype, NULL), p.proretset, n.nspname = 'w'
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname IN ('pg_catalog', 'w') AND p.prokind IN ('f', 'a', 'w') ORDER BY 2, p.oid""";

  private static final String OPERATORS =
      """
      SELECT 'o', CASE WHEN n.nspname = 'w' THEN 'OPERATOR(w.' || o.oprname || ')' ELSE o.oprname END,
        CASE WHEN o.oprleft = 0 THEN '' ELSE format_type(o.oprleft, NULL) END || ';' || format_type(o.oprright, NULL),
        format_type(o.oprresult, NULL), false, n.nspname = 'w'
      FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE o.oprright <> 0 AND o.oprcode <> 0 ORDER BY o.oid""";

  private static final String CASTS =
      """
      SELECT 'c', castcontext::text, format_type(castsource, NULL), format_type(casttarget, NULL), false, castsource > 16384
      FROM pg_cast ORDER BY oid""";

  private void readRelations(Statement statement) throws SQLException {
    Map<String, List<Relation.Column>> columns = new LinkedHashMap<>();
    Map<String, Character> kinds = new HashMap<>();
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT c.relname, c.relkind, a.attname, format_type(a.atttypid, NULL) FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'w'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') AND c.relname NOT IN ('cards', 'turned') ORDER BY c.oid, a.attnum""")) {
      while (row.next()) {
        String relation = row.getString(1);
        kinds.put(relation, row.getString(2).charAt(0));
        columns
            .computeIfAbsent(relation, name -> new ArrayList<>())
            .add(
                new Relation.Column(
                    row.getString(3),
                    row.getString(4),
                    Relation.secret(relation, row.getString(3))));
      }
    }
    columns.forEach(
        (name, list) ->
            relations.put(name, new Relation(name, kinds.getOrDefault(name, 'r'), list)));
  }

  private void readTypes(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT format_type(t.oid, NULL), CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN format_type(t.typelem, NULL) END,
              (SELECT format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid) FROM pg_type t""")) {
      while (row.next()) {
        if (row.getString(2) != null) {
          elements.put(row.getString(1), row.getString(2));
        }
        if (row.getString(3) != null) {
          ranges.put(row.getString(1), row.getString(3));
        }
      }
    }
    relations.values().forEach(r -> r.columns().forEach(c -> types.add(c.type())));
  }

  private void readCallables(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String arguments = row.getString(3);
        add(
            new Callable(
                row.getString(1).charAt(0),
                row.getString(2),
                arguments.isEmpty() ? List.of() : List.of(arguments.split(";", -1)),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6)));
      }
    }
  }

  private void add(Callable callable) {
    if (callable.arguments().stream().anyMatch(ServerCatalog::unmade)
        || callable.result().equals("trigger")
        || callable.result().equals("event_trigger")
        || callable.result().endsWith("_handler")
        || UNSTEADY.matcher(callable.name()).matches()) {
      return;
    }
    if (callable.kind() == 'w') {
      windows.add(callable);
    } else if (callable.set()) {
      sets.add(callable);
    } else {
      byResult.computeIfAbsent(callable.result(), key -> new ArrayList<>()).add(callable);
    }
  }

  private static boolean unmade(String type) {
    return type.equals("internal")
        || type.equals("cstring")
        || type.equals("trigger")
        || type.endsWith("_ddl_command");
  }

  /** What gives a value of a type, by exact type. */
  List<Callable> giving(String type) {
    return byResult.getOrDefault(type, List.of());
  }

  List<Callable> sets() {
    return sets;
  }

  List<Callable> windows() {
    return windows;
  }

  Map<String, Relation> relations() {
    return relations;
  }

  /** The types that a cast of {@code pg_cast} makes into one. */
  List<String> castable(String type) {
    return giving(type).stream()
        .filter(c -> c.kind() == 'c')
        .map(c -> c.arguments().get(0))
        .filter(types::contains)
        .toList();
  }

  /** The types that columns have. */
  Set<String> types() {
    return types;
  }

  /** The type of an array's elements; empty for no array. */
  String element(String type) {
    return elements.getOrDefault(type, "");
  }

  /** The type of a range's bounds; empty for no range. */
  String bound(String type) {
    return ranges.getOrDefault(type, "");
  }
}
