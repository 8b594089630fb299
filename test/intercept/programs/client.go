// `client default`: the scenario of scenario.mjs with net/http.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

const host = "https://api.zapsign.com.br"

var client = http.DefaultClient
var statuses []string

func call(method, path, bearer, body string) string {
	request, _ := http.NewRequest(method, host+path, strings.NewReader(body))
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := client.Do(request)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	statuses = append(statuses, fmt.Sprint(response.StatusCode))
	return string(text)
}

func login(password string) string {
	return call("POST", "/api/v1/auth/token/11111/", "", `{"username":"dev@example.com.br","password":"`+password+`"}`)
}

func main() {
	if os.Args[1] == "bare" {
		client = &http.Client{Transport: &http.Transport{}}
	}
	var tokens struct{ Access, Refresh string }
	json.Unmarshal([]byte(login("StrongPassword123")), &tokens)
	call("POST", "/api/v1/auth/token-refresh/", "", `{"refresh":"`+tokens.Refresh+`"}`)
	call("GET", "/api/v1/docs/?page=1", tokens.Access, "")
	call("POST", "/api/v1/docs/", tokens.Access, `{"name":"Contract"}`)
	for range [5]int{} {
		login("WrongPassword123")
	}
	login("StrongPassword123")
	fmt.Println(strings.Join(statuses, " "))
}
