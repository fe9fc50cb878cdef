package io.pgguard.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words by which a rule's {@code kind} tells statements apart. Immutable and thread-safe. */
public final class KindWords {
  /** Words that stand for many kinds, each with what it means. */
  public static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("write", "changes rows: insert, update, delete, merge, truncate, copy-in"),
          Map.entry("ddl", "makes, changes or drops objects"),
          Map.entry("drop", "drops objects or roles of any sort"),
          Map.entry("privilege", "changes who may do what: grant, roles, owners, policies"),
          Map.entry("transaction", "begins or ends transactions and savepoints"),
          Map.entry("two-phase", "prepared transactions"),
          Map.entry("session", "changes this session only: set, listen, temporary tables"),
          Map.entry("prepare", "prepared statements: prepare, execute, deallocate"),
          Map.entry("cursor", "cursors: declare, fetch (and MOVE), close"),
          Map.entry(
              "maintenance",
              "vacuum (and ANALYZE), reindex, cluster, repack, wait, checkpoint, load"),
          Map.entry("server-file", "COPY to or from a file or program of the server"),
          Map.entry(
              "code",
              "runs or makes code: do, call, load, functions, triggers, rules, extensions"));

  private static final String OWN =
      "select insert update delete merge truncate copy-in copy-out select-into call do"
          + " explain execute deallocate declare fetch close set show set-constraints discard"
          + " listen unlisten notify lock vacuum cluster repack wait reindex checkpoint load"
          + " refresh-materialized-view create-table create-table-as create-foreign-table"
          + " create-view create-index create-sequence create-schema create-function"
          + " create-trigger create-event-trigger create-rule create-language create-extension"
          + " create-type create-enum create-range create-domain create-cast create-conversion"
          + " create-transform create-operator-class create-operator-family"
          + " create-access-method create-statistics create-tablespace create-database"
          + " create-publication create-subscription create-foreign-data-wrapper create-server"
          + " create-user-mapping import-foreign-schema define create-policy create-role"
          + " alter-table alter-table-move-all alter-tablespace alter-domain alter-enum"
          + " alter-type alter-sequence alter-function alter-extension"
          + " alter-extension-contents alter-object-schema alter-object-depends alter-owner"
          + " alter-operator alter-operator-family alter-collation alter-statistics"
          + " alter-event-trigger alter-foreign-data-wrapper alter-server alter-user-mapping"
          + " alter-publication alter-subscription alter-text-search-configuration"
          + " alter-text-search-dictionary alter-database alter-database-set"
          + " alter-database-refresh-collation alter-system alter-policy alter-role"
          + " alter-role-set alter-default-privileges rename comment security-label grant"
          + " grant-role reassign-owned drop-database drop-tablespace drop-subscription"
          + " drop-user-mapping drop-role drop-owned unknown";

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
    List<String> words = new ArrayList<>(new TreeSet<>(GROUPS.keySet()));
    words.addAll(Arrays.asList(OWN.split(" ")));
    return List.copyOf(new LinkedHashSet<>(words));
  }

  private static Map<String, Integer> index() {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < WORDS.size(); i++) {
      index.put(WORDS.get(i), i);
    }
    return Map.copyOf(index);
  }
}
