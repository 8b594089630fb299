/** The user name or the password is wrong. Another attempt with them gets closer to the login limit. */
export class InvalidCredentials extends Error {
  override name = 'InvalidCredentials'
}

/** Too many logins have failed. Every further attempt makes it worse. */
export class RateLimited extends Error {
  override name = 'RateLimited'
}

/** ZapSign cannot be reached, or is overloaded. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}

/** A reply that is not in ZapSign's documentation. */
export class UnexpectedReply extends Error {
  override name = 'UnexpectedReply'
}
