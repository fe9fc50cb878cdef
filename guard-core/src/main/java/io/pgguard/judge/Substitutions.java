package io.pgguard.judge;

import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.ShownReference;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a statement looks at a part of a column that its mask shows, the server is sent the mask in
 * place of the column: what comes of it is a function of the mask, whatever the value. Immutable.
 *
 * @param lineage the way of columns in the text that is sent
 * @param places where it differs from the text at hand, by token
 */
record Substitutions(Lineage lineage, List<Substitution> places) {
  Substitutions {
    places = List.copyOf(places);
  }

  static Substitutions none(Lineage lineage) {
    return new Substitutions(lineage, List.of());
  }

  /** Decides on the places that lineage found. */
  static Substitutions of(
      Lineage.Known known, List<ShownReference> references, Protections protections) {
    Map<ShownReference, MaskSql> masks = new HashMap<>();
    Set<Part> closed = new HashSet<>();
    for (ShownReference reference : references) {
      Optional<MaskSql> mask = mask(reference, protections);
      mask.ifPresent(sql -> masks.put(reference, sql));
      if (mask.isEmpty()) {
        closed.addAll(Part.of(reference));
      }
    }
    close(masks, closed);
    List<Substitution> places = new ArrayList<>();
    Set<Part> open = new HashSet<>();
    masks.forEach(
        (reference, mask) -> {
          places.add(new Substitution(reference.token(), reference.tokens(), mask));
          open.addAll(Part.of(reference));
        });
    places.sort(Comparator.comparingInt(Substitution::token));
    return new Substitutions(resolved(known, open), places);
  }

  /** A part that is looked at in one place where it is not shown is shown in no other. */
  private static void close(Map<ShownReference, MaskSql> masks, Set<Part> closed) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ShownReference reference : List.copyOf(masks.keySet())) {
        if (Part.of(reference).stream().anyMatch(closed::contains)) {
          masks.remove(reference);
          closed.addAll(Part.of(reference));
          changed = true;
        }
      }
    }
  }

  /** A part of a column, by which lineage has it. */
  private record Part(int relationOid, int number) {
    static Set<Part> of(ShownReference reference) {
      Set<Part> parts = new HashSet<>();
      for (ColumnSource source : reference.columns()) {
        parts.add(new Part(source.relationOid(), source.number() + reference.alias()));
      }
      return parts;
    }
  }

  /** The mask of a place, where all its columns have one and the same that shows what is asked. */
  private static Optional<MaskSql> mask(ShownReference reference, Protections protections) {
    OutputTreatment found = null;
    for (ColumnSource source : reference.columns()) {
      OutputTreatment one =
          protections.of(source.relationOid(), source.number()).orElse(OutputTreatment.CLEAN);
      if (one.withheld() || one.clean() || (found != null && !found.equals(one))) {
        return Optional.empty();
      }
      found = one;
    }
    return found == null ? Optional.empty() : MaskSql.showing(found.mask(), reference.part());
  }

  /** Parts that are shown are open; others are what their columns are. */
  private static Lineage.Known resolved(Lineage.Known known, Set<Part> open) {
    List<OutputLineage> outputs = new ArrayList<>(known.outputs().size());
    for (OutputLineage output : known.outputs()) {
      outputs.add(output.resolved(sources -> sources(sources, open)));
    }
    Set<Influence> influences = new HashSet<>();
    for (Influence influence : known.influences()) {
      if (!open.contains(new Part(influence.relationOid(), influence.number()))) {
        influences.add(
            new Influence(
                influence.relationOid(),
                ShownReference.column(influence.number()),
                influence.kind(),
                influence.where(),
                influence.guesses(),
                sources(influence.alike(), open)));
      }
    }
    List<WriteFlow> writes = new ArrayList<>(known.writes().size());
    for (WriteFlow write : known.writes()) {
      Set<ColumnSource> sources = sources(write.sources(), open);
      writes.add(
          new WriteFlow(
              write.target(), write.relationOid(), write.number(), sources, null, write.part()));
    }
    return new Lineage.Known(
        outputs,
        influences,
        writes,
        known.reads(),
        known.writesRelations(),
        known.calls(),
        known.made(),
        known.temporary());
  }

  private static Set<ColumnSource> sources(Set<ColumnSource> sources, Set<Part> open) {
    Set<ColumnSource> resolved = new HashSet<>();
    for (ColumnSource source : sources) {
      if (!open.contains(new Part(source.relationOid(), source.number()))) {
        int number = ShownReference.column(source.number());
        resolved.add(new ColumnSource(source.relationOid(), number, source.flow()));
      }
    }
    return resolved;
  }

  /** A text as it is sent. */
  static String sent(String text, Tokens tokens, List<Substitution> places) {
    StringBuilder sent = new StringBuilder(text.length() + 200 * places.size());
    int copied = 0;
    for (Substitution place : places) {
      int from = tokens.start(place.token());
      int to = tokens.end(place.token() + place.tokens() - 1);
      sent.append(text, copied, from).append(place.mask().over(text.substring(from, to)));
      copied = to;
    }
    return sent.append(text, copied, text.length()).toString();
  }
}
