package io.pgguard.plan;

import io.pgguard.judge.Perspective;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The analyses of texts that share a shape or an outline and differ in what mattered. Immutable and
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

  /** The texts' length together, in characters. */
  int length() {
    int length = 0;
    for (SharedAnalysis variant : variants) {
      length += variant.length();
    }
    return length;
  }

  /** With one more, in place of the oldest if there are many. */
  SharedAnalyses with(SharedAnalysis another) {
    List<SharedAnalysis> all = new ArrayList<>(variants);
    if (all.size() == MOST) {
      all.remove(0);
    }
    all.add(another);
    return new SharedAnalyses(List.copyOf(all));
  }

  /** The analysis that holds for a text of this shape, or null. */
  @Nullable SharedAnalysis find(TextAnalyzer.Reading reading) {
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i).holdsFor(reading)) {
        return variants.get(i);
      }
    }
    return null;
  }

  /** The plan of a text that is written like one of these but for free literals, or null. */
  @Nullable TextPlan plan(String text, Perspective perspective) {
    for (int i = variants.size() - 1; i >= 0; i--) {
      TextPlan plan = variants.get(i).plan(text, perspective);
      if (plan != null) {
        return plan;
      }
    }
    return null;
  }
}
