package zapsign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zapsign.Api.Credentials;
import zapsign.ZapSignException.Reason;

class SessionTest {
  private final List<Duration> waits = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Session session;

  @BeforeEach
  void start() throws Exception {
    Mock.reset();
    session = sessionWith(System.getenv("ZAPSIGN_PASSWORD"));
  }

  private Session sessionWith(String password) {
    var transport = new Transport(System.getenv("ZAPSIGN_API_URL"), waits::add, () -> 1);
    var organization = System.getenv("ZAPSIGN_ORGANIZATION_ID");
    var user = new Credentials(organization, System.getenv("ZAPSIGN_USERNAME"), password);
    return new Session(new Api(transport), user, () -> now);
  }

  private void listInTenThreads() throws Exception {
    var threads = Executors.newFixedThreadPool(10);
    Callable<String> list = session::documents;
    for (var result : threads.invokeAll(Collections.nCopies(10, list))) result.get();
    threads.shutdown();
  }

  private void assertRefused(Reason reason) {
    var error = assertThrows(ZapSignException.class, session::documents);
    assertEquals(reason, error.reason);
    assertFalse(error.toString().contains("WrongPassword123"));
  }

  @Test
  void threadsShareOneLogin() throws Exception {
    listInTenThreads();
    session.documents();
    assertEquals(1, Mock.count("outcome=authenticated"));
  }

  @Test
  void threadsWhoseTokenHasExpiredShareOneRefresh() throws Exception {
    session.documents();
    Mock.advance("61m");
    listInTenThreads();
    assertEquals(1, Mock.count("outcome=refreshed"));
    assertEquals(1, Mock.count("outcome=authenticated"));
  }

  @Test
  void aTokenIsRefreshedBeforeItExpires() throws Exception {
    session.documents();
    now = Duration.ofSeconds(3571);
    Mock.advance("3571s");
    session.documents();
    assertEquals(1, Mock.count("outcome=refreshed"));
    assertEquals(0, Mock.count("status=401"));
  }

  @Test
  void afterARefusedRefreshThereIsOneNewLogin() throws Exception {
    session.documents();
    Mock.advance("25h");
    listInTenThreads();
    assertEquals(2, Mock.count("outcome=authenticated"));
  }

  @Test
  void anOutageDuringARefreshKeepsTheSession() throws Exception {
    session.documents();
    Mock.advance("61m");
    Mock.force("serviceUnavailable", "\"times\":4", "\"endpoint\":\"refresh\"");
    assertRefused(Reason.UNAVAILABLE);
    session.documents();
    assertEquals(1, Mock.count("outcome=authenticated"));
  }

  @Test
  void aWrongClockOnThisMachineDoesNotMatter() throws Exception {
    for (var date : List.of("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z")) {
      start();
      Mock.setTime(date);
      session.documents();
      session.documents();
      assertEquals(0, Mock.count("path=/api/v1/auth/token-refresh/"));
      now = now.plusHours(1);
      session.documents();
      assertEquals(1, Mock.count("outcome=refreshed"));
    }
  }

  @Test
  void aWrongPasswordIsSentOnceAndIsInNoMessage() throws Exception {
    session = sessionWith("WrongPassword123");
    assertRefused(Reason.INVALID_CREDENTIALS);
    assertRefused(Reason.INVALID_CREDENTIALS);
    assertEquals(1, Mock.count(""));
  }

  @Test
  void afterTooManyLoginsThereIsAPause() throws Exception {
    Mock.force("rateLimited");
    assertRefused(Reason.RATE_LIMITED);
    assertRefused(Reason.RATE_LIMITED);
    assertEquals(1, Mock.count(""));
    assertEquals(List.of(), waits);
    now = Duration.ofMinutes(1);
    session.documents();
  }

  @Test
  void anOutageIsWaitedOutLongerEachTime() throws Exception {
    Mock.force("serviceUnavailable", "\"times\":3");
    session.documents();
    assertEquals(List.of(millis(250), millis(500), millis(1000)), waits);
  }

  @Test
  void retryAfterIsObeyed() throws Exception {
    for (var outcome : List.of("serviceUnavailable", "tooManyRequests")) {
      Mock.force(outcome, "\"retryAfter\":\"7s\"");
      session.documents();
    }
    assertEquals(List.of(millis(7000), millis(7000)), waits);
  }

  @Test
  void aWaitThatIsTooLongIsAnError() throws Exception {
    Mock.force("serviceUnavailable", "\"retryAfter\":\"1h\"");
    assertRefused(Reason.UNAVAILABLE);
    assertEquals(List.of(), waits);
  }

  @Test
  void aConnectionThatBreaksIsTriedAgain() throws Exception {
    session.documents();
    Mock.force("connectionReset", "\"times\":2");
    session.documents();
    assertEquals(2, Mock.count("outcome=authorized"));
  }

  @Test
  void aDocumentIsNotCreatedTwice() throws Exception {
    session.documents();
    Mock.force("badGateway", "\"endpoint\":\"/api/v1/docs/\"");
    assertEquals(502, session.request("POST", "/docs/", "{\"name\":\"a\"}").status());
    assertEquals(1, Mock.count("path=/api/v1/docs/&method=POST"));
  }

  @Test
  void aReplyThatBreaksOffIsAnError() throws Exception {
    Mock.force("malformedBody");
    assertRefused(Reason.UNEXPECTED_REPLY);
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}
