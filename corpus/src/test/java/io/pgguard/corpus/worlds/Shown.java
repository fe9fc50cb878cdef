package io.pgguard.corpus.worlds;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Guard that leaves a check out shows, out of its own answer and the server's. */
interface Shown {
  String HIDDEN = "[redacted]";

  byte[] of(byte[] guarded, byte[] direct);

  /** All that the server says. */
  Shown CLEAR = (guarded, direct) -> direct;

  /** Columns that are open anyway, and counts; of the others that they are there. */
  Shown OPEN = (guarded, direct) -> Redrawn.of(direct, (column, row, now) -> open(column, now));

  /** What Guard shows, but NULL where the value is NULL. */
  Shown NULLS =
      (guarded, direct) -> {
        List<List<@Nullable String>> own = Redrawn.rows(guarded);
        return Redrawn.of(
            direct,
            (column, row, now) -> now == null ? null : at(own, row, column.place(), HIDDEN));
      };

  /** The first four characters of what stands in columns whose mask keeps four. */
  Shown KEEPING_FOUR =
      (guarded, direct) -> columns(Pattern.compile("reading|level"), guarded, direct, 4);

  /** What Guard shows, and the columns of a name as they are. */
  static Shown of(String names) {
    Pattern pattern = Pattern.compile(names);
    return (guarded, direct) -> columns(pattern, guarded, direct, Integer.MAX_VALUE);
  }

  private static byte[] columns(Pattern names, byte[] guarded, byte[] direct, int most) {
    List<List<@Nullable String>> own = Redrawn.rows(guarded);
    return Redrawn.of(
        direct,
        (column, row, now) -> {
          boolean clear = names.matcher(column.name()).matches();
          return clear && now != null
              ? now.substring(0, Math.min(most, now.length()))
              : at(own, row, column.place(), null);
        });
  }

  private static @Nullable String open(Redrawn.Column column, @Nullable String now) {
    boolean open = column.stored() && !Relation.secret(column.name());
    return open || column.name().equals("count") ? now : HIDDEN;
  }

  private static @Nullable String at(
      List<List<@Nullable String>> rows, int row, int cell, @Nullable String otherwise) {
    return row < rows.size() && cell < rows.get(row).size() ? rows.get(row).get(cell) : otherwise;
  }
}
