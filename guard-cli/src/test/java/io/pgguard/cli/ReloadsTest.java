package io.pgguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.pgwire.opening.server.SaslMechanisms;
import io.pgguard.proxy.Proxy;
import io.pgguard.proxy.database.OngresScram;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A proxy reads its accounts anew: clients log in by what the file says now. */
class ReloadsTest {
  @TempDir Path directory;
  private Path file;
  private Proxy proxy;
  private Reloads reloads;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        directory.resolve("policy.yaml"),
        "version: 1\nmode: enforce\nrules: [{ id: r, when: { kind: select }, then: allow }]\notherwise: deny\n");
    file = written("one");
    proxy = Proxy.start(GuardConfig.read(file));
    reloads = new Reloads(proxy, file, WatchedFiles.of(file));
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private Path written(String password) throws IOException {
    byte[] salt = "a salt of sixteen".getBytes(StandardCharsets.UTF_8);
    return Files.writeString(
        directory.resolve("guard.yaml"),
        """
        version: 1
        database: { user: agent, password: { value: secret } }
        policy: policy.yaml
        audit: { directory: audit }
        proxy:
          listen: ["127.0.0.1:0"]
          databases: [{ name: shop, servers: ["127.0.0.1:1"] }]
          accounts: [{ name: ana, verifier: { value: "%s" } }]
        """
            .formatted(ScramVerifier.of(password, salt, 4096).text()));
  }

  /** Whether a client is let in; that there is no database it is told afterwards. */
  private boolean letsIn(String password) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", proxy.addresses().get(0).getPort())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Map<String, String> settings = Map.of("user", "ana", "database", "shop");
      send(socket, new StartupMessage(StartupMessage.VERSION_3_0, settings).toByteArray());
      SaslMechanisms.Exchange scram =
          new OngresScram().begin(List.of("SCRAM-SHA-256"), password, null);
      read(in);
      byte[] first = utf8(scram.first());
      send(
          socket,
          answer(
              new MessageWriter()
                  .text(scram.mechanism())
                  .int32(first.length)
                  .bytes(first)
                  .toByteArray()));
      byte[] asked = read(in);
      send(
          socket,
          answer(
              utf8(scram.answer(new String(asked, 5, asked.length - 5, StandardCharsets.UTF_8)))));
      byte[] last = read(in);
      return last[0] == 'R' && Bytes.int32(last, 1) == 12;
    }
  }

  private static byte[] answer(byte[] data) {
    return new PasswordMessage(data).toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next message: its type, then its body. */
  private static byte[] read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    byte[] message = new byte[in.readInt() - 3];
    message[0] = (byte) type;
    in.readFully(message, 1, message.length - 1);
    return message;
  }

  @Test
  void changedFile_isReadAnewAndOneThatCannotBeUsedChangesNothing() throws IOException {
    assertTrue(letsIn("one"));
    reloads.ifChanged();
    assertTrue(letsIn("one"), "nothing has changed");
    written("another");
    reloads.ifChanged();
    assertTrue(letsIn("another"));
    assertFalse(letsIn("one"));
    Files.writeString(file, "version: 1\nproxy: { lisen: [] }\n");
    reloads.ifChanged();
    assertTrue(letsIn("another"), "it cannot be used");
    written("the third");
    reloads.ifChanged();
    assertTrue(letsIn("the third"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void hangUp_reads() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    assertTrue(
        HangUp.handle(
            () -> {
              reloads.now();
              read.countDown();
            }));
    written("another");
    long self = ProcessHandle.current().pid();
    assertEquals(
        0, new ProcessBuilder("kill", "-HUP", Long.toString(self)).inheritIO().start().waitFor());
    read.await();
    assertTrue(letsIn("another"));
    assertFalse(letsIn("one"));
  }
}
