package io.pgguard.catalog;

/** A part of what a snapshot knows of a relation: each is read by a query of its own. */
enum RelationFacet {
  ITSELF,
  COLUMNS,
  PARENTS,
  READS,
  RULES,
  TRIGGERS,
  CASCADES,
  CALLS,
  DEFINITION,
  EXPRESSIONS
}
