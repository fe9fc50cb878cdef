package io.pgguard.testkit;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what {@link SteppedClasses} do: each call, each further round of a loop, and what JDK
 * calls that go over a whole text or collection go over. The same on every machine. Counts for one
 * thread at a time; others that run stepped classes meanwhile count too.
 */
public final class Steps {
  private static final int DEEPEST = 3;

  @SuppressWarnings("NonFinalStaticField") // every stepped class counts here
  private static long count;

  private Steps() {}

  /** So many steps since the JVM began. */
  public static long count() {
    return count;
  }

  /** Called by stepped classes. */
  public static void step() {
    count++;
  }

  /** Called by stepped classes in place of {@link Object#equals}. */
  public static boolean equal(Object one, @Nullable Object other) {
    if (one != other) {
      count += weight(one, 0);
    }
    return one.equals(other);
  }

  /** Called by stepped classes in place of {@link Object#hashCode}. */
  public static int hash(Object one) {
    count += weight(one, 0);
    return one.hashCode();
  }

  /** Called by stepped classes in place of what looks through a collection. */
  public static void looked(Object through) {
    count += through instanceof Collection<?> all ? all.size() : 1;
  }

  /** Called by stepped classes in place of {@link String#indexOf(int, int)}. */
  public static int indexOf(String text, int character, int from) {
    int found = text.indexOf(character, from);
    count += Math.max(0, (found < 0 ? text.length() : found) - Math.max(0, from)) / 8;
    return found;
  }

  /** Called by stepped classes in place of {@link String#indexOf(int)}. */
  public static int indexOf(String text, int character) {
    return indexOf(text, character, 0);
  }

  /** Called by stepped classes in place of {@link String#indexOf(String, int)}. */
  public static int indexOf(String text, String part, int from) {
    int found = text.indexOf(part, from);
    count += Math.max(0, (found < 0 ? text.length() : found) - Math.max(0, from)) / 8;
    return found;
  }

  /** Called by stepped classes in place of {@link String#indexOf(String)}. */
  public static int indexOf(String text, String part) {
    return indexOf(text, part, 0);
  }

  /** Called by stepped classes in place of {@link String#contains}. */
  public static boolean contains(String text, CharSequence part) {
    return indexOf(text, part.toString(), 0) >= 0;
  }

  private static long weight(@Nullable Object one, int depth) {
    if (one instanceof String text) {
      return 1 + text.length() / 16;
    }
    if (one instanceof Collection<?> all) {
      return 1 + all.size();
    }
    if (one instanceof Map<?, ?> map) {
      return 1 + map.size();
    }
    if (!(one instanceof Record) || depth == DEEPEST) {
      return 1;
    }
    long all = 1;
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        all += weight(component.getAccessor().invoke(one), depth + 1);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record's component cannot be read", e);
      }
    }
    return all;
  }
}
