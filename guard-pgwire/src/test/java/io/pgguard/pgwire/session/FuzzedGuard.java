package io.pgguard.pgwire.session;

import io.pgguard.session.Awaited;
import io.pgguard.session.Ruling;
import io.pgguard.session.Trial;
import io.pgguard.session.Watch;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A guard that masks all values and hides all texts, and else does by chance what guards do. */
final class FuzzedGuard {
  private static final String DOUBTED = "SELECT doubted";
  private static final List<String> QUESTIONS = List.of("SELECT 11", "SELECT 12", "SELECT 13");
  private static final Set<String> OWN =
      Set.of(
          "Guard refused this statement",
          DOUBTED,
          Watch.CATALOG,
          QUESTIONS.get(0),
          QUESTIONS.get(1),
          QUESTIONS.get(2));

  private FuzzedGuard() {}

  /** Whether a text is one that Guard sends in its own name. */
  static boolean isOwn(String text) {
    return OWN.contains(text);
  }

  static ScriptedGuard of(Random random) {
    ScriptedGuard guard = new ScriptedGuard();
    guard.silent = true;
    guard.masked = column -> true;
    guard.tried = new Trial(DOUBTED, null, null);
    guard.rowLimit = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
    guard.bounded = random.nextInt(4) > 0;
    guard.current = random.nextInt(6) > 0;
    guard.commits = random.nextInt(6) == 0;
    guard.mayLast = random.nextBoolean();
    if (random.nextInt(3) == 0) {
      guard.asks = text -> text.startsWith("SELECT") && random.nextBoolean();
    }
    if (random.nextInt(4) == 0) {
      guard.lasts = text -> random.nextBoolean();
    }
    if (random.nextInt(8) == 0) {
      guard.changed = text -> random.nextInt(4) == 0;
    }
    if (random.nextInt(4) == 0) {
      guard.looks = QUESTIONS.subList(0, 1 + random.nextInt(2));
    }
    if (random.nextInt(3) == 0) {
      watches(guard, random);
    }
    if (random.nextInt(4) == 0) {
      guard.answers = answer -> random.nextInt(3) == 0 ? new Late(guard, answer, random) : answer;
    }
    if (random.nextInt(3) == 0) {
      guard.waits = random;
    }
    return guard;
  }

  private static void watches(ScriptedGuard guard, Random random) {
    guard.watched = text -> !text.startsWith("BEGIN") && !text.startsWith("CO");
    guard.before = QUESTIONS.subList(0, random.nextInt(2));
    guard.after = QUESTIONS.subList(0, random.nextInt(3));
    guard.first = random.nextInt(3) == 0 ? QUESTIONS.subList(1, 2) : List.of();
    guard.planning = random.nextInt(3) == 0 ? QUESTIONS.get(2) : null;
    guard.plannedAway = text -> random.nextInt(4) == 0;
    Again again = new Again(guard);
    guard.over =
        text -> {
          again.undone = text;
          again.ruling = null;
          return random.nextInt(3) == 0;
        };
    if (random.nextBoolean()) {
      guard.again = again;
    }
  }

  /** Lets the statement that was undone last run once more. */
  private static final class Again implements Awaited<Ruling> {
    private final ScriptedGuard guard;
    private String undone = "";
    private @Nullable Ruling ruling;

    Again(ScriptedGuard guard) {
      this.guard = guard;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void whenReady(Runnable task) {
      task.run();
    }

    @Override
    public Ruling await() {
      Ruling known = ruling;
      if (known == null) {
        known = guard.grant(undone);
        ruling = known;
      }
      return known;
    }
  }

  /** An answer that comes when it was looked for a few times. */
  private static final class Late implements Awaited<Ruling> {
    private final ScriptedGuard guard;
    private final Awaited<Ruling> answer;
    private int looks;
    private boolean given;

    Late(ScriptedGuard guard, Awaited<Ruling> answer, Random random) {
      this.guard = guard;
      this.answer = answer;
      this.looks = 1 + random.nextInt(3);
    }

    @Override
    public boolean isReady() {
      return looks == 0;
    }

    @Override
    public boolean goesOn() {
      looks = Math.max(0, looks - 1);
      return isReady();
    }

    @Override
    public void whenReady(Runnable task) {
      task.run();
    }

    @Override
    public Ruling await() {
      if (!isReady()) {
        throw new AssertionError("a loop would wait");
      }
      given = true;
      return answer.await();
    }

    @Override
    public void drop(String why) {
      if (!given && answer.await() instanceof Ruling.Granted granted) {
        given = true;
        granted.runs().forEach(run -> run.abandoned(why));
        guard.dropped(granted);
      }
    }
  }
}
