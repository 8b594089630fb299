package zapsign

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

var (
	// ErrInvalidCredentials means that the user name or the password is wrong. Another attempt gets
	// closer to the login limit.
	ErrInvalidCredentials = errors.New("the user name or the password is wrong")
	// ErrRateLimited means that too many logins have failed. Every further attempt makes it worse.
	ErrRateLimited = errors.New("too many logins have failed")
	// ErrTokenExpired means that a token no longer works: refresh it, or sign in again.
	ErrTokenExpired = errors.New("the token no longer works")
	// ErrUnexpectedReply is a reply that is not in ZapSign's documentation.
	ErrUnexpectedReply = errors.New("ZapSign sent an unexpected reply")
)

// Credentials are a user's, and the organization that the user signs in to.
type Credentials struct{ OrganizationID, Username, Password string }

// Tokens are what a login or a refresh returns.
type Tokens struct {
	Access, Refresh string
	// Lifetime is the time that the access token works.
	Lifetime time.Duration
}

// API has ZapSign's endpoints, one request each. It keeps nothing.
type API struct{ Transport *Transport }

// ObtainToken signs in.
func (a API) ObtainToken(ctx context.Context, c Credentials) (Tokens, error) {
	path := "/auth/token/" + url.PathEscape(c.OrganizationID) + "/"
	r, err := a.post(ctx, path, map[string]string{"username": c.Username, "password": c.Password})
	if err != nil {
		return Tokens{}, err
	}
	switch r.status {
	case http.StatusOK:
		return tokensOf(r, "")
	case http.StatusUnauthorized:
		return Tokens{}, ErrInvalidCredentials
	case http.StatusBadRequest:
		var refusal struct{ Message string }
		// A request with a mistake is a 400, too.
		if json.Unmarshal(r.body, &refusal) == nil && refusal.Message == "Rate limit exceeded" {
			return Tokens{}, ErrRateLimited
		}
	}
	return Tokens{}, unexpected("the login", r)
}

// Refresh returns a new access token, with the same refresh token.
func (a API) Refresh(ctx context.Context, refresh string) (Tokens, error) {
	r, err := a.post(ctx, "/auth/token-refresh/", map[string]string{"refresh": refresh})
	if err != nil {
		return Tokens{}, err
	}
	switch r.status {
	case http.StatusOK:
		return tokensOf(r, refresh)
	case http.StatusUnauthorized:
		return Tokens{}, ErrTokenExpired
	}
	return Tokens{}, unexpected("the refresh", r)
}

// Call sends a request with an access token. It returns the status and the body of any reply but that to
// an expired token.
func (a API) Call(ctx context.Context, access, method, path string, body any) (int, []byte, error) {
	isRepeatable := method != http.MethodPost
	r, err := a.Transport.send(ctx, call{method, path, access, body, isRepeatable})
	if err != nil {
		return 0, nil, err
	}
	// ZapSign's pages show 401 and 403 for an expired token. The code tells it from other refusals.
	var refusal struct{ Code string }
	if r.status == http.StatusUnauthorized ||
		json.Unmarshal(r.body, &refusal) == nil && refusal.Code == "token_not_valid" {
		return r.status, nil, ErrTokenExpired
	}
	return r.status, r.body, nil
}

// Both requests that get a token only get another one when they are repeated.
func (a API) post(ctx context.Context, path string, body any) (reply, error) {
	return a.Transport.send(ctx, call{http.MethodPost, path, "", body, true})
}

func unexpected(what string, r reply) error {
	return fmt.Errorf("%w: it answered %s with %d", ErrUnexpectedReply, what, r.status)
}

// tokensOf takes the lifetime from the reply's date and the token's "exp": both are ZapSign's time, so a
// wrong clock on this machine does not matter.
func tokensOf(r reply, refresh string) (Tokens, error) {
	tokens := Tokens{Refresh: refresh}
	// An error of the parser is not passed on: its text may hold a part of a token.
	if json.Unmarshal(r.body, &tokens) != nil || !isToken(tokens.Access) || !isToken(tokens.Refresh) {
		return Tokens{}, fmt.Errorf("%w: it sent no token", ErrUnexpectedReply)
	}
	var claims struct{ Exp int64 }
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(tokens.Access, ".")[1])
	if err != nil || json.Unmarshal(payload, &claims) != nil || claims.Exp == 0 {
		return Tokens{}, fmt.Errorf("%w: it sent a token without an expiry", ErrUnexpectedReply)
	}
	tokens.Lifetime = time.Unix(claims.Exp, 0).Sub(r.date)
	return tokens, nil
}

func isToken(text string) bool { return strings.Count(text, ".") == 2 }
