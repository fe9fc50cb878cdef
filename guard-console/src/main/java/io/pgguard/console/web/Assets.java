package io.pgguard.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.pgguard.console.visit.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The few files that pages load, by addresses that change when they do. Immutable. */
public final class Assets {
  private static final String OWN = "/io/pgguard/console/assets/";
  private static final String JARS = "/META-INF/resources/webjars/";

  private record Asset(String address, String type, byte[] bytes) {}

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  public Assets() {
    add("console.css", "text/css", OWN + "console.css");
    add("console.js", "text/javascript", OWN + "console.js");
    add("icon.svg", "image/svg+xml", OWN + "icon.svg");
    add("htmx.js", "text/javascript", JARS + "htmx.org/2.0.8/dist/htmx.min.js");
    add("sse.js", "text/javascript", JARS + "htmx-ext-sse/2.2.2/sse.js");
  }

  private void add(String name, String type, String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      byte[] bytes = in.readAllBytes();
      byName.put(name, new Asset("/assets/" + hash(bytes) + "/" + name, type, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where a file is. */
  public String address(String name) {
    Asset asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no file " + name);
    }
    return asset.address();
  }

  void routes(RoutesConfig routes) {
    byName.values().forEach(a -> routes.get(a.address(), ctx -> serve(ctx, a), Role.ANYONE));
  }

  private static void serve(Context ctx, Asset asset) {
    ctx.header("Cache-Control", "public, max-age=31536000, immutable");
    ctx.contentType(asset.type() + ";charset=utf-8").result(asset.bytes());
  }
}
