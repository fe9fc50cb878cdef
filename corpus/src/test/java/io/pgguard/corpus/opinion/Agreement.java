package io.pgguard.corpus.opinion;

import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts over many texts where JSqlParser finds a name that Guard did not. Used by one thread. */
public final class Agreement {
  private final List<Misreading> misreadings = Misreading.read();
  private final List<String> missed = new ArrayList<>();
  private int texts;
  private int opinions;
  private int names;
  private int misread;

  /** Holds what JSqlParser found in a text against the tokens' facts of it. */
  public void add(String sql, Optional<Opinion> opinion) {
    Set<Name> relations = new HashSet<>();
    Set<Name> functions = new HashSet<>();
    try {
      for (StatementFacts facts : StatementReader.read(sql).statements()) {
        relations.addAll(facts.relationMentions());
        functions.addAll(facts.functionMentions());
      }
    } catch (LexicalException e) {
      return; // refused, whatever it names
    }
    add(sql, opinion, relations, functions);
  }

  /** Holds what JSqlParser found against names. */
  public void add(String sql, Optional<Opinion> opinion, Set<Name> relations, Set<Name> functions) {
    texts++;
    if (opinion.isEmpty()) {
      return;
    }
    opinions++;
    compare("relation", opinion.get().relations(), relations, sql);
    compare("function", opinion.get().functions(), functions, sql);
  }

  private void compare(String what, Set<Name> found, Set<Name> ours, String sql) {
    for (Name name : found) {
      names++;
      if (!ours.contains(name)) {

        if (misreadings.stream().anyMatch(known -> known.explains(what, name, sql))) {
          misread++;
        } else {
          missed.add(what + " " + name + " in " + sql.replaceAll("\\s+", " "));
        }
      }
    }
  }

  /** The names that Guard missed, each with its text. */
  public List<String> missed() {
    return missed;
  }

  /** The share of texts that JSqlParser could read. */
  public double read() {
    return texts == 0 ? 0 : (double) opinions / texts;
  }

  /** For people. */
  public String told(String what) {
    return "second opinion on %s: %d texts, read %.1f %%, %d names, %d missed, %d misread%n"
        .formatted(what, texts, 100 * read(), names, missed.size(), misread);
  }
}
