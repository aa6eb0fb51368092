package org.mapi4j.provider;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;
import org.mapi4j.types.String8;

/**
 * A restriction with its strings in one width: PT_UNICODE to be kept and evaluated, either for
 * GetSearchCriteria. The tag of a size keeps its type, since sizes differ between the widths.
 */
final class RestrictionWidths {
  private final boolean unicode;
  private final Charset codePage;

  private RestrictionWidths(boolean unicode, Charset codePage) {
    this.unicode = unicode;
    this.codePage = codePage;
  }

  /** Empty when a text is none in the code page. */
  static Optional<SRestriction> of(SRestriction r, boolean unicode, Charset codePage) {
    return new RestrictionWidths(unicode, codePage).of(r);
  }

  private Optional<SRestriction> of(SRestriction r) {
    if (r instanceof SAndRestriction and) {
      return all(and.lpRes()).map(SAndRestriction::new);
    } else if (r instanceof SOrRestriction or) {
      return all(or.lpRes()).map(SOrRestriction::new);
    } else if (r instanceof SNotRestriction not) {
      return of(not.lpRes()).map(SNotRestriction::new);
    } else if (r instanceof SContentRestriction c) {
      return value(c.lpProp())
          .map(text -> new SContentRestriction(c.ulFuzzyLevel(), tag(c.ulPropTag()), text));
    } else if (r instanceof SPropertyRestriction p) {
      return value(p.lpProp())
          .map(value -> new SPropertyRestriction(p.relop(), tag(p.ulPropTag()), value));
    } else if (r instanceof SComparePropsRestriction c) {
      return Optional.of(
          new SComparePropsRestriction(c.relop(), tag(c.ulPropTag1()), tag(c.ulPropTag2())));
    } else if (r instanceof SExistRestriction e) {
      return Optional.of(new SExistRestriction(tag(e.ulPropTag())));
    } else if (r instanceof SSubRestriction s) {
      return of(s.lpRes()).map(res -> new SSubRestriction(s.ulSubObject(), res));
    } else if (r instanceof SCommentRestriction c) {
      return values(c.lpProp())
          .flatMap(
              props ->
                  c.lpRes() == null
                      ? Optional.of(new SCommentRestriction(props, null))
                      : of(c.lpRes()).map(res -> new SCommentRestriction(props, res)));
    } else if (r instanceof SAnnotationRestriction a) {
      return values(a.lpProp())
          .flatMap(
              props ->
                  a.lpRes() == null
                      ? Optional.of(new SAnnotationRestriction(props, null))
                      : of(a.lpRes()).map(res -> new SAnnotationRestriction(props, res)));
    }
    return Optional.of(r);
  }

  private int tag(int tag) {
    return PropTag.changePropType(tag, PropType.withWidth(PropTag.type(tag), unicode));
  }

  private Optional<SPropValue> value(SPropValue prop) {
    int tag = tag(prop.ulPropTag());
    return tag == prop.ulPropTag()
        ? Optional.of(prop)
        : String8.otherWidth(prop.value(), codePage).map(value -> new SPropValue(tag, value));
  }

  private Optional<List<SRestriction>> all(List<SRestriction> children) {
    List<SRestriction> converted = new ArrayList<>(children.size());
    for (SRestriction child : children) {
      Optional<SRestriction> one = of(child);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      converted.add(one.get());
    }
    return Optional.of(converted);
  }

  private Optional<List<SPropValue>> values(List<SPropValue> props) {
    List<SPropValue> converted = new ArrayList<>(props.size());
    for (SPropValue prop : props) {
      Optional<SPropValue> one = value(prop);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      converted.add(one.get());
    }
    return Optional.of(converted);
  }
}
