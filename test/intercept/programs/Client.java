import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** `java Client HttpClient`: the scenario of scenario.mjs with HttpClient or HttpURLConnection. */
public class Client {
  static final String HOST = "https://api.zapsign.com.br";
  static final List<String> STATUSES = new ArrayList<>();
  static String client;

  static String call(String method, String path, String bearer, String body) throws Exception {
    return client.equals("HttpClient") ? overHttpClient(method, path, bearer, body) : overConnection(method, path, bearer, body);
  }

  static String overHttpClient(String method, String path, String bearer, String body) throws Exception {
    var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    var request = HttpRequest.newBuilder(URI.create(HOST + path)).method(method, publisher);
    if (bearer != null) request.header("Authorization", "Bearer " + bearer);
    if (body != null) request.header("Content-Type", "application/json");
    var response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    STATUSES.add(String.valueOf(response.statusCode()));
    return response.body();
  }

  static String overConnection(String method, String path, String bearer, String body) throws Exception {
    var connection = (HttpURLConnection) new URL(HOST + path).openConnection();
    connection.setRequestMethod(method);
    if (bearer != null) connection.setRequestProperty("Authorization", "Bearer " + bearer);
    if (body != null) {
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes());
    }
    int status = connection.getResponseCode();
    STATUSES.add(String.valueOf(status));
    InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return stream == null ? "" : new String(stream.readAllBytes());
  }

  static String login(String password) throws Exception {
    return call("POST", "/api/v1/auth/token/11111/", null, "{\"username\":\"dev@example.com.br\",\"password\":\"" + password + "\"}");
  }

  static String field(String json, String name) {
    return json.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  public static void main(String[] arguments) throws Exception {
    client = arguments[0];
    String tokens = login("StrongPassword123");
    call("POST", "/api/v1/auth/token-refresh/", null, "{\"refresh\":\"" + field(tokens, "refresh") + "\"}");
    call("GET", "/api/v1/docs/?page=1", field(tokens, "access"), null);
    call("POST", "/api/v1/docs/", field(tokens, "access"), "{\"name\":\"Contract\"}");
    for (int failures = 0; failures < 5; failures++) login("WrongPassword123");
    login("StrongPassword123");
    System.out.println(String.join(" ", STATUSES));
  }
}
