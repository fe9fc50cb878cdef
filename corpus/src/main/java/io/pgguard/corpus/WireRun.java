package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.FunctionCall;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Runs a line's wire operations, as the corpus's verify.py names them. One thread at a time. */
final class WireRun {
  private static final short[] TEXT = {};

  private final RedteamDatabase database;
  private final WireAddress address;
  private final CorpusLine line;
  private final Map<Integer, WireClient> clients = new HashMap<>();

  WireRun(RedteamDatabase database, WireAddress address, CorpusLine line) {
    this.database = database;
    this.address = address;
    this.line = line;
  }

  /**
   * All answers, in order; a client that is not let in, or thrown out, has an error as its last.
   */
  List<Answer> run() {
    List<Answer> answers = new ArrayList<>();
    try {
      for (JsonNode operation : line.node().path("wire")) {
        answers.addAll(operation(client(operation.path("conn").asInt(1)), operation));
      }
    } catch (SQLException e) {
      answers.add(Answer.failed(e));
    } catch (IOException e) {
      answers.add(Answer.failed(new SQLException("the connection ended", "08006", e)));
    } finally {
      clients.values().forEach(WireRun::close);
    }
    return answers;
  }

  private WireClient client(int number) throws IOException, SQLException {
    WireClient client = clients.get(number);
    if (client == null) {
      client = new WireClient(address, number == 1 ? line.startup() : Map.of());
      clients.put(number, client);
    }
    return client;
  }

  private static void close(WireClient client) {
    try {
      client.close();
    } catch (IOException e) {
      System.err.println("closing: " + e.getMessage()); // the line is judged by what came before
    }
  }

  private List<Answer> operation(WireClient client, JsonNode operation)
      throws IOException, SQLException {
    String sql = operation.path("sql").asText();
    String name = operation.path("name").asText();
    switch (operation.path("op").asText()) {
      case "simple" -> client.send(new Query(sql));
      case "simple_hex" -> client.send(query(operation.path("hex").asText()));
      case "parse" -> client.send(new Parse(name, sql, new int[0]), new Sync());
      case "bind_exec" -> client.send(bind("", name, operation), new Execute("", 0), new Sync());
      case "extended" ->
          client.send(
              new Parse("", sql, new int[0]),
              bind("", "", operation),
              new Describe('P', ""),
              new Execute("", 0),
              new Sync());
      case "exec_sql_portal" ->
          client.send(new Execute(operation.path("portal").asText(), 0), new Sync());
      case "portal_chunks" -> client.send(chunks(sql, operation));
      case "fastpath" -> client.send(call(operation));
      default -> throw new IllegalArgumentException("an operation that is not known: " + operation);
    }
    return client.answers();
  }

  /** A Query whose bytes are in no encoding that Java strings could carry. */
  private static byte[] query(String hex) {
    byte[] text = HexFormat.of().parseHex(hex);
    return HexFormat.of().parseHex("51" + String.format("%08x", text.length + 5) + hex + "00");
  }

  private static Bind bind(String portal, String name, JsonNode operation) {
    short[] results = {(short) operation.path("rf").asInt(0)};
    return new Bind(portal, name, TEXT, values(operation.path("params")), results);
  }

  private static byte[][] values(JsonNode texts) {
    byte[][] values = new byte[texts.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = texts.get(i).asText().getBytes(StandardCharsets.UTF_8);
    }
    return values;
  }

  private static Message[] chunks(String sql, JsonNode operation) {
    List<Message> messages = new ArrayList<>();
    messages.add(new Parse("", sql, new int[0]));
    messages.add(bind("pp", "", operation));
    for (int i = 0; i < operation.path("n").asInt(3); i++) {
      messages.add(new Execute("pp", 1));
    }
    messages.add(new Sync());
    return messages.toArray(Message[]::new);
  }

  private FunctionCall call(JsonNode operation) throws SQLException {
    int oid = database.function(operation.path("fn").asText());
    return new FunctionCall(oid, TEXT, values(operation.path("args")), (short) 0);
  }
}
