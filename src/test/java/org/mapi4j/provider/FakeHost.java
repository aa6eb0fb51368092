package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IProfSect;
import org.mapi4j.api.IPropData;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.WrappedStoreEntryID;
import org.mapi4j.util.MapiUtil;

/** A MAPI subsystem as far as one logon sees it: a support object over a profile section. */
final class FakeHost {
  final IPropData profile = MapiUtil.createIProp(null).value();
  final List<String> calls = new ArrayList<>();
  final List<List<SPropValue>> statusRows = new ArrayList<>();
  final List<Bytes> uids = new ArrayList<>();
  final List<Integer> logoffs = new ArrayList<>();
  final Map<String, Integer> failures = new HashMap<>();
  Runnable whenReleased = () -> {};
  final IMAPISupport support =
      (IMAPISupport)
          Proxy.newProxyInstance(
              FakeHost.class.getClassLoader(), new Class<?>[] {IMAPISupport.class}, this::call);

  FakeHost(SPropValue... section) {
    if (section.length > 0) {
      TestStore.ok(profile.setProps(List.of(section)));
    }
  }

  /** How often a method of the support object was called. */
  long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  SPropValue get(int tag) {
    return TestStore.get(profile, tag);
  }

  /** The store's own identifier in the profile, as MAPI would hand it to Logon. */
  Bytes storeId() {
    return WrappedStoreEntryID.parse(get(MapiTags.PR_ENTRYID).asBytes()).orElseThrow().origEntry();
  }

  private Object call(Object proxy, Method method, Object[] arguments) {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals") ? proxy == arguments[0] : method.hashCode();
    }
    String name = method.getName();
    calls.add(name);
    Integer failure = failures.get(name);
    if (failure != null) {
      return method.getReturnType() == int.class ? failure : MapiResult.error(failure);
    }
    return switch (name) {
      case "openProfileSection" -> MapiResult.ok(section());
      case "wrapStoreEntryID" -> WrappedStoreEntryID.wrap(0, "mapi4j.dll", (Bytes) arguments[0]);
      case "setProviderUID" -> {
        uids.add(((Guid) arguments[0]).toBytes());
        yield S_OK;
      }
      case "modifyStatusRow" -> {
        @SuppressWarnings("unchecked")
        List<SPropValue> row = (List<SPropValue>) arguments[0];
        statusRows.add(row);
        yield S_OK;
      }
      case "storeLogoffTransports" -> {
        logoffs.add((Integer) arguments[0]);
        yield MapiResult.ok(MapiDefs.LOGOFF_COMPLETE);
      }
      case "modifyProfile", "spoolerNotify" -> S_OK;
      case "close" -> {
        whenReleased.run();
        yield null;
      }
      default ->
          method.getReturnType() == int.class
              ? MAPI_E_NO_SUPPORT
              : MapiResult.error(MAPI_E_NO_SUPPORT);
    };
  }

  /** The section; read-only, secure and without names it need not be here. */
  private IProfSect section() {
    return (IProfSect)
        Proxy.newProxyInstance(
            FakeHost.class.getClassLoader(),
            new Class<?>[] {IProfSect.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(profile, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** Tags that the section holds. */
  List<String> tags() {
    SPropTagArray list = TestStore.ok(profile.getPropList(MapiDefs.MAPI_UNICODE));
    return list.stream().mapToObj(PropTag::toString).toList();
  }
}
