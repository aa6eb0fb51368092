package org.mapi4j.demo;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;
import static org.mapi4j.types.Stg.STGM_READWRITE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Writes the sample mail into a folder, through the same calls that a MAPI program makes. */
final class SampleMail {
  private static final MAPINAMEID KEYWORDS = MAPINAMEID.string(PS_PUBLIC_STRINGS, "Keywords");

  private final Instant now;

  SampleMail(Instant now) {
    this.now = now;
  }

  /** Stores a letter; the value is its entry identifier. */
  @CanIgnoreReturnValue
  Bytes store(IMAPIFolder folder, Letter letter) {
    try (IMessage message =
        MapiException.require(folder.createMessage(null, 0), "IMAPIFolder::CreateMessage")) {
      fill(message, letter);
      MapiException.require(message.saveChanges(KEEP_OPEN_READONLY), "IMessage::SaveChanges");
      return MapiException.require(message.getProps(tags(PR_ENTRYID), 0), "IMAPIProp::GetProps")
          .get(0)
          .asBytes();
    }
  }

  private void fill(IMessage message, Letter letter) {
    Instant arrived = now.minus(Duration.ofMinutes(letter.minutesAgo()));
    set(
        message,
        List.of(
            SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Note"),
            SPropValue.of(PR_SUBJECT_W, letter.subject()),
            SPropValue.of(PR_BODY_W, letter.body()),
            SPropValue.of(PR_SENDER_NAME_W, letter.from().name()),
            SPropValue.of(PR_SENDER_ADDRTYPE_W, "SMTP"),
            SPropValue.of(PR_SENDER_EMAIL_ADDRESS_W, letter.from().address()),
            SPropValue.of(PR_SENT_REPRESENTING_NAME_W, letter.from().name()),
            SPropValue.of(PR_IMPORTANCE, 1),
            SPropValue.of(PR_CLIENT_SUBMIT_TIME, arrived.minusSeconds(4)),
            SPropValue.of(PR_MESSAGE_DELIVERY_TIME, arrived)));
    if (!letter.categories().isEmpty()) {
      SPropTagArray keywords =
          MapiException.require(
              message.getIDsFromNames(List.of(KEYWORDS), MAPI_CREATE),
              "IMAPIProp::GetIDsFromNames");
      int tag = PropTag.changePropType(keywords.get(0), PT_MV_UNICODE);
      set(message, List.of(SPropValue.of(tag, letter.categories())));
    }
    address(message, letter.to());
    letter.files().forEach(file -> attach(message, file));
    if (letter.forwarded() != null) {
      embed(message, letter.forwarded());
    }
  }

  private static void set(IMAPIProp object, List<SPropValue> values) {
    MapiResult<List<SPropProblem>> set = object.setProps(values);
    for (SPropProblem problem : MapiException.require(set, "IMAPIProp::SetProps")) {
      throw new MapiException(problem.scode(), "SetProps of " + problem);
    }
  }

  private static void address(IMessage message, List<Letter.Person> people) {
    List<ADRENTRY> entries = new ArrayList<>();
    for (Letter.Person person : people) {
      entries.add(
          ADRENTRY.of(
              SPropValue.of(PR_RECIPIENT_TYPE, entries.isEmpty() ? MAPI_TO : MAPI_CC),
              SPropValue.of(PR_DISPLAY_NAME_W, person.name()),
              SPropValue.of(PR_ADDRTYPE_W, "SMTP"),
              SPropValue.of(PR_EMAIL_ADDRESS_W, person.address())));
    }
    MapiException.require(
        message.modifyRecipients(MODRECIP_ADD, new ADRLIST(entries)), "IMessage::ModifyRecipients");
  }

  private static void attach(IMessage message, Letter.Attached file) {
    try (IAttach attachment = create(message)) {
      set(
          attachment,
          List.of(
              SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
              SPropValue.of(PR_ATTACH_LONG_FILENAME_W, file.name()),
              SPropValue.of(PR_ATTACH_MIME_TAG_W, file.mimeType()),
              SPropValue.of(PR_RENDERING_POSITION, -1)));
      try (IStream stream =
          (IStream)
              MapiException.require(
                  attachment.openProperty(
                      PR_ATTACH_DATA_BIN, IID_IStream, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY),
                  "IAttach::OpenProperty")) {
        byte[] text = file.text().getBytes(StandardCharsets.UTF_8);
        for (int rest = file.bytes(); rest > 0; rest -= text.length) {
          MapiException.require(
              stream.write(text, 0, Math.min(text.length, rest)), "IStream::Write");
        }
        MapiException.require(stream.commit(0), "IStream::Commit");
      }
      MapiException.require(attachment.saveChanges(0), "IAttach::SaveChanges");
    }
  }

  private void embed(IMessage message, Letter letter) {
    try (IAttach attachment = create(message)) {
      set(
          attachment,
          List.of(
              SPropValue.of(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG),
              SPropValue.of(PR_DISPLAY_NAME_W, letter.subject())));
      try (IMessage inner =
          (IMessage)
              MapiException.require(
                  attachment.openProperty(
                      PR_ATTACH_DATA_OBJ, IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY),
                  "IAttach::OpenProperty")) {
        fill(inner, letter);
        MapiException.require(inner.saveChanges(0), "IMessage::SaveChanges");
      }
      MapiException.require(attachment.saveChanges(0), "IAttach::SaveChanges");
    }
  }

  private static IAttach create(IMessage message) {
    return MapiException.require(message.createAttach(null, 0), "IMessage::CreateAttach")
        .lppAttach();
  }
}
