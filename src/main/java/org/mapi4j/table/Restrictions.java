package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.mapi4j.types.FuzzyLevel;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.RowView;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SCountRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSizeRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;

/**
 * What restrictions mean, one line for each kind, and which of them can be evaluated. A property
 * that is absent fails every restriction on it but SNotRestriction's; of a multivalue one element
 * suffices. Source: MAPI "About Restrictions", "SRestriction". Where the pages differ: ADR 0010.
 */
public final class Restrictions {
  /** Restrictions within restrictions; deeper ones are MAPI_E_TOO_COMPLEX. */
  public static final int RESTRICTION_DEPTH_MAX = 128;

  /** Restrictions in one tree; more are MAPI_E_TOO_COMPLEX. */
  public static final int RESTRICTION_NODES_MAX = 16_384;

  /** Bytes of the constants of one tree, as UlPropSize counts; more are MAPI_E_TOO_COMPLEX. */
  public static final int RESTRICTION_BYTES_MAX = 1 << 20;

  private Restrictions() {}

  /** True when a row meets a restriction that {@link #check} found good. */
  public static boolean test(SRestriction r, RowView row) {
    if (r instanceof SAndRestriction and) {
      return and.lpRes().stream().allMatch(one -> test(one, row));
    } else if (r instanceof SOrRestriction or) {
      return or.lpRes().stream().anyMatch(one -> test(one, row));
    } else if (r instanceof SNotRestriction not) {
      return !test(not.lpRes(), row);
    } else if (r instanceof SContentRestriction c) {
      return any(row, c.ulPropTag(), c.lpProp(), one -> contains(c, one));
    } else if (r instanceof SPropertyRestriction p) {
      return any(row, p.ulPropTag(), p.lpProp(), one -> compares(p, one));
    } else if (r instanceof SComparePropsRestriction c) {
      return compares(c.relop(), value(row, c.ulPropTag1()), value(row, c.ulPropTag2()));
    } else if (r instanceof SBitMaskRestriction b) {
      return masks(b, value(row, b.ulPropTag()));
    } else if (r instanceof SSizeRestriction s) {
      return measures(s, value(row, s.ulPropTag()));
    } else if (r instanceof SExistRestriction e) {
      return exists(e.ulPropTag(), row.get(e.ulPropTag()));
    } else if (r instanceof SSubRestriction s) {
      return StreamSupport.stream(row.subobjects(s.ulSubObject()).spliterator(), false)
          .anyMatch(one -> test(s.lpRes(), one));
    } else if (r instanceof SCommentRestriction c) {
      return c.lpRes() == null || test(c.lpRes(), row);
    } else if (r instanceof SAnnotationRestriction a) {
      return a.lpRes() == null || test(a.lpRes(), row);
    }
    throw new IllegalArgumentException("not checked: " + r);
  }

  /** As {@link #check(SRestriction, boolean)} for a table whose rows have subobjects. */
  public static int check(SRestriction restriction) {
    return check(restriction, true);
  }

  /**
   * S_OK for a restriction that can be evaluated; MAPI_E_INVALID_PARAMETER for a malformed one;
   * MAPI_E_TOO_COMPLEX for types that differ or cannot be compared, SCountRestriction, RELOP_RE,
   * SSubRestriction where rows have no subobjects, and trees beyond the limits.
   */
  public static int check(SRestriction restriction, boolean subobjects) {
    return new Checker().check(restriction, subobjects, 1);
  }

  /** Tags of the properties that a row is asked for, those of subobjects not. */
  public static IntStream tags(SRestriction r) {
    if (r instanceof SAndRestriction and) {
      return and.lpRes().stream().flatMapToInt(Restrictions::tags);
    } else if (r instanceof SOrRestriction or) {
      return or.lpRes().stream().flatMapToInt(Restrictions::tags);
    } else if (r instanceof SNotRestriction not) {
      return tags(not.lpRes());
    } else if (r instanceof SContentRestriction c) {
      return IntStream.of(c.ulPropTag());
    } else if (r instanceof SPropertyRestriction p) {
      return IntStream.of(p.ulPropTag());
    } else if (r instanceof SComparePropsRestriction c) {
      return IntStream.of(c.ulPropTag1(), c.ulPropTag2());
    } else if (r instanceof SBitMaskRestriction b) {
      return IntStream.of(b.ulPropTag());
    } else if (r instanceof SSizeRestriction s) {
      return IntStream.of(s.ulPropTag());
    } else if (r instanceof SExistRestriction e) {
      return IntStream.of(e.ulPropTag());
    } else if (r instanceof SCommentRestriction c) {
      return tags(c.lpRes());
    } else if (r instanceof SAnnotationRestriction a) {
      return tags(a.lpRes());
    }
    return IntStream.empty();
  }

  private static boolean compares(int relop, SPropValue a, SPropValue b) {
    return a != null && b != null && PropCompare.relop(relop, a, b);
  }

  private static boolean compares(SPropertyRestriction p, SPropValue one) {
    // Under the row's identifier, since that decides whether case counts.
    int tag = PropTag.of(one.id(), p.lpProp().type());
    return PropCompare.relop(p.relop(), one, p.lpProp().withTag(tag));
  }

  private static boolean contains(SContentRestriction c, SPropValue one) {
    int level = c.ulFuzzyLevel() | (PropCompare.ignoresCase(one.ulPropTag()) ? FL_IGNORECASE : 0);
    return FuzzyLevel.contains(one, c.lpProp(), level);
  }

  private static boolean masks(SBitMaskRestriction b, SPropValue value) {
    return value != null && (value.asInt() & b.ulMask()) == 0 == (b.relBMR() == BMR_EQZ);
  }

  private static boolean measures(SSizeRestriction s, SPropValue value) {
    return value != null
        && PropCompare.holds(s.relop(), Integer.compareUnsigned(PropSize.of(value), s.cb()));
  }

  /** A value too large to be given is there all the same. */
  private static boolean exists(int tag, SPropValue value) {
    return value != null
        && (value.isError() ? value.scode() == MAPI_E_NOT_ENOUGH_MEMORY : fits(value, tag));
  }

  /** The row's value of the tag's type, or null. */
  private static SPropValue value(RowView row, int tag) {
    SPropValue value = row.get(tag);
    return value != null && !value.isError() && fits(value, tag) ? value : null;
  }

  /** An expanded column has one value, or all of them where the view does not expand it. */
  private static boolean fits(SPropValue value, int tag) {
    return Widths.fits(value, tag & ~MV_INSTANCE)
        || ViewRow.isInstance(tag) && Widths.fits(value, tag & ~MVI_FLAG);
  }

  /** True when the row's value, or an element of it, has the constant's type and passes. */
  private static boolean any(
      RowView row, int tag, SPropValue constant, Predicate<SPropValue> passes) {
    SPropValue value = row.get(tag);
    if (value == null || value.isError()) {
      return false;
    }
    if (value.value() instanceof List<?> list) {
      int single = PropTag.changePropType(value.ulPropTag(), value.type() & ~MV_FLAG);
      return PropTag.type(single) == constant.type()
          && list.stream().anyMatch(one -> passes.test(new SPropValue(single, one)));
    }
    return value.type() == constant.type() && passes.test(value);
  }

  /** Walks a tree once, and no further than the limits. */
  private static final class Checker {
    private int nodes;
    private long bytes;

    int check(SRestriction r, boolean subobjects, int depth) {
      if (r == null) {
        return MAPI_E_INVALID_PARAMETER;
      }
      if (depth > RESTRICTION_DEPTH_MAX || ++nodes > RESTRICTION_NODES_MAX) {
        return MAPI_E_TOO_COMPLEX;
      }
      if (r instanceof SAndRestriction and) {
        return all(and.lpRes(), subobjects, depth);
      } else if (r instanceof SOrRestriction or) {
        return all(or.lpRes(), subobjects, depth);
      } else if (r instanceof SNotRestriction not) {
        return check(not.lpRes(), subobjects, depth + 1);
      } else if (r instanceof SContentRestriction c) {
        return content(c);
      } else if (r instanceof SPropertyRestriction p) {
        return property(p);
      } else if (r instanceof SComparePropsRestriction c) {
        boolean same = PropTag.type(c.ulPropTag1()) == PropTag.type(c.ulPropTag2());
        return same ? comparison(c.relop(), PropTag.type(c.ulPropTag1())) : MAPI_E_TOO_COMPLEX;
      } else if (r instanceof SBitMaskRestriction b) {
        return mask(b);
      } else if (r instanceof SSizeRestriction s) {
        return relop(s.relop());
      } else if (r instanceof SExistRestriction e) {
        return PropTag.type(e.ulPropTag()) == PT_OBJECT ? MAPI_E_TOO_COMPLEX : S_OK;
      } else if (r instanceof SSubRestriction s) {
        return sub(s, subobjects, depth);
      } else if (r instanceof SCommentRestriction c) {
        return beside(c.lpProp(), c.lpRes(), subobjects, depth);
      } else if (r instanceof SAnnotationRestriction a) {
        return beside(a.lpProp(), a.lpRes(), subobjects, depth);
      }
      return r instanceof SCountRestriction ? MAPI_E_TOO_COMPLEX : MAPI_E_INVALID_PARAMETER;
    }

    private int all(List<SRestriction> children, boolean subobjects, int depth) {
      for (SRestriction child : children) {
        int hr = check(child, subobjects, depth + 1);
        if (hr != S_OK) {
          return hr;
        }
      }
      return S_OK;
    }

    /** What is remarked beside a restriction is kept with it. */
    private int beside(List<SPropValue> remarks, SRestriction r, boolean subobjects, int depth) {
      for (SPropValue remark : remarks) {
        int hr = constant(remark);
        if (hr != S_OK) {
          return hr;
        }
      }
      return r == null ? S_OK : check(r, subobjects, depth + 1);
    }

    private int sub(SSubRestriction s, boolean subobjects, int depth) {
      boolean known =
          s.ulSubObject() == PR_MESSAGE_RECIPIENTS || s.ulSubObject() == PR_MESSAGE_ATTACHMENTS;
      return known && subobjects ? check(s.lpRes(), false, depth + 1) : MAPI_E_TOO_COMPLEX;
    }

    private int content(SContentRestriction c) {
      if (c.lpProp() == null) {
        return MAPI_E_INVALID_PARAMETER;
      }
      int type = c.lpProp().type();
      boolean searchable = type == PT_BINARY || type == PT_STRING8 || type == PT_UNICODE;
      return searchable && agree(c.ulPropTag(), type) && FuzzyLevel.isValid(c.ulFuzzyLevel())
          ? constant(c.lpProp())
          : MAPI_E_TOO_COMPLEX;
    }

    private int constant(SPropValue value) {
      bytes += PropSize.of(value);
      return bytes > RESTRICTION_BYTES_MAX ? MAPI_E_TOO_COMPLEX : S_OK;
    }

    private int property(SPropertyRestriction p) {
      if (p.lpProp() == null) {
        return MAPI_E_INVALID_PARAMETER;
      }
      int type = p.lpProp().type();
      boolean single = (type & MV_FLAG) == 0;
      if (!single || !agree(p.ulPropTag(), type)) {
        return MAPI_E_TOO_COMPLEX;
      }
      int hr = comparison(p.relop(), type);
      return hr == S_OK ? constant(p.lpProp()) : hr;
    }

    /** The constant has the type of the property, or of one value of it. */
    private static boolean agree(int tag, int constant) {
      int type = PropTag.type(tag);
      return type == constant || (type & MV_FLAG) != 0 && (type & ~MVI_FLAG) == constant;
    }

    private static int comparison(int relop, int type) {
      boolean comparable =
          PropType.isDefined(type) && type != PT_OBJECT && type != PT_NULL && type != PT_ERROR;
      return comparable ? relop(relop) : MAPI_E_TOO_COMPLEX;
    }

    private static int relop(int relop) {
      return switch (relop) {
        case RELOP_LT, RELOP_LE, RELOP_GT, RELOP_GE, RELOP_EQ, RELOP_NE -> S_OK;
        case RELOP_RE, RELOP_MEMBER_OF_DL -> MAPI_E_TOO_COMPLEX;
        default -> MAPI_E_INVALID_PARAMETER;
      };
    }

    private static int mask(SBitMaskRestriction b) {
      if (b.relBMR() != BMR_EQZ && b.relBMR() != BMR_NEZ) {
        return MAPI_E_INVALID_PARAMETER;
      }
      return PropTag.type(b.ulPropTag()) == PT_LONG ? S_OK : MAPI_E_TOO_COMPLEX;
    }
  }
}
