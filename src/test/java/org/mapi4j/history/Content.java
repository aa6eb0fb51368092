package org.mapi4j.history;

import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Map;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/**
 * What a client writes into a message, and reads back whole: subject, body and recipient name the
 * write; the attachment, over the inline limit so that it is a blob of its own, names the write
 * that last touched it.
 */
final class Content {
  static final int ATTACHMENT_BYTES = 9000;

  private Content() {}

  /** Writes a value; the attachment only when {@code attachment} says so. */
  static void write(IMessage message, int value, boolean attachment) {
    expect(
        "SetProps",
        message
            .setProps(
                List.of(
                    SPropValue.of(PR_SUBJECT_W, "w" + value),
                    SPropValue.of(PR_BODY_W, ("body " + value + " ").repeat(20))))
            .hr());
    ADRENTRY recipient =
        ADRENTRY.of(
            SPropValue.of(PR_DISPLAY_NAME_W, "r" + value),
            SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO));
    expect("ModifyRecipients", message.modifyRecipients(0, ADRLIST.of(recipient)));
    if (attachment) {
      for (SRow row : rows(message.getAttachmentTable(0))) {
        expect(
            "DeleteAttach",
            message.deleteAttach(row.find(PR_ATTACH_NUM).orElseThrow().asInt(), 0, null, 0));
      }
      MapiResult<IMessage.CreatedAttach> created = message.createAttach(null, 0);
      expect("CreateAttach", created.hr());
      try (IAttach attach = created.value().lppAttach()) {
        expect(
            "SetProps",
            attach
                .setProps(
                    List.of(
                        SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                        SPropValue.of(PR_ATTACH_DATA_BIN, data(value))))
                .hr());
        expect("SaveChanges", attach.saveChanges(0));
      }
    }
  }

  /**
   * Reads everything and answers the write it belongs to.
   *
   * @param attachmentOf for every write, the write its attachment is from
   */
  static int read(IMessage message, Map<Integer, Integer> attachmentOf, Runnable inBetween) {
    MapiResult<List<SPropValue>> props =
        message.getProps(SPropTagArray.tags(PR_SUBJECT_W, PR_BODY_W), 0);
    expect("GetProps", props.hr());
    int value = Integer.parseInt(props.value().get(0).asString().substring(1));
    inBetween.run();
    if (!props.value().get(1).asString().equals(("body " + value + " ").repeat(20))) {
      throw new AssertionError("subject of write " + value + " with body " + props.value().get(1));
    }
    List<SRow> recipients = rows(message.getRecipientTable(0));
    if (recipients.size() != 1
        || !recipients
            .get(0)
            .find(PropTag.of(0x3001, PT_UNSPECIFIED))
            .orElseThrow()
            .asString()
            .equals("r" + value)) {
      throw new AssertionError("subject of write " + value + " with recipients " + recipients);
    }
    List<SRow> attachments = rows(message.getAttachmentTable(0));
    if (attachments.size() != 1) {
      throw new AssertionError("write " + value + " with " + attachments.size() + " attachments");
    }
    inBetween.run();
    int expected = attachmentOf.get(value);
    try (IAttach attach =
        message
            .openAttach(attachments.get(0).find(PR_ATTACH_NUM).orElseThrow().asInt(), null, 0)
            .value()) {
      MapiResult<List<SPropValue>> data =
          attach.getProps(SPropTagArray.tags(PR_ATTACH_DATA_BIN), 0);
      expect("GetProps of write " + value + "'s attachment", data.hr());
      if (!data.value().get(0).asBytes().equals(Bytes.wrap(data(expected)))) {
        throw new AssertionError(
            "write " + value + " should have the attachment of write " + expected);
      }
    }
    return value;
  }

  private static byte[] data(int value) {
    byte[] data = new byte[ATTACHMENT_BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (value * 31 + i);
    }
    data[0] = (byte) (value >>> 8);
    data[1] = (byte) value;
    return data;
  }

  private static List<SRow> rows(MapiResult<IMAPITable> table) {
    expect("table", table.hr());
    try (IMAPITable view = table.value()) {
      return view.queryRows(Integer.MAX_VALUE, 0).value().aRow();
    }
  }

  private static void expect(String call, int hr) {
    if (hr != S_OK) {
      throw new AssertionError(call + ": " + HResult.toString(hr));
    }
  }
}
