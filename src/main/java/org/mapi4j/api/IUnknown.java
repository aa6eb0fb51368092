package org.mapi4j.api;

import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

/**
 * Every object. AddRef has no counterpart: Java's references need no count. Source: COM "IUnknown".
 */
public interface IUnknown extends AutoCloseable {
  /**
   * QueryInterface: this object under another interface, or MAPI_E_INTERFACE_NOT_SUPPORTED. The
   * result is the same object, so closing either closes both.
   */
  MapiResult<IUnknown> queryInterface(Guid riid);

  /** Release of the last reference: what was not saved is lost. Harmless when repeated. */
  @Override
  void close();
}
