package io.pgguard.corpus.worlds;

import io.pgguard.Guard;
import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalRequest;
import io.pgguard.identity.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What others do between the texts of a case: another session, who answers requests for approval,
 * who keeps the policy. Used by one thread.
 */
final class Between implements AutoCloseable {
  /** Begins a text that another session runs. */
  static final String OTHER = "@other:";

  /** Every request that waits is approved. */
  static final String APPROVE = "@approve";

  /** The class {@code later} is taken out of the policy. */
  static final String OPEN = "@policy:open";

  /** The class is in the policy again. */
  static final String WHOLE = "@policy:whole";

  private static final Principal KEEPER = new Principal("keeper", Set.of("keepers"), null, null);

  private final WorldDatabases worlds;
  private final @Nullable Guard guard;
  private final Map<World, Connection> others = new EnumMap<>(World.class);
  private final List<ApprovalRequest> approved = new ArrayList<>();
  private @Nullable String whole;

  Between(WorldDatabases worlds, Optional<Guard> guard) {
    this.worlds = worlds;
    this.guard = guard.orElse(null);
  }

  /** Whether a text is something that others do. */
  static boolean isOne(String text) {
    return text.startsWith(OTHER)
        || text.equals(APPROVE)
        || text.equals(OPEN)
        || text.equals(WHOLE);
  }

  /** Does it, in every world; where no Guard stands between, what is said to one is left out. */
  void does(String text) throws IOException {
    if (text.startsWith(OTHER)) {
      bySomebodyElse(text.substring(OTHER.length()));
    } else if (text.equals(APPROVE)) {
      approve();
    } else {
      turn(text.equals(OPEN));
    }
  }

  /**
   * Leaves the policy whole, and neither a request nor an approval behind: not every case runs in
   * every world, and a refusal would be told to the next that asks for the same.
   */
  void restore() throws IOException {
    turn(false);
    approve();
    Guard answering = guard;
    if (answering != null) {
      for (ApprovalRequest one : approved) {
        answering.approvals().redeem(one.digest(), one.needed(), one.session(), 0);
      }
    }
    approved.clear();
  }

  private void approve() {
    Guard answering = guard;
    if (answering != null) {
      for (ApprovalCase one : answering.approvals().pending()) {
        answering.approvals().approve(one.request().id(), KEEPER, null);
        approved.add(one.request());
      }
    }
  }

  private void turn(boolean open) throws IOException {
    Guard keeping = guard;
    if (keeping == null || open == (whole != null)) {
      return;
    }
    Path file = keeping.config().policyFile();
    String now = Files.readString(file);
    String then = whole;
    if (then == null) {
      whole = now;
      then = String.join("\n", now.lines().filter(line -> !line.startsWith("  later:")).toList());
    } else {
      whole = null;
    }
    String before = keeping.policy().hash();
    Path written = Files.writeString(file.resolveSibling("policy.next"), then);
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    while (keeping.policy().hash().equals(before)) {
      Thread.onSpinWait(); // it looks at the file at least each second
    }
  }

  /** What another session of the owner does meanwhile, in every world. */
  private void bySomebodyElse(String text) throws IOException {
    for (World world : World.values()) {
      try {
        Connection connection = others.get(world);
        if (connection == null) {
          connection = worlds.direct(world);
          others.put(world, connection);
        }
        try (Statement statement = connection.createStatement()) {
          statement.execute(text);
        }
      } catch (SQLException e) {
        throw new IOException("another session failed: " + text, e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : List.copyOf(others.values())) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
