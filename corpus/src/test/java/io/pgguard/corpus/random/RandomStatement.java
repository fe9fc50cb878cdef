package io.pgguard.corpus.random;

/**
 * A statement that the generator wrote.
 *
 * @param writes whether it is to run in a transaction that is rolled back
 * @param guardedRelation whether it names a relation that holds or leads to something protected
 * @param hotColumn whether it uses a protected column anywhere, also within a whole row
 */
record RandomStatement(
    long number, String sql, boolean writes, boolean guardedRelation, boolean hotColumn) {
  boolean open() {
    return !guardedRelation && !hotColumn;
  }

  boolean near() {
    return guardedRelation && !hotColumn;
  }
}
