package io.pgguard.corpus;

import java.util.Map;

/** How a text is sent through JDBC and its values come back. */
enum Mode {
  /** A statement of its own, values as text. */
  STATEMENT("simple", Map.of()),
  /** A prepared statement, run twice, values as text. */
  PREPARED("extended", Map.of("binaryTransfer", "false", "prepareThreshold", "1")),
  /** A prepared statement, run twice, values in binary from the first run on. */
  BINARY("extended", Map.of("binaryTransfer", "true", "prepareThreshold", "-1"));

  private final String protocol;
  private final Map<String, String> properties;

  Mode(String protocol, Map<String, String> properties) {
    this.protocol = protocol;
    this.properties = properties;
  }

  /** The corpus's word for lines that allow this mode. */
  String protocol() {
    return protocol;
  }

  /** PgJDBC's properties that bring it about. */
  Map<String, String> properties() {
    return properties;
  }
}
