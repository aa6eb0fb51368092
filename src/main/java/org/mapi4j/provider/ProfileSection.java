package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IProfSect;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * A store's section of the host's profile. Reads either string width, since a section that came
 * from mapisvc.inf has the narrow one and hosts differ in whether they convert. Confined to a call.
 */
final class ProfileSection implements AutoCloseable {
  private final IProfSect section;
  private final boolean writable;
  private final Charset codePage;

  private ProfileSection(IProfSect section, boolean writable, Charset codePage) {
    this.section = section;
    this.writable = writable;
    this.codePage = codePage;
  }

  /**
   * The caller's own section, for writing where the host lets it. A host that answers success
   * without a section has failed: MAPI_E_CALL_FAILED.
   */
  static MapiResult<ProfileSection> open(IMAPISupport support, Charset codePage) {
    MapiResult<IProfSect> opened = support.openProfileSection(null, MAPI_MODIFY);
    boolean writable = opened.succeeded();
    if (opened.hr() == MAPI_E_NO_ACCESS) {
      opened = support.openProfileSection(null, 0);
    }
    return checked(opened).map(section -> new ProfileSection(section, writable, codePage));
  }

  /** A host's section, success without one as MAPI_E_CALL_FAILED. */
  static MapiResult<IProfSect> checked(MapiResult<IProfSect> opened) {
    return opened.succeeded() && opened.value() == null
        ? MapiResult.error(MAPI_E_CALL_FAILED)
        : opened;
  }

  /** A section that someone else opened for writing. */
  static ProfileSection over(IProfSect section, Charset codePage) {
    return new ProfileSection(section, true, codePage);
  }

  /** The value of a property, string width aside; null when there is none. */
  SPropValue find(int tag) {
    boolean text = PropTag.type(tag) == PT_UNICODE;
    SPropTagArray asked =
        text
            ? SPropTagArray.tags(tag, PropTag.changePropType(tag, PT_STRING8))
            : SPropTagArray.tags(tag);
    MapiResult<List<SPropValue>> found = section.getProps(asked, MAPI_UNICODE);
    if (found.failed() || found.value() == null) {
      return null;
    }
    return find(found.value(), tag, codePage);
  }

  /** The first readable value of a property among others, as PT_UNICODE if it is text. */
  static SPropValue find(List<SPropValue> props, int tag, Charset codePage) {
    for (SPropValue prop : props) {
      if (prop == null || prop.id() != PropTag.id(tag)) {
        continue;
      }
      if (prop.type() == PropTag.type(tag)) {
        return prop;
      }
      if (prop.value() instanceof String8 narrow && PropTag.type(tag) == PT_UNICODE) {
        String text = narrow.decode(codePage).orElseGet(narrow::toString);
        return new SPropValue(tag, text);
      }
    }
    return null;
  }

  /** A text that is there and not blank, or null. */
  String text(int tag) {
    SPropValue found = find(tag);
    return found == null || found.asString().isBlank() ? null : found.asString();
  }

  /**
   * Writes what differs from what is there. S_OK when nothing was to be written, S_FALSE when
   * something was and is, else why something could not be.
   */
  int write(List<SPropValue> values) {
    List<SPropValue> changed = new ArrayList<>();
    for (SPropValue value : values) {
      if (!value.equals(find(value.ulPropTag()))) {
        changed.add(value);
      }
    }
    if (changed.isEmpty()) {
      return S_OK;
    }
    if (!writable) {
      return MAPI_E_NO_ACCESS;
    }
    MapiResult<List<SPropProblem>> set = section.setProps(changed);
    if (set.failed()) {
      return set.hr();
    }
    boolean refused = set.value() != null && !set.value().isEmpty();
    return refused ? set.value().get(0).scode() : S_FALSE;
  }

  @Override
  public void close() {
    section.close();
  }
}
