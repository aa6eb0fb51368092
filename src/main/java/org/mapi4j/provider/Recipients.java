package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;

/**
 * The recipients of an open message under their PR_ROWIDs, which count up and are not stored.
 * Guarded by the message's lock.
 */
final class Recipients {
  private final StoreCore core;
  private final BlobSpace space;
  private LinkedHashMap<Integer, PropSet> rows = new LinkedHashMap<>();
  private int nextRowId;

  Recipients(StoreCore core, BlobSpace space, List<PropSet> saved) {
    this.core = core;
    this.space = space;
    saved.forEach(recipient -> rows.put(nextRowId++, recipient));
  }

  Map<Integer, PropSet> rows() {
    return rows;
  }

  List<PropSet> freeze() {
    return List.copyOf(rows.values());
  }

  /** ModifyRecipients: everything, or nothing with the code why. */
  int modify(int flags, ADRLIST mods) {
    boolean named = flags == MODRECIP_MODIFY || flags == MODRECIP_REMOVE;
    List<Integer> rowIds = new ArrayList<>(mods.aEntries().size());
    Set<Integer> removed = new HashSet<>();
    for (ADRENTRY entry : mods.aEntries()) {
      Integer rowId = null;
      for (SPropValue prop : entry.rgPropVals()) {
        if (prop.type() == PT_NULL
            || prop.type() == PT_OBJECT
            || prop.value() instanceof List<?> values && values.isEmpty()) {
          return MAPI_E_INVALID_PARAMETER;
        }
        if (prop.ulPropTag() == PR_ROWID) {
          rowId = prop.asInt();
        }
      }
      if (named
          ? rowId == null || !rows.containsKey(rowId)
          : flags == MODRECIP_ADD && rowId != null) {
        return MAPI_E_INVALID_PARAMETER;
      }
      if (flags == MODRECIP_REMOVE && !removed.add(rowId)) {
        return MAPI_E_INVALID_PARAMETER;
      }
      rowIds.add(rowId);
    }
    int added = named ? 0 : rowIds.size();
    if ((flags == 0 ? 0 : rows.size()) + added > core.limits().recipientsMax()) {
      return MAPI_E_TOO_BIG;
    }
    apply(flags, mods, rowIds);
    return S_OK;
  }

  /** In place: a list that grows by one recipient a call must not be copied for each. */
  private void apply(int flags, ADRLIST mods, List<Integer> rowIds) {
    if (flags == MODRECIP_REMOVE) {
      rowIds.forEach(rows::remove);
      return;
    }
    List<PropSet> values = mods.aEntries().stream().map(this::properties).toList();
    if (flags == 0) {
      rows = new LinkedHashMap<>();
    }
    for (int i = 0; i < values.size(); i++) {
      rows.put(flags == MODRECIP_MODIFY ? rowIds.get(i) : nextRowId++, values.get(i));
    }
  }

  /**
   * An entry's properties without errors, without what the table itself supplies; the last of an
   * identifier counts.
   */
  private PropSet properties(ADRENTRY entry) {
    Map<Integer, Stored> props = new LinkedHashMap<>();
    for (SPropValue prop : entry.rgPropVals()) {
      boolean own = prop.ulPropTag() == PR_ROWID || prop.ulPropTag() == PR_INSTANCE_KEY;
      if (!prop.isError() && !own && PropType.isDefined(prop.type())) {
        props.put(prop.id(), LargeValues.keep(prop, space, core.limits().inlineBytesMax()));
      }
    }
    return PropSet.of(props.values());
  }

  /**
   * The display names of one PR_RECIPIENT_TYPE, joined as PR_DISPLAY_TO has them. A missing type
   * counts as MAPI_TO.
   */
  static String displayNames(List<PropSet> recipients, int type) {
    if (recipients.isEmpty()) {
      return "";
    }
    return recipients.stream()
        .filter(recipient -> typeOf(recipient) == type)
        .map(Recipients::displayName)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static int typeOf(PropSet recipient) {
    return recipient.get(PropTag.id(PR_RECIPIENT_TYPE)) instanceof Stored.Whole whole
            && whole.prop().type() == PT_LONG
        ? whole.prop().asInt() & ~MAPI_SUBMITTED
        : MAPI_TO;
  }

  private static String displayName(PropSet recipient) {
    return recipient.get(PropTag.id(PR_DISPLAY_NAME_W)) instanceof Stored.Whole whole
            && LargeValues.isStreamable(whole.prop().type())
            && whole.prop().type() != PT_BINARY
        ? whole.prop().asString()
        : "";
  }

  /** PR_ROWIDs in order. */
  List<Integer> rowIds() {
    return new ArrayList<>(rows.keySet());
  }
}
