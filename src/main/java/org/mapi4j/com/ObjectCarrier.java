package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;

import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;

/**
 * An object: one of ours is the very Java object; a foreign one is refused until proxies exist.
 *
 * @param type its interface where no identifier asks for another
 */
record ObjectCarrier(Class<? extends IUnknown> type) implements Carrier {
  @Override
  public Object read(Logon logon, long word, long count, long extra) {
    if (word == 0) {
      return null;
    }
    ComObject own = logon.bridge().objects().find(word);
    if (own == null) {
      throw new ComFault(MAPI_E_NO_SUPPORT, "objects of others cannot be arguments yet");
    }
    IUnknown target = own.target();
    if (!type.isInstance(target)) {
      throw new ComFault(
          MAPI_E_INVALID_PARAMETER, "an argument is no %s".formatted(type.getSimpleName()));
    }
    return target;
  }

  @Override
  public long write(Logon logon, Object value, long extra) {
    return logon.bridge().objects().give((IUnknown) value, asked(logon, extra), logon);
  }

  /** As an argument: the object stays Java's. */
  long lend(Logon logon, Object value, long extra) {
    return logon.bridge().objects().lend((IUnknown) value, asked(logon, extra), logon);
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
