package org.mapi4j.format.msg;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.DocumentNode;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.EntryUtils;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** A storage of an OLE2 file: streams and storages by name, in the order of the directory. */
final class Storage {
  private final DirectoryNode node;
  private final String path;
  private final MsgLimits limits;

  Storage(DirectoryNode node, String path, MsgLimits limits) {
    this.node = node;
    this.path = path;
    this.limits = limits;
  }

  MsgLimits limits() {
    return limits;
  }

  /** Where a stream of this storage is, for messages. */
  String place(String name) {
    return path + name;
  }

  boolean hasStream(String name) {
    try {
      return node.hasEntryCaseInsensitive(name)
          && node.getEntryCaseInsensitive(name) instanceof DocumentNode;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** True when it has a storage of that name; case means nothing in names of OLE2. */
  boolean hasStorage(String name) {
    try {
      return node.hasEntryCaseInsensitive(name)
          && node.getEntryCaseInsensitive(name) instanceof DirectoryNode;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  List<String> streams() {
    return names(DocumentNode.class);
  }

  List<String> storages() {
    return names(DirectoryNode.class);
  }

  /** A storage within this one. */
  Storage child(String name) throws IOException {
    return Ole2File.guarded(
        place(name),
        () ->
            new Storage(
                (DirectoryNode) node.getEntryCaseInsensitive(name), path + name + "/", limits));
  }

  /** Size of a stream, bytes. */
  int size(String name) throws IOException {
    return Ole2File.guarded(place(name), () -> document(name).getSize());
  }

  /** A whole stream, unless it is larger than a named limit. */
  byte[] bytes(String name, String limit, int max) throws IOException {
    int size = size(name);
    if (size > max) {
      throw FormatException.tooLarge(place(name) + ": bytes", size, limit, max);
    }
    byte[] bytes = new byte[size];
    try (InputStream in = open(name)) {
      if (in.readNBytes(bytes, 0, size) != size) {
        throw new FormatException(place(name) + ": ends before its size of " + size);
      }
    }
    return bytes;
  }

  /** The first bytes of a stream, at most so many. */
  byte[] start(String name, int max) throws IOException {
    try (InputStream in = open(name)) {
      return in.readNBytes(Math.min(size(name), max));
    }
  }

  /** A stream to be read once, in constant memory. */
  InputStream open(String name) throws IOException {
    String place = place(name);
    InputStream raw = Ole2File.guarded(place, () -> new DocumentInputStream(document(name)));
    return new FilterInputStream(raw) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] b, int off, int len) throws IOException {
        return Ole2File.guarded(place, () -> in.read(b, off, len));
      }
    };
  }

  /**
   * This storage as a file of its own, in memory: the form in which an OLE object travels outside
   * its container.
   */
  byte[] asFile(int bytesMax) throws IOException {
    long total = total(node);
    if (total > bytesMax) {
      throw FormatException.tooLarge(path + ": bytes", total, "objectBytesMax", bytesMax);
    }
    return Ole2File.guarded(
        path,
        () -> {
          try (POIFSFileSystem copy = new POIFSFileSystem()) {
            EntryUtils.copyNodes(node, copy.getRoot());
            copy.getRoot().setStorageClsid(node.getStorageClsid());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            copy.writeFilesystem(out);
            return out.toByteArray();
          }
        });
  }

  private static long total(DirectoryNode storage) {
    long total = 0;
    for (Entry entry : storage) {
      total +=
          entry instanceof DirectoryNode child ? total(child) : ((DocumentNode) entry).getSize();
    }
    return total;
  }

  private DocumentNode document(String name) throws IOException {
    if (node.getEntryCaseInsensitive(name) instanceof DocumentNode document) {
      return document;
    }
    throw new FormatException(place(name) + ": expected a stream, found a storage");
  }

  private List<String> names(Class<? extends Entry> kind) {
    List<String> names = new ArrayList<>();
    for (Entry entry : node) {
      if (kind.isInstance(entry)) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
