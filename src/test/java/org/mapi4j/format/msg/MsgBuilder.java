package org.mapi4j.format.msg;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.mapi4j.types.PropTag;

/** Writes .msg files property by property, right and wrong ones. */
final class MsgBuilder {
  private final DirectoryEntry storage;
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final POIFSFileSystem file;
  private final UnaryOperator<String> spelling;

  private MsgBuilder(
      POIFSFileSystem file,
      DirectoryEntry storage,
      int headerBytes,
      UnaryOperator<String> spelling) {
    this.spelling = spelling;
    this.file = file;
    this.storage = storage;
    entries.writeBytes(new byte[headerBytes]);
  }

  /** An empty message. */
  static MsgBuilder message() {
    return message(UnaryOperator.identity());
  }

  /** The same, from a writer that spells the names of streams and storages in its own way. */
  static MsgBuilder message(UnaryOperator<String> spelling) {
    POIFSFileSystem file = new POIFSFileSystem();
    return new MsgBuilder(file, file.getRoot(), 32, spelling);
  }

  private MsgBuilder inner(DirectoryEntry inner, int headerBytes) {
    return new MsgBuilder(file, inner, headerBytes, spelling);
  }

  /** A storage of this one. */
  DirectoryEntry directory(String name) throws IOException {
    return storage.createDirectory(spelling.apply(name));
  }

  /** A recipient or attachment of this message, to be ended with {@link #end}. */
  MsgBuilder part(String kind, int number) throws IOException {
    return inner(directory("__%s_version1.0_#%08X".formatted(kind, number)), 8);
  }

  /** A message embedded in this attachment, to be ended with {@link #end}. */
  MsgBuilder embedded() throws IOException {
    return inner(directory("__substg1.0_3701000D"), 24);
  }

  /** The storage of an OLE object in this attachment. */
  DirectoryEntry oleObject() throws IOException {
    return directory("__substg1.0_3701000D");
  }

  /** An entry whose eight bytes are the value, or the size of the value's stream. */
  MsgBuilder entry(int tag, long value) {
    entries.writeBytes(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(tag)
            .putInt(6)
            .putLong(value)
            .array());
    return this;
  }

  /** A stream of this storage. */
  @CanIgnoreReturnValue
  MsgBuilder stream(String name, byte[] bytes) throws IOException {
    if (storage.createDocument(spelling.apply(name), new ByteArrayInputStream(bytes)) == null) {
      throw new IOException(name);
    }
    return this;
  }

  /** A value in a stream, with its entry. */
  MsgBuilder value(int tag, byte[] bytes) throws IOException {
    return entry(tag, bytes.length).stream(stream(tag), bytes);
  }

  /** A PT_UNICODE text. */
  MsgBuilder text(int tag, String text) throws IOException {
    return value(tag, text.getBytes(StandardCharsets.UTF_16LE));
  }

  /** The name of a tag's stream. */
  static String stream(int tag) {
    return "__substg1.0_%04X%04X".formatted(PropTag.id(tag), PropTag.type(tag));
  }

  /** One name, for the identifier 0x8000: a text of PS_PUBLIC_STRINGS. */
  MsgBuilder oneName(String name) throws IOException {
    DirectoryEntry names = directory("__nameid_version1.0");
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    byte[] strings =
        ByteBuffer.allocate(4 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(text.length)
            .put(text)
            .array();
    byte[] entry =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0)
            .putShort((short) (2 << 1 | 1))
            .putShort((short) 0)
            .array();
    MsgBuilder map = inner(names, 0);
    map.stream("__substg1.0_00030102", entry).stream("__substg1.0_00040102", strings);
    return this;
  }

  /** Ends a part or an embedded message. */
  void end() throws IOException {
    stream("__properties_version1.0", entries.toByteArray());
  }

  /** Ends the message and writes the file. */
  Path write(Path path) throws IOException {
    end();
    try (OutputStream out = Files.newOutputStream(path)) {
      file.writeFilesystem(out);
    }
    file.close();
    return path;
  }
}
