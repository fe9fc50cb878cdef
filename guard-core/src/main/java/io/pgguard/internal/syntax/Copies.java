package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Copy;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Option;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;

/** Reads COPY, with options in parentheses or in the older form. */
final class Copies {
  private final Grammar g;
  private final Cursor in;

  Copies(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Copy copy() {
    int token = in.take();
    List<Option> options = new ArrayList<>();
    Statement statement = null;
    Name relation = null;
    List<String> columns = List.of();
    if (in.accept('(')) {
      statement = g.statements.preparable();
      in.expect(')');
    } else {
      // "COPY binary t": the old place of BINARY, which cannot be a relation's name.
      binary(options);
      relation = g.names.relation();
      columns = g.names.optionalList();
    }
    boolean from = relation != null && in.accept(Keyword.FROM);
    if (!from) {
      in.expect(Keyword.TO);
    }
    Copy.Place place = place();
    String target = place == Copy.Place.CLIENT ? "" : in.string();
    if (in.is(Keyword.USING) || in.is(Keyword.DELIMITERS)) {
      delimiters(options);
    }
    in.accept(Keyword.WITH);
    if (in.is('(')) {
      options.addAll(g.carriers.options());
    } else {
      oldOptions(options);
    }
    Expression where = from ? g.selects.where() : null;
    return new Copy(token, relation, columns, statement, from, place, target, options, where);
  }

  private void binary(List<Option> options) {
    int token = in.at();
    if (in.accept(Keyword.BINARY)) {
      options.add(new Option(token, "format", List.of("binary")));
    }
  }

  private Copy.Place place() {
    if (in.accept(Keyword.PROGRAM)) {
      return Copy.Place.PROGRAM;
    }
    return in.accept(Keyword.STDIN) || in.accept(Keyword.STDOUT)
        ? Copy.Place.CLIENT
        : Copy.Place.FILE;
  }

  private void delimiters(List<Option> options) {
    int token = in.at();
    in.accept(Keyword.USING);
    in.expect(Keyword.DELIMITERS);
    options.add(new Option(token, "delimiter", List.of(in.string())));
  }

  private void oldOptions(List<Option> options) {
    while (!in.atEnd() && !in.is(';') && !in.is(Keyword.WHERE)) {
      int token = in.at();
      Keyword word = in.keyword();
      if (word == null) {
        throw in.fail("expected an option of COPY");
      }
      switch (word) {
        case BINARY -> binary(options);
        case CSV -> {
          in.skip(1);
          options.add(new Option(token, "format", List.of("csv")));
        }
        case FREEZE, HEADER -> {
          in.skip(1);
          options.add(new Option(token, word.word(), List.of()));
        }
        case DELIMITER, NULL, QUOTE, ESCAPE -> {
          in.skip(1);
          in.accept(Keyword.AS);
          options.add(new Option(token, word.word(), List.of(in.string())));
        }
        case ENCODING -> {
          in.skip(1);
          options.add(new Option(token, word.word(), List.of(in.string())));
        }
        case FORCE -> options.add(force(token));
        default -> throw in.fail("expected an option of COPY");
      }
    }
  }

  private Option force(int token) {
    in.skip(1);
    String name;
    if (in.accept(Keyword.QUOTE)) {
      name = "force_quote";
    } else if (in.accept(Keyword.NULL)) {
      name = "force_null";
    } else {
      in.expect(Keyword.NOT, Keyword.NULL);
      name = "force_not_null";
    }
    List<String> columns = in.acceptOperator("*") ? List.of("*") : g.names.list();
    return new Option(token, name, columns);
  }
}
