package zapsign;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import zapsign.Api.Credentials;
import zapsign.Api.Tokens;
import zapsign.ZapSignException.Reason;

/**
 * A user who is signed in: signs in, refreshes and repeats a call when it has to. Any thread may use it.
 */
public final class Session {
  /** A token must still work when the request arrives. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** The pause after a login was refused because there were too many. No other login is sent in it. */
  private static final Duration COOL_DOWN = Duration.ofMinutes(1);

  /** The same password stays wrong. A login for each call would lock the account. */
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private record Held(Tokens tokens, Duration renewAt) {}

  private record Refusal(ZapSignException error, Duration until) {}

  private final Api api;
  private final Credentials credentials;
  private final Supplier<Duration> now;

  private Held held;
  private CompletableFuture<String> renewal;
  // Only the renewal uses it, and there is one at a time.
  private volatile Refusal refusal;

  public Session(Api api, Credentials credentials) {
    // This clock never jumps.
    this(api, credentials, () -> Duration.ofNanos(System.nanoTime()));
  }

  Session(Api api, Credentials credentials, Supplier<Duration> now) {
    this.api = api;
    this.credentials = credentials;
    this.now = now;
  }

  /** A session with the settings of the environment: no secret is in the code. */
  public static Session fromEnvironment() {
    var user =
        new Credentials(
            setting("ZAPSIGN_ORGANIZATION_ID"),
            setting("ZAPSIGN_USERNAME"),
            setting("ZAPSIGN_PASSWORD"));
    return new Session(new Api(new Transport(setting("ZAPSIGN_API_URL"))), user);
  }

  /** `body` is JSON, or null. */
  public Reply request(String method, String path, String body) {
    var access = accessToken();
    var first = callWith(access, method, path, body);
    if (first.isPresent()) return first.get();
    expire(access);
    return callWith(accessToken(), method, path, body)
        .orElseThrow(
            () ->
                new ZapSignException(
                    Reason.UNEXPECTED_REPLY, "ZapSign refused a token that it had just sent"));
  }

  /** The first page of documents, as JSON. */
  public String documents() {
    var reply = request("GET", "/docs/?page=1", null);
    if (reply.status() == 200 && reply.body().contains("\"results\"")) return reply.body();
    throw Api.unexpected("the list", reply);
  }

  private Optional<Reply> callWith(String access, String method, String path, String body) {
    try {
      return Optional.of(api.call(access, method, path, body));
    } catch (ZapSignException error) {
      if (error.reason == Reason.TOKEN_EXPIRED) return Optional.empty();
      throw error;
    }
  }

  /** Threads that need a new token at the same time wait for one request. */
  private String accessToken() {
    CompletableFuture<String> current;
    synchronized (this) {
      if (held != null && now.get().compareTo(held.renewAt()) < 0) return held.tokens().access();
      if (renewal == null) {
        var old = held;
        renewal = CompletableFuture.supplyAsync(() -> renew(old));
      }
      current = renewal;
    }
    try {
      return current.join();
    } catch (CompletionException error) {
      if (error.getCause() instanceof ZapSignException known) throw known;
      throw error;
    }
  }

  private String renew(Held old) {
    try {
      return keep(obtain(old));
    } finally {
      synchronized (this) {
        renewal = null;
      }
    }
  }

  private synchronized String keep(Tokens tokens) {
    var tenth = tokens.lifetime().dividedBy(10);
    var margin = tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
    held = new Held(tokens, now.get().plus(tokens.lifetime()).minus(margin));
    return tokens.access();
  }

  private Tokens obtain(Held old) {
    if (old == null) return signIn();
    try {
      return api.refresh(old.tokens().refresh());
    } catch (ZapSignException error) {
      if (error.reason == Reason.TOKEN_EXPIRED) return signIn();
      throw error;
    }
  }

  private Tokens signIn() {
    if (refusal != null && now.get().compareTo(refusal.until()) < 0) throw refusal.error();
    try {
      return api.obtainToken(credentials);
    } catch (ZapSignException error) {
      if (error.reason == Reason.INVALID_CREDENTIALS)
        refusal = new Refusal(error, now.get().plus(FOR_GOOD));
      if (error.reason == Reason.RATE_LIMITED)
        refusal = new Refusal(error, now.get().plus(COOL_DOWN));
      throw error;
    }
  }

  /** Another thread may have renewed the token while a call was on its way. */
  private synchronized void expire(String access) {
    if (held != null && held.tokens().access().equals(access))
      held = new Held(held.tokens(), now.get());
  }

  private static String setting(String name) {
    var value = System.getenv(name);
    if (value == null || value.isEmpty())
      throw new IllegalStateException("Set the environment variable " + name);
    return value;
  }
}
