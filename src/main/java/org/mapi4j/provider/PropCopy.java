package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_ACCESS_LEVEL;
import static org.mapi4j.types.MapiTags.PR_MAPPING_SIGNATURE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/**
 * CopyTo and CopyProps: reads the source handle with its edits and writes the destination through
 * its interface alone, so that it may be anybody's. Takes one object's lock at a time.
 */
final class PropCopy {
  private static final int FLAGS = MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK;

  private final PropObject source;
  private final IMAPIProgress progress;
  private final Guid iid;
  private final IUnknown destination;
  private final int flags;
  private final List<SPropProblem> problems = new ArrayList<>();
  private final List<Integer> copied = new ArrayList<>();
  private IMAPIProp target;

  PropCopy(PropObject source, IMAPIProgress progress, Guid iid, IUnknown destination, int flags) {
    this.source = source;
    this.progress = (flags & MAPI_DIALOG) != 0 ? progress : null;
    this.iid = iid;
    this.destination = destination;
    this.flags = flags;
  }

  /** Which subobjects a copy takes along, by the PT_OBJECT property that names them. */
  interface Subobjects {
    boolean includes(int objectTag);

    /** Something below one of them could not be copied. */
    default void lost(int objectTag, int scode) {}
  }

  /**
   * Why a copy lacks something that the source keeps: the first such problem's code, else S_OK.
   * What the source computes is no loss, however the destination refuses it.
   */
  static int lost(PropObject source, List<SPropProblem> problems) {
    for (SPropProblem problem : problems) {
      int tag = problem.ulPropTag();
      if (problem.scode() != MAPI_E_COMPUTED
          && (PropObject.isObject(tag) || source.computed(PropTag.id(tag)) == null)) {
        return problem.scode();
      }
    }
    return S_OK;
  }

  /** The same choice, with losses noted among the problems. */
  private Subobjects noting(List<Integer> tags, Subobjects chosen) {
    return new Subobjects() {
      @Override
      public boolean includes(int objectTag) {
        return chosen.includes(objectTag);
      }

      @Override
      public void lost(int objectTag, int scode) {
        int place = 0;
        while (place < tags.size() && PropTag.id(tags.get(place)) != PropTag.id(objectTag)) {
          place++;
        }
        problems.add(new SPropProblem(place, objectTag, scode));
      }
    };
  }

  MapiResult<List<SPropProblem>> copyTo(List<Guid> excludedInterfaces, SPropTagArray excluded) {
    int hr = check();
    if (hr < 0) {
      return MapiResult.error(hr);
    }
    List<Guid> without = excludedInterfaces == null ? List.of() : excludedInterfaces;
    if (without.contains(MapiGuid.IID_IUnknown) || without.contains(MapiGuid.IID_IMAPIProp)) {
      return MapiResult.error(
          source.because(MAPI_E_INTERFACE_NOT_SUPPORTED, "CopyTo: every interface is excluded"));
    }
    if (excluded != null && (excluded.isEmpty() || excluded.containsId(0))) {
      return MapiResult.error(
          source.because(
              MAPI_E_INVALID_PARAMETER,
              "CopyTo: a list of excluded tags that is empty or names PR_NULL"));
    }
    boolean generic = without.stream().anyMatch(source.interfaces()::contains);
    List<Integer> tags =
        PropReading.copyableTags(source).stream()
            .filter(tag -> excluded == null || !excluded.containsId(tag))
            .toList();
    return run(tags, tag -> !generic && (excluded == null || !excluded.containsId(tag)));
  }

  MapiResult<List<SPropProblem>> copyProps(SPropTagArray included) {
    int hr = check();
    if (hr < 0) {
      return MapiResult.error(hr);
    }
    if (included == null || included.isEmpty() || included.containsId(0)) {
      return MapiResult.error(
          source.because(
              MAPI_E_INVALID_PARAMETER,
              "CopyProps: a list of tags that is missing, empty or names PR_NULL"));
    }
    return run(included.stream().boxed().toList(), included::containsId);
  }

  private int check() {
    if (source.isClosed()) {
      return MAPI_E_INVALID_OBJECT;
    }
    if (iid == null || destination == null) {
      return source.because(
          MAPI_E_INVALID_PARAMETER, "a copy needs a destination and its interface");
    }
    if (source.core.unknownFlags(flags, FLAGS)) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    MapiResult<IUnknown> asked = destination.queryInterface(iid);
    if (asked.failed() || !(asked.value() instanceof IMAPIProp prop)) {
      return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    if (source.sameObject(prop) || (flags & MAPI_MOVE) != 0 && !source.canWrite()) {
      return MAPI_E_NO_ACCESS;
    }
    target = prop;
    MapiResult<List<SPropValue>> access = prop.getProps(SPropTagArray.tags(PR_ACCESS_LEVEL), 0);
    boolean readOnly = access.hr() == S_OK && access.value().get(0).asInt() == 0;
    return readOnly ? source.because(MAPI_E_NO_ACCESS, "the destination is open read-only") : S_OK;
  }

  private MapiResult<List<SPropProblem>> run(List<Integer> tags, Subobjects subobjects) {
    int hr = source.checkSubobjects(target, subobjects);
    if (hr >= 0) {
      hr = copyValues(tags);
    }
    if (hr >= 0) {
      hr = source.copySubobjects(target, noting(tags, subobjects), flags, progress);
    }
    if (hr >= 0 && (flags & MAPI_MOVE) != 0 && !copied.isEmpty()) {
      MapiResult<List<SPropProblem>> removed = source.deleteProps(SPropTagArray.of(copied));
      hr = removed.failed() ? removed.hr() : hr;
    }
    return hr < 0 ? MapiResult.error(hr) : MapiResult.of(hr, List.copyOf(problems));
  }

  private int copyValues(List<Integer> tags) {
    if (tags.isEmpty()) {
      return S_OK;
    }
    MapiResult<List<SPropValue>> read = source.getProps(SPropTagArray.of(tags), MAPI_UNICODE);
    if (read.failed()) {
      return read.hr();
    }
    Set<Integer> kept = (flags & MAPI_NOREPLACE) != 0 ? presentIds() : Set.of();
    Map<Integer, Integer> mapped = mapNames(tags);
    List<SPropValue> values = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      int tag = tags.get(i);
      SPropValue value = read.value().get(i);
      int id = mapped.getOrDefault(PropTag.id(tag), PropTag.id(tag));
      boolean absent = value.isError() && value.scode() == MAPI_E_NOT_FOUND;
      if (absent || PropObject.isObject(tag) || kept.contains(id)) {
        continue;
      }
      if (id < 0) {
        note(i, tag, id);
      } else if (!value.isError()) {
        values.add(value.withTag(PropTag.of(id, value.type())));
        places.add(i);
      } else if (value.scode() == MAPI_E_NOT_ENOUGH_MEMORY) {
        int typed = keptTag(tag);
        note(i, tag, copyStream(typed, PropTag.of(id, PropTag.type(typed))));
      } else {
        note(i, tag, value.scode());
      }
    }
    return values.isEmpty() ? S_OK : set(tags, values, places);
  }

  /** A stream needs the type that a caller may leave open. */
  private int keptTag(int tag) {
    if (PropTag.type(tag) != PT_UNSPECIFIED) {
      return tag;
    }
    MapiResult<Integer> kept =
        source.query(
            () -> {
              Stored prop = source.stored(PropTag.id(tag));
              return MapiResult.ok(prop == null ? tag : prop.tag());
            });
    return kept.failed() ? tag : kept.value();
  }

  private int set(List<Integer> tags, List<SPropValue> values, List<Integer> places) {
    MapiResult<List<SPropProblem>> set = target.setProps(values);
    if (set.failed()) {
      return set.hr();
    }
    Map<Integer, Integer> failed = new HashMap<>();
    set.value().forEach(problem -> failed.put(problem.ulIndex(), problem.scode()));
    for (int i = 0; i < places.size(); i++) {
      note(places.get(i), tags.get(places.get(i)), failed.getOrDefault(i, S_OK));
    }
    return S_OK;
  }

  private void note(int place, int tag, int scode) {
    if (scode == S_OK) {
      if (source.call(() -> source.deletable(tag)) == S_OK) {
        copied.add(tag);
      }
    } else {
      problems.add(new SPropProblem(place, tag, scode));
    }
  }

  private Set<Integer> presentIds() {
    MapiResult<SPropTagArray> list = target.getPropList(MAPI_UNICODE);
    return list.failed()
        ? Set.of()
        : list.value().stream().map(PropTag::id).boxed().collect(Collectors.toSet());
  }

  /**
   * Identifier here to identifier there for named properties, empty when both objects use one
   * mapping. A name that cannot be carried across, to the code that says why: under its number here
   * the destination knows another property.
   */
  private Map<Integer, Integer> mapNames(List<Integer> tags) {
    List<Integer> named = tags.stream().filter(PropTag::isNamed).toList();
    if (named.isEmpty() || signature(source).equals(signature(target))) {
      return Map.of();
    }
    MapiResult<IMAPIProp.NamesFromIDs> names =
        source.getNamesFromIDs(SPropTagArray.of(named), null, 0);
    Map<Integer, Integer> mapped = new HashMap<>();
    for (int i = 0; i < named.size(); i++) {
      mapped.put(
          PropTag.id(named.get(i)),
          names.failed() ? names.hr() : idThere(names.value().lpppPropNames().get(i)));
    }
    return mapped;
  }

  /** The destination's identifier of a name, or why it has none. */
  private int idThere(MAPINAMEID name) {
    if (name == null) {
      return MAPI_E_NOT_FOUND;
    }
    MapiResult<SPropTagArray> ids = target.getIDsFromNames(List.of(name), MAPI_CREATE);
    if (ids.failed()) {
      return ids.hr();
    }
    int id = PropTag.id(ids.value().get(0));
    return id == 0 ? MAPI_E_NOT_FOUND : id;
  }

  private static Object signature(IMAPIProp object) {
    MapiResult<List<SPropValue>> signature =
        object.getProps(SPropTagArray.tags(PR_MAPPING_SIGNATURE), 0);
    return signature.hr() == S_OK ? signature.value().get(0).value() : new Object();
  }

  private int copyStream(int from, int to) {
    MapiResult<IUnknown> in = source.openProperty(from, MapiGuid.IID_IStream, Stg.STGM_READ, 0);
    if (in.failed()) {
      return in.hr();
    }
    // What a stream answers is for streams; a problem of a property has a code of MAPI.
    try (IUnknown reading = in.value()) {
      MapiResult<IUnknown> out =
          target.openProperty(
              to, MapiGuid.IID_IStream, Stg.STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
      if (out.failed()) {
        return out.hr();
      }
      try (IUnknown writing = out.value()) {
        IStream sink = (IStream) writing;
        MapiResult<IStream.Copied> done = ((IStream) reading).copyTo(sink, Long.MAX_VALUE);
        return StreamCodes.toMapi(done.failed() ? done.hr() : sink.commit(Stg.STGC_DEFAULT));
      }
    }
  }
}
