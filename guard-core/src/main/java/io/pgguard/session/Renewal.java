package io.pgguard.session;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.TextPlan;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is under way, judged anew. Immutable.
 *
 * @param text its text as it is judged now
 * @param analysis what holds for the rows that are still to come
 * @param refusal why none may come, or null
 */
record Renewal(TextPlan text, StatementAnalysis analysis, @Nullable Refusal refusal) {}
