package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INTERFACE_NOT_SUPPORTED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;

/**
 * An object. As an argument of ours, one of ours is the very Java object, and a foreign one is held
 * until the call is over; what a method keeps is held until the method's object closes it, and so
 * that it can, one of ours comes as a foreign one too.
 *
 * @param type its interface where no identifier asks for another
 * @param kept true for an argument that a successful call keeps
 */
record ObjectCarrier(Class<? extends IUnknown> type, boolean kept) implements Carrier {
  /** What an object may be whose interface nobody named, the richest first. */
  private static final List<Class<? extends IUnknown>> GUESSES =
      List.of(IMessage.class, IMAPIFolder.class, IMsgStore.class, IAttach.class, IMAPIProp.class);

  @Override
  public Object read(Logon logon, long word, long count, long extra) {
    if (word == 0) {
      return null;
    }
    ComObject own = logon.bridge().objects().find(word);
    if (own == null || kept) {
      return Borrowed.current().take(foreign(logon, word, extra), kept);
    }
    IUnknown target = own.target();
    if (!type.isInstance(target)) {
      throw new ComFault(
          MAPI_E_INVALID_PARAMETER, "an argument is no %s".formatted(type.getSimpleName()));
    }
    return target;
  }

  private IUnknown foreign(Logon logon, long word, long extra) {
    ForeignObjects foreigners = logon.bridge().foreigners();
    Class<? extends IUnknown> asked = asked(logon, extra);
    if (asked == IUnknown.class) {
      for (Class<? extends IUnknown> guess : GUESSES) {
        long found = ForeignObjects.query(logon.bridge(), word, Interfaces.iid(guess)).orElse(0L);
        if (found != 0) {
          return foreigners.adopt(found, guess, logon);
        }
      }
    }
    return foreigners.share(word, asked, logon);
  }

  /** A foreign object that Java gives away is the receiver's to release. */
  @Override
  public long write(Logon logon, Object value, long extra) {
    ForeignHandler foreign = ForeignObjects.handler(value);
    if (foreign == null) {
      return logon.bridge().objects().give((IUnknown) value, asked(logon, extra), logon);
    }
    long pointer = lend(logon, value, extra);
    foreign.object().close();
    return pointer;
  }

  /** As an argument: a pointer with a reference, while the object stays Java's. */
  long lend(Logon logon, Object value, long extra) {
    Class<? extends IUnknown> asked = asked(logon, extra);
    ForeignHandler foreign = ForeignObjects.handler(value);
    if (foreign == null) {
      return logon.bridge().objects().lend((IUnknown) value, asked, logon);
    }
    foreign.object().enter();
    try {
      if (asked.isAssignableFrom(foreign.type())) {
        logon.bridge().addRef(foreign.pointer());
        return foreign.pointer();
      }
      return ForeignObjects.query(logon.bridge(), foreign.pointer(), Interfaces.iid(asked))
          .orElseThrow(
              () ->
                  new ComFault(
                      MAPI_E_INTERFACE_NOT_SUPPORTED, value + " is no " + asked.getSimpleName()));
    } finally {
      foreign.object().exit();
    }
  }

  /** The interface that an identifier names, if it is one of ours; else the usual one. */
  Class<? extends IUnknown> asked(Logon logon, long iid) {
    if (iid == 0) {
      return type;
    }
    byte[] bytes = new byte[Guid.SIZE];
    logon.memory().read(iid, bytes, 0, bytes.length);
    return asked(Guid.fromBytes(bytes, 0));
  }

  Class<? extends IUnknown> asked(Guid iid) {
    Class<? extends IUnknown> named = iid == null ? null : Interfaces.type(iid);
    return named != null && type.isAssignableFrom(named) ? named : type;
  }

  @Override
  public int count(Object value) {
    return 0;
  }

  @Override
  public void free(Logon logon, long word) {
    if (word != 0) {
      logon.bridge().release(word);
    }
  }
}
