package org.mapi4j.client;

import static org.mapi4j.types.MapiTags.*;

import java.time.Instant;
import org.mapi4j.types.Bytes;

/** Keys of the properties that programs use most, named as their tags are. */
public final class Tags {
  /** PR_SUBJECT_W. */
  public static final Key<String> SUBJECT = Key.text(PR_SUBJECT_W);

  /** PR_BODY_W. */
  public static final Key<String> BODY = Key.text(PR_BODY_W);

  /** PR_MESSAGE_CLASS_W. */
  public static final Key<String> MESSAGE_CLASS = Key.text(PR_MESSAGE_CLASS_W);

  /** PR_SENDER_NAME_W. */
  public static final Key<String> SENDER_NAME = Key.text(PR_SENDER_NAME_W);

  /** PR_SENDER_EMAIL_ADDRESS_W. */
  public static final Key<String> SENDER_EMAIL_ADDRESS = Key.text(PR_SENDER_EMAIL_ADDRESS_W);

  /** PR_DISPLAY_TO_W. */
  public static final Key<String> DISPLAY_TO = Key.text(PR_DISPLAY_TO_W);

  /** PR_DISPLAY_NAME_W. */
  public static final Key<String> DISPLAY_NAME = Key.text(PR_DISPLAY_NAME_W);

  /** PR_EMAIL_ADDRESS_W. */
  public static final Key<String> EMAIL_ADDRESS = Key.text(PR_EMAIL_ADDRESS_W);

  /** PR_ADDRTYPE_W. */
  public static final Key<String> ADDRTYPE = Key.text(PR_ADDRTYPE_W);

  /** PR_COMMENT_W. */
  public static final Key<String> COMMENT = Key.text(PR_COMMENT_W);

  /** PR_ATTACH_LONG_FILENAME_W. */
  public static final Key<String> ATTACH_LONG_FILENAME = Key.text(PR_ATTACH_LONG_FILENAME_W);

  /** PR_ATTACH_MIME_TAG_W. */
  public static final Key<String> ATTACH_MIME_TAG = Key.text(PR_ATTACH_MIME_TAG_W);

  /** PR_ATTACH_DATA_BIN. */
  public static final Key<Bytes> ATTACH_DATA = Key.binary(PR_ATTACH_DATA_BIN);

  /** PR_ATTACH_NUM. */
  public static final Key<Integer> ATTACH_NUM = Key.number(PR_ATTACH_NUM);

  /** PR_ATTACH_METHOD: ATTACH_BY_VALUE, ATTACH_EMBEDDED_MSG … */
  public static final Key<Integer> ATTACH_METHOD = Key.number(PR_ATTACH_METHOD);

  /** PR_RECIPIENT_TYPE: MAPI_TO, MAPI_CC, MAPI_BCC. */
  public static final Key<Integer> RECIPIENT_TYPE = Key.number(PR_RECIPIENT_TYPE);

  /** PR_ROWID of a recipient. */
  public static final Key<Integer> ROWID = Key.number(PR_ROWID);

  /** PR_IMPORTANCE. */
  public static final Key<Integer> IMPORTANCE = Key.number(PR_IMPORTANCE);

  /** PR_MESSAGE_FLAGS: MSGFLAG_ bits. */
  public static final Key<Integer> MESSAGE_FLAGS = Key.number(PR_MESSAGE_FLAGS);

  /** PR_MESSAGE_SIZE, bytes. */
  public static final Key<Integer> MESSAGE_SIZE = Key.number(PR_MESSAGE_SIZE);

  /** PR_CONTENT_COUNT of a folder. */
  public static final Key<Integer> CONTENT_COUNT = Key.number(PR_CONTENT_COUNT);

  /** PR_CONTENT_UNREAD of a folder. */
  public static final Key<Integer> CONTENT_UNREAD = Key.number(PR_CONTENT_UNREAD);

  /** PR_HASATTACH. */
  public static final Key<Boolean> HASATTACH = Key.flag(PR_HASATTACH);

  /** PR_SUBFOLDERS of a folder. */
  public static final Key<Boolean> SUBFOLDERS = Key.flag(PR_SUBFOLDERS);

  /** PR_CLIENT_SUBMIT_TIME. */
  public static final Key<Instant> CLIENT_SUBMIT_TIME = Key.time(PR_CLIENT_SUBMIT_TIME);

  /** PR_MESSAGE_DELIVERY_TIME. */
  public static final Key<Instant> MESSAGE_DELIVERY_TIME = Key.time(PR_MESSAGE_DELIVERY_TIME);

  /** PR_CREATION_TIME. */
  public static final Key<Instant> CREATION_TIME = Key.time(PR_CREATION_TIME);

  /** PR_LAST_MODIFICATION_TIME. */
  public static final Key<Instant> LAST_MODIFICATION_TIME = Key.time(PR_LAST_MODIFICATION_TIME);

  /** PR_ENTRYID. */
  public static final Key<Bytes> ENTRYID = Key.binary(PR_ENTRYID);

  /** PR_PARENT_ENTRYID. */
  public static final Key<Bytes> PARENT_ENTRYID = Key.binary(PR_PARENT_ENTRYID);

  /** PR_IPM_SUBTREE_ENTRYID of a store. */
  public static final Key<Bytes> IPM_SUBTREE_ENTRYID = Key.binary(PR_IPM_SUBTREE_ENTRYID);

  private Tags() {}
}
