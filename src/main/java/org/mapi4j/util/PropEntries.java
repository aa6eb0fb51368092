package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mapi4j.api.IPropData.PropAccess;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * The properties of a property data object by identifier, with their flags. A deleted one stays
 * listed for HrGetPropAccess until it is set again or declared clean. Guarded by its owner.
 */
final class PropEntries {
  /** What strings without a known code page are read in. */
  private static final Charset CODE_PAGE = Charset.forName("windows-1252");

  private static final int ACCESS = IPROP_READONLY | IPROP_READWRITE;
  private static final int STATUS = IPROP_CLEAN | IPROP_DIRTY;

  /** A property; a deleted one keeps its last value for its tag. */
  private record Entry(SPropValue prop, boolean writable, boolean dirty, boolean deleted) {
    int tag() {
      return prop.ulPropTag();
    }

    int flags() {
      if (dirty) {
        return IPROP_DIRTY;
      }
      return writable ? IPROP_READWRITE : IPROP_READONLY;
    }
  }

  private final Map<Integer, Entry> entries = new TreeMap<>();

  /** True for flags that do not contradict each other and exist. */
  static boolean isAccess(Integer flags) {
    return flags != null
        && (flags & ~(ACCESS | STATUS)) == 0
        && (flags & ACCESS) != ACCESS
        && (flags & STATUS) != STATUS;
  }

  /** Sets or creates a property, which is then modified; MAPI_E_NO_ACCESS on a read-only one. */
  int put(SPropValue prop) {
    Entry old = entries.get(prop.id());
    if (old != null && !old.writable()) {
      return MAPI_E_NO_ACCESS;
    }
    entries.put(prop.id(), new Entry(prop, true, true, false));
    return S_OK;
  }

  /** MAPI_E_NOT_FOUND for one that is not there. */
  int delete(int id) {
    Entry old = entries.get(id);
    if (old == null || old.deleted()) {
      return MAPI_E_NOT_FOUND;
    }
    if (!old.writable()) {
      return MAPI_E_NO_ACCESS;
    }
    entries.put(id, new Entry(old.prop(), true, true, true));
    return S_OK;
  }

  /** Sets what the flags name and leaves the rest; a property that is not there is passed over. */
  void setAccess(int id, int flags) {
    Entry old = entries.get(id);
    if (old == null) {
      return;
    }
    boolean writable = (flags & ACCESS) == 0 ? old.writable() : (flags & ACCESS) == IPROP_READWRITE;
    boolean dirty = (flags & STATUS) == 0 ? old.dirty() : (flags & STATUS) == IPROP_DIRTY;
    if (old.deleted() && !dirty) {
      entries.remove(id);
    } else {
      entries.put(id, new Entry(old.prop(), writable, dirty, old.deleted()));
    }
  }

  /** With tags, an absent or deleted one becomes tag 0; without, deleted ones are listed. */
  PropAccess access(SPropTagArray tags) {
    List<Integer> shown = new ArrayList<>();
    List<Integer> flags = new ArrayList<>();
    if (tags == null) {
      for (Entry entry : entries.values()) {
        shown.add(entry.tag());
        flags.add(entry.flags());
      }
    } else {
      for (int i = 0; i < tags.size(); i++) {
        Entry entry = entries.get(PropTag.id(tags.get(i)));
        shown.add(entry == null || entry.deleted() ? 0 : tags.get(i));
        flags.add(entry == null ? 0 : entry.flags());
      }
    }
    return new PropAccess(SPropTagArray.of(shown), flags);
  }

  /** Tags of what is there, strings in one width. */
  SPropTagArray list(boolean unicode) {
    return SPropTagArray.of(
        entries.values().stream()
            .filter(entry -> !entry.deleted())
            .map(entry -> withWidth(entry.tag(), unicode))
            .toList());
  }

  /** One property as GetProps gives it. */
  SPropValue read(int tag, boolean unicode) {
    Entry entry = entries.get(PropTag.id(tag));
    if (entry == null || entry.deleted()) {
      return SPropValue.error(tag, MAPI_E_NOT_FOUND);
    }
    SPropValue prop = entry.prop();
    if (prop.type() == PT_OBJECT) {
      return SPropValue.error(tag, MAPI_E_NOT_ENOUGH_MEMORY);
    }
    int asked = PropTag.type(tag);
    int type = asked == PT_UNSPECIFIED ? PropType.withWidth(prop.type(), unicode) : asked;
    if (type == prop.type()) {
      return prop;
    }
    return PropType.sameButWidth(type, prop.type())
        ? converted(prop, type)
        : SPropValue.error(tag, MAPI_E_NOT_FOUND);
  }

  /** What is there, but for PT_OBJECT, as it is kept. */
  List<SPropValue> values() {
    return entries.values().stream()
        .filter(entry -> !entry.deleted() && entry.prop().type() != PT_OBJECT)
        .map(Entry::prop)
        .toList();
  }

  void clear() {
    entries.clear();
  }

  private static int withWidth(int tag, boolean unicode) {
    return PropTag.changePropType(tag, PropType.withWidth(PropTag.type(tag), unicode));
  }

  private static SPropValue converted(SPropValue prop, int type) {
    List<?> values = prop.value() instanceof List<?> list ? list : List.of(prop.value());
    List<Object> results = new ArrayList<>(values.size());
    for (Object value : values) {
      Optional<?> one =
          value instanceof String8 narrow
              ? narrow.decode(CODE_PAGE)
              : String8.encode((String) value, CODE_PAGE);
      if (one.isEmpty()) {
        return SPropValue.error(prop.ulPropTag(), MAPI_E_BAD_CHARWIDTH);
      }
      results.add(one.get());
    }
    int tag = PropTag.changePropType(prop.ulPropTag(), type);
    return new SPropValue(tag, PropTag.isMultiValued(tag) ? results : results.get(0));
  }
}
