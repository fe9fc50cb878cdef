package io.pgguard.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pgguard.catalog.Catalog;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.judge.Perspective;
import io.pgguard.lineage.NarrowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Remembers plans: by exact text, behind that by text with literals cut out, and behind that by
 * tokens with literals cut out, for the texts whose analysis no literal had a part in. Bounded by
 * what texts weigh. When another catalog comes, it forgets everything but what a narrow change
 * leaves as it was ({@link KeptPlans}), which is found out when a text comes again. Thread-safe.
 */
public final class PlanCache {
  private static final int PLANS = 20_000;
  private static final long CHARACTERS = 64L << 20;

  /** What a plan weighs beside its text, in characters. */
  private static final int CHARACTERS_PER_PLAN = (int) (CHARACTERS / PLANS);

  /** Longer texts are not compared by their tokens: writing them out costs more than reading. */
  private static final int LONGEST_SHARED = 1 << 16;

  /** Longer texts are not compared with others where nothing may wait. */
  private static final int LONGEST_AT_ONCE = 1 << 12;

  /** A text, its tokens and its analysis weigh about four times what its characters do. */
  private static final int WEIGHT_OF_CHARACTER = 4;

  private static final int ONCE = 14;

  private final TextAnalyzer analyzer;

  /** In the thread that keeps a plan: to wake another for so little costs more than doing it. */
  private static final Executor TIDYING = Runnable::run;

  private final Cache<PlanKey, TextPlan> exact =
      Caffeine.newBuilder()
          .executor(TIDYING)
          .maximumWeight(CHARACTERS)
          .weigher((PlanKey key, TextPlan plan) -> weight(key.text().length(), plan.parts().size()))
          .build();
  private final Cache<Shape, SharedAnalyses> shared =
      Caffeine.newBuilder()
          .executor(TIDYING)
          .maximumWeight(CHARACTERS)
          .weigher((Shape shape, SharedAnalyses known) -> weight(known.length(), known.size()))
          .build();
  private final Cache<Outline, SharedAnalyses> outlines =
      Caffeine.newBuilder()
          .executor(TIDYING)
          .maximumWeight(CHARACTERS)
          .weigher((Outline outline, SharedAnalyses known) -> weight(known.length(), known.size()))
          .build();

  /**
   * Hashes of texts whose plans others' analyses gave. One that comes again is kept by itself: most
   * never do, and to keep and drop a plan costs more than to make it of another's. Threads may
   * overwrite each other's: then a text is kept once later.
   */
  private final int[] once = new int[1 << ONCE];

  private final KeptPlans earlier = new KeptPlans(); // guarded by this
  private volatile @Nullable Catalog catalog;

  public PlanCache(TextAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  private static int weight(int characters, int analyses) {
    return Math.max(1, analyses) * CHARACTERS_PER_PLAN + characters * WEIGHT_OF_CHARACTER;
  }

  /** The plan of a text, read and ruled on at most once for each perspective. */
  public TextPlan plan(String text, Perspective perspective) {
    if (perspective.catalog() != catalog) {
      forget(perspective);
    }
    PlanKey key = new PlanKey(text, perspective);
    TextPlan plan = exact.getIfPresent(key);
    if (plan == null) {
      return read(key);
    }
    return plan.perspective().catalog() == perspective.catalog() ? plan : again(key, plan);
  }

  /**
   * The plan of a text that is known, or is written like a known one but for data; null for a text
   * that has to be read. What it takes grows with the text, of at most {@link #LONGEST_AT_ONCE}
   * characters.
   */
  public @Nullable TextPlan known(String text, Perspective perspective) {
    if (perspective.catalog() != catalog) {
      return null;
    }
    PlanKey key = new PlanKey(text, perspective);
    TextPlan plan = exact.getIfPresent(key);
    if (plan != null) {
      return plan.perspective().catalog() == perspective.catalog() ? plan : null;
    }
    return text.length() > LONGEST_AT_ONCE ? null : alike(key, Outline.of(text, perspective));
  }

  /** The plan of a text of which another snapshot's is known. */
  private TextPlan again(PlanKey key, TextPlan known) {
    NarrowChange change = since(known.perspective().catalog());
    TextPlan plan = change == null ? null : KeptPlans.of(known, key.perspective(), change);
    return plan == null ? read(key) : kept(key, plan);
  }

  /** What has changed since a snapshot; null where that could reach anything. */
  private synchronized @Nullable NarrowChange since(Catalog before) {
    return earlier.since(before);
  }

  private TextPlan read(PlanKey key) {
    String text = key.text();
    Perspective perspective = key.perspective();
    if (text.length() > LONGEST_SHARED) {
      return kept(key, analyzer.plan(TextAnalyzer.read(text), perspective));
    }
    Outline outline = Outline.of(text, perspective);
    TextPlan plan = alike(key, outline);
    return plan == null ? read(key, outline) : plan;
  }

  /** The plan of a text that is written like a known one but for data; null where none is. */
  private @Nullable TextPlan alike(PlanKey key, Outline outline) {
    SharedAnalyses alike = outlines.getIfPresent(outline);
    TextPlan plan = alike == null ? null : alike.plan(key.text(), key.perspective());
    return plan != null && again(key) ? kept(key, plan) : plan;
  }

  private TextPlan read(PlanKey key, Outline outline) {
    Perspective perspective = key.perspective();
    TextAnalyzer.Reading reading = TextAnalyzer.read(key.text());
    if (!reading.mayShare()) {
      return kept(key, analyzer.plan(reading, perspective));
    }
    Shape shape = Shape.of(reading.tokens(), perspective);
    SharedAnalyses known = shared.getIfPresent(shape);
    SharedAnalysis holds = known == null ? null : known.find(reading);
    if (holds != null) {
      keep(outlines, outline, holds.of(reading));
      TextPlan plan = holds.plan(reading, perspective);
      return again(key) ? kept(key, plan) : plan;
    }
    List<ParseResult> trees = new ArrayList<>(1);
    TextPlan plan = analyzer.plan(reading, perspective, trees::add);
    SharedAnalysis analysis = SharedAnalysis.of(reading, plan, trees);
    if (analysis == null) {
      return kept(key, plan);
    }
    keep(shared, shape, analysis);
    return again(key) ? kept(key, plan) : plan;
  }

  private TextPlan kept(PlanKey key, TextPlan plan) {
    exact.put(key, plan);
    return plan;
  }

  /** Whether a text seems to have come before. */
  private boolean again(PlanKey key) {
    int hash = key.hashCode();
    int at = hash * 0x9E3779B9 >>> Integer.SIZE - ONCE;
    boolean known = once[at] == hash;
    once[at] = hash;
    return known;
  }

  private static <K> void keep(Cache<K, SharedAnalyses> cache, K key, SharedAnalysis analysis) {
    SharedAnalyses known = cache.getIfPresent(key);
    cache.put(key, known == null ? new SharedAnalyses(analysis) : known.with(analysis));
  }

  private synchronized void forget(Perspective now) {
    if (catalog == now.catalog()) {
      return;
    }
    Catalog before = catalog;
    earlier.changed(before, before == null ? null : analyzer.change(before, now));
    exact.asMap().values().removeIf(plan -> earlier.since(plan.perspective().catalog()) == null);
    shared.invalidateAll();
    outlines.invalidateAll();
    catalog = now.catalog();
  }
}
