package io.pgguard.pgwire.message;

import io.pgguard.session.ServerMessage;
import java.util.Map;
import java.util.TreeMap;

/** The fields of ErrorResponse and NoticeResponse. */
final class Fields {
  private Fields() {}

  static ServerMessage read(MessageReader in) {
    Map<Character, String> fields = new TreeMap<>();
    for (byte code = in.int8(); code != 0; code = in.int8()) {
      fields.put((char) (code & 0xff), in.lenientText());
    }
    in.end();
    return new ServerMessage(fields);
  }

  static void write(MessageWriter out, ServerMessage message) {
    for (char code : new char[] {'S', 'V', 'C', 'M', 'D', 'H'}) {
      if (message.fields().containsKey(code)) {
        write(out, code, message.field(code));
      }
    }
    new TreeMap<>(message.fields())
        .forEach(
            (code, value) -> {
              if ("SVCMDH".indexOf(code) < 0) {
                write(out, code, value);
              }
            });
    out.int8((byte) 0);
  }

  private static void write(MessageWriter out, char code, String value) {
    out.int8((byte) code).text(value.replace('\0', ' '));
  }
}
