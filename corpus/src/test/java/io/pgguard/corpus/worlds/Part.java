package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of a statement: its words, and the parts between them. Immutable.
 *
 * @param kind what may stand in its place: the type of an expression behind {@code e:}, {@code
 *     clause} for what may be left out, {@code q} for a query, else nothing may
 * @param pieces texts and parts, in order
 */
record Part(String kind, List<Object> pieces) {
  private static final Pattern CONSTANT = Pattern.compile("'|\\d|NULL::");

  static final String CLAUSE = "clause";
  static final String FIXED = "";

  Part {
    pieces = List.copyOf(pieces);
  }

  static Part of(String kind, Object... pieces) {
    return new Part(kind, List.of(pieces));
  }

  static Part expression(String type, Object... pieces) {
    return new Part("e:" + type, List.of(pieces));
  }

  static Part fixed(Object... pieces) {
    return new Part(FIXED, List.of(pieces));
  }

  static Part clause(Object... pieces) {
    return new Part(CLAUSE, List.of(pieces));
  }

  /** Parts with a word between each two. */
  static Part joined(String between, List<Part> parts) {
    List<Object> pieces = new ArrayList<>();
    for (Part part : parts) {
      if (!pieces.isEmpty()) {
        pieces.add(between);
      }
      pieces.add(part);
    }
    return new Part(FIXED, pieces);
  }

  boolean isExpression() {
    return kind.startsWith("e:");
  }

  /** Whether it is one literal. */
  boolean isConstant() {
    return isExpression()
        && pieces.size() == 1
        && pieces.get(0) instanceof String text
        && CONSTANT.matcher(text).lookingAt();
  }

  String sql() {
    StringBuilder sql = new StringBuilder();
    write(sql);
    return sql.toString();
  }

  private void write(StringBuilder sql) {
    for (Object piece : pieces) {
      if (piece instanceof Part part) {
        part.write(sql);
      } else {
        sql.append(piece);
      }
    }
  }

  /** Itself and every part within, outer first. */
  List<Part> all() {
    List<Part> all = new ArrayList<>();
    gather(all);
    return all;
  }

  private void gather(List<Part> all) {
    all.add(this);
    for (Object piece : pieces) {
      if (piece instanceof Part part) {
        part.gather(all);
      }
    }
  }

  /** The same with one part, told by its identity, replaced. */
  @SuppressWarnings("ReferenceEquality")
  Part with(Part old, Part replacement) {
    if (this == old) {
      return replacement;
    }
    List<Object> changed = null;
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Part part) {
        Part now = part.with(old, replacement);
        if (now != part) {
          if (changed == null) {
            changed = new ArrayList<>(pieces);
          }
          changed.set(i, now);
          break;
        }
      }
    }
    return changed == null ? this : new Part(kind, changed);
  }
}
