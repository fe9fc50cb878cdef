package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Masks a JSON text part by part. A text that is not built as was said is replaced whole by one
 * constant.
 */
final class JsonParts implements ValueMasker {
  private static final byte[] REDACTED = "\"[redacted]\"".getBytes(StandardCharsets.UTF_8);
  private static final int MISMATCH = -1;

  private final Node root;
  private final ByteSink name = new ByteSink(32);

  JsonParts(Part part, MaskBinding masks, Types types) {
    this.root = node(part, masks, types);
  }

  /** Copies a value from one place to the output; gives the index after it or {@link #MISMATCH}. */
  private interface Node {
    int copy(byte[] in, int at, int end, ByteSink out);
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int start = out.length();
    int end = offset + length;
    int first = JsonSpans.space(in, offset, end);
    out.append(in, offset, first - offset);
    int after = root.copy(in, first, end, out);
    if (after == MISMATCH || JsonSpans.space(in, after, end) != end) {
      out.truncate(start);
      out.append(REDACTED);
    }
    return APPENDED;
  }

  private Node node(Part part, MaskBinding masks, Types types) {
    if (part instanceof Part.Leaf leaf) {
      JsonLeaf masked = JsonLeaf.of(leaf, masks, types);
      return masked == null ? JsonParts::pass : masked::copy;
    } else if (part instanceof Part.Json json) {
      return node(json.within(), masks, types);
    } else if (part instanceof Part.Row row) {
      Map<String, Node> members = new HashMap<>();
      for (Part.Member member : row.members()) {
        if (members.put(member.name(), node(member.part(), masks, types)) != null) {
          return (in, at, end, out) -> MISMATCH; // which of two members it is nobody can tell
        }
      }
      return (in, at, end, out) -> object(members, null, in, at, end, out);
    } else if (part instanceof Part.Entries entries) {
      Node value = node(entries.value(), masks, types);
      return (in, at, end, out) -> object(Map.of(), value, in, at, end, out);
    } else if (part instanceof Part.Items items) {
      List<Node> nodes = new ArrayList<>();
      items.items().forEach(item -> nodes.add(node(item, masks, types)));
      return (in, at, end, out) -> array(nodes, null, in, at, end, out);
    }
    Node element = node(((Part.Each) part).element(), masks, types);
    return (in, at, end, out) -> array(List.of(), element, in, at, end, out);
  }

  private static int pass(byte[] in, int at, int end, ByteSink out) {
    int after = JsonSpans.value(in, at, end);
    out.append(in, at, after - at);
    return after;
  }

  private int object(
      Map<String, Node> members, @Nullable Node any, byte[] in, int at, int end, ByteSink out) {
    if (JsonSpans.isNull(in, at, end)) {
      return pass(in, at, end, out);
    }
    if (at >= end || in[at] != '{') {
      return MISMATCH;
    }
    int i = spaced(in, at + 1, at, end, out);
    while (i < end && in[i] != '}') {
      if (in[i] != '"') {
        return MISMATCH;
      }
      int keyEnd = JsonEscapes.stringEnd(in, i, end);
      Node member = any == null ? members.get(key(in, i, keyEnd)) : any;
      int colon = JsonSpans.space(in, keyEnd, end);
      if (member == null || colon >= end || in[colon] != ':') {
        return MISMATCH;
      }
      int value = JsonSpans.space(in, colon + 1, end);
      out.append(in, i, value - i);
      i = member.copy(in, value, end, out);
      i = i == MISMATCH ? MISMATCH : behind(in, i, end, '}', out);
      if (i == MISMATCH) {
        return MISMATCH;
      }
    }
    return close(in, i, end, out);
  }

  private int array(
      List<Node> items, @Nullable Node each, byte[] in, int at, int end, ByteSink out) {
    if (JsonSpans.isNull(in, at, end)) {
      return pass(in, at, end, out);
    }
    if (at >= end || in[at] != '[') {
      return MISMATCH;
    }
    int i = spaced(in, at + 1, at, end, out);
    for (int n = 0; i < end && in[i] != ']'; n++) {
      if (each == null && n >= items.size()) {
        return MISMATCH;
      }
      i = (each == null ? items.get(n) : each).copy(in, i, end, out);
      i = i == MISMATCH ? MISMATCH : behind(in, i, end, ']', out);
      if (i == MISMATCH) {
        return MISMATCH;
      }
    }
    return close(in, i, end, out);
  }

  /** Copies what stands from a place to the next value. */
  private static int spaced(byte[] in, int from, int copied, int end, ByteSink out) {
    int next = JsonSpans.space(in, from, end);
    out.append(in, copied, next - copied);
    return next;
  }

  /** Goes on behind a value, over a comma or up to the closing bracket. */
  private static int behind(byte[] in, int at, int end, char close, ByteSink out) {
    int next = spaced(in, at, at, end, out);
    if (next >= end || in[next] != ',') {
      return next < end && in[next] == close ? next : MISMATCH;
    }
    int after = spaced(in, next + 1, next, end, out);
    return after < end && in[after] != close ? after : MISMATCH;
  }

  private static int close(byte[] in, int at, int end, ByteSink out) {
    if (at >= end) {
      return MISMATCH;
    }
    out.append(in, at, 1);
    return at + 1;
  }

  private String key(byte[] in, int from, int to) {
    name.clear();
    JsonEscapes.appendPlain(in, from + 1, to - 1, name);
    return new String(name.array(), 0, name.length(), StandardCharsets.UTF_8);
  }
}
