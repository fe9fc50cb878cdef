package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cases that others are made of, the newest of each kind and of all. Not thread-safe. */
final class Pool {
  private static final int OF_KIND = 150;
  private static final int OF_ALL = 2_000;

  private final List<Case> all = new ArrayList<>();
  private final Map<String, List<Case>> byKind = new HashMap<>();
  private final List<String> kinds = new ArrayList<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the place of an older one where there are enough. */
  void add(Case one) {
    add(all, one, OF_ALL);
    List<Case> same =
        byKind.computeIfAbsent(
            one.kind(),
            kind -> {
              kinds.add(kind);
              return new ArrayList<>();
            });
    add(same, one, OF_KIND);
  }

  private static void add(List<Case> list, Case one, int most) {
    if (list.size() < most) {
      list.add(one);
    } else {
      list.set(Math.floorMod(one.number() * 0x9E3779B97F4A7C15L, most), one);
    }
  }

  List<Case> any() {
    return all;
  }

  /** Those of one kind, each as likely as the others. */
  List<Case> ofAnyKind(Dice dice) {
    return byKind.getOrDefault(dice.of(kinds), all);
  }
}
