package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.IPropData;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.WrappedStoreEntryID;
import org.mapi4j.util.MapiUtil;

/**
 * The kit's own host. What only dialogs, transports and other providers could do it refuses. Any
 * thread.
 */
final class KitHost implements MapiHost {
  private final Context c;
  private final IPropData profile;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Bytes> wrapped = new CopyOnWriteArrayList<>();
  private final List<List<SPropValue>> statusRows = new CopyOnWriteArrayList<>();
  private final IMAPISupport.MemAllocRoutines routines;
  private final IMAPISupport support = view(IMAPISupport.class, MapiGuid.IID_IMAPISup, this::call);

  /** With a profile section of these properties, and the routines of a ledger. */
  KitHost(Context c, List<SPropValue> section, NativeSide.Ledger ledger) {
    this.c = c;
    routines =
        new IMAPISupport.MemAllocRoutines(
            ledger.allocateBuffer(), ledger.allocateMore(), ledger.freeBuffer());
    profile = c.need(MapiUtil.createIProp(null), "CreateIProp");
    if (!section.isEmpty()) {
      c.set(profile, section.toArray(SPropValue[]::new));
    }
  }

  @FunctionalInterface
  private interface Call {
    Object of(Method method, Object[] arguments) throws Throwable;
  }

  private static <T extends IUnknown> T view(Class<T> type, Guid iid, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> "the kit's " + type.getSimpleName();
                  case "queryInterface" ->
                      iid.equals(arguments[0]) || MapiGuid.IID_IUnknown.equals(arguments[0])
                          ? MapiResult.ok(proxy)
                          : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
                  default -> call.of(method, arguments);
                }));
  }

  @Override
  public IMAPISupport support() {
    return support;
  }

  @Override
  public long supportPointer(NativeSide side) {
    return side.export(support, IMAPISupport.class);
  }

  @Override
  public long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  @Override
  public List<List<SPropValue>> statusRows() {
    return statusRows;
  }

  @Override
  public List<Bytes> wrapped() {
    return wrapped;
  }

  @Override
  public SPropValue get(int tag) {
    return c.entry(profile, tag);
  }

  @Override
  public Bytes storeId() {
    return WrappedStoreEntryID.parse(c.get(profile, PR_ENTRYID).asBytes())
        .map(WrappedStoreEntryID::origEntry)
        .orElseThrow(() -> new CheckFailed("PR_ENTRYID of the profile section is not wrapped"));
  }

  @Override
  public void close() {
    profile.close();
  }

  private Object call(Method method, Object[] arguments) {
    calls.add(nameInC(method));
    return switch (method.getName()) {
      case "openProfileSection" ->
          MapiResult.ok(view(IProfSect.class, MapiGuid.IID_IProfSect, this::section));
      case "getMemAllocRoutines" -> MapiResult.ok(routines);
      case "wrapStoreEntryID" -> {
        wrapped.add((Bytes) arguments[0]);
        yield WrappedStoreEntryID.wrap(0, "kit.dll", (Bytes) arguments[0]);
      }
      case "modifyStatusRow" -> {
        statusRows.add(row(arguments[0]));
        yield S_OK;
      }
      case "storeLogoffTransports" -> MapiResult.ok(LOGOFF_COMPLETE);
      case "readReceipt" -> MapiResult.ok((IMessage) arguments[2]);
      case "setProviderUID", "modifyProfile", "spoolerNotify" -> S_OK;
      case "close" -> null;
      default ->
          method.getReturnType() == int.class
              ? MAPI_E_NO_SUPPORT
              : MapiResult.error(MAPI_E_NO_SUPPORT);
    };
  }

  private static String nameInC(Method method) {
    String name = method.getName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  @SuppressWarnings("unchecked")
  private static List<SPropValue> row(Object columns) {
    return (List<SPropValue>) columns;
  }

  private Object section(Method method, Object[] arguments) throws Throwable {
    try {
      return method.getName().equals("close") ? null : method.invoke(profile, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
