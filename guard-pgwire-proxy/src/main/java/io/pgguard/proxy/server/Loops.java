package io.pgguard.proxy.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pgguard.proxy.database.NeverOnALoop;

/**
 * The event loops: epoll where the machine has it, Java's own selector elsewhere. Thread-safe.
 *
 * @param group as many loops as processors
 */
record Loops(
    EventLoopGroup group,
    Class<? extends ServerChannel> serverChannel,
    Class<? extends ServerChannel> fileServerChannel,
    Class<? extends SocketChannel> channel) {

  /** Whether channels are epoll's. */
  boolean epoll() {
    return channel == EpollSocketChannel.class;
  }

  static Loops start() {
    DefaultThreadFactory threads = new DefaultThreadFactory(NeverOnALoop.THREADS, true);
    int count = Runtime.getRuntime().availableProcessors();
    return Epoll.isAvailable()
        ? new Loops(
            new MultiThreadIoEventLoopGroup(count, threads, EpollIoHandler.newFactory()),
            EpollServerSocketChannel.class,
            EpollServerDomainSocketChannel.class,
            EpollSocketChannel.class)
        : new Loops(
            new MultiThreadIoEventLoopGroup(count, threads, NioIoHandler.newFactory()),
            NioServerSocketChannel.class,
            NioServerDomainSocketChannel.class,
            NioSocketChannel.class);
  }
}
