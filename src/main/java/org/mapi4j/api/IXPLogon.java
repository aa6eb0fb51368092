package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.OPTIONDATA;

/** A logon to a transport, called by the spooler. Source: MAPI "IXPLogon : IUnknown". */
public interface IXPLogon extends IUnknown {
  /** Outputs of {@link #addressTypes}: MAPI_UNICODE or 0, address types, UIDs of recipients. */
  record AddressTypes(int lpulFlags, List<String> lpppAdrTypeArray, List<Guid> lpppUIDArray) {
    /** Keeps its own copies of the lists. */
    public AddressTypes {
      lpppAdrTypeArray = List.copyOf(lpppAdrTypeArray);
      lpppUIDArray = List.copyOf(lpppUIDArray);
    }
  }

  /** Outputs of {@link #registerOptions}: MAPI_UNICODE or 0, and the options. */
  record Options(int lpulFlags, List<OPTIONDATA> lppOptions) {
    /** Keeps its own copy of the list. */
    public Options {
      lppOptions = List.copyOf(lppOptions);
    }
  }

  /** Outputs of {@link #transportNotify}, both in-out: the events, and data of the event. */
  record Notified(int lpulFlags, Object lppvData) {}

  /**
   * Outputs of {@link #submitMessage}: a reference of the transport's choice, and, with MAPI_E_WAIT
   * and MAPI_E_NETWORK_ERROR too, the seconds to wait.
   */
  record Submitted(long lpulMsgRef, long lpulReturnParm) {}

  /** The kinds of recipient that the transport handles. Source: MAPI "IXPLogon::AddressTypes". */
  MapiResult<AddressTypes> addressTypes();

  /** The recipient and message options that the transport has. Source: mapispi.h. */
  MapiResult<Options> registerOptions();

  /**
   * Tells the transport of events: NOTIFY_ABORT_DEFERRED, NOTIFY_BEGIN_INBOUND,
   * NOTIFY_BEGIN_OUTBOUND, NOTIFY_CANCEL_MESSAGE, NOTIFY_END_INBOUND, NOTIFY_END_OUTBOUND and the
   * flush ones. Source: MAPI "IXPLogon::TransportNotify".
   *
   * @param lppvData the message reference as Long with NOTIFY_CANCEL_MESSAGE, an entry identifier
   *     as {@link org.mapi4j.types.Bytes} with NOTIFY_ABORT_DEFERRED; else null
   */
  MapiResult<Notified> transportNotify(int lpulFlags, Object lppvData);

  /** Idle time. Flags: 0. Source: MAPI "IXPLogon::Idle". */
  int idle(int ulFlags);

  /** Ends the logon. Flags: 0. Source: MAPI "IXPLogon::TransportLogoff". */
  int transportLogoff(int ulFlags);

  /**
   * Sends a message. Flags: BEGIN_DEFERRED. MAPI_E_BUSY, MAPI_E_CANCEL, MAPI_E_NETWORK_ERROR,
   * MAPI_E_NOT_ME, MAPI_E_WAIT. Source: MAPI "IXPLogon::SubmitMessage".
   */
  MapiResult<Submitted> submitMessage(int ulFlags, IMessage lpMessage);

  /**
   * The spooler is done with a message; the value is END_DONT_RESEND, END_RESEND_LATER,
   * END_RESEND_NOW or 0. Source: MAPI "IXPLogon::EndMessage".
   */
  MapiResult<Integer> endMessage(long ulMsgRef);

  /** Not 0 when messages have come in. Source: MAPI "IXPLogon::Poll". */
  MapiResult<Integer> poll();

  /**
   * Fills an empty message with one that came in; the value is a reference. Flags: 0. Source: MAPI
   * "IXPLogon::StartMessage".
   */
  MapiResult<Long> startMessage(int ulFlags, IMessage lpMessage);

  /**
   * Opens the status object of this logon. Flags: MAPI_MODIFY. MAPI_E_NO_SUPPORT. Source: MAPI
   * "IXPLogon::OpenStatusEntry".
   */
  MapiResult<OpenedStatus> openStatusEntry(Guid lpInterface, int ulFlags);

  /**
   * Checks the state. Flags and codes as {@link IMAPIStatus#validateState}. Source: MAPI
   * "IXPLogon::ValidateState".
   */
  int validateState(long ulUIParam, int ulFlags);

  /**
   * Sends and fetches what is queued. Flags: FLUSH_DOWNLOAD, FLUSH_FORCE, FLUSH_NO_UI,
   * FLUSH_UPLOAD. Source: MAPI "IXPLogon::FlushQueues".
   *
   * @param lpTargetTransport null
   */
  int flushQueues(long ulUIParam, Bytes lpTargetTransport, int ulFlags);
}
