package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Syntax that gives a type: forms.tsv.
 *
 * @param use {@code a} for an aggregate, {@code g} for what needs GROUP BY, else empty
 */
record Form(String type, Template template, String use) {
  /** Every form that a version of the server knows, by the type that it gives. */
  static Map<String, List<Form>> read(int version) {
    Map<String, List<Form>> forms = new HashMap<>();
    for (String[] line : Resource.lines("forms", version)) {
      forms
          .computeIfAbsent(line[0], type -> new ArrayList<>())
          .add(new Form(line[0], Template.of(line[1]), line.length > 2 ? line[2] : ""));
    }
    return forms;
  }
}
