package io.pgguard.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes records with something in every component, whatever components they have: what is added
 * later is stored too, or a test fails.
 */
final class RandomRecords {
  private static final String ODD =
      "a\"\\\n\t\u0000\u00e9\u20ac\ud83d\ude00\ud800 '; DROP TABLE x --";

  private final Random random;
  private final Map<Class<?>, Supplier<Object>> own;

  /**
   * @param own what is made in another way, by its type
   */
  RandomRecords(Random random, Map<Class<?>, Supplier<Object>> own) {
    this.random = random;
    this.own = own;
  }

  <T> T make(Class<T> type) {
    return type.cast(of(type));
  }

  private Object of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      if (parameterized.getRawType() == Map.class) {
        return Map.of(); // a principal's claims, which are not kept
      }
      Type element = parameterized.getActualTypeArguments()[0];
      List<Object> elements = new ArrayList<>(List.of(of(element), of(element)));
      if (parameterized.getRawType() == List.class) {
        return elements;
      }
      if (parameterized.getRawType() == Set.class) {
        return new HashSet<>(elements);
      }
    }
    if (!(type instanceof Class<?> raw)) {
      throw new IllegalArgumentException("make " + type + " too");
    }
    Supplier<Object> other = own.get(raw);
    return other != null ? other.get() : raw.isRecord() ? record(raw) : plain(raw);
  }

  private Object plain(Class<?> type) {
    if (type == String.class) {
      return ODD + random.nextLong();
    } else if (type == int.class || type == Integer.class) {
      return 1 + random.nextInt(Integer.MAX_VALUE - 1);
    } else if (type == long.class || type == Long.class) {
      return random.nextLong();
    } else if (type == boolean.class || type == Boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    } else if (type == Duration.class) {
      return Duration.ofNanos(1 + random.nextInt(Integer.MAX_VALUE - 1));
    } else if (type.isEnum()) {
      Object[] all = type.getEnumConstants();
      return all[random.nextInt(all.length)];
    }
    throw new IllegalArgumentException("make " + type + " too");
  }

  /** An id is Guard's own, and plain. */
  private Object component(RecordComponent component) {
    return component.getName().equals("id")
        ? "apr-" + Long.toHexString(random.nextLong())
        : of(component.getGenericType());
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> canonical =
          type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return canonical.newInstance(Arrays.stream(components).map(this::component).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }
}
