package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.MAPI_E_NO_ACCESS;
import static org.mapi4j.types.MapiDefs.ATTACH_BY_VALUE;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;
import static org.mapi4j.types.MapiTags.PR_ATTACH_DATA_BIN;
import static org.mapi4j.types.MapiTags.PR_ATTACH_LONG_FILENAME_W;
import static org.mapi4j.types.MapiTags.PR_ATTACH_METHOD;
import static org.mapi4j.types.MapiTags.PR_DISPLAY_NAME_W;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;
import static org.mapi4j.types.MapiTags.PR_MESSAGE_FLAGS;
import static org.mapi4j.types.MapiTags.PR_RECIPIENT_TYPE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMessage.CreatedAttach;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;

/** Set-up that several groups of checks share: attachments, recipients, tables. */
final class Fixtures {
  /** What {@link #attach} puts into an attachment. */
  static final Bytes DATA = Bytes.of(1, 2, 3, 0, 255);

  private Fixtures() {}

  /** A new attachment with these properties, not saved. */
  static CreatedAttach newAttach(Context c, IMessage message, SPropValue... props) {
    CreatedAttach created = c.need(message.createAttach(null, 0), "CreateAttach");
    c.own(created.lppAttach());
    if (props.length > 0) {
      c.set(created.lppAttach(), props);
    }
    return created;
  }

  /** The number of a new attachment by value, named, saved at its own level and closed. */
  @CanIgnoreReturnValue
  static int attach(Context c, IMessage message, String name) {
    CreatedAttach created =
        newAttach(
            c,
            message,
            SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
            SPropValue.of(PR_ATTACH_LONG_FILENAME_W, name),
            SPropValue.of(PR_ATTACH_DATA_BIN, DATA));
    c.save(created.lppAttach());
    created.lppAttach().close();
    return created.lpulAttachmentNum();
  }

  /** An attachment, opened. */
  static IAttach openAttach(Context c, IMessage message, int number, int flags) {
    return c.own(c.need(message.openAttach(number, null, flags), "OpenAttach(" + number + ")"));
  }

  /** The attachment table's rows with these columns. */
  static SRowSet attachments(Context c, IMessage message, int... columns) {
    return c.rows(
        c.own(c.need(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable")), columns);
  }

  /** The recipient table's rows with these columns. */
  static SRowSet recipients(Context c, IMessage message, int... columns) {
    return c.rows(
        c.own(c.need(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable")), columns);
  }

  /** A recipient. */
  static ADRENTRY recipient(int type, String name, SPropValue... more) {
    List<SPropValue> props = new ArrayList<>();
    props.add(SPropValue.of(PR_RECIPIENT_TYPE, type));
    props.add(SPropValue.of(PR_DISPLAY_NAME_W, name));
    props.addAll(List.of(more));
    return new ADRENTRY(props);
  }

  /** The rows of a folder's messages. */
  static SRowSet contents(Context c, IMAPIFolder folder, int... columns) {
    return c.rows(
        c.own(c.need(folder.getContentsTable(MAPI_UNICODE), "GetContentsTable")), columns);
  }

  /** The one message of a folder that is not this one. */
  static Bytes onlyOther(Context c, IMAPIFolder folder, Bytes known) {
    List<Bytes> ids =
        column(contents(c, folder, PR_ENTRYID)).stream()
            .map(Bytes.class::cast)
            .filter(id -> !id.equals(known))
            .toList();
    if (ids.size() != 1) {
      throw new CheckFailed("set-up: expected one other message in the folder, found " + ids);
    }
    return ids.get(0);
  }

  /** The values of the first column; null where there is none. */
  static List<Object> column(SRowSet rows) {
    List<Object> values = new ArrayList<>();
    for (SRow row : rows) {
      SPropValue first = row.lpProps().get(0);
      values.add(first.isError() ? null : first.value());
    }
    return values;
  }

  /** PR_MESSAGE_FLAGS. */
  static int flags(Context c, IMAPIProp message) {
    return c.get(message, PR_MESSAGE_FLAGS).asInt();
  }

  /** Asserts that SetProps is refused with MAPI_E_NO_ACCESS: as its code, or as a problem. */
  static void assertReadOnly(Context c, IMAPIProp object, SPropValue value) {
    MapiResult<List<SPropProblem>> result = object.setProps(List.of(value));
    if (result.failed()) {
      c.assertHr(MAPI_E_NO_ACCESS, result, "SetProps");
    } else {
      c.assertProblem(0, value.ulPropTag(), MAPI_E_NO_ACCESS, result, "SetProps");
    }
  }
}
