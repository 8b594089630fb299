package zapsign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"
)

const (
	// A token must still work when the request arrives.
	margin = 30 * time.Second
	// The pause after a login was refused because there were too many. No other login is sent in it.
	coolDown = time.Minute
	// The longest time that a renewal takes, with its repetitions.
	renewalTimeout = 2 * time.Minute
)

// Session is a user who is signed in: it signs in, refreshes and repeats a call when it has to. Any
// goroutine may use it.
type Session struct {
	api         API
	credentials Credentials
	now         func() time.Time

	mutex   sync.Mutex
	tokens  *Tokens
	renewAt time.Time
	renewal *renewal
	// Only the renewal uses these two, and there is one at a time.
	refusal      error
	refusedUntil time.Time
}

// renewal is a request for a new token that several goroutines wait for.
type renewal struct {
	done   chan struct{}
	access string
	err    error
}

// NewSession returns a session that signs in with its first call.
func NewSession(api API, credentials Credentials) *Session {
	return &Session{api: api, credentials: credentials, now: time.Now}
}

// SessionFromEnvironment has the settings of the environment: no secret is in the code.
func SessionFromEnvironment() (*Session, error) {
	names := []string{"API_URL", "ORGANIZATION_ID", "USERNAME", "PASSWORD"}
	values := map[string]string{}
	for _, name := range names {
		if values[name] = os.Getenv("ZAPSIGN_" + name); values[name] == "" {
			return nil, fmt.Errorf("set the environment variable ZAPSIGN_%s", name)
		}
	}
	api := API{NewTransport(values["API_URL"])}
	credentials := Credentials{values["ORGANIZATION_ID"], values["USERNAME"], values["PASSWORD"]}
	return NewSession(api, credentials), nil
}

// Request sends a request below the API's address. It returns the status and the JSON of the reply.
func (s *Session) Request(ctx context.Context, method, path string, body any) (int, []byte, error) {
	access, err := s.accessToken(ctx)
	if err != nil {
		return 0, nil, err
	}
	status, text, err := s.api.Call(ctx, access, method, path, body)
	if !errors.Is(err, ErrTokenExpired) {
		return status, text, err
	}
	s.expire(access)
	if access, err = s.accessToken(ctx); err != nil {
		return 0, nil, err
	}
	status, text, err = s.api.Call(ctx, access, method, path, body)
	if errors.Is(err, ErrTokenExpired) {
		return status, nil, fmt.Errorf("%w: it refused a token that it had just sent", ErrUnexpectedReply)
	}
	return status, text, err
}

// Documents returns the documents of all pages.
func (s *Session) Documents(ctx context.Context) ([]json.RawMessage, error) {
	var documents []json.RawMessage
	for path := "/docs/?page=1"; path != ""; {
		status, text, err := s.Request(ctx, http.MethodGet, path, nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Next    string
			Results []json.RawMessage
		}
		if json.Unmarshal(text, &page) != nil || status != http.StatusOK || page.Results == nil {
			return nil, fmt.Errorf("%w: it answered the list with %d", ErrUnexpectedReply, status)
		}
		documents = append(documents, page.Results...)
		// The link is http, and perhaps on another host: an access token must not go there.
		next, err := url.Parse(page.Next)
		if err != nil {
			return nil, fmt.Errorf("%w: the link to the next page is not a URL", ErrUnexpectedReply)
		}
		if path = ""; page.Next != "" {
			path = "/docs/?" + next.RawQuery
		}
	}
	return documents, nil
}

// accessToken makes goroutines that need a new token at the same time wait for one request. That request
// goes on when one of them gives up.
func (s *Session) accessToken(ctx context.Context) (string, error) {
	s.mutex.Lock()
	if s.tokens != nil && s.now().Before(s.renewAt) {
		defer s.mutex.Unlock()
		return s.tokens.Access, nil
	}
	if s.renewal == nil {
		s.renewal = &renewal{done: make(chan struct{})}
		go s.renew(s.renewal, s.tokens)
	}
	current := s.renewal
	s.mutex.Unlock()
	select {
	case <-current.done:
		return current.access, current.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (s *Session) renew(current *renewal, old *Tokens) {
	ctx, cancel := context.WithTimeout(context.Background(), renewalTimeout)
	defer cancel()
	tokens, err := s.obtain(ctx, old)

	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err == nil {
		early := margin
		if tokens.Lifetime/10 < early {
			early = tokens.Lifetime / 10
		}
		s.tokens, s.renewAt = &tokens, s.now().Add(tokens.Lifetime-early)
	}
	current.access, current.err = tokens.Access, err
	s.renewal = nil
	close(current.done)
}

func (s *Session) obtain(ctx context.Context, old *Tokens) (Tokens, error) {
	if old != nil {
		tokens, err := s.api.Refresh(ctx, old.Refresh)
		if !errors.Is(err, ErrTokenExpired) {
			return tokens, err
		}
	}
	if s.refusal != nil && s.now().Before(s.refusedUntil) {
		return Tokens{}, s.refusal
	}
	tokens, err := s.api.ObtainToken(ctx, s.credentials)
	switch {
	case errors.Is(err, ErrInvalidCredentials):
		// The same password stays wrong. A login for each call would lock the account.
		s.refusal, s.refusedUntil = err, s.now().AddDate(100, 0, 0)
	case errors.Is(err, ErrRateLimited):
		s.refusal, s.refusedUntil = err, s.now().Add(coolDown)
	}
	return tokens, err
}

// expire marks a token as one that no longer works. Another goroutine may have renewed it already.
func (s *Session) expire(access string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.tokens != nil && s.tokens.Access == access {
		s.renewAt = time.Time{}
	}
}
