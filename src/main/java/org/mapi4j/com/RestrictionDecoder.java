package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.com.LittleEndian.*;
import static org.mapi4j.types.MapiCode.MAPI_E_TOO_COMPLEX;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
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
 * A restriction from native memory: a tree, or what a faulty caller passes for one. Depth and
 * number of its conditions are bounded before each is read, so a cycle ends as MAPI_E_TOO_COMPLEX.
 * A NULL within it becomes a null: what may be missing is for the table to say.
 */
final class RestrictionDecoder {
  private static final String WHAT = "SRestriction";

  private final NativeReader reader;
  private final PropDecoder props;
  private int nodes;

  RestrictionDecoder(NativeReader reader, PropDecoder props) {
    this.reader = reader;
    this.props = props;
  }

  /** The restriction at an address; null for NULL. */
  SRestriction pointer(long address) {
    return child(address, 1);
  }

  private SRestriction child(long address, int depth) {
    if (address == 0) {
      return null;
    }
    enter(depth, 1);
    return condition(reader.structure(WHAT, address, RESTRICTION), 0, depth);
  }

  private void enter(int depth, long count) {
    ComLimits limits = reader.limits();
    if (depth > limits.restrictionDepthMax() || count > limits.restrictionNodesMax() - nodes) {
      throw new ComFault(
          MAPI_E_TOO_COMPLEX,
          "SRestriction: level %d, %d conditions".formatted(depth, nodes + count));
    }
    nodes += (int) count;
  }

  private SRestriction condition(byte[] b, int at, int depth) {
    int first = getInt(b, at + RES_FIRST);
    int second = getInt(b, at + RES_SECOND);
    int third = getInt(b, at + RES_THIRD);
    long pointer = getLong(b, at + RES_POINTER);
    int rt = getInt(b, at);
    return switch (rt) {
      case RES_AND -> new SAndRestriction(all(pointer, getCount(b, at + RES_FIRST), depth));
      case RES_OR -> new SOrRestriction(all(pointer, getCount(b, at + RES_FIRST), depth));
      case RES_NOT -> new SNotRestriction(child(pointer, depth + 1));
      case RES_CONTENT -> new SContentRestriction(first, second, props.pointer(WHAT, pointer));
      case RES_PROPERTY -> new SPropertyRestriction(first, second, props.pointer(WHAT, pointer));
      case RES_COMPAREPROPS -> new SComparePropsRestriction(first, second, third);
      case RES_BITMASK -> new SBitMaskRestriction(first, second, third);
      case RES_SIZE -> new SSizeRestriction(first, second, third);
      case RES_EXIST -> new SExistRestriction(second);
      case RES_SUBRESTRICTION -> new SSubRestriction(first, child(pointer, depth + 1));
      case RES_COMMENT -> new SCommentRestriction(comments(b, at), child(pointer, depth + 1));
      case RES_ANNOTATION -> new SAnnotationRestriction(comments(b, at), child(pointer, depth + 1));
      case RES_COUNT -> new SCountRestriction(first, child(pointer, depth + 1));
      default -> throw NativeReader.invalid("SRestriction.rt: 0x%08X is no kind", rt);
    };
  }

  private List<SPropValue> comments(byte[] b, int at) {
    return props.array(WHAT, getLong(b, at + RES_PROPS), getCount(b, at + RES_FIRST));
  }

  private List<SRestriction> all(long address, long count, int depth) {
    if (count == 0) {
      return List.of();
    }
    if (count <= reader.limits().elementsMax()) {
      enter(depth + 1, count);
    }
    byte[] b = reader.array(WHAT, address, count, RESTRICTION);
    SRestriction[] children = new SRestriction[(int) count];
    for (int i = 0; i < children.length; i++) {
      children[i] = condition(b, RESTRICTION * i, depth + 1);
    }
    return List.of(children);
  }
}
