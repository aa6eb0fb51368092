package org.mapi4j.types;

import java.util.List;

/**
 * Options that a transport registers for an address type. Source: mapispi.h.
 *
 * @param ulFlags MAPI_RECIPIENT or MAPI_MESSAGE
 * @param lpRecipGUID identifies the transport
 * @param lpszAdrType the address type
 * @param lpszDLLName the library of the option dialog
 * @param ulOrdinal the library's entry for the dialog
 * @param lpbOptionsData data for the dialog; may be empty
 * @param lpOptionsProps default values of the options
 */
public record OPTIONDATA(
    int ulFlags,
    Guid lpRecipGUID,
    String lpszAdrType,
    String lpszDLLName,
    int ulOrdinal,
    Bytes lpbOptionsData,
    List<SPropValue> lpOptionsProps) {
  /** Keeps its own copy of the list. */
  public OPTIONDATA {
    lpOptionsProps = List.copyOf(lpOptionsProps);
  }
}
