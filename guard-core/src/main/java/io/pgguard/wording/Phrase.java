package io.pgguard.wording;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE and the forms of a wording. Immutable.
 *
 * @param state its SQLSTATE; null where it goes with one of the server's
 * @param message form of the message
 * @param detail form of the detail, or null
 * @param hint form of the hint, or null
 */
public record Phrase(
    @Nullable SqlState state, String message, @Nullable String detail, @Nullable String hint) {
  static Phrase of(SqlState state, String message) {
    return new Phrase(state, message, null, null);
  }

  Phrase detail(String form) {
    return new Phrase(state, message, form, hint);
  }

  Phrase hint(String form) {
    return new Phrase(state, message, detail, form);
  }

  /** The names of its places, in the order in which values are given. */
  public Set<String> places() {
    Set<String> places = new LinkedHashSet<>(new Form(message).places());
    if (detail != null) {
      places.addAll(new Form(detail).places());
    }
    if (hint != null) {
      places.addAll(new Form(hint).places());
    }
    return places;
  }

  Said say(Wording wording, Object... values) {
    Set<String> places = places();
    if (places.size() != values.length) {
      throw new IllegalArgumentException(
          wording.key() + " has the places " + places + ", and was given " + values.length);
    }
    Map<String, Object> byPlace = new LinkedHashMap<>();
    int next = 0;
    for (String place : places) {
      byPlace.put(place, values[next++]);
    }
    return new Said(
        wording,
        new Form(message).filled(byPlace),
        detail == null ? null : new Form(detail).filled(byPlace),
        hint == null ? null : new Form(hint).filled(byPlace));
  }
}
