package zapsign;

import static zapsign.Reply.json;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import zapsign.Transport.Call;
import zapsign.ZapSignException.Reason;

/** ZapSign's endpoints, one request each. It keeps nothing. */
public final class Api {
  public record Credentials(String organizationId, String username, String password) {
    /** A record prints all that it has, but a password belongs in no log. */
    @Override
    public String toString() {
      return username + " in " + organizationId;
    }
  }

  /** `lifetime` is the time that the access token works. */
  public record Tokens(String access, String refresh, Duration lifetime) {
    @Override
    public String toString() {
      return "tokens for " + lifetime;
    }
  }

  private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,12})");

  private final Transport transport;

  public Api(Transport transport) {
    this.transport = transport;
  }

  public Tokens obtainToken(Credentials user) {
    var encoded = URLEncoder.encode(user.organizationId(), StandardCharsets.UTF_8);
    // The encoder is made for forms, where a blank is a plus.
    var organization = encoded.replace("+", "%20");
    var username = json(user.username());
    var body = "{\"username\":" + username + ",\"password\":" + json(user.password()) + "}";
    var reply = post("/auth/token/" + organization + "/", body);
    if (reply.status() == 200) return tokens(reply, token(reply, "refresh"));
    if (reply.status() == 401)
      throw new ZapSignException(
          Reason.INVALID_CREDENTIALS, "The user name or the password is wrong");
    // A request with a mistake is a 400, too.
    var isLimit = reply.text("message").filter("Rate limit exceeded"::equals).isPresent();
    if (reply.status() == 400 && isLimit)
      throw new ZapSignException(Reason.RATE_LIMITED, "Too many logins have failed");
    throw unexpected("the login", reply);
  }

  /** A new access token, with the same refresh token. */
  public Tokens refresh(String refresh) {
    var reply = post("/auth/token-refresh/", "{\"refresh\":" + json(refresh) + "}");
    if (reply.status() == 200) return tokens(reply, refresh);
    if (reply.status() == 401)
      throw new ZapSignException(Reason.TOKEN_EXPIRED, "The refresh token no longer works");
    throw unexpected("the refresh", reply);
  }

  /** Returns any reply but that to an expired access token. `body` is JSON, or null. */
  public Reply call(String access, String method, String path, String body) {
    var reply = transport.send(new Call(method, path, access, body, !method.equals("POST")));
    // ZapSign's pages show 401 and 403 for an expired token. The code tells it from other refusals.
    var hasCode = reply.text("code").filter("token_not_valid"::equals).isPresent();
    if (reply.status() == 401 || (reply.status() == 403 && hasCode))
      throw new ZapSignException(Reason.TOKEN_EXPIRED, "The access token no longer works");
    return reply;
  }

  /** Both requests that get a token only get another one when they are repeated. */
  private Reply post(String path, String body) {
    return transport.send(new Call("POST", path, null, body, true));
  }

  static ZapSignException unexpected(String what, Reply reply) {
    var message = "ZapSign answered " + what + " with " + reply.status();
    return new ZapSignException(Reason.UNEXPECTED_REPLY, message);
  }

  /**
   * The lifetime is the time from the reply's date to the token's `exp`: both are ZapSign's time, so a
   * wrong clock on this machine does not matter.
   */
  private static Tokens tokens(Reply reply, String refresh) {
    var access = token(reply, "access");
    return new Tokens(access, refresh, Duration.between(reply.date(), expiry(access)));
  }

  private static String token(Reply reply, String name) {
    return reply
        .text(name)
        .filter(text -> text.split("\\.", -1).length == 3)
        .orElseThrow(() -> unexpected("without a token: its " + name, reply));
  }

  /** The `exp` claim. Only ZapSign has the key, so a client does not check the signature. */
  private static Instant expiry(String token) {
    try {
      var payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
      var found = EXPIRY.matcher(new String(payload, StandardCharsets.UTF_8));
      if (found.find()) return Instant.ofEpochSecond(Long.parseLong(found.group(1)));
    } catch (IllegalArgumentException error) {
      // As a token without the claim.
    }
    throw new ZapSignException(Reason.UNEXPECTED_REPLY, "ZapSign sent a token without an expiry");
  }
}
