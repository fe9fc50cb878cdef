package io.pgguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.IssuerConfig;
import io.pgguard.Secret;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People log in at a provider with their browser: the authorization code flow of OpenID Connect
 * (Core 1.0, section 3.1) with PKCE (RFC 7636), as RFC 9700 wants it. Nothing is kept of a login
 * that has begun: its browser carries a random state, from which nonce and verifier follow by a key
 * of this process. Thread-safe; may wait for the provider.
 */
public final class SignIn {
  private final IssuerConfig issuer;
  private final String client;
  private final String scope;
  private final @Nullable Secret secret;
  private final Path directory;
  private final Endpoints endpoints;
  private final Provider provider;
  private final Fetch fetch;
  private final Attempts attempts;
  private final InstantSource clock;

  private SignIn(
      IssuerConfig issuer,
      Client client,
      Path directory,
      Fetch fetch,
      IssuerKeys keys,
      InstantSource clock) {
    this.issuer = issuer;
    this.client = client.id();
    this.scope = client.scope();
    this.secret = client.secret();
    this.directory = directory;
    this.endpoints = new Endpoints(issuer, fetch, clock);
    this.provider = new Provider(issuer.forLogin(client.id()), keys);
    this.fetch = fetch;
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  /**
   * What Guard is to the provider.
   *
   * @param id the client's id
   * @param secret what the client proves itself by, or null for a public one
   * @param scope what is asked for, {@code openid} among it
   */
  public record Client(String id, @Nullable Secret secret, String scope) {}

  /**
   * How people log in at one of the configuration's issuers.
   *
   * @throws GuardConfigException when the issuer's keys cannot be asked for
   */
  public static SignIn at(IssuerConfig issuer, Client client, GuardConfig config) {
    Fetch fetch = new Fetch();
    IssuerKeys keys = Tokens.keys(issuer, config.directory(), fetch, Tokens.background());
    return new SignIn(issuer, client, config.directory(), fetch, keys, InstantSource.system());
  }

  /**
   * A login that begins.
   *
   * @param state what the browser keeps until it comes back
   * @param address where the browser is sent
   */
  public record Begun(String state, URI address) {}

  /**
   * Begins a login.
   *
   * @param redirect where the provider sends the browser back to
   * @throws IOException when the provider does not say where people log in
   */
  public Begun begin(URI redirect) throws IOException {
    String state = attempts.begin();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client);
    query.put("redirect_uri", redirect.toString());
    query.put("scope", scope);
    query.put("state", state);
    query.put("nonce", attempts.nonce(state));
    query.put("code_challenge", Attempts.challenge(attempts.verifier(state)));
    query.put("code_challenge_method", "S256");
    URI base = endpoints.get().authorization();
    String joined = base.getRawQuery() == null ? "?" : "&";
    return new Begun(state, URI.create(base + joined + Fetch.form(query)));
  }

  /**
   * Ends a login: who it was.
   *
   * @param kept the state that the browser has kept, or null
   * @param answer what the provider has sent along with the browser: query parameters
   * @param redirect as it was begun with
   * @throws TokenRefusedException when it proves nobody
   * @throws IOException when the provider does not answer
   */
  public Principal end(@Nullable String kept, Map<String, String> answer, URI redirect)
      throws TokenRefusedException, IOException {
    String state = answer.get("state");
    if (kept == null || state == null || !attempts.holds(kept, state)) {
      throw CompactToken.no(
          TokenProblem.LOGIN, "this browser has not begun this login, or too long ago");
    }
    String from = answer.get("iss"); // RFC 9207
    if (from != null && !from.equals(issuer.issuer())) {
      throw CompactToken.no(TokenProblem.ISSUER, "another provider has answered: " + from);
    }
    if (answer.containsKey("error")) {
      throw CompactToken.no(
          TokenProblem.LOGIN, "the provider let nobody in: " + word(answer.get("error")));
    }
    String code = answer.get("code");
    if (code == null || code.isEmpty()) {
      throw CompactToken.no(TokenProblem.LOGIN, "the provider has sent no code");
    }
    return principal(redeem(code, state, redirect), attempts.nonce(state));
  }

  /** An error's name, as RFC 6749, section 4.1.2.1, has them; what else came is not repeated. */
  private static String word(@Nullable String error) {
    return error != null && error.matches("[a-z_]{1,60}") ? error : "an error without a name";
  }

  /** The ID token for a code (RFC 6749, section 4.1.3). */
  private String redeem(String code, String state, URI redirect)
      throws IOException, TokenRefusedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("code_verifier", attempts.verifier(state));
    Endpoints.Known at = endpoints.get();
    Optional<String> credential = Optional.ofNullable(secret).map(one -> one.read(directory));
    String basic = null;
    if (credential.isPresent() && at.basic()) {
      basic = Fetch.basic(client, credential.get());
    } else {
      form.put("client_id", client);
      credential.ifPresent(value -> form.put("client_secret", value));
    }
    Fetch.Answer answer = fetch.post(at.token(), form, basic);
    ObjectNode body = CompactToken.provided(answer.body());
    if (answer.status() != 200) {
      JsonNode error = body.get("error");
      throw CompactToken.no(
          TokenProblem.LOGIN,
          "the provider takes the code not (status "
              + answer.status()
              + (error != null && error.isTextual() ? ", " + word(error.textValue()) : "")
              + ")");
    }
    JsonNode token = body.get("id_token");
    if (token == null || !token.isTextual()) {
      throw CompactToken.no(
          TokenProblem.LOGIN, "the provider gave no ID token: the scope must have openid");
    }
    return token.textValue();
  }

  /** Who an ID token names (OpenID Connect Core, section 3.1.3.7). */
  private Principal principal(String text, String nonce) throws TokenRefusedException {
    Instant now = clock.instant();
    CompactToken token = CompactToken.read(text);
    Claims claims = new Claims(token.payload());
    if (!issuer.issuer().equals(claims.text("iss", TokenProblem.ISSUER))) {
      throw CompactToken.no(TokenProblem.ISSUER, "another issuer has issued it");
    }
    Principal principal = provider.verify(token, now).principal();
    if (!nonce.equals(claims.text("nonce", TokenProblem.LOGIN))) {
      throw CompactToken.no(TokenProblem.LOGIN, "it is of another login (nonce)");
    }
    String authorized = claims.text("azp", TokenProblem.CLIENT);
    JsonNode audience = token.payload().get("aud");
    boolean several = audience != null && audience.size() > 1;
    if (authorized == null ? several : !authorized.equals(client)) {
      throw CompactToken.no(TokenProblem.CLIENT, "it was made for another client (azp)");
    }
    if (principal.service() != null) {
      throw CompactToken.no(TokenProblem.SUBJECT, "it names a service, and people log in here");
    }
    if (issuer.person() != null && claims.text(issuer.person(), TokenProblem.PERSON) == null) {
      throw CompactToken.no(
          TokenProblem.PERSON,
          "it has no "
              + issuer.person()
              + ", which tells whose account it is: have the provider put it into ID tokens too");
    }
    return principal;
  }
}
