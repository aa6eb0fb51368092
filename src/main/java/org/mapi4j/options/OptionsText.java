package org.mapi4j.options;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;

/**
 * Options as one line of text, for callers that have no Java: {@code profile=outlook;
 * cacheBytes=134217728}. Parts are separated by semicolons, spaces around names and values do not
 * count.
 *
 * <pre>
 * profile              documented or outlook
 * create               true or false: make an absent store
 * cacheBytes           the engine's cache
 * diskBytesMax         the store's files together; 0 for no limit
 * deletedRetentionDays how long deleted messages are kept; 0 keeps none
 * codePage             the ANSI code page, by its name in Java: windows-1252
 * asynchronousCommits  true or false: saves return before they are durable
 * </pre>
 */
public final class OptionsText {
  private OptionsText() {}

  /**
   * These options with those of the text; null or an empty text changes nothing. Throws
   * IllegalArgumentException with a sentence for people that names the part which is wrong.
   */
  public static StoreOptions parse(String text, StoreOptions base) {
    StoreOptions.Builder options = base.toBuilder();
    if (text != null) {
      for (String part : text.split(";", -1)) {
        if (!part.isBlank()) {
          set(options, part.strip());
        }
      }
    }
    return options.build();
  }

  private static void set(StoreOptions.Builder options, String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("option \"" + part + "\": expected name=value");
    }
    String name = part.substring(0, equals).strip();
    String value = part.substring(equals + 1).strip();
    switch (name) {
      case "profile" -> options.profile(profile(value));
      case "create" -> options.create(truth(name, value));
      case "cacheBytes" -> options.cacheBytes(number(name, value, 1));
      case "diskBytesMax" -> options.diskBytesMax(number(name, value, 0));
      case "deletedRetentionDays" ->
          options.deletedRetention(Duration.ofDays(number(name, value, 0, 36_500)));
      case "codePage" -> options.codePage(codePage(value));
      case "asynchronousCommits" -> options.asynchronousCommits(truth(name, value));
      default ->
          throw new IllegalArgumentException(
              "option \""
                  + name
                  + "\" does not exist; there are profile, create, cacheBytes, diskBytesMax,"
                  + " deletedRetentionDays, codePage and asynchronousCommits");
    }
  }

  /** The profile with this name. Throws IllegalArgumentException likewise. */
  public static StoreProfile profile(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "documented" -> StoreProfile.DOCUMENTED;
      case "outlook" -> StoreProfile.OUTLOOK;
      default ->
          throw new IllegalArgumentException(
              "profile: expected documented or outlook, found \"" + name + "\"");
    };
  }

  private static boolean truth(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              name + ": expected true or false, found \"" + value + "\"");
    };
  }

  private static long number(String name, String value, long min) {
    return number(name, value, min, Long.MAX_VALUE);
  }

  private static long number(String name, String value, long min, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          name + ": expected a number, found \"" + value + "\"", malformed);
    }
    String atMost = max == Long.MAX_VALUE ? "" : " and " + max + " at most";
    throw new IllegalArgumentException(
        name + ": expected " + min + " or more" + atMost + ", found " + value);
  }

  private static Charset codePage(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "codePage: this Java has none named \"" + name + "\"", unknown);
    }
  }
}
