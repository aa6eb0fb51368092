package org.mapi4j.conformance;

import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/**
 * A MAPI subsystem as far as a logon sees it: a support object over a profile section, and a note
 * of what the provider asked for. The kit has one in Java; a {@link ProviderSide} may bring
 * another, written in C for instance. Closed after the check.
 */
public interface MapiHost extends AutoCloseable {
  /** The support object of a logon. */
  IMAPISupport support();

  /** A pointer to the support object; carries one reference, which the caller owns. */
  long supportPointer(NativeSide side);

  /** How often a method of the support object was called. */
  long count(String method);

  /** The rows that ModifyStatusRow was given. */
  List<List<SPropValue>> statusRows();

  /** What WrapStoreEntryID was given. */
  List<Bytes> wrapped();

  /** A property of the profile section, or its PT_ERROR entry. */
  SPropValue get(int tag);

  /** The store's identifier in the profile section as MAPI hands it to Logon: not wrapped. */
  Bytes storeId();

  @Override
  void close();
}
