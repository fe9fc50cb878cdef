package io.pgguard.judge;

import io.pgguard.reach.SafeSettings;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import io.pgguard.wording.ReachWording;

/** What a statement makes of its session: settings, and what DISCARD throws away. */
final class SettingFindings {
  private final StatementFacts facts;
  private final Perspective perspective;
  private final Findings findings;

  SettingFindings(StatementFacts facts, Perspective perspective, Findings findings) {
    this.facts = facts;
    this.perspective = perspective;
    this.findings = findings;
  }

  void find() {
    facts.setting().ifPresent(this::ofSetting);
    if (facts.kind() == StatementKind.DISCARD) {
      ofDiscard(facts.tokens());
    }
  }

  private void ofSetting(SettingFacts setting) {
    if (setting.action() == SettingFacts.Action.SHOW) {
      return;
    }
    if (setting.name().equals("default_transaction")) {
      ofCharacteristics();
    } else if (setting.name().equals("role")
        && perspective.policy().givesRole(perspective.principal(), setting.values())) {
      return;
    } else if (!setting.values().isEmpty() && perspective.policy().givesSetting(setting.name())) {
      findings.deny(FindingWording.SETTING, ReachWording.SETTING_SAYS_WHO.words(setting.name()));
    } else if (!setting.name().equals("all")) { // RESET ALL goes back to what Guard began with
      SafeSettings.refuse(setting.name(), setting.values(), true, perspective.catalog())
          .or(() -> PlannerSettings.refuse(setting.name(), perspective.policy()))
          .ifPresent(why -> findings.deny(FindingWording.SETTING, why));
    }
  }

  /** SET SESSION CHARACTERISTICS AS TRANSACTION: a session that was made read-only stays so. */
  private void ofCharacteristics() {
    if (facts.identifiers().contains("write")) {
      findings.deny(FindingWording.SETS_READ_WRITE);
    }
  }

  /** DISCARD ALL leads back to what Guard began with, where the server runs it at all. */
  private void ofDiscard(Tokens tokens) {
    int what = facts.from() + 1;
    int end = tokens.size();
    while (end > facts.to() && tokens.is(end - 1, ';')) {
      end--;
    }
    if (tokens.is(what, Keyword.PLANS)) {
      findings.deny(FindingWording.DISCARDS_PLANS);
    } else if (tokens.is(what, Keyword.ALL) && (facts.from() > 0 || facts.to() < end)) {
      findings.deny(FindingWording.DISCARDS_AMONG_OTHERS);
    }
  }
}
