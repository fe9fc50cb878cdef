package io.pgguard.session;

/**
 * What a plan depends on: a text and the perspective on it. Compared in full, so that no crafted
 * text can meet another's plan; hashed by the text alone, which is what differs.
 */
record PlanKey(String text, Perspective perspective) {

  @Override
  public boolean equals(Object other) {
    return other instanceof PlanKey key
        && text.equals(key.text)
        && perspective.same(key.perspective);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
