package zapsign;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import zapsign.Api.Credentials;

/** Sends each request of the contract once, and checks how the client understands the replies. */
public final class Contract {
  private static final Api API = new Api(new Transport(env("API_URL")));

  public static void main(String[] args) {
    var understood = new TreeMap<String, Boolean>();
    understood.put("authenticated", login("USERNAME", "PASSWORD").equals("success"));
    understood.put(
        "invalidCredentials", login("USERNAME", "WRONG_PASSWORD").equals("INVALID_CREDENTIALS"));
    understood.put("rateLimited", login("BLOCKED_USERNAME", "PASSWORD").equals("RATE_LIMITED"));
    understood.put("refreshed", refresh("REFRESH_TOKEN").equals("success"));
    understood.put("refreshRefused", refresh("EXPIRED_REFRESH_TOKEN").equals("TOKEN_EXPIRED"));
    understood.put("authorized", list("ACCESS_TOKEN").equals("success"));
    understood.put("expired", list("EXPIRED_ACCESS_TOKEN").equals("TOKEN_EXPIRED"));
    for (Map.Entry<String, Boolean> entry : understood.entrySet())
      System.out.println((entry.getValue() ? "ok " : "NOT OK ") + entry.getKey());
    System.exit(understood.containsValue(false) ? 1 : 0);
  }

  private static String login(String username, String password) {
    var user = new Credentials(env("ORGANIZATION_ID"), env(username), env(password));
    return outcome(() -> API.obtainToken(user));
  }

  private static String refresh(String token) {
    return outcome(() -> API.refresh(env(token)));
  }

  private static String list(String token) {
    return outcome(() -> API.call(env(token), "GET", "/docs/?page=1", null));
  }

  /** The reason of an error, or that the call succeeded. */
  private static String outcome(Supplier<?> call) {
    try {
      call.get();
      return "success";
    } catch (ZapSignException error) {
      return error.reason.name();
    }
  }

  private static String env(String name) {
    return System.getenv("ZAPSIGN_" + name);
  }
}
