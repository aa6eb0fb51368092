package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/** The identifiers that a store has for a file's properties: its own for named ones. */
final class StoreIds {
  /** The store gave the name no identifier. */
  static final int NONE = -1;

  private StoreIds() {}

  /** One identifier per property, in order; new names are added to the store's mapping. */
  static int[] of(IMAPIProp target, List<MsgProperty> properties) {
    int[] ids = properties.stream().mapToInt(property -> PropTag.id(property.tag())).toArray();
    int[] named =
        IntStream.range(0, ids.length).filter(i -> properties.get(i).name() != null).toArray();
    if (named.length == 0) {
      return ids;
    }
    List<MAPINAMEID> names = Arrays.stream(named).mapToObj(i -> properties.get(i).name()).toList();
    SPropTagArray tags =
        MapiException.require(
            target.getIDsFromNames(names, MAPI_CREATE), "IMAPIProp::GetIDsFromNames");
    for (int i = 0; i < named.length; i++) {
      boolean none = PropTag.type(tags.get(i)) == PT_ERROR;
      ids[named[i]] = none ? NONE : PropTag.id(tags.get(i));
    }
    return ids;
  }
}
