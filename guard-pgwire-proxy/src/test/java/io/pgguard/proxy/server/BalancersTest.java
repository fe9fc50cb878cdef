package io.pgguard.proxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.pgguard.GuardConfigException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancersTest {
  private static boolean sent(List<String> balancers, String address) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 4711);
          }
        };
    try {
      return new Balancers(balancers).sent(channel);
    } finally {
      channel.close();
    }
  }

  @Test
  void addressesAndNetworks_areToldApart() {
    List<String> balancers = List.of("192.0.2.7", "10.1.0.0/16", "2001:db8::/32");
    assertTrue(sent(balancers, "192.0.2.7"));
    assertEquals(false, sent(balancers, "192.0.2.8"));
    assertTrue(sent(balancers, "10.1.200.3"));
    assertEquals(false, sent(balancers, "10.2.0.1"));
    assertTrue(sent(balancers, "2001:db8:5::1"));
    assertEquals(false, sent(List.of(), "127.0.0.1"));
  }

  @Test
  void whatIsNoAddress_isRefused() {
    for (String text : List.of("", "balancer.example", "10.0.0.0/", "10.0.0.0/33", "10.0.0/x")) {
      GuardConfigException refused =
          assertThrows(GuardConfigException.class, () -> new Balancers(List.of(text)), text);
      assertTrue(String.valueOf(refused.getMessage()).startsWith("proxy.balancers: "), text);
    }
  }
}
