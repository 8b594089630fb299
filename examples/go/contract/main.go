// Sends each request of the contract once, and checks how the client understands the replies.
//
//	zapsign-mock contract --consumer go --promises all -- go run ./contract
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"example.com/zapsign/zapsign"
)

func main() {
	ctx := context.Background()
	api := zapsign.API{Transport: zapsign.NewTransport(env("API_URL"))}
	login := func(username, password string) error {
		credentials := zapsign.Credentials{
			OrganizationID: env("ORGANIZATION_ID"), Username: env(username), Password: env(password),
		}
		_, err := api.ObtainToken(ctx, credentials)
		return err
	}
	refresh := func(token string) error {
		_, err := api.Refresh(ctx, env(token))
		return err
	}
	list := func(token string) error {
		_, _, err := api.Call(ctx, env(token), "GET", "/docs/?page=1", nil)
		return err
	}
	expect("authenticated", login("USERNAME", "PASSWORD"), nil)
	expect("invalidCredentials", login("USERNAME", "WRONG_PASSWORD"), zapsign.ErrInvalidCredentials)
	expect("rateLimited", login("BLOCKED_USERNAME", "PASSWORD"), zapsign.ErrRateLimited)
	expect("refreshed", refresh("REFRESH_TOKEN"), nil)
	expect("refreshRefused", refresh("EXPIRED_REFRESH_TOKEN"), zapsign.ErrTokenExpired)
	expect("authorized", list("ACCESS_TOKEN"), nil)
	expect("expired", list("EXPIRED_ACCESS_TOKEN"), zapsign.ErrTokenExpired)
	os.Exit(exitCode)
}

var exitCode = 0

func expect(name string, err, expected error) {
	if errors.Is(err, expected) {
		fmt.Println("ok", name)
		return
	}
	fmt.Printf("NOT OK %s: expected %v, got %v\n", name, expected, err)
	exitCode = 1
}

func env(name string) string { return os.Getenv("ZAPSIGN_" + name) }
