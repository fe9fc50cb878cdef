package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Prints a lineage for people: one line for each output, influence, write and call. */
public final class LineageText {
  private LineageText() {}

  /**
   * An outline in a fixed order.
   *
   * @param catalog the snapshot that the lineage was made with; it gives the names
   */
  public static String outline(Lineage lineage, Catalog catalog) {
    if (lineage instanceof Lineage.Unknown unknown) {
      return "unknown: " + unknown.reason() + "\n";
    }
    Lineage.Known known = (Lineage.Known) lineage;
    StringBuilder text = new StringBuilder();
    for (OutputLineage output : known.outputs()) {
      text.append("output ").append(output.name()).append(sources(output.sources(), catalog));
    }
    List<String> lines = new ArrayList<>();
    for (Influence influence : known.influences()) {
      String kind = influence.kind() == Influence.Kind.EQUALITY ? " (equality)" : "";
      lines.add(
          "influence "
              + column(influence.relationOid(), influence.number(), catalog)
              + kind
              + ": "
              + influence.where()
              + "\n");
    }
    lines.stream().sorted().forEach(text::append);
    for (WriteFlow write : known.writes()) {
      text.append("write ").append(write.target()).append(sources(write.sources(), catalog));
    }
    known.calls().stream()
        .map(call -> "call " + call.text() + "\n")
        .sorted()
        .distinct()
        .forEach(text::append);
    return text.toString();
  }

  private static String sources(Collection<ColumnSource> sources, Catalog catalog) {
    List<String> words = new ArrayList<>();
    for (ColumnSource source : sources) {
      words.add(
          source.flow().name().toLowerCase(Locale.ROOT)
              + " "
              + column(source.relationOid(), source.number(), catalog));
    }
    words.sort(null);
    return (words.isEmpty() ? "" : " <- " + String.join(", ", words)) + "\n";
  }

  private static String column(int relationOid, int number, Catalog catalog) {
    Relation relation = catalog.relation(relationOid).orElse(null);
    if (relation == null) {
      return relationOid + "." + number;
    }
    return relation
        .column(number)
        .map(column -> relation.qualifiedName() + "." + column.name())
        .orElse(relation.qualifiedName() + ".*");
  }
}
