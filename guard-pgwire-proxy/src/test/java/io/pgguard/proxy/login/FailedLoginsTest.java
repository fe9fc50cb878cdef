package io.pgguard.proxy.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private final AtomicLong ticks = new AtomicLong(-5);
  private final FailedLogins logins = new FailedLogins(3, Duration.ofSeconds(60), ticks::get);

  private static InetAddress at(String address) throws UnknownHostException {
    return InetAddress.getByName(address);
  }

  private void pass(Duration time) {
    ticks.addAndGet(time.toNanos());
  }

  @Test
  void thirdFailure_locksTheAddressOutUntilTheTimeIsOver() throws UnknownHostException {
    logins.failed(at("192.0.2.1"));
    logins.failed(at("192.0.2.1"));
    assertTrue(logins.wait(at("192.0.2.1")).isEmpty());
    pass(Duration.ofSeconds(20));
    logins.failed(at("192.0.2.1"));
    assertEquals(Optional.of(Duration.ofSeconds(40)), logins.wait(at("192.0.2.1")));
    assertTrue(logins.wait(at("192.0.2.2")).isEmpty());
    pass(Duration.ofSeconds(40));
    assertTrue(logins.wait(at("192.0.2.1")).isEmpty());
  }

  @Test
  void failuresFarApart_lockNobodyOut() throws UnknownHostException {
    for (int i = 0; i < 10; i++) {
      logins.failed(at("192.0.2.1"));
      pass(Duration.ofSeconds(31));
      assertTrue(logins.wait(at("192.0.2.1")).isEmpty());
    }
  }

  @Test
  void addressesOfOneIpv6Network_countTogether() throws UnknownHostException {
    logins.failed(at("2001:db8:1:2::1"));
    logins.failed(at("2001:db8:1:2::2"));
    logins.failed(at("2001:db8:1:2:ffff::3"));
    assertTrue(logins.wait(at("2001:db8:1:2::4")).isPresent());
    assertTrue(logins.wait(at("2001:db8:1:3::1")).isEmpty());
  }

  @Test
  void manyAddresses_areNotAllKept() throws UnknownHostException {
    for (int round = 0; round < 3; round++) {
      logins.failed(at("192.0.2.1"));
    }
    for (int i = 0; i < 10_000; i++) {
      logins.failed(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
    }
    assertTrue(logins.wait(at("192.0.2.1")).isEmpty(), "the oldest is forgotten");
  }
}
