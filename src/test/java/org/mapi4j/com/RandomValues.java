package org.mapi4j.com;

import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mapi4j.api.ADRPARM;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.EXTENDED_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.NEWMAIL_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.STATUS_OBJECT_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.OPTIONDATA;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.types.STATSTG;
import org.mapi4j.types.String8;

/** Values of every kind that crosses the bridge, from a seed. */
final class RandomValues {
  /** Every type of a property value, and two that MAPI does not define. */
  static final List<Integer> TYPES =
      List.of(
          PT_UNSPECIFIED,
          PT_NULL,
          PT_I2,
          PT_LONG,
          PT_R4,
          PT_DOUBLE,
          PT_CURRENCY,
          PT_APPTIME,
          PT_ERROR,
          PT_BOOLEAN,
          PT_OBJECT,
          PT_I8,
          PT_STRING8,
          PT_UNICODE,
          PT_SYSTIME,
          PT_CLSID,
          PT_BINARY,
          PT_MV_I2,
          PT_MV_LONG,
          PT_MV_R4,
          PT_MV_DOUBLE,
          PT_MV_CURRENCY,
          PT_MV_APPTIME,
          PT_MV_SYSTIME,
          PT_MV_STRING8,
          PT_MV_UNICODE,
          PT_MV_BINARY,
          PT_MV_CLSID,
          PT_MV_I8,
          0x77,
          0x100B);

  private static final int[] OBJECT_EVENTS = {
    fnevObjectCreated,
    fnevObjectDeleted,
    fnevObjectModified,
    fnevObjectMoved,
    fnevObjectCopied,
    fnevSearchComplete
  };

  final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  <T> List<T> list(int max, Supplier<T> make) {
    return IntStream.range(0, random.nextInt(max + 1)).mapToObj(i -> make.get()).toList();
  }

  <T> T maybe(Supplier<T> make) {
    return random.nextInt(4) == 0 ? null : make.get();
  }

  int number() {
    return random.nextBoolean() ? random.nextInt() : random.nextInt(8);
  }

  List<Integer> numbers() {
    return list(5, this::number);
  }

  Bytes bytes() {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(9000) : random.nextInt(40)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Not empty: a count of 0 with NULL reads as no identifier. */
  Bytes entryId() {
    return Bytes.of(random.nextInt(256)).concat(bytes());
  }

  /** Any units but NUL, lone surrogates too. */
  String text() {
    int length = random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(30);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (1 + random.nextInt(random.nextBoolean() ? 127 : 0xFFFF)));
    }
    return text.toString();
  }

  /** What a code page of one byte can hold. */
  String narrow() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(400); i > 0; i--) {
      text.append((char) (1 + random.nextInt(255)));
    }
    return text.toString();
  }

  String text(boolean wide) {
    return wide ? text() : narrow();
  }

  Guid guid() {
    return new Guid(random.nextLong(), random.nextLong());
  }

  SPropTagArray tags() {
    return SPropTagArray.of(numbers());
  }

  SPropValue prop() {
    return prop(TYPES.get(random.nextInt(TYPES.size())));
  }

  List<SPropValue> props() {
    return list(8, this::prop);
  }

  SPropValue prop(int type) {
    return new SPropValue(PropTag.of(random.nextInt(0x10000), type), value(type));
  }

  private Object value(int type) {
    if (PropType.isDefined(type) && (type & MV_FLAG) != 0) {
      return list(5, () -> value(type & ~MV_FLAG));
    }
    return switch (type) {
      case PT_I2 -> (short) random.nextInt();
      case PT_LONG, PT_ERROR -> random.nextInt();
      case PT_R4 -> random.nextFloat();
      case PT_DOUBLE, PT_APPTIME -> random.nextDouble();
      case PT_CURRENCY -> new Currency(random.nextLong());
      case PT_BOOLEAN -> random.nextBoolean();
      case PT_STRING8 -> new String8(Bytes.wrap(latin1(narrow())));
      case PT_UNICODE -> text();
      case PT_SYSTIME -> new FILETIME(random.nextLong());
      case PT_CLSID -> guid();
      case PT_BINARY -> bytes();
      case PT_NULL, PT_OBJECT, PT_UNSPECIFIED -> maybe(() -> random.nextLong() | 1);
      default -> random.nextLong();
    };
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  SRow row() {
    return new SRow(props());
  }

  SRowSet rows() {
    return new SRowSet(list(6, this::row));
  }

  ADRENTRY addressEntry() {
    return new ADRENTRY(props());
  }

  ADRLIST addressList() {
    return new ADRLIST(list(6, this::addressEntry));
  }

  ENTRYLIST entryList() {
    return new ENTRYLIST(list(6, this::bytes));
  }

  SSortOrderSet sortOrder() {
    List<SSortOrder> keys = list(4, () -> new SSortOrder(number(), number()));
    return new SSortOrderSet(keys, number(), number());
  }

  SPropProblem problem() {
    return new SPropProblem(number(), number(), number());
  }

  MAPINAMEID name() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> MAPINAMEID.string(maybe(this::guid), maybe(this::text));
      case 2 -> MAPINAMEID.id(guid(), number());
      default -> new MAPINAMEID(guid(), 2 + random.nextInt(9), number(), null);
    };
  }

  List<MAPINAMEID> names() {
    List<MAPINAMEID> names = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      names.add(name());
    }
    return names;
  }

  MAPIERROR mapiError(boolean wide) {
    return new MAPIERROR(
        number(), maybe(() -> text(wide)), maybe(() -> text(wide)), number(), number());
  }

  /** Without a name: memory of the task allocator is tested by itself. */
  STATSTG statstg() {
    Supplier<FILETIME> time = () -> new FILETIME(random.nextLong() | 1);
    return new STATSTG(
        null, number(), random.nextLong(), maybe(time), maybe(time), maybe(time), number(), 0);
  }

  SRestriction restriction(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 13);
    Supplier<SRestriction> child = () -> restriction(depth - 1);
    return switch (kind) {
      case 0 -> new SRestriction.SExistRestriction(number());
      case 1 -> new SRestriction.SPropertyRestriction(number(), number(), maybe(this::prop));
      case 2 -> new SRestriction.SContentRestriction(number(), number(), maybe(this::prop));
      case 3 -> new SRestriction.SComparePropsRestriction(number(), number(), number());
      case 4 -> new SRestriction.SBitMaskRestriction(number(), number(), number());
      case 5 -> new SRestriction.SSizeRestriction(number(), number(), number());
      case 6 -> new SRestriction.SAndRestriction(list(4, child));
      case 7 -> new SRestriction.SOrRestriction(list(4, child));
      case 8 -> new SRestriction.SNotRestriction(maybe(child));
      case 9 -> new SRestriction.SSubRestriction(number(), maybe(child));
      case 10 -> new SRestriction.SCommentRestriction(props(), maybe(child));
      case 11 -> new SRestriction.SAnnotationRestriction(props(), maybe(child));
      default -> new SRestriction.SCountRestriction(number(), maybe(child));
    };
  }

  NOTIFICATION notification() {
    return notification(random.nextInt(6), random.nextBoolean());
  }

  NOTIFICATION notification(int kind, boolean wide) {
    int flags = wide ? number() | MAPI_UNICODE : number() & ~MAPI_UNICODE;
    return switch (kind) {
      case 0 ->
          new ERROR_NOTIFICATION(
              maybe(this::entryId), number(), flags, maybe(() -> mapiError(wide)));
      case 1 ->
          new NEWMAIL_NOTIFICATION(
              maybe(this::entryId), maybe(this::entryId), flags, maybe(() -> text(wide)), number());
      case 2 ->
          new OBJECT_NOTIFICATION(
              OBJECT_EVENTS[random.nextInt(OBJECT_EVENTS.length)],
              maybe(this::entryId),
              number(),
              maybe(this::entryId),
              maybe(this::entryId),
              maybe(this::entryId),
              maybe(this::tags));
      case 3 -> tableNotification();
      case 4 -> new EXTENDED_NOTIFICATION(number(), maybe(this::entryId));
      default -> new STATUS_OBJECT_NOTIFICATION(maybe(this::entryId), props());
    };
  }

  private NOTIFICATION tableNotification() {
    return switch (random.nextInt(3)) {
      case 0 -> new TABLE_NOTIFICATION(TABLE_ROW_MODIFIED, number(), prop(), prop(), row());
      case 1 -> new TABLE_NOTIFICATION(TABLE_ROW_DELETED, number(), prop(), null, null);
      default -> new TABLE_NOTIFICATION(TABLE_CHANGED, number(), null, null, null);
    };
  }

  OPTIONDATA option(boolean wide) {
    return new OPTIONDATA(
        number(),
        maybe(this::guid),
        maybe(() -> text(wide)),
        maybe(() -> text(wide)),
        number(),
        bytes(),
        props());
  }

  /** Its functions are objects, which values know nothing of. */
  ADRPARM addressParameters() {
    boolean wide = random.nextBoolean();
    int fields = random.nextInt(4) - 1;
    Supplier<String> text = () -> text(wide);
    return new ADRPARM(
        maybe(this::entryId),
        wide ? number() | AB_UNICODEUI : number() & ~AB_UNICODEUI,
        number(),
        maybe(text),
        null,
        null,
        null,
        maybe(text),
        maybe(text),
        maybe(text),
        fields,
        number(),
        fields < 1
            ? null
            : maybe(() -> IntStream.range(0, fields).mapToObj(i -> text(wide)).toList()),
        fields < 1 ? null : maybe(() -> IntStream.range(0, fields).boxed().toList()),
        maybe(() -> restriction(3)),
        maybe(() -> restriction(3)));
  }
}
