package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiTags.*;

import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.util.CodePageUtil;
import org.apache.poi.util.LocaleUtil;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.String8;

/**
 * The code pages of a message's PT_STRING8 properties, chosen as Apache POI's HSMF chooses them:
 * PR_MESSAGE_CODEPAGE, else the code page of PR_MESSAGE_LOCALE_ID, else the charset of the
 * transport headers' Content-Type, else windows-1252. PR_INTERNET_CPID rules the HTML body, and the
 * plain body too unless it is UTF-8.
 */
record CodePages(Charset general, Charset html, Charset body) {
  private static final Charset LAST_RESORT = Charset.forName("windows-1252");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          "^content-type:[^\\r\\n]*?charset=[\"']?([^;'\"\\s]+)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /**
   * @param fixed values of the message's fixed-size properties, by tag
   * @param headers the transport headers, or null
   * @param outer what holds when the message itself says nothing; null for none
   */
  static CodePages choose(Map<Integer, Object> fixed, String8 headers, CodePages outer) {
    Charset general =
        page(fixed, PR_MESSAGE_CODEPAGE)
            .or(() -> locale(fixed))
            .or(() -> contentType(headers))
            .orElse(outer == null ? LAST_RESORT : outer.general);
    Optional<Charset> internet = page(fixed, PR_INTERNET_CPID);
    return new CodePages(
        general,
        internet.orElse(general),
        internet.filter(page -> !page.equals(StandardCharsets.UTF_8)).orElse(general));
  }

  /** The code page of one property. */
  Charset of(int tag) {
    return switch (PropTag.id(tag)) {
      case 0x1013 -> html;
      case 0x1000 -> body;
      default -> general;
    };
  }

  private static Optional<Charset> page(Map<Integer, Object> fixed, int tag) {
    return fixed.get(tag) instanceof Integer page ? charset(page) : Optional.empty();
  }

  private static Optional<Charset> locale(Map<Integer, Object> fixed) {
    return fixed.get(PR_MESSAGE_LOCALE_ID) instanceof Integer lcid
        ? charset(LocaleUtil.getDefaultCodePageFromLCID(lcid))
        : Optional.empty();
  }

  private static Optional<Charset> contentType(String8 headers) {
    if (headers == null) {
      return Optional.empty();
    }
    Matcher header = CONTENT_TYPE.matcher(headers.toString());
    Charset found = null;
    while (header.find()) {
      found = named(header.group(1)).orElse(found);
    }
    return Optional.ofNullable(found);
  }

  /** Empty for 0 and for pages that this machine lacks. */
  private static Optional<Charset> charset(int page) {
    if (page <= 0) {
      return Optional.empty();
    }
    try {
      return named(CodePageUtil.codepageToEncoding(page, true));
    } catch (UnsupportedEncodingException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<Charset> named(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }
}
