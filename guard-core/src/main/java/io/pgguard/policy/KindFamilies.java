package io.pgguard.policy;

import java.util.List;

/** What a rule has to name of what a statement does before it can allow it. Thread-safe. */
final class KindFamilies {
  /** What a statement may do beside what it is; each needs a word of its family to be allowed. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              KindSet.of("write"),
              KindSet.of("write", "insert", "update", "delete", "merge", "truncate", "copy-in")),
          new Family(
              KindSet.of("ddl"),
              families(
                  "ddl",
                  "drop",
                  "create-",
                  "alter-",
                  "drop-",
                  "select-into",
                  "truncate",
                  "define",
                  "rename",
                  "comment",
                  "import-foreign-schema",
                  "refresh-materialized-view")),
          new Family(
              KindSet.of("privilege"),
              families("privilege", "grant", "revoke", "create-", "alter-", "drop-", "reassign-")),
          new Family(
              KindSet.of("code"), families("code", "do", "call", "create-", "alter-", "ddl")),
          new Family(KindSet.of("two-phase"), KindSet.of("two-phase")),
          new Family(KindSet.of("unknown"), KindSet.of("unknown")));

  /** Kinds that change rows one by one: each must be named unless {@code write} is. */
  private static final KindSet CHANGES =
      KindSet.of("insert", "update", "delete", "merge", "truncate", "copy-in");

  private static final KindSet WRITE = KindSet.of("write");

  private KindFamilies() {}

  private record Family(KindSet sign, KindSet words) {}

  private static KindSet families(String... beginnings) {
    return KindSet.of(
        KindWords.all().stream()
            .filter(
                word -> {
                  for (String beginning : beginnings) {
                    if (word.equals(beginning)
                        || (beginning.endsWith("-") && word.startsWith(beginning))) {
                      return true;
                    }
                  }
                  return false;
                })
            .toList());
  }

  /** Whether words name each thing that a statement of these kinds does. */
  static boolean namesAllOf(KindSet kinds, KindSet subject) {
    if (!kinds.meets(WRITE) && !subject.and(CHANGES).isWithin(kinds)) {
      return false;
    }
    KindSet named = kinds.and(subject);
    for (int i = 0; i < FAMILIES.size(); i++) {
      Family family = FAMILIES.get(i);
      if (subject.meets(family.sign()) && !named.meets(family.words())) {
        return false;
      }
    }
    return true;
  }
}
