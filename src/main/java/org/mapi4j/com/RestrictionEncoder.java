package org.mapi4j.com;

import static org.mapi4j.com.Layouts.*;
import static org.mapi4j.types.MapiCode.MAPI_E_TOO_COMPLEX;

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
 * Restrictions into a block; MAPI_E_TOO_COMPLEX for one that is deeper or larger than what the
 * bridge reads.
 */
final class RestrictionEncoder {
  private static final ComLimits LIMITS = ComLimits.DEFAULT;

  private final Block block;
  private int nodes;

  RestrictionEncoder(Block block) {
    this.block = block;
  }

  /** Places a restriction; its offset. */
  int place(SRestriction restriction) {
    int at = block.place(RESTRICTION);
    fill(at, restriction, 1);
    return at;
  }

  /** Points at a restriction, or stays NULL for null. */
  void pointer(int at, SRestriction restriction) {
    child(at, restriction, 1);
  }

  private void child(int at, SRestriction restriction, int depth) {
    if (restriction != null) {
      int target = block.place(RESTRICTION);
      fill(target, restriction, depth);
      block.point(at, target);
    }
  }

  private void fill(int at, SRestriction r, int depth) {
    if (depth > LIMITS.restrictionDepthMax() || ++nodes > LIMITS.restrictionNodesMax()) {
      throw new ComFault(
          MAPI_E_TOO_COMPLEX, "restriction: level %d, %d conditions".formatted(depth, nodes));
    }
    block.putInt(at, r.rt());
    if (r instanceof SAndRestriction and) {
      all(at, and.lpRes(), depth);
    } else if (r instanceof SOrRestriction or) {
      all(at, or.lpRes(), depth);
    } else if (r instanceof SNotRestriction not) {
      child(at + RES_POINTER, not.lpRes(), depth + 1);
    } else if (r instanceof SContentRestriction c) {
      compared(at, c.ulFuzzyLevel(), c.ulPropTag(), c.lpProp());
    } else if (r instanceof SPropertyRestriction p) {
      compared(at, p.relop(), p.ulPropTag(), p.lpProp());
    } else if (r instanceof SComparePropsRestriction c) {
      three(at, c.relop(), c.ulPropTag1(), c.ulPropTag2());
    } else if (r instanceof SBitMaskRestriction b) {
      three(at, b.relBMR(), b.ulPropTag(), b.ulMask());
    } else if (r instanceof SSizeRestriction s) {
      three(at, s.relop(), s.ulPropTag(), s.cb());
    } else if (r instanceof SExistRestriction e) {
      three(at, 0, e.ulPropTag(), 0);
    } else if (r instanceof SSubRestriction s) {
      numbered(at, s.ulSubObject(), s.lpRes(), depth);
    } else if (r instanceof SCountRestriction c) {
      numbered(at, c.ulCount(), c.lpRes(), depth);
    } else if (r instanceof SCommentRestriction c) {
      commented(at, c.lpProp(), c.lpRes(), depth);
    } else if (r instanceof SAnnotationRestriction a) {
      commented(at, a.lpProp(), a.lpRes(), depth);
    }
  }

  private void all(int at, List<SRestriction> children, int depth) {
    if (children.isEmpty()) {
      return;
    }
    int target = block.place(children.size(), RESTRICTION);
    block.putInt(at + RES_FIRST, children.size());
    block.point(at + RES_POINTER, target);
    for (SRestriction child : children) {
      fill(target, child, depth + 1);
      target += RESTRICTION;
    }
  }

  private void three(int at, int first, int second, int third) {
    block.putInt(at + RES_FIRST, first);
    block.putInt(at + RES_SECOND, second);
    block.putInt(at + RES_THIRD, third);
  }

  private void compared(int at, int operator, int tag, SPropValue constant) {
    block.putInt(at + RES_FIRST, operator);
    block.putInt(at + RES_SECOND, tag);
    PropEncoder.pointer(block, at + RES_POINTER, constant);
  }

  private void numbered(int at, int number, SRestriction child, int depth) {
    block.putInt(at + RES_FIRST, number);
    child(at + RES_POINTER, child, depth + 1);
  }

  private void commented(int at, List<SPropValue> props, SRestriction child, int depth) {
    PropEncoder.counted(block, at + RES_FIRST, at + RES_PROPS, props);
    child(at + RES_POINTER, child, depth + 1);
  }
}
