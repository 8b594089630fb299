package zapsign

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"
)

// mock steers the mock that `zapsign-mock run` has started, and holds what a session does in a test.
type mock struct {
	*testing.T
	session *Session
	waits   []time.Duration
	now     time.Time
}

func start(t *testing.T) *mock {
	t.Helper()
	if os.Getenv("ZAPSIGN_CONTROL_URL") == "" {
		t.Skip("run the tests with: zapsign-mock run -- go test ./...")
	}
	session, err := SessionFromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	m := &mock{T: t, session: session, now: time.Unix(0, 0)}
	session.now = func() time.Time { return m.now }
	session.api.Transport.jitter = func() float64 { return 1 }
	session.api.Transport.sleep = func(_ context.Context, wait time.Duration) error {
		m.waits = append(m.waits, wait)
		return nil
	}
	m.control("POST", "reset", nil)
	return m
}

// list reads all documents.
func (m *mock) list() error {
	_, err := m.session.Documents(context.Background())
	return err
}

// listTenTimes reads all documents in ten goroutines at the same time.
func (m *mock) listTenTimes() {
	m.Helper()
	errs := make(chan error)
	for i := 0; i < 10; i++ {
		go func() { errs <- m.list() }()
	}
	for i := 0; i < 10; i++ {
		m.must(<-errs)
	}
}

func (m *mock) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

func (m *mock) advance(by string) {
	m.Helper()
	m.control("POST", "time/advance", map[string]any{"by": by})
}

func (m *mock) force(outcome string, settings map[string]any) {
	m.Helper()
	body := map[string]any{"outcome": outcome}
	for name, value := range settings {
		body[name] = value
	}
	m.control("POST", "outcomes", body)
}

// expectCount fails the test unless the mock got this many requests that match the query.
func (m *mock) expectCount(query string, expected int) {
	m.Helper()
	var reply struct{ Count int }
	m.must(json.Unmarshal(m.control("GET", "requests/count?"+query, nil), &reply))
	if reply.Count != expected {
		m.Errorf("requests with %q: expected %d, got %d", query, expected, reply.Count)
	}
}

// control calls the control API. It fails the test for an error, with the sentence that explains it.
func (m *mock) control(method, path string, body map[string]any) []byte {
	m.Helper()
	text, err := json.Marshal(body)
	m.must(err)
	url := os.Getenv("ZAPSIGN_CONTROL_URL") + "/__zapsign/" + path
	if method == "GET" {
		text = nil
	} else if body == nil {
		text = []byte("{}")
	}
	request, err := http.NewRequest(method, url, bytes.NewReader(text))
	m.must(err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	m.must(err)
	defer response.Body.Close()
	var reply bytes.Buffer
	_, err = reply.ReadFrom(response.Body)
	m.must(err)
	if response.StatusCode >= 400 {
		m.Fatalf("%s %s: %s", method, path, reply.String())
	}
	return reply.Bytes()
}
