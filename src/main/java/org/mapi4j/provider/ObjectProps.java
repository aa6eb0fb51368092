package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.PR_LAST_MODIFICATION_TIME;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.mapi4j.options.StoreLimits;
import org.mapi4j.spi.Batch;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** A change of the properties of a folder or the store, which counts at once. */
record ObjectProps(PropSet before, PropSet after) {
  static ObjectProps change(
      PropSet before, List<Stored> put, List<Integer> deletedIds, FILETIME now) {
    TreeMap<Integer, Stored> props = new TreeMap<>();
    before.forEach(prop -> props.put(prop.id(), prop));
    put.forEach(prop -> props.put(prop.id(), prop));
    deletedIds.forEach(props::remove);
    props.put(
        PropTag.id(PR_LAST_MODIFICATION_TIME),
        new Stored.Whole(new SPropValue(PR_LAST_MODIFICATION_TIME, now)));
    return new ObjectProps(before, PropSet.of(props.values()));
  }

  /** True when the change adds properties to more than a limit. */
  boolean exceeds(StoreLimits limits) {
    return after.size() > limits.propertiesMax() && after.size() > before.size();
  }

  static List<BlobRef> blobs(PropSet props) {
    List<BlobRef> blobs = new ArrayList<>();
    props.forEach(
        prop -> {
          if (prop instanceof Stored.Large large) {
            blobs.add(large.blob());
          }
        });
    return blobs;
  }

  /**
   * Adds to a batch what the change does to large values.
   *
   * @param owner id that garbage is kept under
   */
  void takeUp(Batch.Builder batch, Bytes owner, BlobSpace space) {
    Set<BlobRef> kept = new HashSet<>(blobs(after));
    blobs(before).stream()
        .filter(blob -> !kept.contains(blob))
        .forEach(blob -> batch.put(Keys.garbage(owner, blob.id()), 1, Bytes.EMPTY));
    space.prepare(kept);
    space.takeUp(kept, batch);
  }

  /** Adds to a batch which properties it changes. */
  void mark(Batch.Builder batch, int kind, Bytes id) {
    ChangeMarks.changed(batch, kind, id, ChangeMarks.differences(before, after));
  }

  void takenUp(BlobSpace space) {
    space.takenUp(blobs(after));
  }
}
