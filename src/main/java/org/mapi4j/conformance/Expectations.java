package org.mapi4j.conformance;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.MapiResult;

/**
 * The assertions of a check. Each failure says what was expected and what was found, codes and tags
 * by name. {@code need} is for set-up: it fails too, and does not count as an assertion.
 */
@CanIgnoreReturnValue
abstract class Expectations {
  private int assertions;

  /** Assertions made so far. */
  final int assertions() {
    return assertions;
  }

  /** Fails unless a call returned exactly this code. */
  final void assertHr(int expected, int found, String call) {
    assertions++;
    if (expected != found) {
      throw new CheckFailed(
          "%s: expected %s, found %s"
              .formatted(call, HResult.toString(expected), HResult.toString(found)));
    }
  }

  /** Fails unless a call returned exactly this code, with outputs unless it is a failure. */
  final void assertHr(int expected, MapiResult<?> found, String call) {
    assertHr(expected, found.hr(), call);
    if (HResult.failed(expected) && found.value() != null) {
      throw new CheckFailed(
          "%s: expected no output with %s, found %s"
              .formatted(call, HResult.name(expected), found.value()));
    }
  }

  /** Fails unless a call returned a failure, one of these codes. */
  final void assertOneOf(int found, String call, int... expected) {
    assertions++;
    StringBuilder names = new StringBuilder();
    for (int code : expected) {
      if (code == found) {
        return;
      }
      names.append(names.length() == 0 ? "" : " or ").append(HResult.toString(code));
    }
    throw new CheckFailed(
        "%s: expected %s, found %s".formatted(call, names, HResult.toString(found)));
  }

  /** Asserts S_OK and gives the outputs. */
  final <T> T ok(MapiResult<T> result, String call) {
    assertHr(MapiCode.S_OK, result.hr(), call);
    return result.value();
  }

  /** Asserts S_OK. */
  final void ok(int hr, String call) {
    assertHr(MapiCode.S_OK, hr, call);
  }

  /** Fails unless two values are equal. */
  final void assertEqual(Object expected, Object found, String what) {
    assertions++;
    if (!Objects.equals(expected, found)) {
      throw new CheckFailed("%s: expected %s, found %s".formatted(what, expected, found));
    }
  }

  /** Fails unless a bit mask has exactly these bits. */
  final void assertBits(int expected, int found, String what) {
    assertions++;
    if (expected != found) {
      throw new CheckFailed("%s: expected 0x%X, found 0x%X".formatted(what, expected, found));
    }
  }

  /** Fails when two values are equal. */
  final void assertDiffer(Object other, Object found, String what) {
    assertions++;
    if (Objects.equals(other, found)) {
      throw new CheckFailed("%s: expected anything but %s".formatted(what, other));
    }
  }

  /** Fails unless a condition holds; the texts complete "expected …, found …". */
  final void assertTrue(boolean holds, String expected, Object found) {
    assertions++;
    if (!holds) {
      throw new CheckFailed("expected %s, found %s".formatted(expected, found));
    }
  }

  /** Set-up: the outputs of a call that must succeed. */
  final <T> T need(MapiResult<T> result, String call) {
    need(result.hr(), call);
    if (result.value() == null) {
      throw new CheckFailed("set-up: %s returned no output".formatted(call));
    }
    return result.value();
  }

  /** Set-up: a call that must succeed. */
  final void need(int hr, String call) {
    if (HResult.failed(hr)) {
      throw new CheckFailed("set-up: %s: %s".formatted(call, HResult.toString(hr)));
    }
  }

  /**
   * Ends the check: its rows do not apply to this store. Assert the documented refusal first.
   *
   * @param reason what the page says
   */
  final void notApplicable(String reason) {
    throw new NotApplicable(reason, false);
  }
}
