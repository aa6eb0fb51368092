package org.mapi4j.util;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_MESSAGE_ATTACHMENTS;
import static org.mapi4j.types.MapiTags.PR_MESSAGE_RECIPIENTS;

import java.util.List;
import java.util.Objects;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** The checks of mapival.h: true means bad. Null is bad everywhere. */
final class Validity {
  /** An entry identifier has 4 flag bytes and a provider UID of 16 at least. */
  static final int ENTRYID_BYTES_MIN = 20;

  /** Restrictions within restrictions; deeper ones are bad, since reading them needs a stack. */
  static final int RESTRICTION_DEPTH_MAX = 256;

  /** Identifiers below this are MAPI's own: "Property Identifier Ranges". */
  private static final int MAPI_IDS_END = 0x4000;

  private static final int SORT_ORDERS =
      TABLE_SORT_DESCEND | TABLE_SORT_COMBINE | TABLE_SORT_CATEG_MAX | TABLE_SORT_CATEG_MIN;

  private Validity() {}

  /** The type must exist and, for an identifier of MAPI's own, be one that MAPI gives it. */
  static boolean badTag(int tag) {
    int type = PropTag.type(tag);
    if (type == PT_UNSPECIFIED || type == PT_NULL || type == PT_ERROR) {
      return false;
    }
    if (!PropType.isDefined(type)) {
      return true;
    }
    boolean ours = PropTag.id(tag) < MAPI_IDS_END && PropTag.isDefinedId(PropTag.id(tag));
    return ours && PropTag.name(tag).isEmpty() && PropTag.name(otherWidth(tag)).isEmpty();
  }

  private static int otherWidth(int tag) {
    int type = PropTag.type(tag);
    boolean unicode = (type & ~MV_FLAG) == PT_UNICODE;
    return PropTag.changePropType(tag, PropType.withWidth(type, !unicode));
  }

  static boolean badProp(SPropValue prop) {
    return prop == null
        || badTag(prop.ulPropTag())
        || prop.type() == PT_UNSPECIFIED
        || prop.value() instanceof List<?> list && list.isEmpty();
  }

  static boolean badProp(PropBlock block, int index) {
    return block == null || block.sound(index).map(Validity::badProp).orElse(true);
  }

  static boolean badRow(SRow row) {
    return row == null || row.lpProps().stream().anyMatch(Validity::badProp);
  }

  static boolean badRowSet(SRowSet rows) {
    return rows == null || rows.aRow().stream().anyMatch(Validity::badRow);
  }

  /** A column may also be an instance of a multivalued one (MVI_FLAG). */
  static boolean badColumns(SPropTagArray columns) {
    return columns == null
        || columns.stream()
            .anyMatch(tag -> PropTag.type(tag) == PT_ERROR || badTag(withoutInstance(tag)));
  }

  private static int withoutInstance(int tag) {
    return (tag & MVI_FLAG) == MVI_FLAG ? tag & ~MV_INSTANCE : tag;
  }

  static boolean badEntryList(ENTRYLIST list) {
    return list == null || list.lpbin().stream().anyMatch(id -> id.size() < ENTRYID_BYTES_MIN);
  }

  static boolean badNames(List<MAPINAMEID> names) {
    return names == null || names.stream().anyMatch(name -> name == null || !name.isValid());
  }

  static boolean badStrings(List<String> strings) {
    return strings == null || strings.stream().anyMatch(Objects::isNull);
  }

  static boolean badSort(SSortOrderSet sort) {
    return sort == null
        || sort.cCategories() < 0
        || sort.cExpanded() < 0
        || sort.cCategories() > sort.aSort().size()
        || sort.cExpanded() > sort.cCategories()
        || sort.aSort().stream().anyMatch(Validity::badKey);
  }

  private static boolean badKey(SSortOrder key) {
    int type = PropTag.type(key.ulPropTag());
    return type == PT_ERROR
        || type == PT_OBJECT
        || badTag(withoutInstance(key.ulPropTag()))
        || (key.ulOrder() & ~SORT_ORDERS) != 0;
  }

  static boolean badRestriction(SRestriction res) {
    return badRestriction(res, RESTRICTION_DEPTH_MAX);
  }

  private static boolean badRestriction(SRestriction res, int depth) {
    if (res == null || depth == 0) {
      return true;
    }
    int inner = depth - 1;
    if (res instanceof SRestriction.SAndRestriction and) {
      return and.lpRes().stream().anyMatch(one -> badRestriction(one, inner));
    } else if (res instanceof SRestriction.SOrRestriction or) {
      return or.lpRes().stream().anyMatch(one -> badRestriction(one, inner));
    } else if (res instanceof SRestriction.SNotRestriction not) {
      return badRestriction(not.lpRes(), inner);
    } else if (res instanceof SRestriction.SSubRestriction sub) {
      int object = sub.ulSubObject();
      boolean known = object == PR_MESSAGE_RECIPIENTS || object == PR_MESSAGE_ATTACHMENTS;
      return !known || badRestriction(sub.lpRes(), inner);
    } else if (res instanceof SRestriction.SCommentRestriction comment) {
      return comment.lpProp().stream().anyMatch(Validity::badProp)
          || badRestriction(comment.lpRes(), inner);
    } else if (res instanceof SRestriction.SAnnotationRestriction note) {
      return note.lpProp().stream().anyMatch(Validity::badProp)
          || badRestriction(note.lpRes(), inner);
    } else if (res instanceof SRestriction.SCountRestriction count) {
      return badRestriction(count.lpRes(), inner);
    }
    return badLeaf(res);
  }

  private static boolean badLeaf(SRestriction res) {
    if (res instanceof SRestriction.SContentRestriction content) {
      int type = PropTag.type(content.ulPropTag()) & ~MVI_FLAG;
      boolean searchable = PropType.isString(type) || type == PT_BINARY;
      return !searchable || badPair(content.ulPropTag(), content.lpProp());
    } else if (res instanceof SRestriction.SPropertyRestriction property) {
      return badRelop(property.relop()) || badPair(property.ulPropTag(), property.lpProp());
    } else if (res instanceof SRestriction.SComparePropsRestriction compare) {
      int type1 = PropTag.type(compare.ulPropTag1());
      int type2 = PropTag.type(compare.ulPropTag2());
      return badRelop(compare.relop())
          || badTag(compare.ulPropTag1())
          || badTag(compare.ulPropTag2())
          || !PropType.sameButWidth(type1, type2);
    } else if (res instanceof SRestriction.SBitMaskRestriction mask) {
      return mask.relBMR() != BMR_EQZ && mask.relBMR() != BMR_NEZ
          || PropTag.type(mask.ulPropTag()) != PT_LONG
          || badTag(mask.ulPropTag());
    } else if (res instanceof SRestriction.SSizeRestriction size) {
      return badRelop(size.relop()) || badTag(size.ulPropTag());
    }
    return badTag(((SRestriction.SExistRestriction) res).ulPropTag());
  }

  /** A column and the constant it is compared with: both sound, and of one type. */
  private static boolean badPair(int tag, SPropValue prop) {
    int type = PropTag.type(tag) & ~MVI_FLAG;
    return badTag(withoutInstance(tag))
        || badProp(prop)
        || !PropType.sameButWidth(type, prop.type() & ~MV_FLAG);
  }

  private static boolean badRelop(int relop) {
    return (relop < RELOP_LT || relop > RELOP_RE) && relop != RELOP_MEMBER_OF_DL;
  }
}
