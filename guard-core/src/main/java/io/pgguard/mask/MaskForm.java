package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What masked values look like, so that one which comes back to be stored is known: whoever read it
 * holds the mask and not the value. Stateless and thread-safe.
 */
public final class MaskForm {
  private static final String REDACTED = new String(Redaction.TEXT, StandardCharsets.UTF_8);
  private static final Pattern PSEUDONYM = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ADDRESS = Pattern.compile("(?s).?\\*\\*\\*@[^@]+");

  private MaskForm() {}

  /**
   * Whether a text is one that a mask gives. A value may look so by chance: it is its form that
   * counts.
   *
   * @param text a value in PostgreSQL's text format
   */
  public static boolean fits(Mask mask, String text) {
    if (text.equals(REDACTED) || text.equals('"' + REDACTED + '"')) {
      return true; // what is computed or not understood is redacted under every mask
    } else if (mask instanceof Mask.Partial partial) {
      return fits(partial, text.codePoints().toArray());
    } else if (mask instanceof Mask.Constant constant) {
      return text.equals(constant.value());
    } else if (mask instanceof Mask.Email) {
      return ADDRESS.matcher(text).matches();
    }
    return mask instanceof Mask.Hash && PSEUDONYM.matcher(text).matches();
  }

  private static boolean fits(Mask.Partial mask, int[] text) {
    boolean whole = text.length <= mask.kept();
    int from = whole ? 0 : mask.keepFirst();
    int to = whole ? text.length : text.length - mask.keepLast();
    return from < to && Arrays.stream(text, from, to).allMatch(c -> c == mask.with());
  }

  /**
   * Whether a mask gives NULL for values of a type.
   *
   * @param typeOid the type's OID, under any domain
   */
  public static boolean isNull(Mask mask, int typeOid) {
    boolean redacts = mask instanceof Mask.Redact && Redaction.of(ValueKind.of(typeOid)) == null;
    return redacts || mask instanceof Mask.Null;
  }
}
