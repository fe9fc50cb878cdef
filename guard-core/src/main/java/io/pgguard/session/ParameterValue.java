package io.pgguard.session;

import org.jspecify.annotations.Nullable;

/**
 * A parameter's value as it goes to the server in a Bind message. The array is not copied and not
 * changed.
 *
 * @param typeOid the type that the client named in Parse, or 0 where the server infers it
 * @param binary whether the bytes are in the binary format
 * @param bytes the value, or null for SQL NULL
 */
@SuppressWarnings("ArrayRecordComponent") // relayed bytes; identity is never asked
public record ParameterValue(int typeOid, boolean binary, byte @Nullable [] bytes) {}
