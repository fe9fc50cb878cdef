package io.pgguard.console.visit;

import io.javalin.security.RouteRole;
import io.pgguard.ConsoleConfig;
import io.pgguard.identity.Principal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What somebody may do in the console. */
public enum Role implements RouteRole {
  /** No login is needed; nobody has this role. */
  ANYONE,
  /** See what waits and what was answered. Whose answer counts is the policy's word. */
  REVIEWER,
  /** See sessions, the log and the policy. */
  AUDITOR,
  /** Both, and the console itself. */
  ADMIN;

  /** The roles that a person's groups give; empty for who is not to be let in. */
  public static Set<Role> of(Principal principal, ConsoleConfig.Roles roles) {
    Set<Role> found = EnumSet.noneOf(Role.class);
    if (!Collections.disjoint(principal.groups(), roles.reviewer())) {
      found.add(REVIEWER);
    }
    if (!Collections.disjoint(principal.groups(), roles.auditor())) {
      found.add(AUDITOR);
    }
    if (!Collections.disjoint(principal.groups(), roles.admin())) {
      found.addAll(all());
    }
    return found;
  }

  /** Those of an admin. */
  public static Set<Role> all() {
    return EnumSet.of(REVIEWER, AUDITOR, ADMIN);
  }
}
