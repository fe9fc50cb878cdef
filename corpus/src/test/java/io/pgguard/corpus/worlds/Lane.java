package io.pgguard.corpus.worlds;

import io.pgguard.Guard;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs cases in every world, many under way at a time. Used by one thread. */
final class Lane implements AutoCloseable {
  private final WorldDatabases worlds;
  private final Optional<Guard> guard;
  private final String address;
  private final @Nullable AtomicReference<@Nullable String> snapshot;
  private final Map<World, Wire> wires = new EnumMap<>(World.class);
  private final Map<World, Map<String, String>> names = new EnumMap<>(World.class);
  private final Between between;

  /**
   * @param guard what stands between; empty to run directly
   * @param address the address under which the worlds share a catalog; empty for one each
   */
  Lane(WorldDatabases worlds, Optional<Guard> guard, String address)
      throws SQLException, IOException {
    this.worlds = worlds;
    this.guard = guard;
    this.address = address;
    this.between = new Between(worlds, guard);
    this.snapshot = address.isEmpty() ? null : new AtomicReference<>();
    for (World world : World.values()) {
      wires.put(world, open(world));
      names.put(world, pseudonyms(world));
    }
  }

  /** What stands for whom: of equal ones, the first. */
  private Map<String, String> pseudonyms(World world) throws IOException {
    wire(world).send(List.of("SELECT id, token FROM person ORDER BY id"));
    Map<String, String> known = new HashMap<>();
    for (List<String> row : Answer.of(wire(world).answer()).rows()) {
      String token = row.get(1);
      if (token.length() > 2) {
        known.putIfAbsent(token.substring(1, token.length() - 1), "#" + row.get(0));
      }
    }
    return known;
  }

  private Wire open(World world) throws SQLException, IOException {
    return guard.isPresent()
        ? SocketWire.guarded(
            worlds, world, guard.get(), address.isEmpty() ? worlds.name(world) : address, snapshot)
        : SocketWire.direct(worlds, world);
  }

  /**
   * Runs cases: in the base world first, and in the others where it is worth it; those whose texts
   * build on each other in all worlds, each text after the answer to the one before.
   */
  List<Seen> run(List<Case> cases, Predicate<Seen> worth) throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (Case each : cases) {
      seen.add(new Seen(each, new EnumMap<>(World.class), names));
    }
    List<Seen> piped = seen.stream().filter(s -> !s.made().inSteps()).toList();
    send(World.BASE, piped);
    receive(World.BASE, piped);
    List<Seen> rest = piped.stream().filter(worth).toList();
    for (World world : World.values()) {
      if (world != World.BASE) {
        send(world, rest);
      }
    }
    for (World world : World.values()) {
      if (world != World.BASE) {
        receive(world, rest);
      }
    }
    for (Seen each : seen) {
      if (each.made().inSteps()) {
        inSteps(each);
      }
    }
    return seen;
  }

  private void inSteps(Seen seen) throws IOException {
    for (World world : World.values()) {
      seen.answers().put(world, new ArrayList<>());
    }
    for (String text : seen.made().sql()) {
      if (Between.isOne(text)) {
        between.does(text);
        seen.answers().values().forEach(answers -> answers.add(new byte[0]));
        continue;
      }
      for (World world : World.values()) {
        wire(world).send(List.of(text));
      }
      for (World world : World.values()) {
        seen.answers().getOrDefault(world, new ArrayList<>()).add(wire(world).answer());
      }
    }
    if (seen.made().sql().stream().anyMatch(Between::isOne)) {
      between.restore();
    }
  }

  /** Runs one case in every world. */
  Seen run(Case one) throws IOException {
    return run(List.of(one), seen -> true).get(0);
  }

  private Wire wire(World world) {
    Wire wire = wires.get(world);
    if (wire == null) {
      throw new IllegalStateException("no connection to " + world);
    }
    return wire;
  }

  private void send(World world, List<Seen> seen) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Seen each : seen) {
      texts.addAll(each.made().sql());
    }
    if (!texts.isEmpty()) {
      wire(world).send(texts);
    }
  }

  private void receive(World world, List<Seen> seen) throws IOException {
    for (Seen each : seen) {
      List<byte[]> answers = new ArrayList<>();
      for (int i = 0; i < each.made().texts().size(); i++) {
        answers.add(wire(world).answer());
      }
      each.answers().put(world, answers);
    }
  }

  @Override
  public void close() throws IOException {
    between.close();
    for (Wire wire : wires.values()) {
      wire.close();
    }
  }
}
