package io.pgguard.proxy.database;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.pgguard.pgwire.opening.server.SaslMechanisms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SCRAM by com.ongres.scram, as PgJDBC does it. Stateless. */
public final class OngresScram implements SaslMechanisms {

  @Override
  public Exchange begin(List<String> offered, String password, byte @Nullable [] endPoint) {
    ScramClient.FinalBuildStage builder =
        ScramClient.builder()
            .advertisedMechanisms(offered)
            .username("*") // the startup packet names the role; the server does not look here
            .password(password.toCharArray());
    ScramClient client =
        endPoint == null
            ? builder.build()
            : builder.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, endPoint).build();
    return new ScramExchange(client);
  }

  private record ScramExchange(ScramClient client) implements Exchange {

    @Override
    public String mechanism() {
      return client.getScramMechanism().getName();
    }

    @Override
    public String first() {
      return client.clientFirstMessage().toString();
    }

    @Override
    public String answer(String serverFirst) {
      try {
        client.serverFirstMessage(serverFirst);
        return client.clientFinalMessage().toString();
      } catch (ScramException e) {
        throw new IllegalArgumentException("the server's SCRAM message does not fit", e);
      }
    }

    @Override
    public void verify(String serverFinal) {
      try {
        client.serverFinalMessage(serverFinal);
      } catch (ScramException e) {
        throw new IllegalArgumentException("the server does not know the password itself", e);
      }
    }
  }
}
