package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.judge.ChangeEvents;
import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.mask.Mask;
import io.pgguard.mask.MaskForm;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.MaskedWrites;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.SessionWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps masked values from being stored where the masked ones are: a client that reads a row,
 * changes one field and writes all of it back would replace what it never saw by its mask. Looks at
 * one run of a text. Used by a session's thread.
 */
final class MaskedWriteCheck {
  /** How decisions name it. */
  static final String RULE = "guard.masked-write";

  private final TextPlan text;
  private final List<ParameterValue> values;
  private final Catalog catalog;

  /** What the statement at hand names; null while nobody has asked. */
  private @Nullable List<String> named;

  MaskedWriteCheck(TextPlan text, List<ParameterValue> values) {
    this.text = text;
    this.values = values;
    this.catalog = text.perspective().catalog();
  }

  /**
   * A masked value that would be stored.
   *
   * @param part the statement that writes it
   * @param flow where it goes
   * @param given what it is, for people: {@code parameter $2}, {@code a constant}
   */
  record Masked(StatementAnalysis part, WriteFlow flow, String given) {}

  /** All that the text would store with these values; empty where it may run. */
  List<Masked> find() {
    if (text.observed() || text.perspective().policy().maskedWrites() == MaskedWrites.ALLOW) {
      return List.of();
    }
    List<Masked> found = List.of();
    for (StatementAnalysis part : text.parts()) {
      if (part.protections().hides() && part.lineage() instanceof Lineage.Known known) {
        named = null;
        for (WriteFlow flow : known.writes()) {
          String given = masked(part, flow);
          if (given != null) {
            found = found.isEmpty() ? new ArrayList<>() : found;
            found.add(new Masked(part, flow, given));
          }
        }
      }
    }
    return found;
  }

  /** What of the values that are written is a mask, for people; null where none is. */
  private @Nullable String masked(StatementAnalysis part, WriteFlow flow) {
    OutputTreatment treatment =
        flow.number() <= 0
            ? null
            : part.protections().of(flow.relationOid(), flow.number()).orElse(null);
    if (treatment == null) {
      return null;
    }
    Mask mask = treatment.mask();
    Set<Influence.Guess> given = flow.given();
    boolean elsewhere = part.facts().kind() == StatementKind.EXECUTE; // it names values, not where
    if (given == null || elsewhere) {
      return texts(part.facts()).stream().anyMatch(one -> MaskForm.fits(mask, one))
          ? SessionWording.GIVEN_VALUE.say().message()
          : null;
    }
    for (Influence.Guess one : given) {
      if (isMasked(part, flow, mask, one)) {
        return one.parameter()
            ? SessionWording.GIVEN_PARAMETER.say(one.text()).message()
            : SessionWording.GIVEN_CONSTANT.say().message();
      }
    }
    return null;
  }

  private boolean isMasked(
      StatementAnalysis part, WriteFlow flow, Mask mask, Influence.Guess given) {
    if (!given.parameter()) {
      return MaskForm.fits(mask, GuessedConstants.written(part.facts(), given));
    }
    int number = Integer.parseInt(given.text());
    if (number < 1 || number > values.size()) {
      return false; // of PREPARE; what it stands for comes with EXECUTE
    }
    ParameterValue value = values.get(number - 1);
    if (value.bytes() == null) {
      return replaces(part.facts()) && MaskForm.isNull(mask, type(flow));
    }
    String one = ParameterText.of(value, catalog);
    return one != null && MaskForm.fits(mask, one);
  }

  /** Whether rows that are there already are written. */
  private static boolean replaces(StatementFacts facts) {
    return ChangeEvents.of(facts).contains(Event.UPDATE);
  }

  private int type(WriteFlow flow) {
    return catalog
        .relation(flow.relationOid())
        .flatMap(relation -> relation.column(flow.number()))
        .map(column -> catalog.valueType(column.typeOid()))
        .orElse(0);
  }

  /** All that the statement names: where it computes what it writes, any of it may go in. */
  private List<String> texts(StatementFacts facts) {
    List<String> all = named;
    if (all != null) {
      return all;
    }
    all = new ArrayList<>();
    Tokens tokens = facts.tokens();
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, TokenKind.STRING)) {
        all.add(tokens.value(i));
      }
    }
    for (ParameterValue value : values) {
      String one = ParameterText.of(value, catalog);
      if (one != null) {
        all.add(one);
      }
    }
    named = all;
    return all;
  }
}
