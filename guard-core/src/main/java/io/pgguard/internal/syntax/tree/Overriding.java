package io.pgguard.internal.syntax.tree;

/** OVERRIDING of INSERT. */
public enum Overriding {
  NONE,
  USER,
  SYSTEM
}
