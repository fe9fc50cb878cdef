package io.pgguard.corpus.worlds;

import io.pgguard.Guard;
import io.pgguard.GuardConfig;
import io.pgguard.corpus.CorpusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run on one server: several machines side by side, each in worlds of its own, until an end.
 */
final class WorldsRun {
  /** A slice ends here also where Guard refuses nearly all. */
  private static final long MADE_FOR_EACH = 40;

  /** After so many a Guard's log and recordings would begin to fill a disk. */
  private static final long MADE_BY_ONE = 20_000;

  /** Of a Guard whose files stand in one directory. */
  static final String CONFIG =
      """
      database: { user: worlds_owner, password: { value: worlds } }
      policy: policy.yaml
      audit: { directory: audit, durability: os }
      recording: { directory: recordings, maxRows: 2, maxBytes: 1000 }
      approval: { wait: 1ms }
      masking: { hashKey: { value: 0123456789abcdef0123 } }
      """;

  private final CorpusServer server;
  private final Path home;
  private final long seed;
  private final Tally tally = new Tally();
  private Optional<Fault> fault = Optional.empty();

  /**
   * @param home an empty directory for policies, logs and recordings
   */
  WorldsRun(CorpusServer server, Path home, long seed) {
    this.server = server;
    this.home = home;
    this.seed = seed;
  }

  /** With a fault put back. */
  WorldsRun with(Fault one) {
    this.fault = Optional.of(one);
    return this;
  }

  CorpusServer server() {
    return server;
  }

  Tally tally() {
    return tally;
  }

  /**
   * Runs a machine for each of the settings at the same time.
   *
   * @param most how many cases that count are enough
   * @param seconds how long it may take; 0 for as long as it takes
   * @return how many seconds the machines ran
   */
  double run(List<Setting> settings, long most, long seconds, Consumer<Finding> told)
      throws SQLException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long mostMade = most == Long.MAX_VALUE ? most : most * MADE_FOR_EACH;
    BooleanSupplier goOn =
        () ->
            tally.counted() < most
                && tally.made() < mostMade
                && (seconds == 0 || System.nanoTime() < end);
    return run(settings, goOn, told);
  }

  /** Runs one machine for as long as it is told to. */
  double until(Setting setting, BooleanSupplier goOn, Consumer<Finding> told)
      throws SQLException, IOException {
    return run(List.of(setting), goOn, told);
  }

  private double run(List<Setting> settings, BooleanSupplier goOn, Consumer<Finding> told)
      throws SQLException, IOException {
    List<Callable<Void>> tasks = new ArrayList<>();
    List<WorldDatabases> all = new ArrayList<>();
    try {
      for (int i = 0; i < settings.size(); i++) {
        Setting setting = settings.get(i);
        WorldSchema schema = new WorldSchema(setting.inference());
        // worlds of its own: machines would wait for each other's locks
        WorldDatabases worlds = WorldDatabases.create(server, schema);
        all.add(worlds);
        Constants every = new Constants();
        Constants constants = setting.guesses() ? every.missing(worlds, catalog(worlds)) : every;
        Generator generator = new Generator(catalog(worlds), constants, setting, seed + i);
        tasks.add(
            () -> {
              while (goOn.getAsBoolean()) {
                once(worlds, generator, setting, goOn, told);
                worlds.vacuum();
              }
              return null;
            });
      }
      long start = System.nanoTime();
      Thread teller = new Thread(() -> tellProgress(start), "progress");
      teller.setDaemon(true);
      teller.start();
      try {
        all(tasks);
      } finally {
        teller.interrupt();
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      for (WorldDatabases worlds : all) {
        worlds.close();
      }
    }
  }

  /** Tells each minute how far a run is, until it is interrupted. */
  private void tellProgress(long start) {
    long counted = 0;
    try {
      while (true) {
        TimeUnit.MINUTES.sleep(1);
        long now = tally.counted();
        System.out.printf(
            "%d min: %s; %d counted a second, heap %d MB%n",
            TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - start),
            tally.progress(),
            (now - counted) / 60,
            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        counted = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run is over
    }
  }

  /** One Guard's time: its log and recordings are thrown away then, and the next begins. */
  private void once(
      WorldDatabases worlds,
      Generator generator,
      Setting setting,
      BooleanSupplier goOn,
      Consumer<Finding> told)
      throws SQLException, IOException {
    Path directory = Files.createTempDirectory(home, "guard");
    try (Guard guard = guard(directory, setting);
        Machine machine = new Machine(worlds, guard, generator, setting, fault, tally, told)) {
      machine.run(goOn, MADE_BY_ONE);
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static ServerCatalog catalog(WorldDatabases worlds) throws SQLException {
    try (Connection connection = worlds.direct(World.BASE)) {
      return ServerCatalog.read(connection);
    }
  }

  private static void all(List<Callable<Void>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a machine stopped", e);
    } finally {
      pool.shutdown();
    }
  }

  /** A Guard with its files in an empty directory. */
  static Guard guard(Path directory, Setting setting) throws IOException {
    Files.writeString(directory.resolve("policy.yaml"), WorldSchema.policy(setting.inference()));
    Files.writeString(directory.resolve("guard.yaml"), CONFIG);
    return Guard.open(GuardConfig.read(directory.resolve("guard.yaml")));
  }
}
