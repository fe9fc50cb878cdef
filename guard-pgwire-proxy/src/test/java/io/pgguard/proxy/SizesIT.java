package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What results and values of some size take in the proxy. */
class SizesIT {
  private static final int MEBIBYTE = 1 << 20;

  /** How many rows of the customers' cross product hold as many mebibytes; 50 to a step. */
  private static final String ROWS =
      "SELECT c.ssn, repeat('x', 1048576) FROM customers c, generate_series(1, %d) g";

  /** The marks of Netty's queue to a client, and what was read before they were passed. */
  private static final long MOST_HELD = 8L * MEBIBYTE;

  @TempDir Path directory;
  private GuardedProxy guarded;

  @BeforeEach
  void start() throws SQLException, IOException {
    guarded = new GuardedProxy("sizes", directory, "");
  }

  @AfterEach
  void stop() throws SQLException {
    guarded.close();
  }

  private static long held() {
    ByteBufAllocatorMetric metric =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    return metric.usedDirectMemory() + metric.usedHeapMemory();
  }

  @Test
  void clientThatDoesNotRead_makesTheServerWaitAndHoldsLittle() throws Exception {
    try (RawWire client = RawWire.ready(guarded.port())) {
      long before = held();
      client.send(new Query(ROWS.formatted(1)));
      guarded.awaitBackends(
          1, "wait_event = 'ClientWrite' AND usename = '" + guarded.agent() + "'");
      assertTrue(held() - before < MOST_HELD, (held() - before) + " bytes are held");
      Read read = new Read(client, before);
      read.toReady();
      assertEquals(50, read.rows);
      assertTrue(read.most < MOST_HELD, read.most + " bytes were held");
    }
  }

  /** Reads a result in small steps, and looks at what is held meanwhile. */
  private static final class Read {
    private final DataInputStream in;
    private final long before;
    private final byte[] piece = new byte[32 << 10];
    int rows;
    long bytes;
    long most;

    Read(RawWire client, long before) throws IOException {
      this.in = new DataInputStream(client.socket().getInputStream());
      this.before = before;
    }

    void toReady() throws IOException {
      int type;
      do {
        type = in.readUnsignedByte();
        rows += type == 'D' ? 1 : 0;
        int left = in.readInt() - 4;
        if (type == 'E') {
          throw new IOException(new String(in.readNBytes(left), StandardCharsets.UTF_8));
        }
        while (left > 0) {
          int read = in.read(piece, 0, Math.min(left, piece.length));
          if (read < 0) {
            throw new IOException("the connection ended within a message");
          }
          left -= read;
          bytes += read;
          most = Math.max(most, held() - before);
        }
      } while (type != 'Z');
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "guard.sizes.sessions", matches = "[1-9].*")
  void resultLargerThanTheHeap_comesWhole() throws Exception {
    int mebibytes = Integer.getInteger("guard.sizes.result", 1024);
    guarded.stopProxy();
    try (ProxyProcess process =
            ProxyProcess.start(directory.resolve("guard.yaml"), List.of(), "-Xmx128m");
        RawWire client = RawWire.ready(process.port())) {
      long bytes = 0;
      int rows = 0;
      while (bytes < (long) mebibytes * MEBIBYTE) { // a result has 1,000 rows at most
        client.send(new Query(ROWS.formatted(20)));
        Read read = new Read(client, 0);
        read.toReady();
        bytes += read.bytes;
        rows += read.rows;
      }
      System.out.println("SizesIT: " + rows + " rows, " + bytes + " bytes within -Xmx128m");
    }
    guarded.startProxy();
  }

  @Test
  @EnabledIfSystemProperty(named = "guard.sizes.sessions", matches = "[1-9].*")
  void valueOf256Mebibytes_goesBothWays() throws Exception {
    int size = 256 * MEBIBYTE;
    try (Connection direct = guarded.direct();
        Statement owner = direct.createStatement()) {
      owner.execute("CREATE TABLE large AS SELECT repeat('x', " + size + ") AS value");
      owner.execute("GRANT SELECT ON large TO " + guarded.agent());
    }
    guarded.stopProxy();
    try (ProxyProcess process =
            ProxyProcess.start(directory.resolve("guard.yaml"), List.of(), "-Xmx1500m");
        RawWire client = RawWire.ready(process.port())) {
      client.send(new Query("SELECT value FROM large"));
      Read read = new Read(client, 0);
      read.toReady();
      assertTrue(read.bytes > size, read.bytes + " bytes");
      client.send(
          new Parse("", "SELECT octet_length($1)", new int[] {17}),
          new Bind("", "", new short[] {1}, new byte[][] {new byte[size]}, new short[0]),
          new Execute("", 0),
          new Sync());
      assertTrue(client.await('D').text().endsWith("" + size));
      client.await('Z');
    }
    guarded.startProxy();
  }

  @Test
  @EnabledIfSystemProperty(named = "guard.sizes.sessions", matches = "[1-9].*")
  void idleSessions_takeLittleEach(@TempDir Path data) throws Exception {
    int sessions = Integer.getInteger("guard.sizes.sessions");
    int first = sessions / 10;
    String limits =
        "  limits: { sessions: 9999, sessionsPerPrincipal: 9999, sessionsPerAddress: 9999 }";
    try (OwnServer server = new OwnServer(data.resolve("data"), sessions + 50);
        GuardedProxy many =
            new GuardedProxy(server.postgres(), "idle", data.resolve("guard"), "", limits)) {
      many.stopProxy();
      List<RawWire> open = new ArrayList<>();
      try (ProxyProcess process =
          ProxyProcess.start(data.resolve("guard/guard.yaml"), List.of(), "-Xmx512m")) {
        open(open, first, process.port());
        long few = process.live();
        open(open, sessions, process.port());
        long each = (process.live() - few) / (sessions - first);
        System.out.println("SizesIT: " + each + " bytes of heap an idle session");
        assertTrue(each < 40_000, each + " bytes a session");
      } finally {
        for (RawWire client : open) {
          client.close();
        }
      }
      many.startProxy();
    }
  }

  /** Sessions that have each run something protected, and wait. */
  private static void open(List<RawWire> open, int until, int port) throws IOException {
    while (open.size() < until) {
      RawWire client = RawWire.ready(port);
      open.add(client);
      client.send(new Query("SELECT ssn FROM customers WHERE id = 1"));
      client.await('Z');
    }
  }
}
