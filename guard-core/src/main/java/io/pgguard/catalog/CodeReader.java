package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads the code that objects bring with them, of all or some. One instance reads once. */
final class CodeReader {
  private final CatalogQueries queries;
  private final CodeDraft draft = new CodeDraft();

  private CodeReader(CatalogQueries queries) {
    this.queries = queries;
  }

  /** All of it. */
  static Code read(CatalogQueries queries) {
    CodeReader reader = new CodeReader(queries);
    reader.owned(Scope.ALL, Scope.ALL, Scope.ALL);
    queries.forEachRow(
        CodeQueries.OPERATORS, row -> reader.draft.operator(row.number(0), row.number(1)));
    queries.forEachRow(ConstraintQueries.EVENT_TRIGGERS, reader::addEventTrigger);
    return Code.of(reader.draft);
  }

  /** Reads that of some owners: what to ask, and what it makes of what was known before. */
  record Some(List<CatalogQuestion> questions, UnaryOperator<Code> update) {}

  /** What was known before, with that of some owners read anew. */
  static Some some(
      Set<Integer> relations, Set<Integer> functions, Set<Integer> types, CatalogQueries queries) {
    CodeReader reader = new CodeReader(queries);
    return new Some(
        reader.questions(Scope.of(relations), Scope.of(functions), Scope.of(types)),
        before -> before.with(reader.draft, relations, functions, types));
  }

  private void owned(Scope relations, Scope functions, Scope types) {
    Scope.ask(queries, relations.only() != null, questions(relations, functions, types));
  }

  private List<CatalogQuestion> questions(Scope relations, Scope functions, Scope types) {
    List<CatalogQuestion> questions = new ArrayList<>();
    if (!relations.isEmpty()) {
      questions.add(relations.question(CodeQueries.ATTACHED, this::addPiece));
      questions.add(relations.question(CodeQueries.SYSTEM_ATTACHED, this::addPiece));
      questions.add(
          relations.question(
              CodeQueries.SETTINGS,
              row ->
                  draft.setting(
                      row.number(0),
                      AttachedCode.Part.of(row.letter(1)),
                      row.number(2),
                      SettingNames.of(row.text(3)))));
      questions.add(
          relations.question(
              ConstraintQueries.FOREIGN_KEYS,
              row -> draft.key(row.number(0), row.letter(1) == 't', foreignKey(row))));
      questions.add(
          relations.question(
              DefinitionQueries.OF_RELATIONS,
              row -> draft.definition(row.number(0), row.required(1))));
      questions.add(
          relations.question(ConstraintQueries.COMPARING, row -> draft.add(comparing(row))));
    }
    if (!functions.isEmpty()) {
      questions.add(functions.question(CodeQueries.FUNCTIONS, this::addFunction));
      questions.add(functions.question(CodeQueries.SYSTEM_FUNCTIONS, this::addFunction));
    }
    if (!types.isEmpty()) {
      questions.add(
          types.question(
              CodeQueries.TYPES, row -> draft.type(row.number(0), row.letter(1), row.number(2))));
    }
    return questions;
  }

  private void addPiece(CatalogRow row) {
    draft.piece(
        row.number(0),
        AttachedCode.Part.of(row.letter(1)),
        row.number(2),
        row.letter(3),
        row.number(4));
  }

  private void addFunction(CatalogRow row) {
    draft.function(row.number(0), row.letter(1), row.number(2));
  }

  private void addEventTrigger(CatalogRow row) {
    String tags = row.text(2);
    draft.add(
        new EventTrigger(
            row.number(0),
            row.required(1),
            tags == null || tags.isEmpty() ? List.of() : List.of(tags.split(","))));
  }

  private static ForeignKey foreignKey(CatalogRow row) {
    return new ForeignKey(
        row.number(2),
        row.number(3),
        numbers(row.required(4)),
        numbers(row.required(5)),
        ForeignKey.Action.of(row.letter(6)),
        ForeignKey.Action.of(row.letter(7)));
  }

  private static Comparing comparing(CatalogRow row) {
    String columns = row.text(2);
    return new Comparing(
        row.number(0),
        Comparing.Kind.of(row.letter(1)),
        columns == null ? List.of() : numbers(columns),
        row.flag(3));
  }

  /** The numbers in an array's text, with or without braces. */
  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.replaceAll("[{}]", "").split(",")) {
      if (!number.isEmpty()) {
        numbers.add(Integer.valueOf(number));
      }
    }
    return numbers;
  }
}
