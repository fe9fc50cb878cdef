package io.pgguard.internal.names;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for. Immutable: one with another name shares all the rest, so that a session
 * with many names pays for each of them once. A treap: names in order, balanced by random ranks,
 * which nobody can craft names against.
 */
public final class Names<V> extends AbstractMap<String, V> {
  private static final Names<?> NONE = new Names<>(null, 0, 0);

  private final @Nullable Branch<V> root;
  private final int size;

  /** The sum of the names' hashes: where it differs, so do the names. */
  private final int sum;

  private Names(@Nullable Branch<V> root, int size, int sum) {
    this.root = root;
    this.size = size;
    this.sum = sum;
  }

  private record Branch<V>(
      String name, V value, int rank, @Nullable Branch<V> left, @Nullable Branch<V> right) {
    Branch<V> with(@Nullable Branch<V> newLeft, @Nullable Branch<V> newRight) {
      return new Branch<>(name, value, rank, newLeft, newRight);
    }
  }

  /** No names. */
  @SuppressWarnings("unchecked") // it holds no value
  public static <V> Names<V> none() {
    return (Names<V>) NONE;
  }

  /** The names of a map; itself where it is one of these. */
  public static <V> Names<V> of(Map<String, ? extends V> map) {
    if (map instanceof Names) {
      @SuppressWarnings("unchecked") // nothing can be put into it
      Names<V> same = (Names<V>) map;
      return same;
    }
    Names<V> all = none();
    for (Map.Entry<String, ? extends V> entry : map.entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }

  /** With one more name, or another value of it; itself where it has that value already. */
  public Names<V> with(String name, V value) {
    V before = get(name);
    if (before == null) {
      int rank = ThreadLocalRandom.current().nextInt();
      return new Names<>(put(root, name, value, rank), size + 1, sum + name.hashCode());
    }
    return before.equals(value) ? this : new Names<>(put(root, name, value, 0), size, sum);
  }

  private static <V> Branch<V> put(@Nullable Branch<V> at, String name, V value, int rank) {
    if (at == null) {
      return new Branch<>(name, value, rank, null, null);
    }
    int order = name.compareTo(at.name());
    if (order == 0) {
      return new Branch<>(name, value, at.rank(), at.left(), at.right());
    }
    if (order < 0) {
      Branch<V> left = put(at.left(), name, value, rank);
      return left.rank() > at.rank()
          ? left.with(left.left(), at.with(left.right(), at.right()))
          : at.with(left, at.right());
    }
    Branch<V> right = put(at.right(), name, value, rank);
    return right.rank() > at.rank()
        ? right.with(at.with(at.left(), right.left()), right.right())
        : at.with(at.left(), right);
  }

  /** Without a name; itself where it has none such. */
  public Names<V> without(String name) {
    return get(name) == null
        ? this
        : size == 1
            ? none()
            : new Names<>(
                removed(Objects.requireNonNull(root), name), size - 1, sum - name.hashCode());
  }

  private static <V> @Nullable Branch<V> removed(Branch<V> at, String name) {
    int order = name.compareTo(at.name());
    if (order == 0) {
      return joined(at.left(), at.right());
    }
    return order < 0
        ? at.with(removed(Objects.requireNonNull(at.left()), name), at.right())
        : at.with(at.left(), removed(Objects.requireNonNull(at.right()), name));
  }

  private static <V> @Nullable Branch<V> joined(
      @Nullable Branch<V> left, @Nullable Branch<V> right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.rank() > right.rank()
        ? left.with(left.left(), joined(left.right(), right))
        : right.with(joined(left, right.left()), right.right());
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    if (!(name instanceof String wanted)) {
      return null;
    }
    Branch<V> at = root;
    while (at != null) {
      int order = wanted.compareTo(at.name());
      if (order == 0) {
        return at.value();
      }
      at = order < 0 ? at.left() : at.right();
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || !(other instanceof Names<?> names && names.sum != sum) && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public Set<Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, V>> iterator() {
        return new InOrder<>(root);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** Goes from the first name to the last. */
  private static final class InOrder<V> implements Iterator<Entry<String, V>> {
    private final ArrayDeque<Branch<V>> open = new ArrayDeque<>();

    InOrder(@Nullable Branch<V> root) {
      descend(root);
    }

    private void descend(@Nullable Branch<V> from) {
      for (Branch<V> at = from; at != null; at = at.left()) {
        open.push(at);
      }
    }

    @Override
    public boolean hasNext() {
      return !open.isEmpty();
    }

    @Override
    public Entry<String, V> next() {
      Branch<V> at = open.pop();
      descend(at.right());
      return Map.entry(at.name(), at.value());
    }
  }
}
