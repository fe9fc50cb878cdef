package io.pgguard.approval;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether the people who approved are enough. Each needed approver is a seat, each person
 * takes one seat at most, and the seats are filled as well as they can be (augmenting paths), so
 * that the order of approvals does not matter. Immutable.
 *
 * @param missing who is still needed, with the counts that remain; empty when it is enough
 */
record ApproverCount(List<Approvers> missing) {
  ApproverCount {
    missing = List.copyOf(missing);
  }

  boolean isEnough() {
    return missing.isEmpty();
  }

  /** Whether a person is among those who are needed. */
  static boolean mayApprove(Approvers needed, Principal person) {
    return needed.groups().isEmpty() || !Collections.disjoint(needed.groups(), person.groups());
  }

  static ApproverCount of(List<Approvers> needed, List<Vote> votes) {
    List<Principal> people = different(votes);
    List<Integer> seats = new ArrayList<>();
    for (int i = 0; i < needed.size(); i++) {
      seats.addAll(Collections.nCopies(needed.get(i).count(), i));
    }
    int[] seatedAt = new int[seats.size()];
    Arrays.fill(seatedAt, -1);
    for (int person = 0; person < people.size(); person++) {
      seat(person, people, needed, seats, seatedAt, new boolean[seats.size()]);
    }
    List<Approvers> missing = new ArrayList<>();
    for (int i = 0; i < needed.size(); i++) {
      int empty = 0;
      for (int seat = 0; seat < seatedAt.length; seat++) {
        if (seats.get(seat) == i && seatedAt[seat] < 0) {
          empty++;
        }
      }
      if (empty > 0) {
        missing.add(new Approvers(needed.get(i).groups(), empty));
      }
    }
    return new ApproverCount(missing);
  }

  private static boolean seat(
      int person,
      List<Principal> people,
      List<Approvers> needed,
      List<Integer> seats,
      int[] seatedAt,
      boolean[] tried) {
    for (int seat = 0; seat < seatedAt.length; seat++) {
      if (!tried[seat] && mayApprove(needed.get(seats.get(seat)), people.get(person))) {
        tried[seat] = true;
        if (seatedAt[seat] < 0 || seat(seatedAt[seat], people, needed, seats, seatedAt, tried)) {
          seatedAt[seat] = person;
          return true;
        }
      }
    }
    return false;
  }

  private static List<Principal> different(List<Vote> votes) {
    Set<String> seen = new HashSet<>();
    List<Principal> people = new ArrayList<>();
    for (Vote vote : votes) {
      Set<String> keys = Person.keys(vote.by());
      if (Collections.disjoint(seen, keys)) {
        people.add(vote.by());
      }
      seen.addAll(keys);
    }
    return people;
  }
}
