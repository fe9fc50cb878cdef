package io.pgguard.proxy.server;

import io.netty.channel.Channel;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.pgguard.GuardConfigException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The balancers that stand before this node: whose connections begin with a header that names the
 * client (PROXY protocol, versions 1 and 2, as HAProxy's specification has it). From anywhere else
 * such a header is what any other wrong first packet is. Immutable.
 */
final class Balancers {
  private static final String KEY = "proxy.balancers: ";

  private final List<IpSubnetFilterRule> networks;

  /**
   * @param texts addresses ({@code 10.0.0.7}) and networks ({@code 10.0.0.0/8})
   * @throws GuardConfigException when one is neither
   */
  Balancers(List<String> texts) {
    this.networks = texts.stream().map(Balancers::network).toList();
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.isEmpty() || !address.matches("[0-9a-fA-F.:]+")) { // no name is looked up here
      throw new GuardConfigException(
          KEY + "not an address or a network, as 10.0.0.7 or 10.0.0.0/8: " + text);
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      int bits =
          slash < 0 ? parsed.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
      return new IpSubnetFilterRule(parsed, bits, IpFilterRuleType.ACCEPT);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new GuardConfigException(
          KEY + "not an address or a network, as 10.0.0.7 or 10.0.0.0/8: " + text, e);
    }
  }

  /** Whether a connection must begin with the header. */
  boolean sent(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress from
        && networks.stream().anyMatch(network -> network.matches(from));
  }
}
