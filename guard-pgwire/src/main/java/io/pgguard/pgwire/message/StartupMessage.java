package io.pgguard.pgwire.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens a connection: protocol version, user, database and settings. Without a type byte. */
public record StartupMessage(int version, Map<String, String> parameters) implements Message {

  /** Protocol 3.0. */
  public static final int VERSION_3_0 = 3 << 16;

  /** Protocol 3.2 (PostgreSQL 18). */
  public static final int VERSION_3_2 = 3 << 16 | 2;

  public StartupMessage {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static StartupMessage decode(MessageReader in) {
    int version = in.int32();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name = in.text(); !name.isEmpty(); name = in.text()) {
      if (parameters.put(name, in.text()) != null) {
        throw in.violation("the parameter " + name + " twice");
      }
    }
    in.end();
    return new StartupMessage(version, parameters);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin();
    out.int32(version);
    parameters.forEach((name, value) -> out.text(name).text(value));
    out.int8((byte) 0);
    out.end();
  }
}
