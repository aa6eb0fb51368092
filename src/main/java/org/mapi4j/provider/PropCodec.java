package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** Properties as bytes of a row. Layout: src/docs/formats/store-rows.md, "Properties". */
final class PropCodec {
  private static final int LARGE = 1;
  private static final int WHOLE = 0;

  private PropCodec() {}

  static void write(RowWriter out, PropSet props) {
    out.count(props.size());
    for (int i = 0; i < props.size(); i++) {
      Stored prop = props.at(i);
      out.fixed32(prop.tag());
      if (prop instanceof Stored.Large large) {
        out.octet(LARGE);
        out.raw(large.blob().id());
        out.fixed64(large.blob().size());
      } else {
        out.octet(WHOLE);
        writeValue(out, PropTag.type(prop.tag()), ((Stored.Whole) prop).prop().value());
      }
    }
  }

  static PropSet read(RowReader in) {
    try {
      return readAll(in);
    } catch (IllegalArgumentException wrong) {
      throw new StorageFault.Damaged("properties in a row: " + wrong.getMessage(), wrong);
    }
  }

  /** The one property with an identifier, or null, without reading the others' values. */
  static Stored find(RowReader in, int propId) {
    try {
      int count = in.count();
      for (int i = 0; i < count; i++) {
        int tag = in.fixed32();
        boolean large = in.octet() == LARGE;
        if (PropTag.id(tag) == propId) {
          return large
              ? new Stored.Large(tag, new BlobRef(in.raw(16), in.fixed64()))
              : new Stored.Whole(new SPropValue(tag, readValue(in, PropTag.type(tag))));
        } else if (PropTag.id(tag) > propId) {
          return null; // they are in the order of their identifiers
        } else if (large) {
          in.skip(16 + Long.BYTES);
        } else {
          skipValue(in, PropTag.type(tag));
        }
      }
      return null;
    } catch (IllegalArgumentException wrong) {
      throw new StorageFault.Damaged("properties in a row: " + wrong.getMessage(), wrong);
    }
  }

  /** What some properties of a row are passed to, each by the index of its identifier. */
  interface Sink {
    /** A value of PT_I2, PT_LONG, PT_BOOLEAN, PT_I8, PT_CURRENCY or PT_SYSTIME. */
    void number(int index, int tag, long number);

    void whole(int index, SPropValue value);

    void large(int index, Stored.Large large);
  }

  /** Passes the properties with some identifiers, each listed once, and skips the others. */
  static void pass(RowReader in, int[] propIds, Sink sink) {
    try {
      int count = in.count();
      int left = propIds.length;
      for (int i = 0; i < count && left > 0; i++) {
        int tag = in.fixed32();
        boolean large = in.octet() == LARGE;
        int at = indexOf(propIds, PropTag.id(tag));
        left -= at < 0 ? 0 : 1;
        if (at < 0 && large) {
          in.skip(16 + Long.BYTES);
        } else if (at < 0) {
          skipValue(in, PropTag.type(tag));
        } else if (large) {
          sink.large(at, new Stored.Large(tag, new BlobRef(in.raw(16), in.fixed64())));
        } else {
          pass(in, at, tag, sink);
        }
      }
    } catch (IllegalArgumentException wrong) {
      throw new StorageFault.Damaged("properties in a row: " + wrong.getMessage(), wrong);
    }
  }

  private static void pass(RowReader in, int at, int tag, Sink sink) {
    switch (PropTag.type(tag)) {
      case PT_I2 -> sink.number(at, tag, in.fixed16());
      case PT_LONG -> sink.number(at, tag, in.fixed32());
      case PT_BOOLEAN -> sink.number(at, tag, in.octet() != 0 ? 1 : 0);
      case PT_I8, PT_CURRENCY, PT_SYSTIME -> sink.number(at, tag, in.fixed64());
      default -> sink.whole(at, new SPropValue(tag, readValue(in, PropTag.type(tag))));
    }
  }

  private static int indexOf(int[] ids, int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  private static void skipValue(RowReader in, int type) {
    switch (type) {
      case PT_I2 -> in.skip(Short.BYTES);
      case PT_LONG, PT_ERROR, PT_R4 -> in.skip(Integer.BYTES);
      case PT_DOUBLE, PT_APPTIME, PT_CURRENCY, PT_I8, PT_SYSTIME -> in.skip(Long.BYTES);
      case PT_BOOLEAN -> in.skip(1);
      case PT_STRING8, PT_BINARY -> in.skip(in.count());
      case PT_UNICODE -> in.skipUtf16();
      default -> {
        Object value = readValue(in, type);
        assert value != null;
      }
    }
  }

  private static PropSet readAll(RowReader in) {
    int count = in.count();
    List<Stored> props = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int tag = in.fixed32();
      if (in.octet() == LARGE) {
        props.add(new Stored.Large(tag, new BlobRef(in.raw(16), in.fixed64())));
      } else {
        props.add(new Stored.Whole(new SPropValue(tag, readValue(in, PropTag.type(tag)))));
      }
    }
    return PropSet.of(props);
  }

  /** One value of a type that rows keep, without its tag. */
  static void writeValue(RowWriter out, int type, Object value) {
    if ((type & MV_FLAG) != 0) {
      List<?> values = (List<?>) value;
      out.count(values.size());
      values.forEach(one -> writeValue(out, type & ~MV_FLAG, one));
      return;
    }
    switch (type) {
      case PT_I2 -> out.fixed16((Short) value);
      case PT_LONG, PT_ERROR -> out.fixed32((Integer) value);
      case PT_R4 -> out.fixed32(Float.floatToRawIntBits((Float) value));
      case PT_DOUBLE, PT_APPTIME -> out.fixed64(Double.doubleToRawLongBits((Double) value));
      case PT_CURRENCY -> out.fixed64(((Currency) value).int64());
      case PT_BOOLEAN -> out.octet((Boolean) value ? 1 : 0);
      case PT_I8 -> out.fixed64((Long) value);
      case PT_SYSTIME -> out.fixed64(((FILETIME) value).ticks());
      case PT_CLSID -> out.raw(((Guid) value).toBytes());
      case PT_STRING8 -> out.bytes(((String8) value).bytes());
      case PT_UNICODE -> out.utf16((String) value);
      case PT_BINARY -> out.bytes((Bytes) value);
      default -> throw new IllegalArgumentException("type 0x%04X is not stored".formatted(type));
    }
  }

  /** What {@link #writeValue} wrote. */
  static Object readValue(RowReader in, int type) {
    if ((type & MV_FLAG) != 0) {
      int count = in.count();
      List<Object> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(readValue(in, type & ~MV_FLAG));
      }
      return values;
    }
    return switch (type) {
      case PT_I2 -> in.fixed16();
      case PT_LONG, PT_ERROR -> in.fixed32();
      case PT_R4 -> Float.intBitsToFloat(in.fixed32());
      case PT_DOUBLE, PT_APPTIME -> Double.longBitsToDouble(in.fixed64());
      case PT_CURRENCY -> new Currency(in.fixed64());
      case PT_BOOLEAN -> in.octet() != 0;
      case PT_I8 -> in.fixed64();
      case PT_SYSTIME -> new FILETIME(in.fixed64());
      case PT_CLSID -> Guid.fromBytes(in.raw(16));
      case PT_STRING8 -> new String8(in.bytes());
      case PT_UNICODE -> in.utf16();
      case PT_BINARY -> in.bytes();
      default ->
          throw new StorageFault.Damaged("property type 0x%04X in a row".formatted(type), null);
    };
  }
}
