package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels on which functions of a database may tell protected values (PostgreSQL
 * documentation, NOTIFY and pg_notify). Immutable.
 *
 * @param names string constants and identifiers in the bodies that send notifications, and are
 *     triggers of protected relations, mention one, or are called by such a function
 * @param any whether one of them works the channel's name out while it runs: then it may be any
 */
public record Channels(Set<String> names, boolean any) {
  private static final Set<String> SENDING = Set.of("notify", "pg_notify");

  public Channels {
    names = Set.copyOf(names);
  }

  /** Whether notifications on a channel may hold protected values. */
  public boolean mayCarry(String channel) {
    return any || names.contains(channel);
  }

  /** Reads the bodies of a snapshot's functions. */
  public static Channels of(Catalog catalog, ProtectedRelations columns) {
    Set<String> names = new HashSet<>();
    boolean any = false;
    Deque<Function> open = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    for (int oid : columns.protectedRelations()) {
      for (int trigger : catalog.triggersOf(oid)) {
        catalog.function(trigger).ifPresent(open::add);
      }
    }
    catalog.functions().stream().filter(f -> mentions(f, columns)).forEach(open::add);
    while (!open.isEmpty()) {
      Function function = open.remove();
      BodyReading body = seen.add(function.oid()) ? reading(function) : null;
      if (body == null) {
        continue;
      }
      if (body.mentions(SENDING)) {
        names.addAll(body.strings());
        names.addAll(body.names());
      }
      any |= body.computesChannel();
      for (String name : body.called()) {
        open.addAll(catalog.functionsNamed(name));
      }
    }
    return new Channels(names, any);
  }

  private static boolean mentions(Function function, ProtectedRelations columns) {
    BodyReading body = reading(function);
    return body != null && body.firstOf(columns.protectedNames()) != null;
  }

  private static @Nullable BodyReading reading(Function function) {
    String source = function.source();
    return source == null ? null : BodyReading.of(source);
  }
}
