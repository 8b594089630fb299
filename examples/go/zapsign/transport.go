// Package zapsign is a client of ZapSign. It needs only the standard library.
package zapsign

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ErrUnavailable means that ZapSign cannot be reached, or is overloaded.
var ErrUnavailable = errors.New("ZapSign is unavailable")

const (
	attempts  = 4
	timeout   = 10 * time.Second
	firstWait = 250 * time.Millisecond
	// A server that asks for a longer wait than this is not worth waiting for.
	longestWait = 30 * time.Second
)

// Transport sends requests. It repeats those that failed for a moment, and waits longer each time.
type Transport struct {
	// APIURL is an address such as https://api.zapsign.com.br/api/v1.
	APIURL string
	sleep  func(context.Context, time.Duration) error
	jitter func() float64
	client http.Client
}

// NewTransport returns a Transport that waits in real time.
func NewTransport(apiURL string) *Transport {
	return &Transport{
		APIURL: apiURL,
		sleep:  sleep,
		jitter: rand.Float64,
		client: http.Client{
			Timeout: timeout,
			// A redirect would turn the POST of a path without its slash into a GET.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

type call struct {
	method, path, access string
	body                 any
	// Whether a second request does no harm when the first one was carried out.
	isRepeatable bool
}

type reply struct {
	status     int
	body       []byte
	date       time.Time
	retryAfter time.Duration
}

func (t *Transport) send(ctx context.Context, c call) (reply, error) {
	for attempt := 1; ; attempt++ {
		r, err := t.sendOnce(ctx, c)
		if err == nil && !isWorthRepeating(r.status, c.isRepeatable) {
			return r, nil
		}
		wait := time.Duration(t.jitter() * float64(firstWait<<(attempt-1)))
		if err == nil && r.retryAfter >= 0 {
			wait = r.retryAfter
		}
		isFinal := attempt == attempts || wait > longestWait || ctx.Err() != nil
		if err != nil && (isFinal || !c.isRepeatable) {
			return r, fmt.Errorf("%w: %v", ErrUnavailable, err)
		}
		if isFinal {
			return r, fmt.Errorf("%w: it answered with %d", ErrUnavailable, r.status)
		}
		if err := t.sleep(ctx, wait); err != nil {
			return r, err
		}
	}
}

func (t *Transport) sendOnce(ctx context.Context, c call) (reply, error) {
	var body io.Reader
	if c.body != nil {
		text, err := json.Marshal(c.body)
		if err != nil {
			return reply{}, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, c.method, t.APIURL+c.path, body)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Accept", "application/json")
	if c.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.access != "" {
		request.Header.Set("Authorization", "Bearer "+c.access)
	}
	response, err := t.client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, err
	}
	r := reply{status: response.StatusCode, retryAfter: -1}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		r.body = text
	}
	r.date, err = http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		r.date = time.Now()
	}
	r.retryAfter = waitOf(response.Header.Get("Retry-After"), r.date)
	return r, nil
}

func isWorthRepeating(status int, isRepeatable bool) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		// The server refused the request before it did anything.
		return true
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		// A proxy does not know what the server did.
		return isRepeatable
	}
	return false
}

// waitOf reads Retry-After, which is a number of seconds or a date by the server's clock. It returns -1
// where there is nothing to read.
func waitOf(retryAfter string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(retryAfter, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(retryAfter)
	if err != nil {
		return -1
	}
	if wait := until.Sub(now); wait > 0 {
		return wait
	}
	return 0
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
