package io.pgguard.token;

import static io.pgguard.token.CompactToken.no;

import io.pgguard.IssuerConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof;
import io.pgguard.identity.Proof.Attribute;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a principal of the claims of a verified token: who is the person, who the agent, and
 * whether a service acts by itself. Immutable and thread-safe.
 */
record ClaimedPrincipal(IssuerConfig config) {

  Principal of(Claims claims, Instant expires) throws TokenRefusedException {
    String own = claims.needed("sub", TokenProblem.SUBJECT);
    String subject = subject(claims, own);
    String client = claims.client();
    boolean service = isService(claims, own, client);
    String agent = claims.actor();
    if (agent == null && !service && client != null && !config.tools().contains(client)) {
      agent = client;
    }
    String named =
        config.person() == null ? null : trusted(claims, config.person(), TokenProblem.PERSON);
    String person = named == null && !service ? subject : named;
    String model = config.model() == null ? null : claims.text(config.model(), TokenProblem.MODEL);
    String id = claims.text("jti", TokenProblem.TOKEN_ID);
    if (id == null) {
      id = claims.text("uti", TokenProblem.TOKEN_ID); // Microsoft Entra ID's name for it
    }
    return new Principal(
        subject,
        claims.texts(config.groups()),
        agent,
        model,
        person,
        service ? Objects.requireNonNullElse(client, subject) : null,
        new Proof(
            proved(agent, model, person, service),
            config.issuer(),
            id,
            expires,
            claims.values(config.claims())));
  }

  private static Set<Attribute> proved(
      @Nullable String agent, @Nullable String model, @Nullable String person, boolean service) {
    Set<Attribute> proved = EnumSet.of(Attribute.SUBJECT, Attribute.GROUPS);
    if (agent != null) {
      proved.add(Attribute.AGENT);
    }
    if (model != null) {
      proved.add(Attribute.MODEL);
    }
    if (person != null) {
      proved.add(Attribute.PERSON);
    }
    if (service) {
      proved.add(Attribute.SERVICE);
    }
    return proved;
  }

  private String subject(Claims claims, String own) throws TokenRefusedException {
    if (config.subject().equals("sub")) {
      return own;
    }
    String subject = trusted(claims, config.subject(), TokenProblem.SUBJECT);
    return subject == null ? claims.needed(config.subject(), TokenProblem.SUBJECT) : subject;
  }

  /**
   * A text that names somebody; null where it is not there. Many providers let people write their
   * own e-mail address, so one counts only where the provider says that it has verified it (OpenID
   * Connect Core, section 5.1).
   */
  private static @Nullable String trusted(Claims claims, String path, TokenProblem problem)
      throws TokenRefusedException {
    String text = claims.text(path, problem);
    if (text != null && path.equals("email") && !claims.isTrue("email_verified")) {
      throw no(
          problem,
          "it does not say that its e-mail address is verified (email_verified), and names somebody"
              + " by it");
    }
    return text;
  }

  /**
   * Where no person is involved the subject is the client itself (RFC 9068, section 2.2); Microsoft
   * Entra ID says so by idtyp, and Keycloak by the name of the client's own account.
   */
  private boolean isService(Claims claims, String own, @Nullable String client)
      throws TokenRefusedException {
    if (own.equals(client) || "app".equals(claims.text("idtyp", TokenProblem.CLIENT))) {
      return true;
    }
    IssuerConfig.Services services = config.services();
    String name = services == null ? null : trusted(claims, services.claim(), TokenProblem.CLIENT);
    return services != null && name != null && services.matches(name);
  }
}
