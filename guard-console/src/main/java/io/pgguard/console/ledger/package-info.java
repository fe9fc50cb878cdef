/** What the audit log tells, kept in memory for pages. */
@NullMarked
package io.pgguard.console.ledger;

import org.jspecify.annotations.NullMarked;
