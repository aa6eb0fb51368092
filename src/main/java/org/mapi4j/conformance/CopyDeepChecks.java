package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SRow;

/** CopyTo of what lies deep: large attachments, embedded messages, names within them. */
final class CopyDeepChecks {
  private static final int LARGE_BYTES = 1_500_000;
  private static final Bytes LARGE = PropReadChecks.pattern(LARGE_BYTES);
  private static final MAPINAMEID NAME =
      MAPINAMEID.string(Guid.parse("6D61706A-0002-4A00-8000-636F6E666F72"), "within");

  private CopyDeepChecks() {}

  static void register(Checks checks) {
    checks
        .rows("PROP-085")
        .check(
            "a large attachment and an embedded message arrive in full",
            c -> {
              IMessage from = deep(c);
              IMessage to = c.own(c.need(c.folder().createMessage(null, 0), "CreateMessage"));
              CopyChecks.assertCopied(c, CopyChecks.copyTo(from, null, to, 0), "CopyTo");
              c.save(to);
              assertDeep(c, c.openOther(c.entryId(to), 0));
            });
    checks
        .rows("PROP-085", "PROP-107")
        .check(
            "in another store too, names within embedded messages carried over",
            c -> {
              IMAPIFolder there = c.freshFolder(c.second());
              for (int i = 0; i < 3; i++) {
                tag(c, there, MAPINAMEID.id(NAME.lpguid(), 200 + i));
              }
              IMessage from = deep(c);
              IMessage to = c.own(c.need(there.createMessage(null, 0), "CreateMessage"));
              CopyChecks.assertCopied(c, CopyChecks.copyTo(from, null, to, 0), "CopyTo");
              c.save(to);
              assertDeep(c, c.openIn(c.second(), c.entryId(to), 0));
            });
    checks
        .rows("PROP-088", "PROP-166")
        .check(
            "moved, they are in the destination and no longer in the source",
            c -> {
              IMessage from = deep(c);
              Bytes source = c.entryId(from);
              IMessage to = c.own(c.need(c.folder().createMessage(null, 0), "CreateMessage"));
              CopyChecks.assertCopied(
                  c, CopyChecks.copyTo(from, null, to, MAPI_MOVE), "CopyTo(MAPI_MOVE)");
              c.save(to);
              assertDeep(c, c.openOther(source, 0));
              c.save(from);
              assertDeep(c, c.openOther(c.entryId(to), 0));
              c.assertEqual(
                  0, CopyChecks.attachments(c, c.openOther(source, 0)), "attachments left");
            });
  }

  @CanIgnoreReturnValue
  private static int tag(Context c, IMAPIProp object, MAPINAMEID name) {
    return PropTag.changePropType(
        c.need(object.getIDsFromNames(List.of(name), MAPI_CREATE), "GetIDsFromNames").get(0),
        PT_LONG);
  }

  private static IAttach attach(Context c, IMessage m, int method) {
    IAttach attach = c.own(c.need(m.createAttach(null, 0), "CreateAttach").lppAttach());
    c.set(attach, PR_ATTACH_METHOD, method);
    return attach;
  }

  private static void large(Context c, IMessage m) {
    IAttach attach = attach(c, m, ATTACH_BY_VALUE);
    IStream stream = c.stream(attach, PR_ATTACH_DATA_BIN, MAPI_CREATE | MAPI_MODIFY);
    c.write(stream, LARGE);
    stream.close();
    c.save(attach);
  }

  private static IMessage embedded(Context c, IAttach attach, int flags) {
    return (IMessage)
        c.own(
            c.need(
                attach.openProperty(PR_ATTACH_DATA_OBJ, IID_IMessage, 0, flags),
                "OpenProperty(PR_ATTACH_DATA_OBJ)"));
  }

  /** A saved message: a large attachment, and a message with another and a named property. */
  private static IMessage deep(Context c) throws Exception {
    IMessage m = c.newMessage();
    large(c, m);
    IAttach attach = attach(c, m, ATTACH_EMBEDDED_MSG);
    IMessage inner = embedded(c, attach, MAPI_CREATE | MAPI_MODIFY);
    c.set(inner, PR_SUBJECT_W, "inner");
    c.set(inner, tag(c, inner, NAME), 42);
    large(c, inner);
    c.save(inner);
    c.save(attach);
    c.save(m);
    return m;
  }

  private static void assertDeep(Context c, IMessage m) {
    int large = 0;
    int inner = 0;
    for (SRow row :
        c.rows(
            c.own(c.need(m.getAttachmentTable(0), "GetAttachmentTable")),
            PR_ATTACH_NUM,
            PR_ATTACH_METHOD)) {
      IAttach attach =
          c.own(c.need(m.openAttach(row.lpProps().get(0).asInt(), null, 0), "OpenAttach"));
      if (row.lpProps().get(1).asInt() == ATTACH_BY_VALUE) {
        large++;
        c.assertTrue(
            c.readAll(c.stream(attach, PR_ATTACH_DATA_BIN, 0)).equals(LARGE),
            "the attachment's %d bytes".formatted(LARGE_BYTES),
            "others");
      } else {
        inner++;
        IMessage within = embedded(c, attach, 0);
        c.assertProp("inner", within, PR_SUBJECT_W);
        c.assertProp(42, within, tag(c, m, NAME));
        c.assertEqual(1, CopyChecks.attachments(c, within), "attachments of the inner message");
      }
    }
    c.assertEqual(1, large, "attachments by value");
    c.assertEqual(1, inner, "embedded messages");
  }
}
