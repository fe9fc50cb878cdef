package io.pgguard.console.web;

import io.javalin.http.sse.SseClient;
import io.pgguard.console.visit.Visit;
import io.pgguard.console.visit.Visits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that stay open and are told what is new (server-sent events). Something that changed often
 * is told once; a browser that takes nothing holds up its own stream for a while and no other one
 * for long. Thread-safe.
 */
public final class Streams implements AutoCloseable {
  /** How many pages may be open at a time, and how many of one login. */
  private static final int MOST = 200;

  private static final int MOST_OF_ONE = 6;
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final Visits visits;
  private final Function<Visit, String> content;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(4, Streams::thread);

  /**
   * @param content what a login is told
   */
  public Streams(Visits visits, Function<Visit, String> content) {
    this.visits = visits;
    this.content = content;
    // Also tells whether a browser is there still, and ends the streams of logins that are over.
    threads.scheduleWithFixedDelay(this::changed, 15, 15, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "guard-console-stream");
    thread.setDaemon(true);
    return thread;
  }

  /** A page is open from now on. */
  public void add(SseClient client, Visit visit) {
    long own = open.stream().filter(stream -> stream.visit == visit).count();
    if (open.size() >= MOST || own >= MOST_OF_ONE) {
      client.close();
      return;
    }
    Stream stream = new Stream(client, visit);
    client.keepAlive();
    client.onClose(() -> open.remove(stream));
    open.add(stream);
    stream.tell();
  }

  /** Something has changed. Does not wait. */
  public void changed() {
    open.forEach(Stream::tell);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    open.forEach(stream -> stream.client.close());
    open.clear();
  }

  private final class Stream {
    private final SseClient client;
    private final Visit visit;
    private final AtomicBoolean due = new AtomicBoolean();

    Stream(SseClient client, Visit visit) {
      this.client = client;
      this.visit = visit;
    }

    void tell() {
      if (due.compareAndSet(false, true) && !threads.isShutdown()) {
        threads.execute(this::send);
      }
    }

    private synchronized void send() {
      due.set(false);
      if (client.terminated() || !visits.holds(visit)) {
        open.remove(this);
        client.close();
        return;
      }
      try {
        client.sendEvent("waiting", content.apply(visit));
      } catch (RuntimeException e) { // of which the other streams must not die
        LOG.warn("an open page could not be told what is new", e);
        open.remove(this);
        client.close();
      }
    }
  }
}
