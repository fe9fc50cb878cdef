package io.pgguard.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pgguard.GuardConfig;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.token.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What verifying a token of 1.2 KB costs that was verified before, as it comes from the wire, and
 * one that was not (RS256, 2048 bits).
 *
 * <p>Run: {@code java -cp benchmarks/target/classes:... org.openjdk.jmh.Main Token}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenBenchmark {
  private static final int NEW = 200;

  private final List<byte[]> tokens = new ArrayList<>();
  private final Config config = new Config();
  private final Tokens known = config.tokens();
  private Tokens fresh = known;

  /** A configuration with one issuer whose keys stand in a file. */
  private static final class Config {
    private final RSAKey key;
    private final GuardConfig config;

    Config() {
      try {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        Path directory = Files.createTempDirectory("token-benchmark");
        Files.writeString(directory.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
        Path file = directory.resolve("guard.yaml");
        Files.writeString(
            file,
            """
            database: { user: agent, password: { value: x } }
            policy: policy.yaml
            audit: { directory: audit }
            identity: { issuers: [ { issuer: "https://id.example", audience: guard, keys: keys.json } ] }
            """);
        config = GuardConfig.read(file);
      } catch (JOSEException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    Tokens tokens() {
      return Tokens.of(config, DenyList.none());
    }

    byte[] token(String id) throws JOSEException {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
              new JWTClaimsSet.Builder()
                  .issuer("https://id.example")
                  .audience("guard")
                  .subject("ana")
                  .jwtID(id)
                  .claim("azp", "sql-agent")
                  .claim("scope", "x".repeat(300))
                  .claim("groups", List.of("analysts", "dba", "on-call"))
                  .expirationTime(Date.from(Instant.now().plusSeconds(86_400)))
                  .build());
      token.sign(new RSASSASigner(key));
      return token.serialize().getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @Setup(Level.Trial)
  public void mint() throws JOSEException {
    for (int i = 0; i < NEW; i++) {
      tokens.add(config.token("t-" + i));
    }
  }

  @Setup(Level.Invocation)
  public void forget() {
    fresh = config.tokens();
  }

  private static Principal verified(Tokens by, byte[] token) throws TokenRefusedException {
    return by.verify(new String(token, StandardCharsets.ISO_8859_1));
  }

  /** A token that was verified before. */
  @Benchmark
  @OperationsPerInvocation(10 * NEW)
  public Object knownToken() throws TokenRefusedException {
    Object last = known;
    for (int i = 0; i < 10; i++) {
      for (byte[] token : tokens) {
        last = verified(known, token);
      }
    }
    return last;
  }

  /** A token that was not. */
  @Benchmark
  @OperationsPerInvocation(NEW)
  public Object newToken() throws TokenRefusedException {
    Object last = fresh;
    for (byte[] token : tokens) {
      last = verified(fresh, token);
    }
    return last;
  }
}
