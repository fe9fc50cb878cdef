package io.pgguard.corpus.worlds;

import io.pgguard.corpus.CorpusServer;
import io.pgguard.corpus.MachinePostgres;
import java.io.IOException;
import java.sql.SQLException;

/** The server that a run is made on: {@code -Dguard.worlds.server=embedded|machine}. */
final class WorldServers {
  private WorldServers() {}

  static CorpusServer chosen() throws SQLException, IOException {
    String name = System.getProperty("guard.worlds.server", "embedded");
    return switch (name) {
      case "embedded" -> CorpusServer.shared();
      case "machine" ->
          MachinePostgres.start()
              .orElseThrow(() -> new IllegalStateException("the machine has no PostgreSQL"));
      default -> throw new IllegalArgumentException("no server is called " + name);
    };
  }
}
