/** What the help says below the options. */
export const helpAfter = `
Durations are 90s, 5m, 1h, 1d, 250ms, or a number of seconds.
Each option is also an environment variable: --login-window is ZAPSIGN_MOCK_LOGIN_WINDOW. A flag wins
over the environment, the environment over the configuration file.

Examples:
  zapsign-mock --port 0 --json
  zapsign-mock --access-lifetime 30s --login-attempts 3
  zapsign-mock run -- npm test`
