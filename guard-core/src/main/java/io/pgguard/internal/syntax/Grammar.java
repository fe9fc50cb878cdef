package io.pgguard.internal.syntax;

/** The grammar's parts for one parse; they call each other through here. Not thread-safe. */
final class Grammar {
  final Cursor in;
  final Names names;
  final TypeNames types = new TypeNames(this);
  final Operators operators = new Operators(this);
  final Expressions expressions = new Expressions(this);
  final Predicates predicates = new Predicates(this);
  final Primaries primaries = new Primaries(this);
  final Parentheses parentheses = new Parentheses(this);
  final Functions functions = new Functions(this);
  final SpecialFunctions specials = new SpecialFunctions(this);
  final XmlFunctions xml = new XmlFunctions(this);
  final JsonFunctions json = new JsonFunctions(this);
  final JsonClauses jsonClauses = new JsonClauses(this);
  final Windows windows = new Windows(this);
  final Queries queries = new Queries(this);
  final Selects selects = new Selects(this);
  final CommonTables commonTables = new CommonTables(this);
  final FromItems from = new FromItems(this);
  final FromFunctions fromFunctions = new FromFunctions(this);
  final XmlTables xmlTables = new XmlTables(this);
  final JsonTables jsonTables = new JsonTables(this);
  final Inserts inserts = new Inserts(this);
  final Updates updates = new Updates(this);
  final Merges merges = new Merges(this);
  final Carriers carriers = new Carriers(this);
  final Copies copies = new Copies(this);
  final Definitions definitions = new Definitions(this);
  final Statements statements = new Statements(this);

  Grammar(Cursor in) {
    this.in = in;
    this.names = new Names(in);
  }
}
