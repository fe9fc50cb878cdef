package io.pgguard.corpus.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relations of the corpus schema, read from the server's catalog and the corpus's list of
 * protected columns; Guard has no say in it.
 */
final class SchemaModel {
  private static final Pattern NAME =
      Pattern.compile("\"((?:public|reporting)\\.\\w+\\.\\w+)[ \"]");

  private static final String RELATIONS =
      """
      WITH RECURSIVE links(child, parent) AS (
        SELECT r.ev_class, d.refobjid FROM pg_rewrite r
          JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
         WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
        UNION SELECT inhrelid, inhparent FROM pg_inherits UNION SELECT inhparent, inhrelid FROM pg_inherits),
      reach(start, oid) AS (
        SELECT c.oid, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('public', 'reporting') AND c.relkind IN ('r', 'v', 'm', 'p')
        UNION SELECT reach.start, links.parent FROM reach JOIN links ON links.child = reach.oid)
      SELECT n.nspname || '.' || c.relname, c.relkind, greatest(c.reltuples, 40)::int,
             array_to_string(ARRAY(SELECT x.oid::regclass FROM reach x WHERE x.start = c.oid), ' '), c.oid::int8,
             EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE EXISTS (SELECT FROM reach WHERE start = c.oid)
         AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
       ORDER BY 1""";

  private static final String COLUMNS =
      """
      SELECT a.attname,
             format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END, NULL),
             array_to_string(ARRAY(SELECT s.attname FROM pg_attrdef f
               JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refobjid = f.adrelid
               JOIN pg_attribute s ON s.attrelid = d.refobjid AND s.attnum = d.refobjsubid
              WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum AND a.attgenerated <> ''), ' ')
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE a.attrelid = %d AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""";

  private final List<ModelRelation> relations;

  private SchemaModel(List<ModelRelation> relations) {
    this.relations = List.copyOf(relations);
  }

  List<ModelRelation> relations() {
    return relations;
  }

  ModelRelation relation(String name) {
    return relations.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /** Reads the model; {@code list} is the corpus's {@code sensitive.json}. */
  static SchemaModel read(Connection connection, Path list) throws SQLException, IOException {
    Set<String> hot = new HashSet<>();
    for (Matcher m = NAME.matcher(Files.readString(list)); m.find(); ) {
      hot.add(m.group(1));
    }
    List<ModelRelation> relations = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        Statement inner = connection.createStatement();
        ResultSet row = statement.executeQuery(RELATIONS)) {
      while (row.next()) {
        String name = row.getString(1);
        List<ModelColumn> columns = new ArrayList<>();
        try (ResultSet column = inner.executeQuery(COLUMNS.formatted(row.getLong(5)))) {
          while (column.next()) {
            columns.add(readColumn(column, name, hot));
          }
        }
        boolean guarded = false;
        for (String reached : row.getString(4).split(" ")) {
          String full = reached.contains(".") ? reached : "public." + reached;
          guarded |= hot.stream().anyMatch(h -> h.startsWith(full + "."));
        }
        relations.add(
            new ModelRelation(
                name,
                row.getString(2).charAt(0),
                row.getInt(3),
                row.getBoolean(6),
                guarded,
                columns));
      }
    }
    return new SchemaModel(relations);
  }

  private static ModelColumn readColumn(ResultSet row, String relation, Set<String> hot)
      throws SQLException {
    boolean protectedColumn = hot.contains(relation + "." + row.getString(1));
    for (String source : row.getString(3).split(" ")) {
      protectedColumn |=
          hot.contains(relation + "." + source); // a generated column says what it is made of
    }
    return new ModelColumn(row.getString(1), SqlType.of(row.getString(2)), protectedColumn);
  }
}
