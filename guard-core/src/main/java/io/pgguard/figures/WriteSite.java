package io.pgguard.figures;

import org.jspecify.annotations.Nullable;

/**
 * One INSERT, UPDATE, DELETE or MERGE of a statement, as queries that only count. Immutable.
 *
 * @param rows a query with one row for each row that it would change
 * @param spared a query that has a row if there is a row of the target that it would leave alone;
 *     null where that is not asked: an INSERT leaves everything alone
 * @param returned the same rows with what RETURNING gives, for a WITH clause; null where that
 *     cannot be said
 */
record WriteSite(String rows, @Nullable String spared, @Nullable String returned) {}
