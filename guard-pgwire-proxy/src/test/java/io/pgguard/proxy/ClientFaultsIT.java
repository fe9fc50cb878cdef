package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.CopyData;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client goes at any moment: nothing of it stays, and the log is whole. */
class ClientFaultsIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    guarded = new GuardedProxy("leaving", directory, "  health: \"127.0.0.1:0\"");
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    guarded.close();
    LogLook.verifies(directory);
  }

  /** What a client does before it goes. */
  private interface Phase {
    void go(RawWire client) throws Exception;
  }

  private static Phase inSession(Phase phase) {
    return client -> {
      client.logIn(StartupMessage.VERSION_3_0);
      client.await('Z');
      phase.go(client);
    };
  }

  private static byte[] half(Message message) {
    byte[] whole = message.toByteArray();
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static Map<String, Phase> phases(boolean reset) {
    Map<String, Phase> phases = new LinkedHashMap<>();
    phases.put("at once", client -> {});
    phases.put("asking for TLS", client -> client.send(new SSLRequest()));
    phases.put(
        "in the startup packet",
        client -> client.send(half(new StartupMessage(196608, Map.of("user", "ana")))));
    phases.put("asked who it is", client -> client.startup(StartupMessage.VERSION_3_0, "ana"));
    phases.put("just let in", client -> client.logIn(StartupMessage.VERSION_3_0));
    phases.put("idle", inSession(client -> {}));
    phases.put("in a message", inSession(client -> client.send(half(new Query("SELECT 12345")))));
    phases.put(
        "in a result",
        inSession(
            client -> {
              client.send(new Query("SELECT repeat('x', 100000) FROM generate_series(1, 1000)"));
              client.await('D');
            }));
    phases.put(
        "while it runs",
        inSession(
            client -> {
              client.send(new Query("SELECT pg_sleep(600)"));
              guarded.awaitBackends(1, "query LIKE 'SELECT pg_sleep%' AND state = 'active'");
            }));
    phases.put(
        "in a transaction",
        inSession(
            client -> {
              client.send(new Query("BEGIN; INSERT INTO notes (body) VALUES ('gone')"));
              client.await('Z');
            }));
    phases.put(
        "in COPY",
        inSession(
            client -> {
              client.send(new Query("COPY notes (body) FROM STDIN"));
              client.await('G');
              client.send(new CopyData("gone\n".getBytes(StandardCharsets.UTF_8)));
            }));
    phases.put(
        "in a pipeline",
        inSession(
            client -> {
              client.send(
                  new Parse("", "INSERT INTO notes (body) VALUES ('gone')", new int[0]),
                  new Bind("", "", new short[0], new byte[0][], new short[0]),
                  new Describe('P', ""),
                  new Execute("", 0),
                  new Flush());
              client.await('C');
            }));
    phases.put(
        "waiting for people",
        inSession(
            client -> {
              client.send(new Query("UPDATE notes SET body = 'held " + reset + "'"));
              client.await('N');
            }));
    return phases;
  }

  private static boolean metricsSay(String... lines) throws IOException, InterruptedException {
    InetSocketAddress at = guarded.proxy().healthAddress().orElseThrow();
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return Arrays.stream(lines).allMatch(metrics::contains);
  }

  @Test
  void clientThatGoes_leavesNothingBehind() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      for (Phase phase : phases(reset).values()) {
        RawWire client = RawWire.plain(guarded.port());
        phase.go(client);
        if (reset) {
          client.socket().setSoLinger(true, 0);
        }
        client.close();
      }
    }
    while (!metricsSay("guard_sessions 0.0", "guard_openings 0.0")) {
      Thread.onSpinWait();
    }
    guarded.awaitBackends(0, "application_name LIKE 'guard:%'");
    while (!guarded.proxy().guard().approvals().pending().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(
        LogLook.sessions(guarded, "SessionOpened"), LogLook.sessions(guarded, "SessionClosed"));
    LogLook.oneEndEach(guarded);
    try (Connection direct = guarded.direct();
        ResultSet notes = direct.createStatement().executeQuery("SELECT count(*) FROM notes")) {
      notes.next();
      assertEquals(0, notes.getInt(1), "what was not committed is not there");
    }
  }
}
