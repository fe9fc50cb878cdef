package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import io.pgguard.approval.Answer;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balancer leads a cancel request to another node than the session's. */
class CancelPeersIT {
  @TempDir static Path directory;
  private static GuardedProxy first;
  private static Proxy second;

  @BeforeAll
  static void start() throws SQLException, IOException {
    first = new GuardedProxy("peers", directory.resolve("first"), "  node: 1");
    Path folder = Files.createDirectories(directory.resolve("second"));
    Files.copy(directory.resolve("first/policy.yaml"), folder.resolve("policy.yaml"));
    String config =
        Files.readString(directory.resolve("first/guard.yaml"))
            .replace("  node: 1", "  node: 2\n  peers: { 1: \"127.0.0.1:" + first.port() + "\" }");
    second = Proxy.start(GuardConfig.read(Files.writeString(folder.resolve("guard.yaml"), config)));
  }

  @AfterAll
  static void stop() throws SQLException {
    second.close();
    first.close();
  }

  private static CancelRequest key(RawWire client) throws IOException {
    MessageReader key = client.await('K').reader();
    CancelRequest request = new CancelRequest(key.int32(), key.bytes(key.remaining()));
    client.await('Z');
    return request;
  }

  private static void cancelAtTheOther(CancelRequest request) throws IOException {
    try (RawWire other = RawWire.plain(second.addresses().get(0).getPort())) {
      other.send(request);
      assertEquals(-1, other.readByte());
    }
  }

  @Test
  void cancelAtAnotherNode_reachesTheSessionAndNoOther() throws Exception {
    for (int version : new int[] {StartupMessage.VERSION_3_0, StartupMessage.VERSION_3_2}) {
      try (RawWire client = RawWire.loggedIn(first.port(), version)) {
        CancelRequest key = key(client);
        client.send(new Query("SELECT pg_sleep(600)"));
        first.awaitBackends(1, "state = 'active' AND query LIKE 'SELECT pg_sleep%'");
        byte[] wrong = key.secretKey().clone();
        wrong[0]++;
        cancelAtTheOther(new CancelRequest(key.processId(), wrong));
        cancelAtTheOther(key);
        assertTrue(client.await('E').text().contains("C57014"));
      }
    }
  }

  @Test
  void heldStatement_isTakenBackFromAnotherNode() throws Exception {
    try (RawWire client = RawWire.loggedIn(first.port(), StartupMessage.VERSION_3_0)) {
      CancelRequest key = key(client);
      client.send(new Query("UPDATE notes SET body = 'held'"));
      client.await('N');
      String id = first.proxy().guard().approvals().pending().get(0).request().id();
      cancelAtTheOther(key);
      assertTrue(client.await('E').text().contains("C42501"));
      Approvals approvals = first.proxy().guard().approvals();
      assertEquals(ApprovalCase.Status.REFUSED, approvals.status(id).orElseThrow());
      client.await('Z');
      client.send(new Query("UPDATE notes SET body = 'held'")); // nobody has said no to it
      client.await('N');
      String again = approvals.pending().get(0).request().id();
      assertNotEquals(id, again);
      Principal dba = new Principal("dan@example.com", Set.of("dba"), null, null);
      assertInstanceOf(Answer.Granted.class, approvals.approve(again, dba, null));
      client.await('C');
    }
  }

  @Test
  void requestThatWasPassedOn_isNotPassedOnAgain() throws Exception {
    cancelAtTheOther(new CancelRequest(1 << 31 | 1 << 24 | 7, new byte[] {1, 2, 3, 4}));
    cancelAtTheOther(new CancelRequest(99 << 24 | 7, new byte[] {1, 2, 3, 4}));
  }
}
