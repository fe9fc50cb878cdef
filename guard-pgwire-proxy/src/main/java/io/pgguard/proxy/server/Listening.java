package io.pgguard.proxy.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.pgguard.GuardConfigException;
import io.pgguard.proxy.database.ServerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One place where clients connect: an address, or the file of a Unix-domain socket. Immutable.
 *
 * @param address null for a file
 * @param file null for an address
 */
record Listening(@Nullable ServerAddress address, @Nullable Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
  private static final String KEY = "proxy.listen";
  private static final String FILE = "unix:";

  /** A path of a socket has room for 107 bytes on Linux, 103 on macOS. */
  private static final int LONGEST_PATH = 103;

  /**
   * Reads {@code host:port} or {@code unix:/path}.
   *
   * @throws GuardConfigException when it is neither
   */
  static Listening read(String text) {
    if (!text.startsWith(FILE)) {
      return new Listening(ServerAddress.read(KEY, text), null);
    }
    Path file = Path.of(text.substring(FILE.length()));
    if (!file.isAbsolute() || file.toString().length() > LONGEST_PATH) {
      throw new GuardConfigException(
          KEY + ": a socket needs an absolute path of at most " + LONGEST_PATH + " bytes: " + text);
    }
    return new Listening(null, file);
  }

  /**
   * Listens here.
   *
   * @param client what is done with each client's channel
   * @throws GuardConfigException when it cannot
   */
  Channel open(Loops loops, Consumer<Channel> client) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(file == null ? loops.serverChannel() : loops.fileServerChannel())
            .option(ChannelOption.SO_BACKLOG, 512)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BackConnector.HELD)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    client.accept(channel);
                  }
                });
    if (file == null) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_KEEPALIVE, true);
    }
    try {
      Channel listening = bootstrap.bind(place(loops)).syncUninterruptibly().channel();
      LOG.info("listening at {}", this);
      return listening;
    } catch (GuardConfigException e) {
      throw e;
    } catch (Exception e) { // Netty throws what it likes past the compiler
      throw new GuardConfigException(KEY + ": cannot listen at " + this, e);
    }
  }

  private SocketAddress place(Loops loops) {
    ServerAddress named = address;
    if (named != null) {
      return new InetSocketAddress(named.host(), named.port());
    }
    Path path = Objects.requireNonNull(file, "a file");
    removeLeftOver(path);
    return loops.epoll()
        ? new DomainSocketAddress(path.toFile())
        : UnixDomainSocketAddress.of(path);
  }

  /** A process that was killed leaves its socket's file; one that lives answers there. */
  private static void removeLeftOver(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSpecial(path)) {
      throw new GuardConfigException(KEY + ": " + path + " is there and is no socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      remove(path);
      return;
    } catch (IOException e) {
      throw new GuardConfigException(KEY + ": what is at " + path + " cannot be looked at", e);
    }
    throw new GuardConfigException(KEY + ": another process listens at " + path);
  }

  /** Whether it is neither a file, a folder nor a link. */
  private static boolean isSpecial(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    } catch (IOException e) {
      throw new GuardConfigException(KEY + ": what is at " + path + " cannot be looked at", e);
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new GuardConfigException(KEY + ": the socket left at " + path + " stays", e);
    }
  }

  /** Takes the socket's file away, once nobody listens there any more. */
  void closed() {
    Path path = file;
    if (path != null) {
      remove(path);
    }
  }

  @Override
  public String toString() {
    return file == null ? String.valueOf(address) : FILE + file;
  }
}
