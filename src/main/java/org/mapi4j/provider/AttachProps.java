package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.types.PropTag;

/** The computed properties of an attachment. Source: MAPI "IAttach : IMAPIProp"; ADR 0031. */
final class AttachProps {
  static final Computed<AttachObject> HANDLERS =
      new Computed<AttachObject>()
          .add(PR_OBJECT_TYPE, attach -> MAPI_ATTACH)
          .add(PR_ATTACH_NUM, AttachObject::number)
          .add(PR_ATTACH_SIZE, AttachProps::size)
          .add(PR_RECORD_KEY, attach -> value(attach, PR_RECORD_KEY))
          .add(PR_CREATION_TIME, attach -> value(attach, PR_CREATION_TIME))
          .add(PR_ENTRYID, attach -> null)
          .add(PR_ACCESS_LEVEL, attach -> attach.canWrite() ? MAPI_MODIFY : 0)
          .add(PR_MAPPING_SIGNATURE, attach -> attach.core.mappingSignature())
          .add(PR_STORE_ENTRYID, attach -> attach.core.storeEntryId())
          .add(PR_STORE_RECORD_KEY, attach -> attach.core.uid());

  private AttachProps() {}

  private static Object value(AttachObject attach, int tag) {
    return attach.stored(PropTag.id(tag)) instanceof Stored.Whole whole
        ? whole.prop().value()
        : null;
  }

  private static Object size(AttachObject attach) {
    return size(attach.present());
  }

  /** Bytes of all properties, the data included. */
  static int size(MessageImage.Attachment image) {
    long size = SaveImage.sizeOf(image.props());
    if (image.embedded() != null) {
      size += SaveImage.sizeOf(image.embedded().props());
    }
    return (int) Math.min(Integer.MAX_VALUE, size);
  }
}
