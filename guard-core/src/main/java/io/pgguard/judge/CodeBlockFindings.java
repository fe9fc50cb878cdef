package io.pgguard.judge;

import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.policy.Verdict;
import io.pgguard.reach.Asked;
import io.pgguard.reach.CalledFunction;
import io.pgguard.reach.NamedCodeReader;
import io.pgguard.reach.SizeFunctions;
import io.pgguard.statement.MadeRelation;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a code block (DO) that no person looks at may not do: it can put any value into a message,
 * an error or a row, and Guard does not follow its columns. So it may name nothing protected, run
 * no text that it puts together, and reach only code that is safe to call.
 */
final class CodeBlockFindings {
  /** They run a text, or carry data past the block. */
  private static final Set<String> RUNNING =
      Set.of("execute", "copy", "dblink", "dblink_exec", "query_to_xml", "cursor_to_xml");

  private CodeBlockFindings() {}

  /** Why the block needs a person's approval; empty where it needs none. */
  static Optional<Verdict> of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    if (!perspective.protections().hides()) {
      return Optional.empty();
    }
    return ofBlock(facts, tokens, perspective);
  }

  private static Optional<Verdict> ofBlock(
      StatementFacts facts, Tokens tokens, Perspective perspective) {
    CodeBlock block = CodeBlock.of(facts, tokens);
    Tokens body = block.body();
    return body == null ? Optional.ofNullable(block.unread()) : ofBody(body, perspective);
  }

  private static Optional<Verdict> found(FindingWording wording, Object... values) {
    return Optional.of(Findings.verdict(wording, values));
  }

  private static Optional<Verdict> ofBody(Tokens body, Perspective perspective) {
    Set<String> words = body.identifiers(0, body.size());
    Protections protections = perspective.protections();
    boolean types = words.contains("type") || words.contains("domain");
    for (String word : words) {
      if (types && MadeRelation.isTemporary(word)) {
        return found(FindingWording.TEMPORARY_TYPE);
      }
      if (RUNNING.contains(word)) {
        return found(FindingWording.BLOCK_RUNS_TEXT, word);
      }
      if (protections.columns().protectedNames().contains(word)) {
        return found(FindingWording.BLOCK_NAMES_PROTECTED, word);
      }
      if (SizeFunctions.tells(word)) {
        CalledFunction call = CalledFunction.function("pg_catalog", word);
        String unsafe = protections.unsafe(call, perspective.path(), false).orElse(null);
        if (unsafe != null) {
          return found(FindingWording.BLOCK_REACHES, unsafe);
        }
      }
    }
    Set<Integer> reads = new HashSet<>();
    Map<Integer, Set<Event>> changes = new HashMap<>();
    for (String word : words) {
      for (Relation relation : perspective.catalog().relationsNamed(word)) {
        reads.add(relation.oid());
        changes.put(relation.oid(), Event.ALL);
      }
    }
    Asked asked =
        new Asked(
            NamedCodeReader.ofTokens(body, 0, body.size()), perspective.path(), reads, changes);
    return protections
        .unsafe(protections.reaches().of(asked))
        .map(unsafe -> Findings.verdict(FindingWording.BLOCK_REACHES, unsafe));
  }
}
