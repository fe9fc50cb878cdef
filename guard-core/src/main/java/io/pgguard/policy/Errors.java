package io.pgguard.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file. Used by one thread. */
final class Errors {
  private final String source;
  private final List<PolicyError> all = new ArrayList<>();

  Errors(String source) {
    this.source = source;
  }

  void add(YamlNode.Place place, String problem) {
    add(place, problem, null);
  }

  void add(YamlNode.Place place, String problem, @Nullable String advice) {
    PolicyError error =
        new PolicyError(problem, place.path(), source, place.line(), place.column(), advice);
    if (!all.contains(error)) {
      all.add(error);
    }
  }

  void unknown(YamlNode.Place place, String what, String word, Collection<String> valid) {
    add(place, "unknown " + what + " `" + word + "`", Suggestion.of(word, valid));
  }

  /** Says that a value has the wrong form. */
  void wrong(YamlNode node, String wanted) {
    add(node.place(), "this must be " + wanted + ", not " + node.shape());
  }

  void throwIfAny() throws PolicyException {
    if (!all.isEmpty()) {
      all.sort(Comparator.comparingInt(PolicyError::line).thenComparingInt(PolicyError::column));
      throw new PolicyException(all);
    }
  }
}
