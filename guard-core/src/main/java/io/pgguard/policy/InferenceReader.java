package io.pgguard.policy;

import io.pgguard.policy.YamlNode.Mapping;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code inference}: a word, or {@code equality} with a budget of guesses. */
final class InferenceReader {
  private final Errors errors;

  InferenceReader(Errors errors) {
    this.errors = errors;
  }

  /** What a policy says of inference. */
  record Read(Inference inference, GuessBudget budget) {
    static final Read DEFAULT = new Read(Inference.EQUALITY, GuessBudget.DEFAULT);
  }

  Read read(Fields policy) {
    YamlNode node = policy.node("inference");
    if (!(node instanceof Mapping)) {
      Inference word =
          policy.word(
              "inference",
              "word",
              List.of("deny", "equality", "allow"),
              List.of(Inference.values()));
      return word == null ? Read.DEFAULT : new Read(word, GuessBudget.DEFAULT);
    }
    Fields fields = Fields.of(node, errors, "equality");
    YamlNode equality =
        fields == null
            ? null
            : fields.required("equality", "write `equality: { atMost: 50, per: 1h }`");
    GuessBudget budget = equality == null ? null : budget(equality);
    return new Read(Inference.EQUALITY, budget == null ? GuessBudget.DEFAULT : budget);
  }

  private @Nullable GuessBudget budget(YamlNode node) {
    Fields fields = Fields.of(node, errors, "atMost", "per", "writes");
    if (fields == null) {
      return null;
    }
    YamlNode atMost = fields.required("atMost", "say how many different constants, such as 50");
    YamlNode per = fields.required("per", "say in what time, such as 1h");
    int most = (int) fields.integer("atMost", 1, GuessBudget.MOST).orElse(1);
    int writes = (int) fields.integer("writes", 1, GuessBudget.MOST).orElse(most);
    Duration time = fields.duration("per");
    return atMost == null || per == null || time == null
        ? null
        : new GuessBudget(most, writes, time);
  }
}
