package io.pgguard.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The analyses of texts of one shape that differ in literals which mattered. Immutable and
 * thread-safe.
 */
final class SharedAnalyses {
  /**
   * More variants than this are not kept: then such a literal is data, and the text is analysed.
   */
  private static final int MOST = 8;

  private final List<SharedAnalysis> variants;

  SharedAnalyses(SharedAnalysis first) {
    this(List.of(first));
  }

  private SharedAnalyses(List<SharedAnalysis> variants) {
    this.variants = variants;
  }

  int size() {
    return variants.size();
  }

  /** With one more, in place of the oldest if there are many. */
  SharedAnalyses with(SharedAnalysis another) {
    List<SharedAnalysis> all = new java.util.ArrayList<>(variants);
    if (all.size() == MOST) {
      all.remove(0);
    }
    all.add(another);
    return new SharedAnalyses(List.copyOf(all));
  }

  /** The plan of a text of this shape, or null when none of the analyses holds for it. */
  @Nullable TextPlan plan(TextAnalyzer.Reading reading, Perspective perspective) {
    for (int i = 0; i < variants.size(); i++) {
      TextPlan plan = variants.get(i).plan(reading, perspective);
      if (plan != null) {
        return plan;
      }
    }
    return null;
  }
}
