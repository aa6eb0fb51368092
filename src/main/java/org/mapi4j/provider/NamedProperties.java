package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.api.IMAPIProp.NamesFromIDs;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/**
 * The store's one map between names and identifiers from 0x8000 to 0xFFFE; persistent, shared by
 * all sessions; a name once given an identifier keeps it. So it is on the disk before anybody is
 * told: programs and our caches keep it, whatever a failure takes from asynchronous sessions.
 */
final class NamedProperties {
  /** The first identifier of a name. */
  static final int FIRST = 0x8000;

  private static final int REQUEST_MAX = 0x7FFF;
  private static final int NAMES_A_COMMIT = 2000;

  private final StoreCore core;
  private final Map<MAPINAMEID, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, MAPINAMEID> names = new ConcurrentHashMap<>();
  private final RowCache<Integer> count;

  NamedProperties(StoreCore core) {
    this.core = core;
    this.count = new RowCache<>(core.shard(), 1, 64, row -> new RowReader(row.value()).fixed32());
  }

  /** PR_MAPPING_SIGNATURE: the store, and how many names there are. */
  Bytes signature() {
    RowWriter out = new RowWriter(16);
    out.raw(core.uid().slice(0, 12));
    out.fixed32(registered());
    return out.toBytes();
  }

  private int registered() {
    Integer registered = count.get(Keys.nameCount());
    return registered == null ? 0 : registered;
  }

  MapiResult<NamesFromIDs> namesOf(SPropTagArray tags, Guid set, int flags) {
    if (tags == null) {
      return MapiResult.ok(allNames(set, flags));
    }
    if (tags.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (tags.size() > REQUEST_MAX) {
      return MapiResult.error(MAPI_E_TOO_BIG);
    }
    List<Integer> answered = new ArrayList<>();
    List<MAPINAMEID> found = new ArrayList<>();
    int hr = S_OK;
    for (int i = 0; i < tags.size(); i++) {
      MAPINAMEID name = nameOf(PropTag.id(tags.get(i)));
      if (name == null || filtered(name, flags)) {
        hr = MAPI_W_ERRORS_RETURNED;
        answered.add(PropTag.changePropType(tags.get(i), PT_ERROR));
        found.add(null);
      } else {
        answered.add(tags.get(i));
        found.add(name);
      }
    }
    return MapiResult.of(
        hr, new NamesFromIDs(SPropTagArray.of(answered), Collections.unmodifiableList(found)));
  }

  private NamesFromIDs allNames(Guid set, int flags) {
    List<Integer> tags = new ArrayList<>();
    List<MAPINAMEID> found = new ArrayList<>();
    for (int id = FIRST; id < FIRST + registered(); id++) {
      MAPINAMEID name = nameOf(id);
      if (name != null && !filtered(name, flags) && (set == null || set.equals(name.lpguid()))) {
        tags.add(PropTag.of(id, PT_UNSPECIFIED));
        found.add(name);
      }
    }
    return new NamesFromIDs(SPropTagArray.of(tags), List.copyOf(found));
  }

  private static boolean filtered(MAPINAMEID name, int flags) {
    return (flags & (name.ulKind() == MNID_ID ? MAPI_NO_IDS : MAPI_NO_STRINGS)) != 0;
  }

  private MAPINAMEID nameOf(int id) {
    if (id < FIRST) {
      return id == PROP_ID_NULL ? null : MAPINAMEID.id(MapiGuid.PS_MAPI, id);
    }
    MAPINAMEID known = names.get(id);
    if (known == null) {
      Row row = core.shard().get(Keys.nameOfId(id)).orElse(null);
      if (row != null) {
        known = decode(row.value());
        remember(known, id);
      }
    }
    return known;
  }

  MapiResult<SPropTagArray> idsOf(List<MAPINAMEID> wanted, boolean create) {
    if (wanted == null) {
      return create
          ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
          : MapiResult.ok(allNames(null, 0).lppPropTags());
    }
    if (wanted.isEmpty() || wanted.stream().anyMatch(name -> name == null || !name.isValid())) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (wanted.size() > REQUEST_MAX) {
      return MapiResult.error(MAPI_E_TOO_BIG);
    }
    if (create) {
      int hr = register(wanted);
      if (hr < 0) {
        return MapiResult.error(hr);
      }
    }
    List<Integer> tags = new ArrayList<>(wanted.size());
    int hr = S_OK;
    for (MAPINAMEID name : wanted) {
      int id = idOf(name);
      if (id == 0) {
        hr = MAPI_W_ERRORS_RETURNED;
      }
      tags.add(PropTag.of(id, id == 0 ? PT_ERROR : PT_UNSPECIFIED));
    }
    return MapiResult.of(hr, SPropTagArray.of(tags));
  }

  /** The identifier of a name, 0 when it has none. */
  private int idOf(MAPINAMEID name) {
    if (isMapi(name)) {
      return name.lID();
    }
    Integer known = ids.get(name);
    if (known == null) {
      Row row = core.shard().get(Keys.idOfName(encode(name))).orElse(null);
      if (row == null) {
        return 0;
      }
      known = new RowReader(row.value()).fixed32();
      remember(name, known);
    }
    return known;
  }

  private static boolean isMapi(MAPINAMEID name) {
    return MapiGuid.PS_MAPI.equals(name.lpguid())
        && name.ulKind() == MNID_ID
        && name.lID() > 0
        && name.lID() < FIRST;
  }

  private void remember(MAPINAMEID name, int id) {
    ids.put(name, id);
    names.put(id, name);
  }

  /**
   * Gives every name that has none an identifier; all of them or, when the range is used up, none.
   */
  private int register(List<MAPINAMEID> wanted) {
    while (true) {
      Map<MAPINAMEID, Bytes> missing = new LinkedHashMap<>();
      wanted.stream()
          .filter(name -> idOf(name) == 0)
          .forEach(name -> missing.put(name, encode(name)));
      if (missing.isEmpty()) {
        return S_OK;
      }
      if (!core.writable()) {
        return MAPI_E_NO_ACCESS;
      }
      Row counter = core.shard().get(Keys.nameCount()).orElse(null);
      int registered = counter == null ? 0 : new RowReader(counter.value()).fixed32();
      if (registered + missing.size() > Math.min(core.limits().namesMax(), REQUEST_MAX)) {
        return MAPI_E_TOO_BIG;
      }
      Outcome outcome = core.commitDurably(registration(missing, counter, registered));
      if (outcome instanceof Outcome.Conflict) {
        continue;
      }
    }
  }

  private static Batch.Builder registration(
      Map<MAPINAMEID, Bytes> missing, Row counter, int registered) {
    Batch.Builder batch =
        Batch.builder()
            .expect(Keys.nameCount(), counter == null ? Batch.ABSENT : counter.version());
    int next = registered;
    for (Bytes encoded : missing.values()) {
      if (next - registered == NAMES_A_COMMIT) {
        break;
      }
      batch.expect(Keys.idOfName(encoded), Batch.ABSENT);
      batch.put(Keys.idOfName(encoded), 1, number(FIRST + next));
      batch.put(Keys.nameOfId(FIRST + next), 1, encoded);
      next++;
    }
    return batch.put(Keys.nameCount(), counter == null ? 1 : counter.version() + 1, number(next));
  }

  private static Bytes number(int value) {
    RowWriter out = new RowWriter(4);
    out.fixed32(value);
    return out.toBytes();
  }

  private static Bytes encode(MAPINAMEID name) {
    RowWriter out = new RowWriter(64);
    out.raw(name.lpguid().toBytes());
    out.octet(name.ulKind());
    if (name.ulKind() == MNID_ID) {
      out.fixed32(name.lID());
    } else {
      out.utf16(name.lpwstrName());
    }
    return out.toBytes();
  }

  private static MAPINAMEID decode(Bytes row) {
    RowReader in = new RowReader(row);
    Guid set = Guid.fromBytes(in.raw(16));
    return in.octet() == MNID_ID
        ? MAPINAMEID.id(set, in.fixed32())
        : MAPINAMEID.string(set, in.utf16());
  }
}
