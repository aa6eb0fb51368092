package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * What only the user's own processes can read: 32 bytes in a file that nobody else may open.
 * Whoever proves to know them is let in. They never leave the process; proofs do.
 */
final class Secret {
  private static final String NAME = "mapi4j.secret";
  private static final int SECRET_BYTES = 32;
  private static final String HMAC = "HmacSHA256";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Object WRITING = new Object();

  private final byte[] key;
  private final boolean confined;

  private Secret(byte[] key, boolean confined) {
    this.key = key;
    this.confined = confined;
  }

  /**
   * False where the file system lets others read the file whatever was asked for: who knows it has
   * proved nothing.
   */
  boolean isConfined() {
    return confined;
  }

  /**
   * For a guest, when the owner has answered, which made the file or looked at it before. Throws
   * FileSystemException for a file that is not there, and StorageFault for one that others may read
   * all the same.
   */
  static Secret read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !isPrivate(file)) {
      throw new StorageFault.Unreachable(
          "%s can be read by other users, and its file system keeps no modes: mount it for its owner alone (umask=077), or let one program at a time open the store"
              .formatted(file),
          null);
    }
    return find(directory)
        .orElseThrow(
            () ->
                new FileSystemException(
                    directory.resolve(NAME).toString(),
                    null,
                    "absent, or not for its owner alone; the owner of the store makes another"));
  }

  /**
   * The secret that is there, or a new one: where there is none, or where others may have read it.
   * Only for the owner of the directory.
   */
  static Secret ensure(Path directory) throws IOException {
    synchronized (WRITING) {
      Optional<Secret> present = find(directory);
      return present.isPresent() ? present.get() : create(directory);
    }
  }

  private static Optional<Secret> find(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isPrivate(file)) {
        return Optional.empty();
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      return key.length == SECRET_BYTES ? Optional.of(new Secret(key, true)) : Optional.empty();
    } catch (NoSuchFileException | IllegalArgumentException absentOrDamaged) {
      return Optional.empty();
    }
  }

  private static boolean isPrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return true; // Windows: made with an access list that names its owner alone
    }
    PosixFileAttributes attributes = view.readAttributes();
    return attributes.permissions().stream()
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
  }

  private static Secret create(Path directory) throws IOException {
    byte[] key = SystemChance.bytes(SECRET_BYTES);
    Path file = directory.resolve(NAME);
    Path fresh = directory.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createFile(fresh);
      ownerAlone(fresh);
    }
    String text = HexFormat.of().formatHex(key) + "\n";
    Files.write(
        fresh,
        text.getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Secret(key, isPrivate(file));
  }

  private static void ownerAlone(Path file) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view != null) {
      view.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }

  /** What shows that its maker knows the secret and speaks of this conversation in this role. */
  Bytes proof(String role, Bytes conversation) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(role.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      return Bytes.wrap(mac.doFinal(conversation.toArray()));
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Compares in a time that says nothing about where proofs differ. */
  static boolean same(Bytes one, Bytes other) {
    return MessageDigest.isEqual(one.toArray(), other.toArray());
  }
}
