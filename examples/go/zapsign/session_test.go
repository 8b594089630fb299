package zapsign

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestGoroutinesShareOneLogin(t *testing.T) {
	m := start(t)
	m.listTenTimes()
	m.must(m.list())
	m.expectCount("outcome=authenticated", 1)
}

func TestGoroutinesWhoseTokenHasExpiredShareOneRefresh(t *testing.T) {
	m := start(t)
	m.must(m.list())
	m.advance("61m")
	m.listTenTimes()
	m.expectCount("outcome=refreshed", 1)
	m.expectCount("outcome=authenticated", 1)
}

func TestATokenIsRefreshedBeforeItExpires(t *testing.T) {
	m := start(t)
	m.must(m.list())
	m.now = m.now.Add(3571 * time.Second)
	m.advance("3571s")
	m.must(m.list())
	m.expectCount("outcome=refreshed", 1)
	m.expectCount("status=401", 0)
}

func TestAfterARefusedRefreshThereIsOneNewLogin(t *testing.T) {
	m := start(t)
	m.must(m.list())
	m.advance("25h")
	m.listTenTimes()
	m.expectCount("outcome=authenticated", 2)
}

func TestAnOutageDuringARefreshKeepsTheSession(t *testing.T) {
	m := start(t)
	m.must(m.list())
	m.advance("61m")
	m.force("serviceUnavailable", map[string]any{"times": 4, "endpoint": "refresh"})
	if err := m.list(); !errors.Is(err, ErrUnavailable) {
		t.Errorf("expected ErrUnavailable, got %v", err)
	}
	m.must(m.list())
	m.expectCount("outcome=authenticated", 1)
}

func TestAWrongClockOnThisMachineDoesNotMatter(t *testing.T) {
	for _, date := range []string{"2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"} {
		m := start(t)
		m.control("PUT", "time", map[string]any{"now": date})
		m.must(m.list())
		m.must(m.list())
		m.expectCount("path=/api/v1/auth/token-refresh/", 0)
		m.now = m.now.Add(time.Hour)
		m.must(m.list())
		m.expectCount("outcome=refreshed", 1)
	}
}

func TestAWrongPasswordIsSentOnceAndIsInNoMessage(t *testing.T) {
	m := start(t)
	m.session.credentials.Password = "WrongPassword123"
	for i := 0; i < 2; i++ {
		err := m.list()
		if !errors.Is(err, ErrInvalidCredentials) || strings.Contains(err.Error(), "WrongPassword123") {
			t.Errorf("expected ErrInvalidCredentials, got %v", err)
		}
	}
	m.expectCount("", 1)
}

func TestAfterTooManyLoginsThereIsAPause(t *testing.T) {
	m := start(t)
	m.force("rateLimited", nil)
	for i := 0; i < 2; i++ {
		if err := m.list(); !errors.Is(err, ErrRateLimited) {
			t.Errorf("expected ErrRateLimited, got %v", err)
		}
	}
	m.expectCount("", 1)
	m.now = m.now.Add(time.Minute)
	m.must(m.list())
	if m.waits != nil {
		t.Errorf("expected no wait, got %v", m.waits)
	}
}

func TestAnOutageIsWaitedOutLongerEachTime(t *testing.T) {
	m := start(t)
	m.force("serviceUnavailable", map[string]any{"times": 3})
	m.must(m.list())
	expected := []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second}
	if !reflect.DeepEqual(m.waits, expected) {
		t.Errorf("expected waits of %v, got %v", expected, m.waits)
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	m := start(t)
	for _, outcome := range []string{"serviceUnavailable", "tooManyRequests"} {
		m.force(outcome, map[string]any{"retryAfter": "7s"})
		m.must(m.list())
	}
	if !reflect.DeepEqual(m.waits, []time.Duration{7 * time.Second, 7 * time.Second}) {
		t.Errorf("expected two waits of 7s, got %v", m.waits)
	}
}

func TestAWaitThatIsTooLongIsAnError(t *testing.T) {
	m := start(t)
	m.force("serviceUnavailable", map[string]any{"retryAfter": "1h"})
	if err := m.list(); !errors.Is(err, ErrUnavailable) || m.waits != nil {
		t.Errorf("expected ErrUnavailable and no wait, got %v and %v", err, m.waits)
	}
}

func TestADocumentIsNotCreatedTwice(t *testing.T) {
	m := start(t)
	m.must(m.list())
	m.force("badGateway", map[string]any{"endpoint": "/api/v1/docs/"})
	body := map[string]string{"name": "a"}
	status, _, err := m.session.Request(context.Background(), "POST", "/docs/", body)
	if status != 502 || err != nil {
		t.Errorf("expected a 502, got %d and %v", status, err)
	}
	m.expectCount("path=/api/v1/docs/&method=POST", 1)
}

func TestAReplyThatBreaksOffIsAnError(t *testing.T) {
	m := start(t)
	m.force("malformedBody", nil)
	if err := m.list(); !errors.Is(err, ErrUnexpectedReply) {
		t.Errorf("expected ErrUnexpectedReply, got %v", err)
	}
}

func TestAllPagesAreReadOnTheHostOfTheAPI(t *testing.T) {
	m := start(t)
	m.must(m.list())
	pages := map[string]string{
		"1": `{"next":"http://api.zapsign.com.br/api/v1/docs/?page=2","results":[{"token":"a"}]}`,
		"2": `{"next":null,"results":[{"token":"b"}]}`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(pages[r.URL.Query().Get("page")]))
	}))
	defer server.Close()
	m.session.api.Transport.APIURL = server.URL
	documents, err := m.session.Documents(context.Background())
	m.must(err)
	if len(documents) != 2 {
		t.Errorf("expected two documents, got %s", documents)
	}
}
