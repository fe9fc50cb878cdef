package io.pgguard.reach;

import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.TypeInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a value of one type becomes one of another (PostgreSQL's parse_coerce.c). Immutable and
 * thread-safe.
 */
public final class Coercions {
  /** The type of a literal that nothing has given a type yet. */
  public static final int UNKNOWN = 705;

  /** What a conversion is called that Guard knows nothing of. */
  static final String OTHER = "?";

  private static final int RECORD = 2249;

  /** The types that polymorphic functions were judged for. */
  private static final Set<String> JUDGED =
      Set.of(
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "text",
          "varchar",
          "bpchar",
          "name",
          "bool",
          "bytea",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "interval",
          "uuid",
          "inet",
          "jsonb");

  private final Catalog catalog;
  private final Map<Integer, Integer> arrays = new HashMap<>();
  private final Set<Integer> castable = new HashSet<>();

  public Coercions(Catalog catalog) {
    this.catalog = catalog;
    for (TypeInfo type : catalog.types()) {
      if (type.isArray()) {
        arrays.put(type.elementType(), type.oid());
      }
    }
    for (Cast cast : catalog.casts()) {
      castable.add(cast.sourceType());
      castable.add(cast.targetType());
    }
  }

  /** Whether casts that are not PostgreSQL's own speak of a type. */
  boolean hasOwnCasts(int type) {
    return castable.contains(type) || castable.contains(catalog.baseType(type));
  }

  @Nullable TypeInfo info(int type) {
    return type == 0 ? null : catalog.type(catalog.baseType(type)).orElse(null);
  }

  /** The array type of an element type, or 0. */
  public int arrayOf(int element) {
    return arrays.getOrDefault(element, 0);
  }

  /** The element type of an array, else 0. */
  public int elementOf(int array) {
    TypeInfo type = info(array);
    return type == null ? 0 : type.elementType();
  }

  /** What one value is of, where a function takes any number of them as such an array. */
  int ofVariadic(int array) {
    return switch (name(array)) {
      case "anyarray" -> systemType("anyelement");
      case "anycompatiblearray" -> systemType("anycompatible");
      default -> elementOf(array);
    };
  }

  private int systemType(String name) {
    return catalog.typesNamed(name).stream()
        .filter(type -> type.schema().equals("pg_catalog"))
        .mapToInt(TypeInfo::oid)
        .findFirst()
        .orElse(0);
  }

  String name(int type) {
    TypeInfo info = type == 0 ? null : catalog.type(type).orElse(null);
    return info == null ? OTHER : info.name();
  }

  /** Whether a value becomes the other type where no text asks for it; types not known may. */
  boolean implicit(int from, int to) {
    if (from == 0 || to == 0 || from == to || from == UNKNOWN) {
      return true;
    }
    int base = catalog.baseType(from);
    TypeInfo source = info(from);
    TypeInfo target = catalog.type(to).orElse(null);
    if (source == null || target == null || base == to) {
      return true;
    }
    if (target.kind() == TypeInfo.Kind.PSEUDO) {
      return generic(source, target.name());
    }
    if (target.relationOid() != 0) {
      return base == RECORD || source.relationOid() != 0;
    }
    if (hasOwnCasts(base) && hasOwnCasts(to)) {
      return true;
    }
    if (source.isArray() && target.isArray()) {
      return implicit(source.elementType(), target.elementType());
    }
    SystemCast cast = SystemCast.of(source.name(), target.name());
    return cast != null && cast.implicit();
  }

  private static boolean generic(TypeInfo source, String target) {
    return switch (target) {
      case "any", "anyelement", "anycompatible" -> true;
      case "anyarray", "anycompatiblearray" -> source.isArray() || isVector(source);
      case "anynonarray", "anycompatiblenonarray" -> !source.isArray();
      case "anyenum" -> source.kind() == TypeInfo.Kind.ENUM;
      case "anyrange", "anycompatiblerange" -> source.kind() == TypeInfo.Kind.RANGE;
      case "anymultirange", "anycompatiblemultirange" -> source.kind() == TypeInfo.Kind.MULTIRANGE;
      case "record" -> source.relationOid() != 0 || source.oid() == RECORD;
      case "_record" -> source.isArray();
      default -> false;
    };
  }

  private static boolean isVector(TypeInfo type) {
    return type.name().equals("int2vector") || type.name().equals("oidvector");
  }

  /**
   * What a value goes through to become the other type; null where its bytes stay or the server's
   * parser does it. {@link #OTHER} where Guard cannot tell.
   */
  public @Nullable String step(int from, int to) {
    if (from == to || from == UNKNOWN || to == 0) {
      return null;
    }
    TypeInfo source = info(from);
    TypeInfo target = catalog.type(to).orElse(null);
    if (source == null || target == null || target.baseType() != 0) {
      return source != null && target != null && source.oid() == to ? null : OTHER;
    }
    if (source.oid() == to || target.kind() == TypeInfo.Kind.PSEUDO) {
      return null;
    }
    if (hasOwnCasts(source.oid()) || hasOwnCasts(to)) {
      return OTHER;
    }
    if (source.isArray() && target.isArray()) {
      return step(source.elementType(), target.elementType());
    }
    SystemCast cast = SystemCast.of(source.name(), target.name());
    boolean same = cast != null && cast.how().equals("=");
    boolean written = source.kind() == TypeInfo.Kind.ENUM;
    return same
        ? null
        : "cast(" + (written ? "anyenum" : source.name()) + " as " + target.name() + ")";
  }

  /** Whether values become the other type without anything being run. */
  public boolean sameBytes(int from, int to) {
    return from != 0 && to != 0 && step(from, to) == null && from != UNKNOWN;
  }

  /**
   * Whether a type is one of the scalars that polymorphic functions were judged for, an enum, or an
   * array, range or domain of such.
   */
  public boolean isPlain(int type) {
    TypeInfo info = info(type);
    if (info == null) {
      return false;
    }
    boolean system = info.schema().equals("pg_catalog");
    return switch (info.kind()) {
      case BASE ->
          info.isArray() ? isPlain(info.elementType()) : system && JUDGED.contains(info.name());
      case ENUM -> true;
      case RANGE, MULTIRANGE -> system;
      case DOMAIN, COMPOSITE, PSEUDO -> type == UNKNOWN;
    };
  }

  /** The same, or JSON or XML: what functions write that do not look into values. */
  public boolean isWritten(int type) {
    TypeInfo info = info(type);
    return isPlain(type)
        || (info != null
            && info.schema().equals("pg_catalog")
            && (info.name().equals("json") || info.name().equals("xml")));
  }
}
