package io.pgguard.policy;

import io.pgguard.mask.Mask;
import io.pgguard.policy.YamlNode.Entry;
import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Scalar;
import io.pgguard.policy.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is sensitive, and who sees it how. */
final class ClassReader {
  private final Errors errors;
  private final MaskReader masks;

  ClassReader(Errors errors, MaskReader masks) {
    this.errors = errors;
    this.masks = masks;
  }

  /** The classes, and that of columns which nobody has looked at. */
  List<SensitiveClass> classes(@Nullable YamlNode node, Reviewed reviewed) {
    List<SensitiveClass> classes = new ArrayList<>();
    if (node instanceof Mapping mapping) {
      for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
        Fields fields = Fields.of(entry.getValue().value(), errors, "columns", "mask", "masks");
        if (fields == null) {
          continue;
        }
        if (entry.getKey().startsWith("guard.")) {
          errors.add(entry.getValue().key(), "names that begin with `guard.` are Guard's own");
        }
        fields.required("columns", "name columns, such as `public.customers.ssn`");
        YamlNode maskNode = fields.required("mask", "write `mask: redact` when in doubt");
        List<ColumnPattern> columns = fields.patterns("columns", ColumnPattern::of);
        Mask mask = maskNode == null ? null : masks.read(maskNode);
        if (mask != null) {
          List<SensitiveClass.GroupMask> others = groupMasks(fields.node("masks"));
          classes.add(new SensitiveClass(entry.getKey(), columns, mask, others));
        }
      }
    } else if (node != null) {
      errors.wrong(node, "a map of classes by name");
    }
    reviewed.unreviewed().ifPresent(classes::add);
    return classes;
  }

  /** What members of groups see instead. */
  private List<SensitiveClass.GroupMask> groupMasks(@Nullable YamlNode node) {
    List<SensitiveClass.GroupMask> read = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        Fields fields = Fields.of(item, errors, "groups", "mask");
        if (fields == null) {
          continue;
        }
        fields.required("groups", "say who sees it so");
        YamlNode maskNode = fields.required("mask", "say what they see");
        Mask mask = maskNode == null ? null : masks.read(maskNode);
        if (mask != null) {
          read.add(new SensitiveClass.GroupMask(fields.names("groups"), mask));
        }
      }
    } else if (node != null) {
      errors.wrong(node, "a list of masks, each with its groups");
    }
    return read;
  }

  /** Which columns somebody has looked at. */
  Reviewed reviewed(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "columns", "others");
    if (fields == null) {
      return Reviewed.ALL;
    }
    fields.required("columns", "name columns, such as `public.customers.{id,name}`");
    Boolean refuses =
        fields.word(
            "others", "word", List.of("redact", "refuse"), List.of(Boolean.FALSE, Boolean.TRUE));
    return new Reviewed(
        fields.patterns("columns", ColumnPattern::of), Boolean.TRUE.equals(refuses));
  }

  /** Who sees classes unmasked. */
  @Nullable ClearGrant clear(YamlNode node, List<SensitiveClass> classes) {
    Fields fields = Fields.of(node, errors, "groups", "classes");
    if (fields == null) {
      return null;
    }
    fields.required("groups", "say who is cleared");
    fields.required("classes", "say what for, such as `pii.*`");
    List<WordPattern> patterns = fields.patterns("classes", WordPattern::of);
    List<String> names = classes.stream().map(SensitiveClass::name).toList();
    for (Scalar word : fields.words("classes")) {
      if (patterns.stream()
          .filter(pattern -> pattern.text().equals(word.text()))
          .anyMatch(pattern -> names.stream().noneMatch(pattern::matches))) {
        errors.add(
            word.place(),
            "`" + word.text() + "` names no class of this policy",
            Suggestion.of(word.text(), names));
      }
    }
    return new ClearGrant(fields.names("groups"), patterns);
  }
}
