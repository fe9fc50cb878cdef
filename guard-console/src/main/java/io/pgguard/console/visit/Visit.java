package io.pgguard.console.visit;

import io.pgguard.identity.Principal;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One login of one person, in one browser. Thread-safe. */
public final class Visit {
  /** Of how many requests is kept what was read of them. */
  private static final int MOST_READ = 200;

  private final Principal principal;
  private final Set<Role> roles;
  private final String csrf = Secrets.fresh();
  private final Instant begun;
  private final RateLimit requests = new RateLimit(120, 20);
  private final RateLimit answers = new RateLimit(20, 1);
  private final Map<String, BitSet> read = new LinkedHashMap<>();
  private volatile Instant lastSeen;
  private volatile boolean over;
  private @Nullable String notice;

  Visit(Principal principal, Set<Role> roles, Instant now) {
    this.principal = principal;
    this.roles = Set.copyOf(roles);
    this.begun = now;
    this.lastSeen = now;
  }

  /** Who. */
  public Principal principal() {
    return principal;
  }

  public Set<Role> roles() {
    return roles;
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /** What every form of this visit has to carry. */
  public String csrf() {
    return csrf;
  }

  Instant begun() {
    return begun;
  }

  Instant lastSeen() {
    return lastSeen;
  }

  void seen(Instant now) {
    lastSeen = now;
  }

  /** Whether it has ended, by a logout or by time. */
  public boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  /** How many pages it may ask for. */
  public RateLimit requests() {
    return requests;
  }

  /** How many answers it may give. */
  public RateLimit answers() {
    return answers;
  }

  /** A sheet of what a request asks for was shown. */
  public synchronized void readSheet(String request, int sheet) {
    read.computeIfAbsent(request, id -> new BitSet()).set(sheet);
    if (read.size() > MOST_READ) {
      read.remove(read.keySet().iterator().next());
    }
  }

  /** Whether every sheet of it was shown. */
  public synchronized boolean hasRead(String request, int sheets) {
    BitSet seen = read.get(request);
    return seen != null && seen.nextClearBit(0) >= sheets;
  }

  /** Whether one sheet of it was shown. */
  public synchronized boolean hasReadSheet(String request, int sheet) {
    BitSet seen = read.get(request);
    return seen != null && seen.get(sheet);
  }

  /** Leaves a sentence for the next page. */
  public synchronized void leave(String sentence) {
    notice = sentence;
  }

  /** Takes the sentence that was left. */
  public synchronized @Nullable String takeNotice() {
    String taken = notice;
    notice = null;
    return taken;
  }
}
