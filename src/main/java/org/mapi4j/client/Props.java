package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IStream;
import static org.mapi4j.types.SPropTagArray.tags;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.Stg;

/**
 * Properties of any MAPI object by typed keys. What is absent is empty; every other failure is a
 * {@link MapiException}.
 */
public final class Props {
  private Props() {}

  /**
   * A property; empty for MAPI_E_NOT_FOUND. A text or binary too large for GetProps is read through
   * a stream, into the heap: use {@link #read} where it may be huge.
   */
  public static <T> Optional<T> get(IMAPIProp object, Key<T> key) {
    MapiResult<List<SPropValue>> result = object.getProps(tags(key.tag()), MAPI_UNICODE);
    List<SPropValue> values = MapiException.value(result, "IMAPIProp::GetProps");
    if (values.size() != 1) {
      throw new MapiException(MAPI_E_CALL_FAILED, "IMAPIProp::GetProps of another count");
    }
    return value(object, key, values.get(0));
  }

  private static <T> Optional<T> value(IMAPIProp object, Key<T> key, SPropValue prop) {
    if (!prop.isError()) {
      return Optional.of(key.toJava(prop));
    }
    int type = PropTag.type(key.tag());
    boolean streamable = type == PT_BINARY || type == PT_UNICODE;
    if (prop.scode() == MAPI_E_NOT_ENOUGH_MEMORY && streamable) {
      return Optional.of(key.toJava(readWhole(object, key.tag())));
    }
    return absent(prop, key);
  }

  /** Empty for MAPI_E_NOT_FOUND; throws for every other error. */
  static <T> Optional<T> absent(SPropValue error, Key<T> key) {
    if (error.scode() != MAPI_E_NOT_FOUND) {
      throw new MapiException(error.scode(), key.toString());
    }
    return Optional.empty();
  }

  private static SPropValue readWhole(IMAPIProp object, int tag) {
    try (InputStream in = read(object, tag)) {
      byte[] bytes = in.readAllBytes();
      return PropTag.type(tag) == PT_BINARY
          ? new SPropValue(tag, Bytes.wrap(bytes))
          : new SPropValue(tag, new String(bytes, StandardCharsets.UTF_16LE));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Sets a property. A problem with it is a {@link MapiException} with its code. */
  public static <T> void set(IMAPIProp object, Key<T> key, T value) {
    Outcome outcome = set(object, List.of(key.toMapi(value)));
    if (!outcome.problems().isEmpty()) {
      throw failure(outcome.problems().get(0));
    }
  }

  /** Sets properties; the outcome names those that could not be set. */
  public static Outcome set(IMAPIProp object, List<SPropValue> values) {
    return Outcome.of(object.setProps(values), "IMAPIProp::SetProps");
  }

  /** Deletes a property; nothing happens where there is none. */
  public static void delete(IMAPIProp object, Key<?> key) {
    Outcome outcome = Outcome.of(object.deleteProps(tags(key.tag())), "IMAPIProp::DeleteProps");
    for (SPropProblem problem : outcome.problems()) {
      if (problem.scode() != MAPI_E_NOT_FOUND) {
        throw failure(problem);
      }
    }
  }

  /** Every property that GetProps gives; those it cannot give whole are PT_ERROR entries. */
  public static List<SPropValue> all(IMAPIProp object) {
    return MapiException.value(
        object.getProps(IMAPIProp.ALL_PROPS, MAPI_UNICODE), "IMAPIProp::GetProps");
  }

  /** A binary property of any size, or the UTF-16LE bytes of a text, as a stream. */
  public static InputStream read(IMAPIProp object, int tag) {
    return MapiStreams.input(open(object, tag, Stg.STGM_READ, 0));
  }

  /** A stream that replaces a binary property, or a text by UTF-16LE bytes. */
  public static OutputStream write(IMAPIProp object, int tag) {
    IStream stream = open(object, tag, Stg.STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
    try {
      MapiException.require(stream.setSize(0), "IStream::SetSize");
      return MapiStreams.output(stream);
    } catch (RuntimeException | Error failed) {
      stream.close();
      throw failed;
    }
  }

  private static IStream open(IMAPIProp object, int tag, int mode, int flags) {
    return MapiException.object(
        object.openProperty(tag, IID_IStream, mode, flags),
        IStream.class,
        "IMAPIProp::OpenProperty " + PropTag.toString(tag));
  }

  private static MapiException failure(SPropProblem problem) {
    return new MapiException(
        problem.scode(), "IMAPIProp::SetProps " + PropTag.toString(problem.ulPropTag()));
  }
}
