package io.pgguard.policy;

/** How far a protected column may influence which rows or values appear, without being shown. */
public enum Inference {
  /** Not at all. */
  DENY,
  /** By {@code =} and {@code IN} with constants or parameters. */
  EQUALITY,
  /** In any way. */
  ALLOW
}
