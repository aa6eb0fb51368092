package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.S_OK;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.types.PropTag;

/**
 * The streams of one object that are open for writing: what was written to direct ones, and
 * committed to transacted ones, counts as the object's own before anything reads or saves it.
 * Guarded by the object's lock.
 */
final class OpenStreams {
  private final List<StreamContent> streams = new ArrayList<>(0);

  void add(StreamContent stream) {
    streams.add(stream);
  }

  void remove(StreamContent stream) {
    streams.remove(stream);
  }

  /** Takes in what was written to any of them; the first failure, or S_OK. */
  @CanIgnoreReturnValue
  int settle() {
    if (streams.isEmpty()) {
      return S_OK;
    }
    int hr = S_OK;
    for (StreamContent stream : List.copyOf(streams)) {
      int settled = stream.settle();
      hr = hr < 0 ? hr : settled;
    }
    return hr;
  }

  /** Takes in what was written to one property. */
  void settle(int id) {
    for (int i = 0; i < streams.size(); i++) {
      if (PropTag.id(streams.get(i).tag()) == id) {
        int hr = streams.get(i).settle();
        assert hr <= S_OK : hr;
      }
    }
  }

  /** The same for all but one that takes its turn now: what is taken in last stays. */
  @CanIgnoreReturnValue
  int settleBut(StreamContent next) {
    int hr = S_OK;
    for (int i = 0; i < streams.size(); i++) {
      StreamContent stream = streams.get(i);
      if (stream != next && PropTag.id(stream.tag()) == PropTag.id(next.tag())) {
        int settled = stream.settle();
        hr = hr < 0 ? hr : settled;
      }
    }
    return hr;
  }

  /** The direct stream that is open on a property, or null. */
  StreamContent find(int tag) {
    for (StreamContent stream : streams) {
      if (stream.tag() == tag && !stream.transacted) {
        return stream;
      }
    }
    return null;
  }

  /** Shows them a change that was made past them. */
  void show(List<Stored> put, List<Integer> deletedIds) {
    for (StreamContent stream : List.copyOf(streams)) {
      int id = PropTag.id(stream.tag());
      put.stream().filter(prop -> prop.id() == id).forEach(stream::replaced);
      if (deletedIds.contains(id)) {
        stream.replaced(null);
      }
    }
  }
}
