package io.pgguard.corpus.worlds;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.corpus.opinion.Opinion;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.LineageAnalyzer;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Name;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Guard finds in a statement whose columns it can follow, by the names of one catalog. */
final class Followed {
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "w", "public");

  private final Catalog catalog;
  private final LineageAnalyzer analyzer;

  Followed(Catalog catalog) {
    this.catalog = catalog;
    this.analyzer = new LineageAnalyzer(catalog);
  }

  /**
   * Names that lineage knows.
   *
   * @param relations that are read or written, with their schemas
   * @param functions as the text calls them
   */
  record Names(Set<Name> relations, Set<Name> functions) {}

  /** Of a text of one statement; empty where Guard cannot follow it. */
  Optional<Names> of(String sql) {
    StatementText text;
    try {
      text = StatementReader.read(sql);
    } catch (LexicalException e) {
      return Optional.empty();
    }
    if (text.statements().size() != 1) {
      return Optional.empty();
    }
    StatementFacts facts = text.statements().get(0);
    return SyntaxParser.parse(text.tokens(), facts.from(), facts.to())
                instanceof ParseResult.Parsed parsed
            && analyzer.analyze(parsed.statement(), PATH, SessionObjects.NONE)
                instanceof Lineage.Known known
        ? Optional.of(names(known))
        : Optional.empty();
  }

  private Names names(Lineage.Known known) {
    Set<Name> relations =
        Stream.concat(known.reads().stream(), known.writesRelations().stream())
            .map(oid -> catalog.relation(oid).orElseThrow())
            .map(relation -> new Name(relation.schema(), relation.name()))
            .collect(Collectors.toSet());
    Set<Name> functions = new HashSet<>();
    for (CalledFunction call : known.calls()) {
      if (call.form() == CalledFunction.Form.FUNCTION) {
        functions.add(new Name(call.schema(), call.name()));
      }
    }
    return new Names(relations, functions);
  }

  /** An opinion of the relations that the catalog has, by their schemas. */
  Opinion resolved(Opinion opinion) {
    Set<Name> relations = new HashSet<>();
    for (Name name : opinion.relations()) {
      boolean common = name.schema() == null && opinion.commonTables().contains(name.name());
      Optional<Relation> relation = common ? Optional.empty() : relation(name);
      relation.ifPresent(found -> relations.add(new Name(found.schema(), found.name())));
    }
    return new Opinion(relations, opinion.functions(), opinion.commonTables());
  }

  private Optional<Relation> relation(Name name) {
    return name.schema() != null
        ? catalog.relation(name.schema(), name.name())
        : PATH.schemas().stream()
            .flatMap(schema -> catalog.relation(schema, name.name()).stream())
            .findFirst();
  }
}
