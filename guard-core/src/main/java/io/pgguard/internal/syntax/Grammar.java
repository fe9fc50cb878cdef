package io.pgguard.internal.syntax;

/**
 * The grammar's parts for one parse; they call each other through here. Each takes its cursor from
 * here when it is made, so that comes first. Not thread-safe.
 */
final class Grammar {
  final Cursor in;
  final Names names;
  final TypeNames types;
  final Operators operators;
  final Expressions expressions;
  final Predicates predicates;
  final Primaries primaries;
  final Parentheses parentheses;
  final Functions functions;
  final SpecialFunctions specials;
  final ValueFunctions values;
  final XmlFunctions xml;
  final JsonFunctions json;
  final JsonClauses jsonClauses;
  final Windows windows;
  final Queries queries;
  final Selects selects;
  final CommonTables commonTables;
  final FromItems from;
  final FromFunctions fromFunctions;
  final XmlTables xmlTables;
  final JsonTables jsonTables;
  final Inserts inserts;
  final Updates updates;
  final Merges merges;
  final Carriers carriers;
  final Copies copies;
  final Definitions definitions;
  final Statements statements;

  Grammar(Cursor in) {
    this.in = in;
    this.names = new Names(in);
    this.types = new TypeNames(this);
    this.operators = new Operators(this);
    this.expressions = new Expressions(this);
    this.predicates = new Predicates(this);
    this.primaries = new Primaries(this);
    this.parentheses = new Parentheses(this);
    this.functions = new Functions(this);
    this.specials = new SpecialFunctions(this);
    this.values = new ValueFunctions(this);
    this.xml = new XmlFunctions(this);
    this.json = new JsonFunctions(this);
    this.jsonClauses = new JsonClauses(this);
    this.windows = new Windows(this);
    this.queries = new Queries(this);
    this.selects = new Selects(this);
    this.commonTables = new CommonTables(this);
    this.from = new FromItems(this);
    this.fromFunctions = new FromFunctions(this);
    this.xmlTables = new XmlTables(this);
    this.jsonTables = new JsonTables(this);
    this.inserts = new Inserts(this);
    this.updates = new Updates(this);
    this.merges = new Merges(this);
    this.carriers = new Carriers(this);
    this.copies = new Copies(this);
    this.definitions = new Definitions(this);
    this.statements = new Statements(this);
  }
}
