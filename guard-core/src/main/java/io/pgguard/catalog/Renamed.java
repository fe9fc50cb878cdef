package io.pgguard.catalog;

/** Whether something has another name than before, or is in another schema, or a part of it. */
final class Renamed {
  private Renamed() {}

  static boolean is(Relation before, Relation now) {
    return !before.name().equals(now.name())
        || !before.schema().equals(now.schema())
        || before.columns().stream()
            .anyMatch(
                column ->
                    now.column(column.number())
                        .filter(other -> !other.name().equals(column.name()))
                        .isPresent());
  }

  static boolean is(Function before, Function now) {
    return !before.name().equals(now.name()) || !before.schema().equals(now.schema());
  }

  static boolean is(TypeInfo before, TypeInfo now) {
    return !before.name().equals(now.name()) || !before.schema().equals(now.schema());
  }
}
