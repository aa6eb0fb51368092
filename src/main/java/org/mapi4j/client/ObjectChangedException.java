package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;

/**
 * Someone else saved the object since it was opened: nothing was written, and the edits are still
 * there. Open the object again, or save over it with {@link Message#overwrite}. Source: MAPI
 * "Supporting Multiple Client Access to Messages in Message Stores".
 */
public final class ObjectChangedException extends MapiException {
  private static final long serialVersionUID = 1;

  /** MAPI_E_OBJECT_CHANGED of an operation. */
  public ObjectChangedException(String operation) {
    super(MAPI_E_OBJECT_CHANGED, operation);
  }
}
