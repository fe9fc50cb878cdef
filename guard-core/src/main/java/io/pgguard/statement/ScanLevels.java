package io.pgguard.statement;

import java.util.Arrays;

/**
 * The levels of parentheses that a scan is in; an explicit stack, so that deep nesting costs memory
 * and not the thread's stack. Used by one thread.
 */
final class ScanLevels {
  /** A FROM at this level belongs to EXTRACT, SUBSTRING, TRIM or OVERLAY. */
  static final int NO_FROM = 1;

  /** An UPDATE or DELETE stands at this level and its WHERE has not come yet. */
  static final int AWAITS_WHERE = 2;

  /** A MERGE stands at this level. */
  static final int MERGE = 4;

  /** The list in these parentheses holds relations. */
  static final int IN_NAMES = 8;

  /** What the query at this level locks is known, from its first locking clause. */
  static final int LOCKED = 16;

  private ScanState[] states = new ScanState[32];
  private ScanState[] afterTargets = new ScanState[32];
  private int[] flags = new int[32];
  private int[] resumes = new int[32];
  private int top;

  ScanLevels(ScanState first) {
    states[0] = first;
    afterTargets[0] = ScanState.EXPRESSION;
  }

  ScanState state() {
    return states[top];
  }

  void state(ScanState state) {
    states[top] = state;
  }

  /** What comes behind the target that is expected now. */
  void target(ScanState after) {
    states[top] = ScanState.TARGET;
    afterTargets[top] = after;
  }

  void targetSeen() {
    states[top] = afterTargets[top];
  }

  /** A WITH list begins, and the present state goes on at the index behind it. */
  void withList(int resume) {
    afterTargets[top] = states[top];
    states[top] = ScanState.WITH_LIST;
    resumes[top] = resume;
  }

  int resume() {
    return resumes[top];
  }

  boolean has(int flag) {
    return (flags[top] & flag) != 0;
  }

  void set(int flag) {
    flags[top] |= flag;
  }

  void clear(int flag) {
    flags[top] &= ~flag;
  }

  boolean outermost() {
    return top == 0;
  }

  /** How many parentheses are open. */
  int depth() {
    return top;
  }

  void push(ScanState state, int flag) {
    top++;
    if (top == states.length) {
      states = Arrays.copyOf(states, top * 2);
      afterTargets = Arrays.copyOf(afterTargets, top * 2);
      flags = Arrays.copyOf(flags, top * 2);
      resumes = Arrays.copyOf(resumes, top * 2);
    }
    states[top] = state;
    afterTargets[top] = ScanState.EXPRESSION;
    flags[top] = flag;
  }

  /** Leaves a level; the one around it has had its item. */
  void pop() {
    top--;
    switch (states[top]) {
      case ITEM, ITEM_OR_QUERY -> states[top] = ScanState.AFTER_ITEM;
      case QUERY, STATEMENT -> states[top] = ScanState.EXPRESSION;
      case TARGET -> targetSeen();
      case NAMES -> states[top] = ScanState.AFTER_NAME;
      case ONE_NAME -> states[top] = ScanState.UTILITY;
      default -> {
        // The parenthesis was part of an expression or of a list of columns.
      }
    }
  }
}
