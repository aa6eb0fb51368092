package org.mapi4j.com;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.api.*;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;

/**
 * The interfaces of {@code api} and their identifiers. An object's interfaces fall into lines of
 * inheritance: those of one line share a pointer, since the vtable of a derived interface begins
 * with that of its base.
 */
final class Interfaces {
  private static final Map<Guid, Class<? extends IUnknown>> TYPES = new HashMap<>();
  private static final Map<Class<?>, Guid> IDS = new HashMap<>();

  /** The most derived interfaces of a class of objects, each the head of a line. */
  private static final ClassValue<List<Class<? extends IUnknown>>> LINES =
      new ClassValue<>() {
        @Override
        protected List<Class<? extends IUnknown>> computeValue(Class<?> type) {
          return heads(type);
        }
      };

  static {
    add(MapiGuid.IID_IUnknown, IUnknown.class);
    add(MapiGuid.IID_ISequentialStream, ISequentialStream.class);
    add(MapiGuid.IID_IStream, IStream.class);
    add(MapiGuid.IID_IMAPISession, IMAPISession.class);
    add(MapiGuid.IID_IMAPITable, IMAPITable.class);
    add(MapiGuid.IID_IMAPIAdviseSink, IMAPIAdviseSink.class);
    add(MapiGuid.IID_IMAPIControl, IMAPIControl.class);
    add(MapiGuid.IID_IProfAdmin, IProfAdmin.class);
    add(MapiGuid.IID_IMsgServiceAdmin, IMsgServiceAdmin.class);
    add(MapiGuid.IID_IProviderAdmin, IProviderAdmin.class);
    add(MapiGuid.IID_IMAPIProgress, IMAPIProgress.class);
    add(MapiGuid.IID_IMAPIProp, IMAPIProp.class);
    add(MapiGuid.IID_IProfSect, IProfSect.class);
    add(MapiGuid.IID_IMAPIStatus, IMAPIStatus.class);
    add(MapiGuid.IID_IMsgStore, IMsgStore.class);
    add(MapiGuid.IID_IMessage, IMessage.class);
    add(MapiGuid.IID_IAttachment, IAttach.class);
    add(MapiGuid.IID_IAddrBook, IAddrBook.class);
    add(MapiGuid.IID_IMailUser, IMailUser.class);
    add(MapiGuid.IID_IMAPIContainer, IMAPIContainer.class);
    add(MapiGuid.IID_IMAPIFolder, IMAPIFolder.class);
    add(MapiGuid.IID_IABContainer, IABContainer.class);
    add(MapiGuid.IID_IDistList, IDistList.class);
    add(MapiGuid.IID_IMAPISup, IMAPISupport.class);
    add(MapiGuid.IID_IMSProvider, IMSProvider.class);
    add(MapiGuid.IID_IABProvider, IABProvider.class);
    add(MapiGuid.IID_IXPProvider, IXPProvider.class);
    add(MapiGuid.IID_IMSLogon, IMSLogon.class);
    add(MapiGuid.IID_IABLogon, IABLogon.class);
    add(MapiGuid.IID_IXPLogon, IXPLogon.class);
    add(MapiGuid.IID_IMAPITableData, ITableData.class);
    add(MapiGuid.IID_IMAPIPropData, IPropData.class);
    add(MapiGuid.IID_IMAPIClientShutdown, IMAPIClientShutdown.class);
    add(MapiGuid.IID_IMAPIProviderShutdown, IMAPIProviderShutdown.class);
  }

  private Interfaces() {}

  private static void add(Guid iid, Class<? extends IUnknown> type) {
    TYPES.put(iid, type);
    IDS.put(type, iid);
  }

  /** Every interface of {@code api}. */
  static Collection<Class<? extends IUnknown>> all() {
    return TYPES.values();
  }

  /** The interface of an identifier; null for one that {@code api} does not have. */
  static Class<? extends IUnknown> type(Guid iid) {
    return TYPES.get(iid);
  }

  /** The identifier of an interface of {@code api}. */
  static Guid iid(Class<?> type) {
    Guid iid = IDS.get(type);
    if (iid == null) {
      throw new IllegalArgumentException(type + " is no interface of MAPI");
    }
    return iid;
  }

  /**
   * The heads of an object's lines, in the order of its class's declaration. Throws
   * IllegalArgumentException for an object without any interface of {@code api}.
   */
  static List<Class<? extends IUnknown>> lines(Class<?> type) {
    return LINES.get(type);
  }

  /** The place of the line that has an interface; -1 when no line has it. */
  static int line(List<Class<? extends IUnknown>> lines, Class<?> type) {
    for (int i = 0; i < lines.size(); i++) {
      if (type.isAssignableFrom(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static List<Class<? extends IUnknown>> heads(Class<?> type) {
    Set<Class<? extends IUnknown>> found = new LinkedHashSet<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      collect(c, found);
    }
    List<Class<? extends IUnknown>> heads = new ArrayList<>();
    for (Class<? extends IUnknown> one : found) {
      if (found.stream().noneMatch(other -> other != one && one.isAssignableFrom(other))) {
        heads.add(one);
      }
    }
    if (heads.isEmpty()) {
      throw new IllegalArgumentException(type + " has no interface of MAPI");
    }
    return List.copyOf(heads);
  }

  private static void collect(Class<?> type, Set<Class<? extends IUnknown>> found) {
    if (IDS.containsKey(type)) {
      found.add(type.asSubclass(IUnknown.class));
    }
    for (Class<?> base : type.getInterfaces()) {
      collect(base, found);
    }
  }
}
