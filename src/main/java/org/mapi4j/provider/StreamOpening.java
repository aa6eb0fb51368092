package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.Stg.*;

import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;

/** OpenProperty with IID_IStream on any object. */
final class StreamOpening {
  private StreamOpening() {}

  static MapiResult<IUnknown> open(
      PropObject owner, int askedTag, Guid iid, int options, int flags) {
    int tag =
        PropTag.id(askedTag) == PropTag.id(MapiTags.PR_ATTACH_DATA_BIN)
            ? MapiTags.PR_ATTACH_DATA_BIN
            : askedTag;
    if (!LargeValues.isStreamable(PropTag.type(tag))) {
      int hr = PropTag.type(tag) == PT_OBJECT ? MAPI_E_INTERFACE_NOT_SUPPORTED : MAPI_E_NO_SUPPORT;
      return MapiResult.error(
          owner.because(hr, "OpenProperty: nothing opens " + PropTag.toString(tag)));
    }
    if (!iid.equals(MapiGuid.IID_IStream) && !iid.equals(MapiGuid.IID_ISequentialStream)) {
      return MapiResult.error(
          owner.because(
              MAPI_E_INTERFACE_NOT_SUPPORTED,
              "OpenProperty: " + PropTag.toString(tag) + " has no interface " + iid));
    }
    boolean modify = (flags & MAPI_MODIFY) != 0;
    Computed.Bound computed = owner.computed(PropTag.id(tag));
    if (modify && (!owner.canWrite() || computed != null)) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    boolean transacted = (options & STGM_TRANSACTED) != 0;
    StreamContent shared = modify && !transacted ? owner.streams().find(tag) : null;
    if (shared != null) {
      int hr = (flags & MAPI_CREATE) != 0 ? shared.created() : S_OK;
      return hr < 0 ? MapiResult.error(hr) : MapiResult.ok(new PropertyStream(shared));
    }
    MapiResult<ChunkBuffer.Value> value =
        (flags & MAPI_CREATE) != 0
            ? MapiResult.ok(new ChunkBuffer.Value(Bytes.EMPTY, null))
            : present(owner, tag, computed);
    if (value.failed()) {
      return MapiResult.error(value.hr());
    }
    owner.keepLarge();
    StreamContent content = new StreamContent(owner, tag, value.value(), modify, transacted);
    int hr = (flags & MAPI_CREATE) != 0 ? content.created() : S_OK;
    return hr < 0 ? MapiResult.error(hr) : MapiResult.ok(new PropertyStream(content));
  }

  /**
   * What the property holds, in the width asked for; MAPI_E_NOT_FOUND when it is missing or of
   * another type, MAPI_E_BAD_CHARWIDTH when the code page lacks its text.
   */
  private static MapiResult<ChunkBuffer.Value> present(
      PropObject owner, int tag, Computed.Bound computed) {
    if (computed == null && owner.stored(PropTag.id(tag)) instanceof Stored.Large large) {
      if (large.tag() == tag) {
        return MapiResult.ok(new ChunkBuffer.Value(null, large.blob()));
      }
      if (!PropType.sameButWidth(PropTag.type(large.tag()), PropTag.type(tag))) {
        return MapiResult.error(MAPI_E_NOT_FOUND);
      }
      return bytes(
          PropWidth.convert(
              LargeValues.load(large, owner.blobs()), tag, true, owner.core.options().codePage()));
    }
    Object whole = computed == null ? null : computed.get();
    return bytes(
        whole == null || !LargeValues.isStreamable(PropTag.type(computed.tag()))
            ? PropReading.read(owner, tag, true)
            : PropWidth.convert(
                new SPropValue(computed.tag(), whole), tag, true, owner.core.options().codePage()));
  }

  private static MapiResult<ChunkBuffer.Value> bytes(SPropValue value) {
    if (value.isError()) {
      return MapiResult.error(
          value.scode() == MAPI_E_BAD_CHARWIDTH ? MAPI_E_BAD_CHARWIDTH : MAPI_E_NOT_FOUND);
    }
    return MapiResult.ok(new ChunkBuffer.Value(LargeValues.toBytes(value), null));
  }
}
