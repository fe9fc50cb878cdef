package io.pgguard.judge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.Trigger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Short stable texts of definitions: equal where nothing that a statement could notice has changed,
 * in every process. Thread-safe; each is made once for an object of a snapshot.
 */
final class Definitions {
  private static final Cache<Relation, String> RELATIONS = Caffeine.newBuilder().weakKeys().build();
  private static final Cache<Catalog, String> CODE = Caffeine.newBuilder().weakKeys().build();

  private Definitions() {}

  /** What a relation is. */
  static String of(Relation relation) {
    return RELATIONS.get(relation, Definitions::made);
  }

  private static String made(Relation relation) {
    StringBuilder text = new StringBuilder();
    part(text, relation.oid(), relation.schema(), relation.name(), relation.kind());
    for (Column column : relation.columns()) {
      part(text, column.number(), column.name(), column.typeOid(), column.generated());
      part(text, String.valueOf(column.expression()));
    }
    part(text, relation.parents(), relation.dependsOn(), String.valueOf(relation.definition()));
    for (Trigger trigger : relation.triggers()) {
      part(text, trigger.function(), trigger.events());
    }
    part(text, relation.rules(), relation.calls(), relation.rowSecurity(), relation.cascades());
    return hash(text);
  }

  /**
   * What all code of a database's own is: a function calls others by names that only its body
   * tells.
   */
  static String code(Catalog catalog) {
    return CODE.get(
        catalog,
        all -> {
          StringBuilder text = new StringBuilder();
          all.functions().stream()
              .filter(function -> function.source() != null && function.extension() == null)
              .sorted(Comparator.comparingInt(Function::oid))
              .forEach(function -> add(text, function));
          all.operators().stream().map(Object::toString).sorted().forEach(o -> part(text, o));
          all.casts().stream().map(Object::toString).sorted().forEach(c -> part(text, c));
          return hash(text);
        });
  }

  private static void add(StringBuilder text, Function function) {
    part(text, function.oid(), function.signature(), function.kind(), function.returnType());
    part(text, function.volatility(), function.securityDefiner(), function.language());
    part(text, String.valueOf(function.source()), function.settings(), function.outputs());
  }

  /** Appends values, each with its length, so that no two lists of them read the same. */
  static void part(StringBuilder text, Object... values) {
    for (Object value : values) {
      String shown = value.toString();
      text.append(shown.length()).append(':').append(shown);
    }
  }

  /** 128 bits of SHA-256, in hexadecimal. */
  static String hash(CharSequence text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
