package zapsign;

/** An answer of ZapSign, or none, that a program can do something about. */
public final class ZapSignException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** The user name or the password is wrong. Another attempt gets closer to the login limit. */
    INVALID_CREDENTIALS,
    /** Too many logins have failed. Every further attempt makes it worse. */
    RATE_LIMITED,
    /** The token no longer works: refresh it, or sign in again. */
    TOKEN_EXPIRED,
    /** ZapSign cannot be reached, or is overloaded. */
    UNAVAILABLE,
    /** A reply that is not in ZapSign's documentation. */
    UNEXPECTED_REPLY
  }

  public final Reason reason;

  ZapSignException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ZapSignException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }
}
