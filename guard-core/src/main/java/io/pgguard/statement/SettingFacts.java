package io.pgguard.statement;

import java.util.List;

/**
 * The setting that SET, RESET or SHOW names. Immutable.
 *
 * @param action what is done
 * @param name folded, parts joined by points; {@code all} for ALL; the names that PostgreSQL uses
 *     for special forms: {@code timezone}, {@code role}, {@code session_authorization}, {@code
 *     client_encoding}, {@code xmloption}, {@code transaction_isolation} and the like
 * @param values the values of SET, decoded; empty for RESET, SHOW, DEFAULT and FROM CURRENT
 * @param local whether it ends with the transaction (SET LOCAL, SET TRANSACTION)
 */
public record SettingFacts(Action action, String name, List<String> values, boolean local) {
  public SettingFacts {
    values = List.copyOf(values);
  }

  /** What the statement does with the setting. */
  public enum Action {
    SET,
    /** RESET, and SET TO DEFAULT. */
    RESET,
    SHOW
  }
}
