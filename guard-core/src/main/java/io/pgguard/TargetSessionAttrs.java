package io.pgguard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Which of a database's servers a session takes, with the meanings of libpq's {@code
 * target_session_attrs} (PostgreSQL documentation, "Parameter Key Words").
 */
public enum TargetSessionAttrs {
  /** The first that lets in. */
  @JsonProperty("any")
  ANY,
  /** One whose transactions may write unless they say otherwise. */
  @JsonProperty("read-write")
  READ_WRITE,
  /** One whose transactions may not. */
  @JsonProperty("read-only")
  READ_ONLY,
  /** One that is no standby. */
  @JsonProperty("primary")
  PRIMARY,
  /** A standby. */
  @JsonProperty("standby")
  STANDBY,
  /** A standby, or where none lets in, any. */
  @JsonProperty("prefer-standby")
  PREFER_STANDBY;

  /** How the configuration writes it. */
  public String written() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether a server is one of these.
   *
   * @param parameters what it reported when it let in; servers report both since PostgreSQL 14
   */
  public boolean fits(Map<String, String> parameters) {
    boolean standby = "on".equals(parameters.get("in_hot_standby"));
    boolean readOnly = standby || "on".equals(parameters.get("default_transaction_read_only"));
    return switch (this) {
      case ANY -> true;
      case READ_WRITE -> !readOnly;
      case READ_ONLY -> readOnly;
      case PRIMARY -> !standby;
      case STANDBY, PREFER_STANDBY -> standby;
    };
  }
}
