package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.NOTIFICATION;

/** Receives events. Source: MAPI "IMAPIAdviseSink : IUnknown". */
public interface IMAPIAdviseSink extends IUnknown {
  /**
   * Called with events, in order, on a thread of the store. The result is ignored but for the
   * spooler's. Source: MAPI "IMAPIAdviseSink::OnNotify".
   */
  int onNotify(List<NOTIFICATION> lpNotifications);
}
