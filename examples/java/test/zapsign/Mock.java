package zapsign;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Steers the mock that `zapsign-mock run` has started. */
final class Mock {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static void reset() throws Exception {
    control("POST", "reset", "{}");
  }

  static void advance(String by) throws Exception {
    control("POST", "time/advance", "{\"by\":\"" + by + "\"}");
  }

  static void setTime(String date) throws Exception {
    control("PUT", "time", "{\"now\":\"" + date + "\"}");
  }

  /** `settings` are further properties in JSON, such as `"times":2`. */
  static void force(String outcome, String... settings) throws Exception {
    var more = settings.length == 0 ? "" : "," + String.join(",", settings);
    control("POST", "outcomes", "{\"outcome\":\"" + outcome + "\"" + more + "}");
  }

  static int count(String query) throws Exception {
    var reply = control("GET", "requests/count?" + query, "");
    return Integer.parseInt(reply.replaceAll("\\D", ""));
  }

  private static String control(String method, String path, String body) throws Exception {
    var url = System.getenv("ZAPSIGN_CONTROL_URL") + "/__zapsign/" + path;
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request = HttpRequest.newBuilder(URI.create(url)).method(method, publisher);
    var response =
        HTTP.send(
            request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
    if (response.statusCode() >= 400) throw new IOException(response.body());
    return response.body();
  }
}
