package io.pgguard.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session's own question told of the state of the server's catalog: {@link Watch#CATALOG}.
 *
 * @param snapshot which transactions it saw
 * @param own the session's own transaction; 0 where it has none
 * @param fresh whether the snapshot is as new as the question: REPEATABLE READ and SERIALIZABLE ask
 *     all with that of their first statement, while names in them mean what they mean now
 */
record CatalogAnswer(String snapshot, long own, boolean fresh) {

  /** Null where the answer is none. */
  static @Nullable CatalogAnswer of(Watch.Row row) {
    List<@Nullable String> values = row.values();
    String snapshot = values.size() == 3 ? values.get(0) : null;
    if (snapshot == null) {
      return null;
    }
    String own = values.get(1);
    String isolation = values.get(2);
    boolean fresh = "read committed".equals(isolation) || "read uncommitted".equals(isolation);
    return new CatalogAnswer(snapshot, own == null ? 0 : Long.parseLong(own), fresh);
  }
}
