package io.pgguard.pgwire.message;

import java.util.ArrayList;
import java.util.List;

/** The server speaks an older minor version, or does not know some options. Type {@code v}. */
public record NegotiateProtocolVersion(int newestMinor, List<String> unknownOptions)
    implements Message {

  public NegotiateProtocolVersion {
    unknownOptions = List.copyOf(unknownOptions);
  }

  public static NegotiateProtocolVersion decode(MessageReader in) {
    int newestMinor = in.int32();
    int count = in.int32();
    if (count < 0 || count > in.remaining()) {
      throw in.violation("a count of " + count);
    }
    List<String> options = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      options.add(in.lenientText());
    }
    in.end();
    return new NegotiateProtocolVersion(newestMinor, options);
  }

  @Override
  public void encode(MessageWriter out) {
    out.begin('v');
    out.int32(newestMinor).int32(unknownOptions.size());
    unknownOptions.forEach(out::text);
    out.end();
  }
}
