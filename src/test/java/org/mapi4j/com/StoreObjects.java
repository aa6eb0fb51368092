package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.Mapi4j;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIStatus;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.ProfileTags;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * One object of every interface that the store and its provider hand out, as pointers, and a
 * stand-in for each interface that a client hands in. Closing ends them all.
 */
final class StoreObjects implements AutoCloseable {
  private final Bridge bridge;
  private final Logon logon;
  private final List<SPropValue> profile;
  private final Map<Class<? extends IUnknown>, Long> pointers = new LinkedHashMap<>();
  private final List<Long> handedIn = new ArrayList<>();

  /**
   * @param folder where the provider's store is made
   */
  StoreObjects(Bridge bridge, Path folder) {
    this.bridge = bridge;
    this.logon = bridge.logon(bridge.own());
    this.profile =
        List.of(
            SPropValue.of(ProfileTags.PR_MAPI4J_PATH_W, folder.resolve("store").toString()),
            SPropValue.of(ProfileTags.PR_MAPI4J_PROFILE_W, "documented"),
            SPropValue.of(ProfileTags.PR_MAPI4J_CREATE, true));
    storeObjects();
    providerObjects();
  }

  private void storeObjects() {
    IMsgStore store = Mapi4j.memory(StoreOptions.DEFAULT).store();
    IMAPIFolder root =
        (IMAPIFolder) store.openEntry(IMsgStore.ROOT_FOLDER, null, MAPI_MODIFY).value().lppUnk();
    IMessage message = root.createMessage(null, 0).value();
    IAttach attach = message.createAttach(null, 0).value().lppAttach();
    IStream stream =
        (IStream)
            message
                .openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY)
                .value();
    give(IMsgStore.class, store);
    give(IMAPIFolder.class, root);
    give(IMessage.class, message);
    give(IAttach.class, attach);
    give(IStream.class, stream);
    give(IMAPITable.class, root.getContentsTable(0).value());
  }

  private void providerObjects() {
    IMSProvider provider =
        Mapi4j.provider(StoreOptions.builder().profile(StoreProfile.DOCUMENTED).build());
    IMSProvider.Logon result =
        provider.logon(support(), 0, "", null, MDB_WRITE | MAPI_UNICODE, null).value();
    give(IMSProvider.class, provider);
    give(IMSLogon.class, result.lppMSLogon());
    give(IMAPIStatus.class, result.lppMSLogon().openStatusEntry(null, 0).value().lppEntry());
    handedIn.add(bridge.objects().give(result.lppMDB(), IMsgStore.class, logon));
  }

  private <T extends IUnknown> void give(Class<T> type, T object) {
    pointers.put(type, bridge.objects().give(object, type, logon));
  }

  /** The interfaces whose slots are the store's, and an object of each. */
  Map<Class<? extends IUnknown>, Long> pointers() {
    return pointers;
  }

  /** Something valid to hand in as an argument of a type. */
  long argument(Class<? extends IUnknown> type) {
    for (Map.Entry<Class<? extends IUnknown>, Long> known : pointers.entrySet()) {
      if (type != IUnknown.class && type.isAssignableFrom(known.getKey())) {
        return known.getValue();
      }
    }
    IUnknown made = type == IMAPISupport.class ? support() : nothing(type);
    long pointer = bridge.objects().give(made, type, logon);
    handedIn.add(pointer);
    return pointer;
  }

  /** An object whose methods all succeed and do nothing. */
  private static IUnknown nothing(Class<? extends IUnknown> type) {
    Class<?> real =
        type == IUnknown.class
            ? IMAPIProgress.class
            : type == IMAPIAdviseSink.class ? IMAPIAdviseSink.class : type;
    return (IUnknown)
        Proxy.newProxyInstance(
            StoreObjects.class.getClassLoader(),
            new Class<?>[] {real},
            (self, method, arguments) -> answer(method.getReturnType()));
  }

  private static Object answer(Class<?> type) {
    return type == int.class ? S_OK : type == MapiResult.class ? MapiResult.ok(0) : null;
  }

  private IMAPISupport support() {
    return (IMAPISupport)
        Proxy.newProxyInstance(
            StoreObjects.class.getClassLoader(),
            new Class<?>[] {IMAPISupport.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "openProfileSection" -> MapiResult.ok(section());
                  case "wrapStoreEntryID" -> MapiResult.ok(arguments[0]);
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  default -> answer(method.getReturnType());
                });
  }

  private IProfSect section() {
    return (IProfSect)
        Proxy.newProxyInstance(
            StoreObjects.class.getClassLoader(),
            new Class<?>[] {IProfSect.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getProps" -> read((SPropTagArray) arguments[0]);
                  case "setProps" -> MapiResult.ok(List.of());
                  default -> answer(method.getReturnType());
                });
  }

  private MapiResult<List<SPropValue>> read(SPropTagArray tags) {
    List<SPropValue> values = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      int tag = tags.get(i);
      values.add(
          profile.stream()
              .filter(value -> value.ulPropTag() == tag)
              .findFirst()
              .orElse(SPropValue.error(tag, MAPI_E_NOT_FOUND)));
    }
    return MapiResult.of(MAPI_W_ERRORS_RETURNED, values);
  }

  @Override
  public void close() {
    pointers.values().forEach(bridge::release);
    handedIn.forEach(bridge::release);
  }
}
