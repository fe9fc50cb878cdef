package io.pgguard.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApproverCountTest {
  /** Tries every way to seat people: slow and plainly right. */
  private static boolean enoughByTrying(List<Approvers> seats, List<Principal> people, int used) {
    if (seats.isEmpty()) {
      return true;
    }
    for (int i = 0; i < people.size(); i++) {
      if ((used & (1 << i)) == 0
          && ApproverCount.mayApprove(seats.get(0), people.get(i))
          && enoughByTrying(seats.subList(1, seats.size()), people, used | (1 << i))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void randomPeopleAndSeats_agreeWithTryingEverything() {
    long seed = System.nanoTime();
    System.out.println("ApproverCountTest seed " + seed);
    Random random = new Random(seed);
    String[] groups = {"a", "b", "c"};
    for (int round = 0; round < 2_000; round++) {
      List<Principal> people = new ArrayList<>();
      List<Vote> votes = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        Set<String> in =
            random.nextBoolean()
                ? Set.of(groups[random.nextInt(3)])
                : Set.of("a", groups[1 + random.nextInt(2)]);
        people.add(new Principal("p" + i, in, null, null));
        votes.add(new Vote(people.get(people.size() - 1), null, Instant.EPOCH));
      }
      List<Approvers> needed = new ArrayList<>();
      List<Approvers> seats = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        Set<String> of = random.nextInt(4) == 0 ? Set.of() : Set.of(groups[random.nextInt(3)]);
        int count = 1 + random.nextInt(2);
        needed.add(new Approvers(of, count));
        for (int seat = 0; seat < count; seat++) {
          seats.add(new Approvers(of, 1));
        }
      }
      assertEquals(
          enoughByTrying(seats, people, 0),
          ApproverCount.of(needed, votes).isEnough(),
          "seed " + seed + " round " + round);
    }
  }
}
