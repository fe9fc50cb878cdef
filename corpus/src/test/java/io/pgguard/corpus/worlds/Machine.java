package io.pgguard.corpus.worlds;

import io.pgguard.Guard;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Makes cases, runs them in all worlds through one Guard, and tells what differs. One thread's. */
final class Machine implements AutoCloseable {
  private static final int BATCH = 48;

  /** Of so many that count one is run directly at first, of more once enough have been. */
  private static final int SAMPLED = 4;

  private static final int SAMPLED_LATER = 16;
  private static final long ENOUGH = 2_000;

  private final Lane guarded;
  private final Lane direct;
  private final Generator generator;
  private final Tally tally;
  private final Consumer<Finding> told;
  private final long seed;
  private final Setting setting;
  private final Optional<Fault> fault;

  Machine(
      WorldDatabases worlds,
      Guard guard,
      Generator generator,
      Setting setting,
      Optional<Fault> fault,
      Tally tally,
      Consumer<Finding> told)
      throws SQLException, IOException {
    this.guarded = new Lane(worlds, Optional.of(guard), setting.own() ? "" : "worlds");
    this.direct = new Lane(worlds, Optional.empty(), "");
    this.generator = generator;
    this.seed = generator.seed();
    this.setting = setting;
    this.fault = fault;
    this.tally = tally;
    this.told = told;
  }

  /**
   * @param most how many cases are made at most
   */
  void run(BooleanSupplier goOn, long most) throws IOException {
    for (long made = 0; made < most && goOn.getAsBoolean(); made += BATCH) {
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        cases.add(generator.next(tally::madeBefore));
      }
      List<Seen> counted = new ArrayList<>();
      for (Seen seen : guarded.run(cases, Seen::worth)) {
        if (judge(fault.isPresent() ? faulty(seen, fault.get()) : seen)) {
          counted.add(seen);
        }
      }
      int each = tally.sampled() < ENOUGH ? SAMPLED : SAMPLED_LATER;
      sample(counted.stream().filter(s -> s.made().number() % each == 0).toList());
    }
  }

  /** Runs some directly: what tells the worlds apart there is worth changing. */
  private void sample(List<Seen> counted) throws IOException {
    List<Seen> plainly = direct.run(counted.stream().map(Seen::made).toList(), seen -> true);
    for (int i = 0; i < counted.size(); i++) {
      boolean differs = plainly.get(i).difference().isPresent();
      Cells cells = Cells.of(counted.get(i), plainly.get(i));
      tally.sample(differs, cells.open(), cells.unchanged());
      if (differs) {
        generator.keep(counted.get(i).made());
      }
    }
  }

  /** What a Guard with a fault would have shown. */
  private Seen faulty(Seen seen, Fault put) throws IOException {
    if (!put.isAbout(seen)) {
      return seen;
    }
    Seen shown = put.shown(guarded.run(seen.made()), direct.run(seen.made()));
    Optional<String> how = shown.amiss();
    if (how.isPresent() && !shown.late() && faultless(seen.made())) {
      Finding finding = new Finding(seed, seen.made(), how.get(), seen.made(), put.toString());
      tally.found(finding);
      told.accept(finding);
    }
    return seen;
  }

  /** Whether Guard as it is shows nothing. */
  private boolean faultless(Case made) throws IOException {
    return guarded.run(made).amiss().isEmpty();
  }

  /** Whether it counts. */
  private boolean judge(Seen seen) throws IOException {
    boolean counts = tally.add(seen);
    generator.tell(seen.made(), !seen.refused() && seen.ranSomewhere());
    if (seen.late() || fault.isPresent()) {
      return counts;
    }
    Optional<String> difference = seen.amiss();
    boolean known =
        difference.isPresent() && seen.made().number() % 10 != 0 && tally.known(seen.made());
    if (difference.isPresent() && !known && steady(seen.made())) {
      Case shrunk = new PartShrinker(guarded).shrink(seen.made());
      String last = guarded.run(shrunk).amiss().orElse(difference.get());
      Finding finding = new Finding(seed, seen.made(), last, shrunk, setting.toString());
      if (tally.found(finding)) {
        told.accept(finding);
      }
    }
    return counts;
  }

  /** Whether a case differs again, and not from itself in one world. */
  private boolean steady(Case made) throws IOException {
    Seen once = guarded.run(made);
    Seen twice = guarded.run(made);
    return once.amiss().isPresent() && twice.amiss().isPresent() && once.sameIn(World.BASE, twice);
  }

  @Override
  public void close() throws IOException {
    guarded.close();
    direct.close();
  }
}
