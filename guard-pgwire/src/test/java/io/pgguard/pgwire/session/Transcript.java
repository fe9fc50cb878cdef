package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.ByteSink;
import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.Framer;
import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.NotificationResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.RowDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a client got, one short line a message. */
final class Transcript implements ByteSink, FrameHandler {
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<String> lines = new ArrayList<>();
  int ready;
  boolean copyIn;
  boolean error;
  private final Framer framer = Framer.fromServer(WireLimits.DEFAULT);

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    bytes.write(from, offset, length);
    framer.feed(from, offset, length, this);
  }

  @Override
  public boolean frame(byte[] from, int offset, int length) {
    char type = (char) from[offset];
    MessageReader body = new MessageReader().over("" + type, from, offset + 5, length - 5);
    switch (type) {
      case 'Z' -> {
        ready++;
        lines.add("Z " + (char) body.int8());
      }
      case 'E' -> {
        error = true;
        lines.add("E " + told(ErrorResponse.decode(body).message()));
      }
      case 'N' -> lines.add("N " + told(NoticeResponse.decode(body).message()));
      case 'C' -> lines.add("C " + CommandComplete.decode(body).tag());
      case 'A' -> {
        NotificationResponse came = NotificationResponse.decode(body);
        lines.add("A " + came.channel() + " " + came.payload());
      }
      case 'S' -> {
        ParameterStatus came = ParameterStatus.decode(body);
        lines.add("S " + came.name() + "=" + came.value());
      }
      case 'T' ->
          lines.add(
              "T "
                  + RowDescription.decode(body).fields().stream()
                      .map(RowDescription.Field::name)
                      .collect(Collectors.joining(",")));
      case 'D' -> lines.add("D " + row(DataRow.decode(body)));
      case 'd' -> lines.add("d " + new String(body.rest(), StandardCharsets.UTF_8).strip());
      case 'G' -> {
        copyIn = true;
        lines.add("G");
      }
      default -> lines.add("" + type);
    }
    return true;
  }

  private static String told(io.pgguard.session.ServerMessage message) {
    return message.field('C') + " " + message.field('M');
  }

  private static String row(DataRow row) {
    List<String> values = new ArrayList<>();
    for (byte[] value : row.values()) {
      values.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
    }
    return String.join(",", values);
  }

  @Override
  public void pause() {}

  /** The lines since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
