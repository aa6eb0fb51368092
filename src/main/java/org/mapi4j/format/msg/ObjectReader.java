package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_ATTACH_DATA_OBJ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.String8;

/**
 * Reads the values of one object. Values beyond valueBytesMax, and all once the object has
 * INLINE_VALUES of them, stay streams.
 */
final class ObjectReader {
  private static final int INLINE_VALUES = 128;

  private final Storage storage;
  private final PropertyEntries entries;
  private final NameMap names;
  private final CodePages codePages;
  private final boolean attachment;
  private final Map<Integer, MsgProperty> properties = new LinkedHashMap<>();
  private final List<KeptOut> keptOut = new ArrayList<>();
  private long inlineBytes;

  /**
   * @param attachment true when the object that PR_ATTACH_DATA_OBJ names is read beside this
   */
  ObjectReader(
      Storage storage,
      PropertyEntries entries,
      NameMap names,
      CodePages codePages,
      boolean attachment) {
    this.attachment = attachment;
    this.storage = storage;
    this.entries = entries;
    this.names = names;
    this.codePages = codePages;
    this.inlineBytes = (long) INLINE_VALUES * storage.limits().valueBytesMax();
  }

  MsgObject read() throws IOException {
    entries.fixed().forEach(this::add);
    for (Map.Entry<Integer, String> entry : entries.streams().entrySet()) {
      addStream(entry.getKey(), entry.getValue());
    }
    entries.objects().forEach(this::keepOutObject);
    return new MsgObject(storage.place(""), List.copyOf(properties.values()), keptOut);
  }

  private void add(int tag, Object value) {
    int type = PropTag.type(tag);
    MAPINAMEID name = names.name(PropTag.id(tag));
    if (type == PT_ERROR || type == PT_NULL) {
      keepOut(tag, "it has no value, its type is " + (type == PT_NULL ? "PT_NULL" : "PT_ERROR"));
    } else if (PropTag.isNamed(tag) && name == null) {
      keepOut(tag, "the file has no name for its identifier [MS-OXMSG] 2.2.3");
    } else {
      MsgProperty before =
          properties.putIfAbsent(PropTag.id(tag), new MsgProperty(tag, name, value));
      if (before != null) {
        keepOut(tag, "the file has it as " + PropTag.toString(before.tag()) + " too");
      }
    }
  }

  private void addStream(int tag, String stream) throws IOException {
    int type = PropTag.type(tag);
    if (!hasStream(type)) {
      keepOut(tag, "a value in a stream, which its type does not have");
    } else if (stream == null) {
      addMissing(tag);
    } else if ((type & MV_FLAG) != 0) {
      List<Object> values = MultiValues.read(storage, tag, stream, codePages.of(tag));
      if (values == null) {
        keepOut(tag, "the lengths of its values do not fit the streams that hold them");
      } else if (values.isEmpty()) {
        keepOut(tag, "a multivalued property without values");
      } else {
        add(MultiValues.tag(tag, values), values);
      }
    } else if (type == PT_CLSID) {
      addGuid(tag, stream);
    } else {
      addVariable(tag, stream);
    }
  }

  /** Of objects, the one in an attachment is read, as what it is; the rest is named. */
  private void keepOutObject(int tag) {
    if (!attachment || tag != PR_ATTACH_DATA_OBJ) {
      keepOut(tag, "an object where only attachments have one");
    } else if (!storage.hasStorage(MsgAttachment.DATA_OBJECT)) {
      keepOut(tag, "the storage of the object is missing");
    }
  }

  /** True for the types whose value stands in a stream of its own. */
  private static boolean hasStream(int type) {
    return switch (type) {
      case PT_STRING8, PT_UNICODE, PT_BINARY, PT_CLSID -> true;
      case PropType.PT_SRESTRICTION, PropType.PT_ACTIONS -> true;
      default -> (type & MV_FLAG) != 0 && PropType.isDefined(type);
    };
  }

  /** An entry of size 0 may have no stream: some writers leave it out. */
  private void addMissing(int tag) {
    switch (PropTag.type(tag)) {
      case PT_UNICODE, PT_STRING8 -> add(PropTag.changePropType(tag, PT_UNICODE), "");
      case PT_BINARY -> add(tag, Bytes.EMPTY);
      default -> keepOut(tag, "the stream of its value is missing");
    }
  }

  private void addGuid(int tag, String stream) throws IOException {
    byte[] bytes = storage.bytes(stream, "valueBytesMax", storage.limits().valueBytesMax());
    if (bytes.length == Guid.SIZE) {
      add(tag, Guid.fromBytes(bytes, 0));
    } else {
      keepOut(tag, "a GUID of " + bytes.length + " bytes");
    }
  }

  private void addVariable(int tag, String stream) throws IOException {
    int size = storage.size(stream);
    boolean inline = size <= storage.limits().valueBytesMax() && size <= inlineBytes;
    if (!inline) {
      addLarge(tag, stream, size);
      return;
    }
    inlineBytes -= size;
    byte[] bytes = storage.bytes(stream, "valueBytesMax", storage.limits().valueBytesMax());
    switch (PropTag.type(tag)) {
      case PT_UNICODE -> add(tag, Texts.unicode(bytes, bytes.length));
      case PT_STRING8 -> addNarrow(tag, Texts.narrow(bytes, bytes.length));
      default -> add(tag, Bytes.wrap(bytes));
    }
  }

  private void addNarrow(int tag, String8 narrow) {
    Optional<String> text = narrow.decode(codePages.of(tag));
    if (text.isPresent()) {
      add(PropTag.changePropType(tag, PT_UNICODE), text.get());
    } else {
      add(tag, narrow);
    }
  }

  private void addLarge(int tag, String stream, int size) throws IOException {
    Charset page = codePages.of(tag);
    if (PropTag.type(tag) == PT_STRING8) {
      OptionalLong chars = TextStream.length(storage.open(stream), page);
      if (chars.isPresent()) {
        add(
            PropTag.changePropType(tag, PT_UNICODE),
            large(2 * chars.getAsLong(), () -> TextStream.of(storage.open(stream), page)));
        return;
      }
    }
    int even = PropTag.type(tag) == PT_UNICODE ? size & ~1 : size;
    add(tag, large(even, () -> storage.open(stream)));
  }

  private static LargeValue large(long size, Ole2File.Reading<InputStream> opening) {
    return new LargeValue() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return opening.read();
      }
    };
  }

  private void keepOut(int tag, String reason) {
    String place = storage.place("");
    keptOut.add(new KeptOut(place, tag, names.name(PropTag.id(tag)), reason));
  }
}
