package io.pgguard.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words by which a rule's {@code kind} tells statements apart. Immutable and thread-safe. */
public final class KindWords {
  /** Words that stand for many kinds, each with what it means. */
  public static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("write", "changes rows: insert, update, delete, merge, truncate, copy-in"),
          Map.entry("ddl", "makes, changes or drops objects"),
          Map.entry("drop", "drops objects of any sort"),
          Map.entry("privilege", "changes who may do what: grant, roles, owners, policies"),
          Map.entry("transaction", "begins or ends transactions and savepoints"),
          Map.entry("two-phase", "prepared transactions"),
          Map.entry("session", "changes this session only: set, listen, temporary tables"),
          Map.entry("prepare", "prepared statements: prepare, execute, deallocate"),
          Map.entry("cursor", "cursors: declare, fetch, move, close"),
          Map.entry("maintenance", "vacuum, analyze, reindex, cluster, checkpoint, load"),
          Map.entry("code", "runs or makes code: do, call, create-function"));

  private static final List<String> WORDS = words();
  private static final Map<String, Integer> INDEX = index();

  private KindWords() {}

  /** Every word that a policy may use, groups first. */
  public static Set<String> all() {
    return new LinkedHashSet<>(WORDS);
  }

  /** The place of a word in {@link #all}, or -1. */
  static int index(String word) {
    return INDEX.getOrDefault(word, -1);
  }

  static int size() {
    return WORDS.size();
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>(new java.util.TreeSet<>(GROUPS.keySet()));
    words.addAll(
        list(
            "select insert update delete merge truncate copy-in copy-out select-into unknown"
                + " show set reset discard set-constraints listen unlisten notify lock explain"
                + " begin commit rollback savepoint release execute deallocate"
                + " declare fetch move close do call grant revoke comment security-label"
                + " vacuum analyze reindex cluster checkpoint load import-foreign-schema"
                + " refresh-materialized-view create-table-as reassign-owned drop-owned"
                + " alter-owner alter-default-privileges alter-system alter-schema alter-database"
                + " alter-object-schema rename"));
    for (String object :
        list(
            "table view materialized-view index sequence schema database role user-mapping"
                + " function procedure aggregate operator operator-class operator-family type"
                + " domain enum cast collation conversion trigger event-trigger rule policy"
                + " extension language foreign-data-wrapper server foreign-table publication"
                + " subscription statistics tablespace access-method transform"
                + " text-search")) {
      words.add("create-" + object);
      words.add("alter-" + object);
      words.add("drop-" + object);
    }
    return List.copyOf(new LinkedHashSet<>(words));
  }

  private static List<String> list(String words) {
    return Arrays.asList(words.split(" "));
  }

  private static Map<String, Integer> index() {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < WORDS.size(); i++) {
      index.put(WORDS.get(i), i);
    }
    return Map.copyOf(index);
  }
}
