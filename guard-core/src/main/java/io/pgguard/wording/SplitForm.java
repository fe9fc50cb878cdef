package io.pgguard.wording;

import java.util.ArrayList;
import java.util.List;

/** A form that was taken apart at its places, for what is said often. Immutable. */
public final class SplitForm {
  private final String text;

  /** What stands before each place, and after the last. */
  private final List<String> between = new ArrayList<>();

  /** Which value each place takes. */
  private final List<Integer> takes = new ArrayList<>();

  private final int values;

  SplitForm(String text) {
    this.text = text;
    List<String> names = List.copyOf(new Form(text).places());
    values = names.size();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      int close = text.indexOf('}', open);
      between.add(text.substring(from, open));
      takes.add(names.indexOf(text.substring(open + 1, close)));
      from = close + 1;
    }
    between.add(text.substring(from));
  }

  String text() {
    return text;
  }

  String filled(Object... given) {
    if (given.length != values) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has " + values + " places, and was given " + given.length);
    }
    if (values == 0) {
      return text;
    }
    StringBuilder filled = new StringBuilder(text.length() + 32);
    for (int i = 0; i < takes.size(); i++) {
      filled.append(between.get(i)).append(given[takes.get(i)]);
    }
    return filled.append(between.get(takes.size())).toString();
  }
}
