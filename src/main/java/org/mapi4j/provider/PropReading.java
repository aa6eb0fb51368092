package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Which properties an object has and what they are, computed and kept ones alike. */
final class PropReading {
  private PropReading() {}

  /** One property as GetProps gives it. */
  static SPropValue read(PropObject object, int tag, boolean unicode) {
    StoreOptions options = object.core.options();
    int id = PropTag.id(tag);
    Computed.Bound computed = object.computed(id);
    if (computed != null) {
      Object value;
      try {
        value = computed.get();
      } catch (StorageFault.Unreadable unreadable) {
        return SPropValue.error(tag, Faults.toHResult(unreadable)); // the others can be read
      }
      if (value == null) {
        return SPropValue.error(tag, MAPI_E_NOT_FOUND);
      }
      if (PropTag.type(computed.tag()) == PT_OBJECT) {
        return SPropValue.error(tag, MAPI_E_NOT_ENOUGH_MEMORY);
      }
      SPropValue whole = new SPropValue(computed.tag(), value);
      if (LargeValues.isStreamable(whole.type())
          && PropSize.of(whole) > options.limits().getPropsBytesMax()) {
        return SPropValue.error(tag, MAPI_E_NOT_ENOUGH_MEMORY);
      }
      return PropWidth.convert(whole, tag, unicode, options.codePage());
    }
    Stored prop = object.stored(id);
    if (prop == null) {
      return SPropValue.error(tag, MAPI_E_NOT_FOUND);
    }
    if (prop instanceof Stored.Whole whole) {
      return PropWidth.convert(whole.prop(), tag, unicode, options.codePage());
    }
    Stored.Large large = (Stored.Large) prop;
    if (PropTag.type(tag) != PT_UNSPECIFIED
        && !PropType.sameButWidth(PropTag.type(tag), PropTag.type(large.tag()))) {
      return SPropValue.error(tag, MAPI_E_NOT_FOUND);
    }
    if (large.blob().size() > options.limits().getPropsBytesMax()) {
      return SPropValue.error(tag, MAPI_E_NOT_ENOUGH_MEMORY);
    }
    return PropWidth.convert(
        LargeValues.load(large, object.blobs()), tag, unicode, options.codePage());
  }

  /**
   * The tags that GetPropList and GetProps list, texts in one width.
   *
   * @param secure with the identifiers that only GetPropList shows
   */
  static SPropTagArray tags(PropObject object, boolean unicode, boolean secure) {
    List<Integer> tags = new ArrayList<>();
    for (Computed.Bound computed : object.allComputed()) {
      if (isThere(computed)) {
        tags.add(withWidth(computed.tag(), unicode));
      }
    }
    object.forEachStored(
        prop -> {
          boolean hidden =
              prop.id() >= PROP_ID_SECURE_MIN && prop.id() <= PROP_ID_SECURE_MAX && !secure;
          if (object.computed(prop.id()) == null && !hidden) {
            tags.add(withWidth(prop.tag(), unicode));
          }
        });
    return SPropTagArray.of(tags);
  }

  /** One that cannot be read is there, and is PT_ERROR. */
  private static boolean isThere(Computed.Bound computed) {
    try {
      return computed.get() != null;
    } catch (StorageFault.Unreadable unreadable) {
      return true;
    }
  }

  /** The tags that CopyTo copies as values, with the types they are kept in. */
  static List<Integer> copyableTags(PropObject object) {
    List<Integer> tags = new ArrayList<>();
    if (object.lock != null) {
      object.lock.lock();
    }
    try {
      object.allComputed().stream()
          .filter(computed -> PropTag.type(computed.tag()) != PT_OBJECT && isThere(computed))
          .filter(computed -> object.isCopied(computed.tag()))
          .forEach(computed -> tags.add(computed.tag()));
      object.forEachStored(
          prop -> {
            if (object.computed(prop.id()) == null && !PropObject.isObject(prop.tag())) {
              tags.add(prop.tag());
            }
          });
    } finally {
      if (object.lock != null) {
        object.lock.unlock();
      }
    }
    return tags;
  }

  private static int withWidth(int tag, boolean unicode) {
    return PropTag.changePropType(tag, PropType.withWidth(PropTag.type(tag), unicode));
  }
}
