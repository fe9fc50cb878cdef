package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;

/** Makes a case out of admitted ones: swaps, wraps and moves their expressions. Not thread-safe. */
final class Mutation {
  private final ExpressionMaker expressions;
  private final Dice dice;

  Mutation(ExpressionMaker expressions, Dice dice) {
    this.expressions = expressions;
    this.dice = dice;
  }

  /** A change of a case; parts of the other may come in. */
  Case of(Case one, Case other, long number) {
    List<Part> texts = new ArrayList<>(one.texts());
    for (int times = 1 + dice.below(2); times > 0; times--) {
      Part text = texts.get(one.main());
      List<Part> places = text.all().stream().filter(Part::isExpression).toList();
      if (places.isEmpty()) {
        return new Case(number, one.kind(), one.texts(), one.main(), one.ordered());
      }
      Part place = dice.of(places);
      texts.set(one.main(), text.with(place, instead(place, one, other)));
    }
    return new Case(number, one.kind(), texts, one.main(), one.ordered());
  }

  /** The same with other constants, if it has any. */
  Case withOtherConstants(Case one, long number) {
    List<Part> texts = new ArrayList<>(one.texts());
    for (int times = 1 + dice.below(2); times > 0; times--) {
      int which = one.texts().size() > 1 && dice.chance(20) ? dice.below(texts.size()) : one.main();
      List<Part> constants = texts.get(which).all().stream().filter(Part::isConstant).toList();
      if (!constants.isEmpty()) {
        Part old = dice.of(constants);
        Part now = expressions.constant(old.kind().substring(2));
        texts.set(which, texts.get(which).with(old, now));
      }
    }
    return new Case(number, one.kind(), texts, one.main(), one.ordered());
  }

  private Part instead(Part place, Case one, Case other) {
    String type = place.kind().substring(2);
    Scope scope = Scope.NONE;
    return switch (dice.below(8)) {
      case 0 -> expressions.constant(type);
      case 1 -> Part.expression(type, "NULLIF(", place, ", ", expressions.constant(type), ")");
      case 2 ->
          Part.expression(type, "CASE WHEN ", someOf(one, "boolean"), " THEN ", place, " END");
      case 3, 4 -> expressions.calls().around(type, place, sameFrom(one, type));
      case 5 -> sameFrom(other, type);
      case 6 -> sameFrom(one, type);
      default ->
          Part.expression(type, "COALESCE(", place, ", ", expressions.make(type, scope, 1), ")");
    };
  }

  private Part someOf(Case one, String type) {
    return dice.chance(60)
        ? sameFrom(one, type)
        : expressions.conditions().comparison(sameAny(one));
  }

  private Part sameAny(Case one) {
    List<Part> found =
        one.texts().get(one.main()).all().stream().filter(Part::isExpression).toList();
    return found.isEmpty() ? expressions.constant("integer") : dice.of(found);
  }

  private Part sameFrom(Case one, String type) {
    List<Part> found =
        one.texts().get(one.main()).all().stream()
            .filter(part -> part.kind().equals("e:" + type))
            .toList();
    return found.isEmpty() ? expressions.constant(type) : dice.of(found);
  }
}
