package io.pgguard.corpus.worlds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a case that differs smaller while it still differs. */
final class PartShrinker {
  private static final int MOST_TRIES = 250;

  private final Lane lane;
  private int tries;

  PartShrinker(Lane lane) {
    this.lane = lane;
  }

  Case shrink(Case found) throws IOException {
    tries = 0;
    Case smallest = found;
    for (boolean again = true; again && tries < MOST_TRIES; ) {
      again = false;
      for (Case candidate : smaller(smallest)) {
        if (tries++ >= MOST_TRIES) {
          break;
        }
        Seen seen = lane.run(candidate);
        if (!seen.late() && seen.amiss().isPresent()) {
          smallest = candidate;
          again = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Case> smaller(Case one) {
    List<Case> smaller = new ArrayList<>();
    for (int i = 0; i < one.texts().size(); i++) {
      Part text = one.texts().get(i);
      for (Part part : text.all()) {
        for (Part instead : instead(part)) {
          List<Part> texts = new ArrayList<>(one.texts());
          texts.set(i, text.with(part, instead));
          smaller.add(one.with(texts));
        }
      }
    }
    return smaller;
  }

  private static List<Part> instead(Part part) {
    if (part.kind().equals(Part.CLAUSE)) {
      return part.pieces().isEmpty() ? List.of() : List.of(Part.clause());
    }
    if (!part.isExpression() || part.pieces().size() == 1) {
      return List.of();
    }
    List<Part> instead = new ArrayList<>();
    String type = part.kind().substring(2);
    for (Part inner : part.all()) {
      if (inner != part && inner.isExpression() && inner.kind().equals(part.kind())) {
        instead.add(inner);
      }
    }
    instead.add(Part.expression(type, "NULL::" + type));
    if (type.equals("boolean")) {
      instead.add(Part.expression(type, "true"));
    }
    if (type.equals("text")) {
      instead.add(Part.expression(type, "'a'"));
    }
    return instead;
  }
}
