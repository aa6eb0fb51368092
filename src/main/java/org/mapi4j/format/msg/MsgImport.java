package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiCode.MAPI_E_COMPUTED;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.STGM_READWRITE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * Fills a message of any store from a .msg: properties, recipients, attachments, embedded messages,
 * each named property under the identifier that the store gives its name. Large values pass in
 * constant memory. The caller saves the message: until then nothing of it is stored.
 */
public final class MsgImport {
  private static final int RECIPIENTS_PER_CALL = 1000;

  private final List<KeptOut> keptOut = new ArrayList<>();

  private MsgImport() {}

  /**
   * Fills a message, new or emptied, and does not save it. Throws FormatException where the file is
   * damaged and {@link MapiException} where the store fails; what was filled in by then is pending
   * in the message and goes with it.
   *
   * @return the properties that the store did not take, and why: PR_ENTRYID and others that it
   *     computes itself among them
   */
  public static List<KeptOut> into(IMessage target, MsgMessage source) throws IOException {
    MsgImport run = new MsgImport();
    run.message(target, source);
    return List.copyOf(run.keptOut);
  }

  private void message(IMessage target, MsgMessage source) throws IOException {
    properties(target, source.properties());
    recipients(target, source);
    for (int i = 0; i < source.attachmentCount(); i++) {
      try (IAttach attachment =
          MapiException.require(target.createAttach(null, 0), "IMessage::CreateAttach")
              .lppAttach()) {
        attachment(attachment, source.attachment(i));
        MapiException.require(attachment.saveChanges(0), "IAttach::SaveChanges");
      }
    }
    reportFlags(target, source);
  }

  /** Of PR_MESSAGE_FLAGS a store takes some bits, without a problem, and decides the others. */
  private void reportFlags(IMessage target, MsgMessage source) {
    if (source.fixed().get(PR_MESSAGE_FLAGS) instanceof Integer wanted) {
      SPropValue taken =
          MapiException.require(
                  target.getProps(SPropTagArray.tags(PR_MESSAGE_FLAGS), 0), "IMAPIProp::GetProps")
              .get(0);
      if (!taken.value().equals(wanted)) {
        keptOut.add(
            new KeptOut(
                source.place(), PR_MESSAGE_FLAGS, null, "the store decides some of its bits"));
      }
    }
  }

  private void attachment(IAttach target, MsgAttachment source) throws IOException {
    MsgObject object = source.properties();
    properties(target, object);
    Optional<MsgMessage> embedded = source.embedded();
    if (embedded.isPresent()) {
      try (IMessage inner =
          (IMessage)
              MapiException.require(
                  open(target, PR_ATTACH_DATA_OBJ, IID_IMessage),
                  "IAttach::OpenProperty of an embedded message")) {
        message(inner, embedded.get());
        MapiException.require(inner.saveChanges(0), "IMessage::SaveChanges of an embedded message");
      }
    }
    Optional<byte[]> ole = source.oleObject();
    if (ole.isPresent()) {
      oleObject(target, object.place(), ole.get());
    }
  }

  /** An OLE object as PR_ATTACH_DATA_OBJ where the store can, else as PR_ATTACH_DATA_BIN. */
  private void oleObject(IAttach target, String place, byte[] bytes) throws IOException {
    MapiResult<IUnknown> opened = open(target, PR_ATTACH_DATA_OBJ, IID_IStreamDocfile);
    if (opened.failed()) {
      keptOut.add(
          new KeptOut(
              place,
              PR_ATTACH_DATA_OBJ,
              null,
              "kept as PR_ATTACH_DATA_BIN: " + HResult.toString(opened.hr())));
      opened = open(target, PR_ATTACH_DATA_BIN, IID_IStream);
    }
    IUnknown object = MapiException.require(opened, "IAttach::OpenProperty of an OLE object");
    try (IStream stream = (IStream) object;
        InputStream in = new ByteArrayInputStream(bytes)) {
      copy(in, stream, "an OLE object");
    }
  }

  private static MapiResult<IUnknown> open(IMAPIProp target, int tag, Guid iid) {
    return target.openProperty(tag, iid, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
  }

  private void properties(IMAPIProp target, MsgObject source) throws IOException {
    keptOut.addAll(source.keptOut());
    int[] ids = StoreIds.of(target, source.properties());
    List<SPropValue> values = new ArrayList<>();
    List<MsgProperty> small = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      MsgProperty property = source.properties().get(i);
      if (ids[i] == StoreIds.NONE) {
        keepOut(source, property, "the store has no identifier for its name");
      } else if (property.isLarge()) {
        large(target, source, property, ids[i]);
      } else {
        values.add(property.withId(ids[i]));
        small.add(property);
      }
    }
    set(target, source, small, values);
  }

  private void set(
      IMAPIProp target, MsgObject source, List<MsgProperty> properties, List<SPropValue> values) {
    if (values.isEmpty()) {
      return;
    }
    MapiResult<List<SPropProblem>> set = target.setProps(values);
    if (set.succeeded()) {
      for (SPropProblem problem : set.value()) {
        keepOut(source, properties.get(problem.ulIndex()), refusal(problem.scode()));
      }
    } else if (values.size() == 1) {
      keepOut(source, properties.get(0), refusal(set.hr()));
    } else {
      int half = values.size() / 2;
      set(target, source, properties.subList(0, half), values.subList(0, half));
      set(
          target,
          source,
          properties.subList(half, values.size()),
          values.subList(half, values.size()));
    }
  }

  private static String refusal(int hr) {
    return (hr == MAPI_E_COMPUTED ? "the store computes it: " : "the store refuses it: ")
        + HResult.toString(hr);
  }

  private void large(IMAPIProp target, MsgObject source, MsgProperty property, int id)
      throws IOException {
    int tag = PropTag.of(id, PropTag.type(property.tag()));
    MapiResult<IUnknown> opened = open(target, tag, IID_IStream);
    if (opened.failed()) {
      keepOut(source, property, refusal(opened.hr()));
      return;
    }
    try (IStream stream = (IStream) opened.value();
        InputStream in = ((LargeValue) property.value()).open()) {
      copy(in, stream, PropTag.toString(tag));
    }
  }

  private static void copy(InputStream in, IStream stream, String what) throws IOException {
    byte[] buffer = new byte[64 << 10];
    MapiException.require(stream.setSize(0), "IStream::SetSize of " + what);
    for (int n = in.readNBytes(buffer, 0, buffer.length);
        n > 0;
        n = in.readNBytes(buffer, 0, buffer.length)) {
      MapiException.require(stream.write(buffer, 0, n), "IStream::Write of " + what);
    }
    MapiException.require(stream.commit(0), "IStream::Commit of " + what);
  }

  private void recipients(IMessage target, MsgMessage source) throws IOException {
    List<ADRENTRY> entries = new ArrayList<>();
    for (int i = 0; i < source.recipientCount(); i++) {
      entries.add(recipient(target, source.recipient(i)));
      if (entries.size() == RECIPIENTS_PER_CALL || i == source.recipientCount() - 1) {
        MapiException.require(
            target.modifyRecipients(MODRECIP_ADD, new ADRLIST(entries)),
            "IMessage::ModifyRecipients");
        entries.clear();
      }
    }
  }

  /** A recipient as the store wants it: type and name always there, its row number the store's. */
  private ADRENTRY recipient(IMessage target, MsgObject source) {
    keptOut.addAll(source.keptOut());
    int[] ids = StoreIds.of(target, source.properties());
    List<SPropValue> values = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      MsgProperty property = source.properties().get(i);
      if (property.tag() == PR_ROWID || property.tag() == PR_INSTANCE_KEY) {
        keepOut(source, property, "a recipient table numbers its rows itself");
      } else if (property.isLarge()) {
        keepOut(source, property, "too large for a recipient");
      } else if (ids[i] == StoreIds.NONE) {
        keepOut(source, property, "the store has no identifier for its name");
      } else {
        values.add(property.withId(ids[i]));
      }
    }
    if (values.stream().noneMatch(value -> value.ulPropTag() == PR_RECIPIENT_TYPE)) {
      values.add(SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO));
    }
    if (values.stream().noneMatch(value -> value.ulPropTag() == PR_DISPLAY_NAME_W)) {
      values.add(SPropValue.of(PR_DISPLAY_NAME_W, address(values)));
    }
    return new ADRENTRY(values);
  }

  private static String address(List<SPropValue> values) {
    return values.stream()
        .filter(value -> value.ulPropTag() == PR_EMAIL_ADDRESS_W)
        .map(SPropValue::asString)
        .findFirst()
        .orElse("");
  }

  private void keepOut(MsgObject source, MsgProperty property, String reason) {
    keptOut.add(new KeptOut(source.place(), property.tag(), property.name(), reason));
  }
}
