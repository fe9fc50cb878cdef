package io.pgguard.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which sessions a log tells the beginning of and not the end. Not thread-safe. */
final class OpenSessions implements Chain.Visitor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SESSION = JsonLine.ascii("{\"type\":\"Session");

  private final Map<String, Long> open = new LinkedHashMap<>();

  @Override
  public void line(ParsedLine line, SegmentLines place) throws IOException {
    if (line.isHeader() || !tellsOfSession(line, place.buffer())) {
      return;
    }
    int length = line.eventEnd() - line.eventAt();
    JsonNode event = JSON.readTree(place.buffer(), line.eventAt(), length);
    String session = event.path("session").asText();
    if (event.path("type").asText().equals("SessionOpened")) {
      open.put(session, line.seq());
    } else {
      open.remove(session);
    }
  }

  private static boolean tellsOfSession(ParsedLine line, byte[] bytes) {
    int at = line.eventAt();
    return line.eventEnd() - at > SESSION.length
        && Arrays.equals(bytes, at, at + SESSION.length, SESSION, 0, SESSION.length);
  }

  /** The number of the entry that tells of its beginning, by each session, in their order. */
  Map<String, Long> open() {
    return open;
  }
}
