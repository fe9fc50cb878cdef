package io.pgguard.session;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans texts over a schema that is given first, with all that is worked out once for a catalog;
 * made where its steps are counted.
 */
final class SteppedCatalog implements BiConsumer<String, String>, AutoCloseable {
  private static final String POLICY =
      """
      version: 1
      classes:
        pii.ssn: { columns: ["*.*.ssn"], mask: redact }
      rules: [ { id: reads, when: { kind: [select, update] }, then: allow } ]
      otherwise: deny
      """;

  private @Nullable PlannedDatabase planned;

  /**
   * @param schema what makes a new database; empty for the one that is there
   * @param text what is planned; empty for nothing
   */
  @Override
  public void accept(String schema, String text) {
    if (!schema.isEmpty()) {
      close();
      try {
        planned = PlannedDatabase.of(schema, POLICY);
      } catch (Exception e) {
        throw new IllegalStateException("the schema cannot be made", e);
      }
    }
    PlannedDatabase open = planned;
    if (!text.isEmpty() && open != null) {
      open.withNothingKnown().fresh(text);
    }
  }

  @Override
  public void close() {
    PlannedDatabase open = planned;
    if (open != null) {
      open.close();
    }
  }
}
