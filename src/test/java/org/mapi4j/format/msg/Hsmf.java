package org.mapi4j.format.msg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.Chunk;
import org.apache.poi.hsmf.datatypes.ChunkBasedPropertyValue;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.PropertyValue;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;
import org.apache.poi.hsmf.datatypes.Types;
import org.mapi4j.types.Bytes;

/** What Apache POI's HSMF reads from a .msg: the independent reader that ours is compared with. */
public final class Hsmf {
  private Hsmf() {}

  /**
   * An object as HSMF has it: by identifier, Bytes, String, or lists of them, and the raw eight
   * bytes or fewer of fixed values; what it does not read in full is left out.
   */
  public record Part(Map<Integer, Object> values, Optional<Message> embedded) {}

  /** A message as HSMF has it. */
  public record Message(Part own, List<Part> recipients, List<Part> attachments) {}

  /** A text with the code page that HSMF read it with, null when it is UTF-16. */
  public record Text(String value, String codePage, Bytes raw) {}

  /** A value of fixed size as HSMF types it. */
  public record Fixed(Object value) {}

  /** Reads a file; whatever HSMF throws is the caller's to judge. */
  public static Message read(Path file) throws IOException {
    try (MAPIMessage message = new MAPIMessage(file.toFile())) {
      return read(message);
    }
  }

  private static Message read(MAPIMessage message) throws IOException {
    message.guess7BitEncoding();
    Map<Integer, Object> own = new TreeMap<>();
    chunks(message.getMainChunks().getAll(), null, own);
    fixed(message.getMainChunks().getRawProperties(), own);
    String general = generalCodePage(message);
    List<Part> recipients = new ArrayList<>();
    List<RecipientChunks> sorted = new ArrayList<>(List.of(message.getRecipientDetailsChunks()));
    sorted.sort(Comparator.comparingInt(RecipientChunks::getRecipientNumber));
    for (RecipientChunks recipient : sorted) {
      Map<Integer, Object> values = new TreeMap<>();
      Map<MAPIProperty, List<Chunk>> byProperty = new HashMap<>();
      for (Chunk chunk : recipient.getAll()) {
        byProperty
            .computeIfAbsent(
                MAPIProperty.createCustom(chunk.getChunkId(), chunk.getType(), ""),
                key -> new ArrayList<>())
            .add(chunk);
      }
      for (List<Chunk> chunks : byProperty.values()) {
        put(chunks, null, values);
      }
      recipients.add(new Part(values, Optional.empty()));
    }
    List<Part> attachments = new ArrayList<>();
    for (AttachmentChunks attachment : message.getAttachmentFiles()) {
      Map<Integer, Object> values = new TreeMap<>();
      for (Chunk chunk : attachment.getAll()) {
        put(List.of(chunk), general, values);
      }
      MAPIMessage inner = attachment.isEmbeddedMessage() ? attachment.getEmbeddedMessage() : null;
      attachments.add(
          new Part(values, inner == null ? Optional.empty() : Optional.of(read(inner))));
    }
    return new Message(new Part(own, Optional.empty()), recipients, attachments);
  }

  private static String generalCodePage(MAPIMessage message) {
    for (Chunk chunk : message.getMainChunks().getChunks()) {
      if (chunk instanceof StringChunk text
          && chunk.getChunkId() != MAPIProperty.BODY.id
          && chunk.getChunkId() != MAPIProperty.BODY_HTML.id) {
        return text.get7BitEncoding();
      }
    }
    return "CP1252";
  }

  private static void chunks(
      Map<MAPIProperty, List<Chunk>> all, String codePage, Map<Integer, Object> into) {
    all.values().forEach(chunks -> put(chunks, codePage, into));
  }

  private static void put(List<Chunk> chunks, String codePage, Map<Integer, Object> into) {
    List<Object> values = new ArrayList<>();
    int id = -1;
    for (Chunk chunk : chunks) {
      id = chunk.getChunkId();
      if (chunk instanceof StringChunk text) {
        if (codePage != null) {
          text.set7BitEncoding(codePage);
        }
        boolean narrow = text.getType() == Types.ASCII_STRING;
        values.add(
            new Text(
                text.getValue(),
                narrow ? text.get7BitEncoding() : null,
                Bytes.copyOf(text.getRawValue())));
      } else if (chunk instanceof ByteChunk bytes && chunk.getType() == Types.BINARY) {
        values.add(Bytes.copyOf(bytes.getValue()));
      }
    }
    if (!values.isEmpty()) {
      into.merge(id, values, Hsmf::join);
    }
  }

  private static Object join(Object one, Object other) {
    List<Object> both = new ArrayList<>((List<?>) one);
    both.addAll((List<?>) other);
    return both;
  }

  private static void fixed(Map<MAPIProperty, PropertyValue> all, Map<Integer, Object> into) {
    all.forEach(
        (property, value) -> {
          if (!(value instanceof ChunkBasedPropertyValue) && value.getValue() != null) {
            into.putIfAbsent(property.id, new Fixed(value.getValue()));
          }
        });
  }
}
