package io.pgguard.judge;

import io.pgguard.lineage.Influence;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Verdict;
import io.pgguard.wording.FindingWording;
import io.pgguard.wording.PassingForm;

/** What is said of a statement that would tell of a protected column: which part, and a way out. */
final class InferenceWords {
  private InferenceWords() {}

  static Verdict verdict(Influence influence, Inference allowed, String column, String classId) {
    if (influence.mayFail()) {
      String part = influence.failing();
      return Findings.verdict(FindingWording.MAY_FAIL, part, column, classId, PassingForm.of(part));
    }
    FindingWording wording =
        switch (influence.kind()) {
          case NULLNESS -> FindingWording.TELLS_NULLS;
          case IDENTITY -> FindingWording.TELLS_WHAT_IS_ALIKE;
          case EQUALITY, OTHER ->
              allowed == Inference.EQUALITY
                  ? FindingWording.TELLS_WHERE_EQUALITY_PASSES
                  : FindingWording.TELLS;
        };
    return Findings.verdict(wording, influence.where(), column, classId);
  }
}
