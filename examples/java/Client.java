import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs in to ZapSign with the JDK alone, and proves that it keeps the contract: java Client.java */
public class Client {
  /** What ZapSign was understood to say. Tokens are there where there are new ones. */
  record Outcome(String kind, Optional<String> access, Optional<String> refresh) {
    static Outcome of(String kind) {
      return new Outcome(kind, Optional.empty(), Optional.empty());
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final String apiUrl;

  Client(String apiUrl) {
    this.apiUrl = apiUrl;
  }

  Outcome obtainToken(String organizationId, String username, String password) throws Exception {
    var path = "/auth/token/" + URLEncoder.encode(organizationId, StandardCharsets.UTF_8) + "/";
    var body = "{\"username\":" + json(username) + ",\"password\":" + json(password) + "}";
    var response = post(path, body);
    var isLimit = field(response, "message").filter("Rate limit exceeded"::equals).isPresent();
    return switch (response.statusCode()) {
      case 200 -> tokens("authenticated", response);
      case 401 -> Outcome.of("invalidCredentials");
      case 400 -> isLimit ? Outcome.of("rateLimited") : unexpected(response);
      default -> unexpected(response);
    };
  }

  Outcome refresh(String refreshToken) throws Exception {
    var response = post("/auth/token-refresh/", "{\"refresh\":" + json(refreshToken) + "}");
    return switch (response.statusCode()) {
      case 200 -> tokens("refreshed", response);
      case 401 -> Outcome.of("refreshRefused");
      default -> unexpected(response);
    };
  }

  Outcome listDocuments(String accessToken) throws Exception {
    var request = to("/docs/?page=1").header("Authorization", "Bearer " + accessToken).build();
    var response = http.send(request, BodyHandlers.ofString());
    return switch (response.statusCode()) {
      case 200 -> Outcome.of(response.body().contains("\"results\"") ? "authorized" : "unreadable");
      case 401, 403 -> Outcome.of("expired");
      default -> unexpected(response);
    };
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    var request =
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(apiUrl + path)).timeout(Duration.ofSeconds(10));
  }

  private static Outcome tokens(String kind, HttpResponse<String> response) {
    return new Outcome(kind, field(response, "access"), field(response, "refresh"));
  }

  private static Outcome unexpected(HttpResponse<String> response) throws IOException {
    throw new IOException("ZapSign answered with " + response.statusCode());
  }

  /** The JDK has no JSON. Real code takes a library; tokens and messages need no unescaping. */
  private static Optional<String> field(HttpResponse<String> response, String name) {
    Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(response.body());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static String json(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static int failures = 0;

  private static void expect(String kind, Outcome outcome, boolean hasAccess, boolean hasRefresh) {
    boolean isUnderstood =
        outcome.kind().equals(kind)
            && outcome.access().filter(Client::isToken).isPresent() == hasAccess
            && outcome.refresh().filter(Client::isToken).isPresent() == hasRefresh;
    System.out.println((isUnderstood ? "ok " : "NOT OK ") + kind);
    if (!isUnderstood) failures += 1;
  }

  private static boolean isToken(String text) {
    return text.split("\\.").length == 3;
  }

  /** Exercises every promise with what `zapsign-mock contract` puts into the environment. */
  public static void main(String[] args) throws Exception {
    var client = new Client(env("API_URL"));
    var organization = env("ORGANIZATION_ID");
    var login = client.obtainToken(organization, env("USERNAME"), env("PASSWORD"));
    expect("authenticated", login, true, true);
    var wrong = client.obtainToken(organization, env("USERNAME"), env("WRONG_PASSWORD"));
    expect("invalidCredentials", wrong, false, false);
    var blocked = client.obtainToken(organization, env("BLOCKED_USERNAME"), env("PASSWORD"));
    expect("rateLimited", blocked, false, false);
    expect("refreshed", client.refresh(env("REFRESH_TOKEN")), true, false);
    expect("refreshRefused", client.refresh(env("EXPIRED_REFRESH_TOKEN")), false, false);
    expect("authorized", client.listDocuments(env("ACCESS_TOKEN")), false, false);
    expect("expired", client.listDocuments(env("EXPIRED_ACCESS_TOKEN")), false, false);
    System.exit(failures == 0 ? 0 : 1);
  }

  private static String env(String name) {
    return System.getenv("ZAPSIGN_" + name);
  }
}
