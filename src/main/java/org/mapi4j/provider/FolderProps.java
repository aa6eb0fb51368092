package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.types.EntryId;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * The computed properties of a folder. Source: MAPI "IMAPIFolder : IMAPIContainer", the pages of
 * the properties; ADR 0031.
 */
final class FolderProps {
  static final Computed<FolderObject> HANDLERS =
      new Computed<FolderObject>()
          .add(PR_OBJECT_TYPE, folder -> MAPI_FOLDER)
          .add(PR_ENTRYID, folder -> folder.core.entryId(EntryId.FOLDER, folder.id()))
          .add(PR_RECORD_KEY, FolderObject::id)
          .add(
              PR_PARENT_ENTRYID,
              folder -> folder.core.entryId(EntryId.FOLDER, folder.row().parent()))
          .add(PR_STORE_ENTRYID, folder -> folder.core.storeEntryId())
          .add(PR_STORE_RECORD_KEY, folder -> folder.core.uid())
          .add(PR_STORE_SUPPORT_MASK, folder -> folder.core.supportMask())
          .add(PR_MAPPING_SIGNATURE, folder -> folder.core.mappingSignature())
          .add(PR_ACCESS, FolderProps::access)
          .add(PR_ACCESS_LEVEL, folder -> folder.canWrite() ? MAPI_MODIFY : 0)
          .add(PR_DISPLAY_NAME_W, folder -> folder.row().name(), FolderProps::rename)
          .add(PR_FOLDER_TYPE, folder -> folder.row().type())
          .add(PR_CREATION_TIME, folder -> kept(folder, PR_CREATION_TIME))
          .add(PR_LAST_MODIFICATION_TIME, folder -> kept(folder, PR_LAST_MODIFICATION_TIME))
          .add(
              PR_CONTENT_COUNT,
              folder -> FolderCounts.shown(folder.core.counts(folder.id()).messages()))
          .add(
              PR_CONTENT_UNREAD,
              folder -> FolderCounts.shown(folder.core.counts(folder.id()).unread()))
          .add(
              PR_ASSOC_CONTENT_COUNT,
              folder -> FolderCounts.shown(folder.core.counts(folder.id()).associated()))
          .add(PR_SUBFOLDERS, folder -> folder.hasChildren())
          .add(PR_CONTAINER_FLAGS, folder -> 0)
          .add(PR_CONTAINER_HIERARCHY, folder -> 0L)
          .add(PR_CONTAINER_CONTENTS, folder -> 0L)
          .add(PR_FOLDER_ASSOCIATED_CONTENTS, folder -> 0L);

  private FolderProps() {}

  private static Object kept(FolderObject folder, int tag) {
    return folder.row().props().get(PropTag.id(tag)) instanceof Stored.Whole whole
        ? whole.prop().value()
        : null;
  }

  private static int rename(FolderObject folder, SPropValue value) {
    SPropValue name =
        PropWidth.convert(value, PR_DISPLAY_NAME_W, true, folder.core.options().codePage());
    return name.isError() ? name.scode() : folder.rename(name.asString());
  }

  /** PR_ACCESS of a folder. */
  private static Object access(FolderObject folder) {
    if (!folder.core.writable()) {
      return MAPI_ACCESS_READ;
    }
    if (folder.row().isSearch()) {
      return MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE;
    }
    int all =
        MAPI_ACCESS_MODIFY
            | MAPI_ACCESS_READ
            | MAPI_ACCESS_CREATE_HIERARCHY
            | MAPI_ACCESS_CREATE_CONTENTS
            | MAPI_ACCESS_CREATE_ASSOCIATED;
    return folder.row().type() == FOLDER_ROOT ? all : all | MAPI_ACCESS_DELETE;
  }
}
