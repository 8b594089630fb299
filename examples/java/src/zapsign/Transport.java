package zapsign;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Sends requests. Repeats those that failed for a moment, and waits longer each time. */
public final class Transport {
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long FIRST_WAIT_MILLIS = 250;

  /** A server that asks for a longer wait than this is not worth waiting for. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** The server refused the request before it did anything. */
  private static final Set<Integer> NOT_DONE = Set.of(429, 503);

  /** A proxy does not know what the server did. */
  private static final Set<Integer> PERHAPS_DONE = Set.of(502, 504);

  /** Waits. Tests pass their own. */
  interface Sleep {
    void sleep(Duration wait) throws InterruptedException;
  }

  /** `access` and `body` may be null. A call is repeatable when a second one does no harm. */
  record Call(String method, String path, String access, String body, boolean isRepeatable) {}

  // It follows no redirects: one would turn the POST of a path without its slash into a GET.
  private final HttpClient http = HttpClient.newHttpClient();
  private final String apiUrl;
  private final Sleep sleep;
  private final DoubleSupplier jitter;

  public Transport(String apiUrl) {
    this(
        apiUrl,
        wait -> Thread.sleep(wait.toMillis()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  Transport(String apiUrl, Sleep sleep, DoubleSupplier jitter) {
    this.apiUrl = apiUrl;
    this.sleep = sleep;
    this.jitter = jitter;
  }

  Reply send(Call call) {
    for (int attempt = 1; ; attempt += 1) {
      var isFinal = attempt == ATTEMPTS;
      var longest = FIRST_WAIT_MILLIS << (attempt - 1);
      var wait = Duration.ofMillis((long) (jitter.getAsDouble() * longest));
      try {
        var response = sendOnce(call);
        if (!isWorthRepeating(response.statusCode(), call)) return replyOf(response);
        wait = retryAfter(response.headers()).orElse(wait);
        if (isFinal || wait.compareTo(LONGEST_WAIT) > 0)
          throw unavailable("ZapSign answered with " + response.statusCode(), null);
      } catch (IOException error) {
        if (isFinal || !call.isRepeatable()) throw unavailable("ZapSign cannot be reached", error);
      } catch (InterruptedException error) {
        throw interrupted(error);
      }
      pause(wait);
    }
  }

  private HttpResponse<String> sendOnce(Call call) throws IOException, InterruptedException {
    var body = call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
    var request = HttpRequest.newBuilder(URI.create(apiUrl + call.path())).timeout(TIMEOUT);
    request.method(call.method(), body).header("Accept", "application/json");
    if (call.body() != null) request.header("Content-Type", "application/json");
    if (call.access() != null) request.header("Authorization", "Bearer " + call.access());
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private void pause(Duration wait) {
    try {
      sleep.sleep(wait);
    } catch (InterruptedException error) {
      throw interrupted(error);
    }
  }

  private static boolean isWorthRepeating(int status, Call call) {
    return NOT_DONE.contains(status) || (call.isRepeatable() && PERHAPS_DONE.contains(status));
  }

  private static Reply replyOf(HttpResponse<String> response) {
    var type = response.headers().firstValue("content-type").orElse("");
    var body = type.startsWith("application/json") ? response.body() : "";
    return new Reply(response.statusCode(), body, now(response.headers()));
  }

  /** The header is a number of seconds, or a date by the server's clock. */
  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    var value = headers.firstValue("retry-after").orElse("");
    if (value.matches("\\d{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    return date(headers, "retry-after")
        .map(until -> Duration.between(now(headers), until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Instant now(HttpHeaders headers) {
    return date(headers, "date").orElseGet(Instant::now);
  }

  private static Optional<Instant> date(HttpHeaders headers, String name) {
    try {
      return headers
          .firstValue(name)
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException error) {
      return Optional.empty();
    }
  }

  private static ZapSignException unavailable(String message, Throwable cause) {
    return new ZapSignException(ZapSignException.Reason.UNAVAILABLE, message, cause);
  }

  private static ZapSignException interrupted(InterruptedException error) {
    Thread.currentThread().interrupt();
    return unavailable("The thread was interrupted", error);
  }
}
