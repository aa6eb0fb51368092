package org.mapi4j.table;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;

/**
 * A restriction with its PT_STRING8 comparisons made PT_UNICODE, so that one comparison serves both
 * widths. Sizes and existence keep the type asked for.
 */
final class WideStrings {
  private WideStrings() {}

  /** Empty when a constant is no text in the code page. */
  static Optional<SRestriction> of(SRestriction r, Charset codePage) {
    if (r instanceof SAndRestriction and) {
      return all(and.lpRes(), codePage).map(SAndRestriction::new);
    } else if (r instanceof SOrRestriction or) {
      return all(or.lpRes(), codePage).map(SOrRestriction::new);
    } else if (r instanceof SNotRestriction not) {
      return of(not.lpRes(), codePage).map(SNotRestriction::new);
    } else if (r instanceof SContentRestriction c) {
      int tag = Widths.wide(c.ulPropTag());
      return wide(c.lpProp(), codePage)
          .map(constant -> new SContentRestriction(c.ulFuzzyLevel(), tag, constant));
    } else if (r instanceof SPropertyRestriction p) {
      int tag = Widths.wide(p.ulPropTag());
      return wide(p.lpProp(), codePage)
          .map(constant -> new SPropertyRestriction(p.relop(), tag, constant));
    } else if (r instanceof SComparePropsRestriction c) {
      return Optional.of(
          new SComparePropsRestriction(
              c.relop(), Widths.wide(c.ulPropTag1()), Widths.wide(c.ulPropTag2())));
    } else if (r instanceof SSubRestriction s) {
      return of(s.lpRes(), codePage).map(res -> new SSubRestriction(s.ulSubObject(), res));
    } else if (r instanceof SCommentRestriction c && c.lpRes() != null) {
      return of(c.lpRes(), codePage).map(res -> new SCommentRestriction(c.lpProp(), res));
    } else if (r instanceof SAnnotationRestriction a && a.lpRes() != null) {
      return of(a.lpRes(), codePage).map(res -> new SAnnotationRestriction(a.lpProp(), res));
    }
    return Optional.of(r);
  }

  private static Optional<SPropValue> wide(SPropValue constant, Charset codePage) {
    return Widths.convert(constant, true, codePage);
  }

  private static Optional<List<SRestriction>> all(List<SRestriction> children, Charset codePage) {
    List<SRestriction> wide = new ArrayList<>(children.size());
    for (SRestriction child : children) {
      Optional<SRestriction> one = of(child, codePage);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      wide.add(one.get());
    }
    return Optional.of(wide);
  }
}
