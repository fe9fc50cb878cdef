package io.pgguard.corpus.random;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Finds canaries in texts: as they are, their telling parts, reversed, in hex and in base64.
 * Thread-safe once built.
 */
final class CanaryTrie {
  private static final int SIGNS = 128;

  private int[] next = new int[SIGNS];
  private boolean[] end = new boolean[1];
  private int nodes = 1;

  private CanaryTrie() {}

  static CanaryTrie read(Path canaries) throws IOException {
    CanaryTrie trie = new CanaryTrie();
    for (String line : Files.readAllLines(canaries)) {
      if (line.isBlank()) {
        continue;
      }
      trie.addForms(line);
      int at = line.indexOf('@');
      String key = at > 0 ? line.substring(0, at) : line;
      trie.addForms(key);
      String bare = line.replaceAll("[^A-Za-z0-9]", "");
      if (bare.chars().allMatch(Character::isDigit)) {
        if (bare.length() >= 9) {
          trie.addForms(bare);
        }
        if (bare.length() == 11) {
          trie.addForms(bare.substring(1)); // a telephone number without its country
        }
        if (bare.length() == 16) {
          trie.addForms(bare.substring(6)); // a card number without its bank
        }
      }
    }
    return trie;
  }

  private void addForms(String value) {
    add(value);
    add(new StringBuilder(value).reverse().toString());
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    add(HexFormat.of().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String code = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // the signs at both ends depend on the neighbours
      add(code.substring(shift == 0 ? 0 : shift + 1, code.length() - 1));
    }
  }

  private void add(String text) {
    int node = 0;
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      int slot = node * SIGNS + (c & 127);
      if (next[slot] == 0) {
        next = nodes * SIGNS + SIGNS > next.length ? Arrays.copyOf(next, next.length * 2) : next;
        end = nodes >= end.length ? Arrays.copyOf(end, end.length * 2) : end;
        next[slot] = nodes++;
      }
      node = next[slot];
    }
    end[node] = true;
  }

  /** The first canary in the texts, with what stands around it, or nothing. */
  String find(List<String> texts) {
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        int node = 0;
        for (int j = i; j < text.length(); j++) {
          char c = text.charAt(j);
          int lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
          node = lower < SIGNS ? next[node * SIGNS + lower] : 0;
          if (node == 0) {
            break;
          }
          if (end[node]) {
            return text.substring(Math.max(0, i - 30), Math.min(text.length(), j + 30));
          }
        }
      }
    }
    return "";
  }
}
