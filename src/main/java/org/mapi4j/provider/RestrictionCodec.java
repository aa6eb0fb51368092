package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.Restrictions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SAnnotationRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSizeRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;

/**
 * A restriction as bytes of a row. What is read back is checked as what a client gives: a tree that
 * could not have been set is damage. Layout: src/docs/formats/search.md.
 */
final class RestrictionCodec {
  private static final int FORMAT = 1;

  private RestrictionCodec() {}

  /**
   * The bytes of a restriction that {@link Restrictions#check} found good; empty when they are more
   * than a limit or a comment has a value that no row keeps.
   */
  static Optional<Bytes> encode(SRestriction restriction, int bytesMax) {
    Writer writer = new Writer(bytesMax);
    writer.out.octet(FORMAT);
    return writer.write(restriction) && writer.out.size() <= bytesMax
        ? Optional.of(writer.out.toBytes())
        : Optional.empty();
  }

  /** Throws {@link StorageFault.Damaged} for what {@link #encode} never made. */
  static SRestriction decode(Bytes bytes) {
    RowReader in = new RowReader(bytes);
    RowFormat.expect("restriction", FORMAT, in.octet());
    SRestriction restriction;
    try {
      restriction = new Reader(in).read(1);
    } catch (IllegalArgumentException wrong) {
      throw damaged(wrong.getMessage(), wrong);
    }
    if (!in.atEnd()) {
      throw damaged("bytes follow it", null);
    }
    if (Restrictions.check(restriction) != S_OK) {
      throw damaged("it cannot be evaluated", null);
    }
    return restriction;
  }

  private static StorageFault damaged(String what, Throwable cause) {
    return new StorageFault.Damaged("restriction in a row: " + what, cause);
  }

  private static final class Writer {
    private final RowWriter out = new RowWriter(128);
    private final int bytesMax;

    Writer(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    /** False when it does not fit. */
    boolean write(SRestriction r) {
      out.octet(r.rt());
      if (out.size() > bytesMax) {
        return false;
      }
      if (r instanceof SAndRestriction and) {
        return all(and.lpRes());
      } else if (r instanceof SOrRestriction or) {
        return all(or.lpRes());
      } else if (r instanceof SNotRestriction not) {
        return write(not.lpRes());
      } else if (r instanceof SContentRestriction c) {
        out.fixed32(c.ulFuzzyLevel());
        out.fixed32(c.ulPropTag());
        return value(c.lpProp());
      } else if (r instanceof SPropertyRestriction p) {
        out.fixed32(p.relop());
        out.fixed32(p.ulPropTag());
        return value(p.lpProp());
      } else if (r instanceof SComparePropsRestriction c) {
        return numbers(c.relop(), c.ulPropTag1(), c.ulPropTag2());
      } else if (r instanceof SBitMaskRestriction b) {
        return numbers(b.relBMR(), b.ulPropTag(), b.ulMask());
      } else if (r instanceof SSizeRestriction s) {
        return numbers(s.relop(), s.ulPropTag(), s.cb());
      } else if (r instanceof SExistRestriction e) {
        return numbers(e.ulPropTag());
      } else if (r instanceof SSubRestriction s) {
        out.fixed32(s.ulSubObject());
        return write(s.lpRes());
      } else if (r instanceof SCommentRestriction c) {
        return comment(c.lpProp(), c.lpRes());
      } else if (r instanceof SAnnotationRestriction a) {
        return comment(a.lpProp(), a.lpRes());
      }
      throw new IllegalArgumentException("not checked: " + r);
    }

    private boolean numbers(int... values) {
      for (int value : values) {
        out.fixed32(value);
      }
      return true;
    }

    private boolean all(List<SRestriction> children) {
      out.count(children.size());
      for (SRestriction child : children) {
        if (!write(child)) {
          return false;
        }
      }
      return true;
    }

    private boolean comment(List<SPropValue> props, SRestriction restriction) {
      out.count(props.size());
      for (SPropValue prop : props) {
        if (!value(prop)) {
          return false;
        }
      }
      out.octet(restriction == null ? 0 : 1);
      return restriction == null || write(restriction);
    }

    private boolean value(SPropValue prop) {
      if (!isKept(prop.type()) || PropSize.of(prop) > 2L * bytesMax || out.size() > bytesMax) {
        return false;
      }
      out.fixed32(prop.ulPropTag());
      PropCodec.writeValue(out, prop.type(), prop.value());
      return true;
    }

    private static boolean isKept(int type) {
      int single = type & ~MV_FLAG;
      return PropType.isDefined(type)
          && single != PT_UNSPECIFIED
          && single != PT_NULL
          && single != PT_OBJECT;
    }
  }

  private static final class Reader {
    private final RowReader in;
    private int nodes;

    Reader(RowReader in) {
      this.in = in;
    }

    SRestriction read(int depth) {
      if (depth > Restrictions.RESTRICTION_DEPTH_MAX
          || ++nodes > Restrictions.RESTRICTION_NODES_MAX) {
        throw damaged("too deep or too many", null);
      }
      int kind = in.octet();
      return switch (kind) {
        case RES_AND -> new SAndRestriction(all(depth));
        case RES_OR -> new SOrRestriction(all(depth));
        case RES_NOT -> new SNotRestriction(read(depth + 1));
        case RES_CONTENT -> new SContentRestriction(in.fixed32(), in.fixed32(), value());
        case RES_PROPERTY -> new SPropertyRestriction(in.fixed32(), in.fixed32(), value());
        case RES_COMPAREPROPS ->
            new SComparePropsRestriction(in.fixed32(), in.fixed32(), in.fixed32());
        case RES_BITMASK -> new SBitMaskRestriction(in.fixed32(), in.fixed32(), in.fixed32());
        case RES_SIZE -> new SSizeRestriction(in.fixed32(), in.fixed32(), in.fixed32());
        case RES_EXIST -> new SExistRestriction(in.fixed32());
        case RES_SUBRESTRICTION -> new SSubRestriction(in.fixed32(), read(depth + 1));
        case RES_COMMENT -> new SCommentRestriction(values(), optional(depth));
        case RES_ANNOTATION -> new SAnnotationRestriction(values(), optional(depth));
        default -> throw damaged("kind " + kind, null);
      };
    }

    private List<SRestriction> all(int depth) {
      int count = in.count();
      List<SRestriction> children = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        children.add(read(depth + 1));
      }
      return children;
    }

    private SRestriction optional(int depth) {
      return in.octet() == 0 ? null : read(depth + 1);
    }

    private List<SPropValue> values() {
      int count = in.count();
      List<SPropValue> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(value());
      }
      return values;
    }

    private SPropValue value() {
      int tag = in.fixed32();
      return new SPropValue(tag, PropCodec.readValue(in, PropTag.type(tag)));
    }
  }
}
