package io.pgguard.proxy.server;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Where a client is: what its connection says, or the balancer's header where one tells it.
 *
 * @param address empty for a Unix-domain socket
 */
record ClientAddress(Optional<InetAddress> address, String text) {
  static ClientAddress of(Channel channel) {
    SocketAddress remote = channel.remoteAddress();
    return remote instanceof InetSocketAddress inet
        ? of(inet)
        : new ClientAddress(Optional.empty(), "local");
  }

  static ClientAddress of(InetSocketAddress address) {
    return new ClientAddress(Optional.ofNullable(address.getAddress()), String.valueOf(address));
  }

  /** Whether it is this machine: what is sent stays on it. */
  boolean local() {
    return address.isEmpty() || address.get().isLoopbackAddress();
  }

  /** Whether no network lies between: a Unix-domain socket, on which no client asks for TLS. */
  boolean socketFile() {
    return address.isEmpty();
  }

  /** What sessions are counted by. */
  String host() {
    return address.map(InetAddress::getHostAddress).orElse("local");
  }
}
