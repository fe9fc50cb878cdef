package io.pgguard.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskFormTest {
  private static Mask mask(String name) {
    return switch (name) {
      case "redact" -> new Mask.Redact();
      case "null" -> new Mask.Null();
      case "email" -> new Mask.Email();
      case "hash" -> new Mask.Hash();
      case "last4" -> new Mask.Partial(0, 4);
      case "ends" -> new Mask.Partial(2, 2, '•');
      default -> new Mask.Constant(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "redact, [redacted], true",
    "redact, '\"[redacted]\"', true",
    "redact, 'was [redacted]', false",
    "email, [redacted], true",
    "email, u***@mail.example, true",
    "email, ***@mail.example, true",
    "email, ä***@mail.example, true",
    "email, u***x@mail.example, false",
    "email, uu***@mail.example, false",
    "email, user@mail.example, false",
    "last4, ****, true",
    "last4, **, true",
    "last4, *****1234, true",
    "last4, 5****1234, false",
    "last4, 1234, false",
    "last4, 12341234, false",
    "last4, '', false",
    "ends, ab••cd, true",
    "ends, ab•c, false",
    "ends, ••••, true",
    "ends, abcd, false",
    "ends, ab*cd, false",
    "hash, b833dbcac281026388f9bd4a82f568ce5db595fbd638df214c66322445cdf025, true",
    "hash, b833dbcac281026388f9bd4a82f568ce5db595fbd638df214c66322445cdf02, false",
    "hidden, hidden, true",
    "hidden, Hidden, false",
    "null, '', false"
  })
  void text_isWhatTheMaskGives(String mask, String text, boolean fits) {
    assertEquals(fits, MaskForm.fits(mask(mask), text));
  }

  @Test
  void redactionOfNumbersAndDates_isNull() {
    assertEquals(true, MaskForm.isNull(new Mask.Redact(), 23));
    assertEquals(true, MaskForm.isNull(new Mask.Redact(), 1082));
    assertEquals(true, MaskForm.isNull(new Mask.Null(), 25));
    assertEquals(false, MaskForm.isNull(new Mask.Redact(), 25));
    assertEquals(false, MaskForm.isNull(new Mask.Redact(), 3802));
    assertEquals(false, MaskForm.isNull(new Mask.Hash(), 23));
  }
}
