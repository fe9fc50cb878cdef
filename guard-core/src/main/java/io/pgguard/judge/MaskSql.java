package io.pgguard.judge;

import io.pgguard.lineage.ShownPart;
import io.pgguard.mask.Mask;
import java.util.Optional;

/**
 * A mask of a text column as an SQL expression: the same text that the mask gives, worked out by
 * the server. Nothing of it can fail. Immutable.
 *
 * @param mask a partial mask, or that of e-mail addresses
 */
public record MaskSql(Mask mask) {
  /** What EmailText takes for an address: one @, no blanks or quotes, a domain with a top level. */
  private static final String ADDRESS =
      "E'^[^@\\\\x01-\\\\x20\"\\\\\\\\]+@([A-Za-z0-9-]+[.])+[A-Za-z0-9-]+[A-Za-z]$'";

  /** The mask in SQL, where it can be written so and shows a part of every text; else empty. */
  static Optional<MaskSql> showing(Mask mask, ShownPart part) {
    boolean shows =
        switch (part.kind()) {
          case FIRST -> mask instanceof Mask.Partial p && ascii(p) && part.count() <= p.keepFirst();
          case LAST -> mask instanceof Mask.Partial p && ascii(p) && part.count() <= p.keepLast();
          case LENGTH -> mask instanceof Mask.Partial p && ascii(p);
          case DOMAIN -> mask instanceof Mask.Email;
        };
    return shows ? Optional.of(new MaskSql(mask)) : Optional.empty();
  }

  /** Other characters need not be in the database's encoding. */
  private static boolean ascii(Mask.Partial partial) {
    return partial.with() < 0x7f;
  }

  /** The expression over a column. */
  String over(String column) {
    return mask instanceof Mask.Partial partial ? partial(partial, column) : email(column);
  }

  private static String partial(Mask.Partial mask, String c) {
    String with = "'" + (mask.with() == '\'' ? "''" : String.valueOf(mask.with())) + "'";
    String length = "pg_catalog.char_length(" + c + ")";
    return "(CASE WHEN "
        + length
        + " OPERATOR(pg_catalog.>) "
        + mask.kept()
        + " THEN pg_catalog.left("
        + c
        + ", "
        + mask.keepFirst()
        + ") OPERATOR(pg_catalog.||) pg_catalog.repeat("
        + with
        + ", "
        + length
        + " OPERATOR(pg_catalog.-) "
        + mask.kept()
        + ") OPERATOR(pg_catalog.||) pg_catalog.right("
        + c
        + ", "
        + mask.keepLast()
        + ") ELSE pg_catalog.repeat("
        + with
        + ", "
        + length
        + ") END)";
  }

  /** Compared byte by byte: a collation of the column must not have a say in it. */
  private static String email(String c) {
    String bytes = c + " COLLATE pg_catalog.\"C\"";
    String sign = "pg_catalog.strpos(" + bytes + ", '@')";
    return "(CASE WHEN "
        + bytes
        + " OPERATOR(pg_catalog.~) "
        + ADDRESS
        + " THEN CASE WHEN "
        + sign
        + " OPERATOR(pg_catalog.>) 2 THEN pg_catalog.left("
        + c
        + ", 1) ELSE '' END OPERATOR(pg_catalog.||) '***' OPERATOR(pg_catalog.||) pg_catalog.substr("
        + c
        + ", "
        + sign
        + ") WHEN "
        + c
        + " IS NOT NULL THEN '[redacted]' END)";
  }
}
