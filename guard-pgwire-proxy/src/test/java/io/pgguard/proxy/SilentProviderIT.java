package io.pgguard.proxy;

import io.pgguard.pgwire.message.StartupMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An identity provider that takes connections and says nothing. */
class SilentProviderIT {
  /** More than there are workers. */
  private static final int STRANGERS = 80;

  @TempDir Path directory;

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Timeout(30) // each question to the provider takes its ten seconds
  void strangersWithTokens_holdUpNoSession() throws Exception {
    List<RawWire> strangers = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        GuardedProxy guarded =
            new GuardedProxy(
                "silent",
                directory,
                """
                  accountNames: "ana"
                  tokens: { keys: "http://127.0.0.1:%d/keys", issuer: "https://login.example",
                            audience: guard, withoutTls: loopback }
                """
                    .indent(0)
                    .formatted(silent.getLocalPort()));
        Connection connection = guarded.connect("ana", GuardedProxy.PASSWORD);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < STRANGERS; i++) {
        RawWire stranger = RawWire.plain(guarded.port());
        strangers.add(stranger);
        stranger.startup(StartupMessage.VERSION_3_0, "stranger");
        stranger.await('R');
        String token =
            part("{\"alg\":\"RS256\",\"kid\":\"made-up-" + i + "\"}")
                + "."
                + part("{\"iss\":\"https://login.example\"}")
                + ".AAAA";
        stranger.answer((token + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 10; i++) {
        statement.execute("SELECT id + " + i + " AS never_seen_" + i + " FROM notes");
      }
    } finally {
      for (RawWire stranger : strangers) {
        stranger.close();
      }
    }
  }
}
