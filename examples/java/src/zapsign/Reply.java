package zapsign;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What ZapSign answered. `date` is ZapSign's time. */
public record Reply(int status, String body, Instant date) {

  /**
   * A property with a text. The JDK has no JSON parser: a program with more than tokens to read takes a
   * library. Tokens and ZapSign's messages have no characters that are escaped.
   */
  Optional<String> text(String name) {
    var found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(body);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** A text as JSON. It escapes all that JSON must escape. */
  static String json(String text) {
    var escaped = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character < ' ') escaped.append(String.format("\\u%04x", (int) character));
      else if (character == '"' || character == '\\') escaped.append('\\').append(character);
      else escaped.append(character);
    }
    return escaped.append('"').toString();
  }
}
