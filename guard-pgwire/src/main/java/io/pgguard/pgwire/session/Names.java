package io.pgguard.pgwire.session;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows under a name, as far as it has confirmed it, and what is on its way. A
 * change that is on its way counts for later messages of the same segment (up to the next Sync),
 * because the server skips those if the change fails; for messages of a later segment it is
 * uncertain.
 */
final class Names<V> {

  /** One name; null values stand for "nothing under this name". */
  private static final class Entry<V> {
    @Nullable V confirmed;
    @Nullable V sent;
    int underway;
    int segment;
  }

  private final Map<String, Entry<V>> named = new HashMap<>();
  private final Entry<V> unnamed = new Entry<>();

  /** Whether what the name will stand for depends on an answer of an earlier segment. */
  boolean uncertain(String name, int segment) {
    Entry<V> entry = find(name);
    return entry != null && entry.underway > 0 && entry.segment != segment;
  }

  /** What the name stands for when the server gets to a message sent now. */
  @Nullable V current(String name) {
    Entry<V> entry = find(name);
    if (entry == null) {
      return null;
    }
    return entry.underway > 0 ? entry.sent : entry.confirmed;
  }

  /** A change was sent. */
  void send(String name, @Nullable V value, int segment) {
    Entry<V> entry = name.isEmpty() ? unnamed : named.computeIfAbsent(name, n -> new Entry<>());
    entry.sent = value;
    entry.underway++;
    entry.segment = segment;
  }

  /** The server carried a change out; returns what the name stood for before. */
  @Nullable V confirm(String name, @Nullable V value) {
    Entry<V> entry = settle(name);
    V before = entry.confirmed;
    entry.confirmed = value;
    tidy(name, entry);
    return before == value ? null : before;
  }

  /** The server did not carry a change out. */
  void drop(String name) {
    tidy(name, settle(name));
  }

  /** Forgets, now and for all that is on its way, each name that the test picks. */
  void forget(BiPredicate<String, V> test, Consumer<V> each) {
    Iterator<Map.Entry<String, Entry<V>>> all = named.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Entry<V>> next = all.next();
      Entry<V> entry = next.getValue();
      if (entry.confirmed != null && test.test(next.getKey(), entry.confirmed)) {
        each.accept(entry.confirmed);
        entry.confirmed = null;
      }
      if (entry.sent != null && test.test(next.getKey(), entry.sent)) {
        each.accept(entry.sent);
        entry.sent = null;
      }
      if (entry.confirmed == null && entry.underway == 0) {
        all.remove();
      }
    }
  }

  /** Forgets all that is confirmed. */
  void forgetConfirmed(Consumer<V> each) {
    if (unnamed.confirmed != null) {
      each.accept(unnamed.confirmed);
      unnamed.confirmed = null;
    }
    if (!named.isEmpty()) {
      for (Entry<V> entry : named.values()) {
        if (entry.confirmed != null) {
          each.accept(entry.confirmed);
          entry.confirmed = null;
        }
      }
      named.values().removeIf(entry -> entry.underway == 0);
    }
  }

  private @Nullable Entry<V> find(String name) {
    return name.isEmpty() ? unnamed : named.get(name);
  }

  private Entry<V> settle(String name) {
    Entry<V> entry = find(name);
    if (entry == null || entry.underway == 0) {
      throw new IllegalStateException("no change of this name is on its way");
    }
    entry.underway--;
    if (entry.underway == 0) {
      entry.sent = null;
    }
    return entry;
  }

  private void tidy(String name, Entry<V> entry) {
    if (entry.underway == 0 && entry.confirmed == null && !name.isEmpty()) {
      named.remove(name);
    }
  }
}
