package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

/**
 * Restrictions as people type them: {@code subject contains "budget" and not (importance = 2 or
 * message_flags has 1)}. The tests are {@code = != < <= > >= contains starts has exists}; {@code
 * and} binds closer than {@code or}; {@code contains} and {@code starts} ignore case.
 */
final class Where {
  /** Parentheses and nots within one another; more are refused. */
  static final int DEPTH_MAX = 100;

  private static final Pattern TOKEN =
      Pattern.compile("(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|(<=|>=|!=|[=<>()])|([^\\s\"=<>!()]+))");
  private static final Map<String, Integer> RELATIONS =
      Map.of(
          "=", RELOP_EQ, "!=", RELOP_NE, "<", RELOP_LT, "<=", RELOP_LE, ">", RELOP_GT, ">=",
          RELOP_GE);
  private static final String TESTS = "= != < <= > >= contains starts has exists";

  /** A piece of the text; a quoted one is never a word of the language. */
  private record Token(String text, boolean quoted, int at) {
    boolean is(String word) {
      return !quoted && text.equalsIgnoreCase(word);
    }
  }

  private final ToIntFunction<String> tags;
  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private Where(String text, ToIntFunction<String> tags) {
    this.tags = tags;
    Matcher token = TOKEN.matcher(text);
    int end = text.stripTrailing().length();
    for (int at = 0; at < end; at = token.end()) {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (!token.region(at, end).lookingAt()) {
        throw new CommandFailure(
            "--where at %d: no word, sign or text in quotes: %s"
                .formatted(at, ValueText.quoted(text.substring(at))));
      }
      String quoted = token.group(1);
      String plain = token.group(2) != null ? token.group(2) : token.group(3);
      tokens.add(
          quoted != null
              ? new Token(quoted.replaceAll("\\\\(.)", "$1"), true, at)
              : new Token(plain, false, at));
    }
    tokens.add(new Token("the end", true, end));
  }

  /**
   * The restriction that a text says. Throws CommandFailure with the place and what was expected
   * there.
   *
   * @param tags the tag that a name stands for
   */
  static SRestriction parse(String text, ToIntFunction<String> tags) {
    Where where = new Where(text, tags);
    SRestriction all = where.any();
    if (where.next < where.tokens.size() - 1) {
      throw where.expected("and, or, or the end");
    }
    return all;
  }

  private SRestriction any() {
    return chain("or", this::every, SOrRestriction::new);
  }

  private SRestriction every() {
    return chain("and", this::one, SAndRestriction::new);
  }

  private SRestriction chain(
      String word, Supplier<SRestriction> part, Function<List<SRestriction>, SRestriction> whole) {
    List<SRestriction> parts = new ArrayList<>(List.of(part.get()));
    while (take(word)) {
      parts.add(part.get());
    }
    return parts.size() == 1 ? parts.get(0) : whole.apply(parts);
  }

  private SRestriction one() {
    if (++depth > DEPTH_MAX) {
      throw new CommandFailure("--where: more than " + DEPTH_MAX + " levels");
    }
    SRestriction one;
    if (take("not")) {
      one = new SNotRestriction(one());
    } else if (take("(")) {
      one = any();
      if (!take(")")) {
        throw expected("and, or, or )");
      }
    } else {
      one = test();
    }
    depth--;
    return one;
  }

  private SRestriction test() {
    Token name = tokens.get(next);
    if (name.quoted() || RELATIONS.containsKey(name.text()) || name.is(")")) {
      throw expected("a property, not, or (");
    }
    next++;
    int tag = said(name, () -> tags.applyAsInt(name.text()));
    Token test = tokens.get(next++);
    Integer relation = test.quoted() ? null : RELATIONS.get(test.text());
    if (relation != null) {
      return new SPropertyRestriction(relation, tag, value(tag));
    } else if (test.is("exists")) {
      return new SExistRestriction(tag);
    } else if (test.is("contains")) {
      expectText(test, tag);
      return new SContentRestriction(FL_SUBSTRING | FL_IGNORECASE, tag, value(tag));
    } else if (test.is("starts")) {
      expectText(test, tag);
      return new SContentRestriction(FL_PREFIX | FL_IGNORECASE, tag, value(tag));
    } else if (test.is("has")) {
      expectType(test, tag, PropTag.type(tag) == PT_LONG, "a property of type PT_LONG");
      return new SBitMaskRestriction(BMR_NEZ, tag, value(tag).asInt());
    }
    next--;
    throw expected("one of " + TESTS);
  }

  private static void expectText(Token test, int tag) {
    int one = PropTag.type(tag) & ~MVI_FLAG;
    boolean text = one == PT_UNICODE || one == PT_STRING8 || one == PT_BINARY;
    expectType(test, tag, text, "a property with text or bytes");
  }

  private static void expectType(Token test, int tag, boolean fits, String what) {
    if (!fits) {
      throw new CommandFailure(
          "--where at %d: %s expects %s, %s is %s"
              .formatted(
                  test.at(),
                  test.text(),
                  what,
                  PropTag.toString(tag),
                  ValueText.type(PropTag.type(tag))));
    }
  }

  /** What a piece of the text stands for; a failure says where that is. */
  private static <T> T said(Token piece, Supplier<T> meaning) {
    try {
      return meaning.get();
    } catch (CommandFailure wrong) {
      throw new CommandFailure(
          "--where at %d: %s".formatted(piece.at(), wrong.getMessage()), wrong);
    }
  }

  /** A constant of the property's type, or of that of one of its values. */
  private SPropValue value(int tag) {
    Token value = tokens.get(next);
    if (next == tokens.size() - 1) {
      throw expected("a value");
    }
    next++;
    return said(value, () -> ValueParser.parse(tag & ~MVI_FLAG, value.text()));
  }

  private boolean take(String word) {
    boolean is = tokens.get(next).is(word);
    next += is ? 1 : 0;
    return is;
  }

  private CommandFailure expected(String what) {
    Token found = tokens.get(next);
    return new CommandFailure(
        "--where at %d: expected %s, found %s"
            .formatted(found.at(), what, ValueText.plain(found.text())));
  }
}
