package org.mapi4j.types;

/** What a restriction sees of a row or object. */
public interface RowView {
  /**
   * The property with the tag's identifier, converted to the tag's string width; null when absent.
   * A tag of type PT_UNSPECIFIED gets the type the property has.
   */
  SPropValue get(int propTag);

  /**
   * A subobject table's rows, for SSubRestriction: PR_MESSAGE_RECIPIENTS or PR_MESSAGE_ATTACHMENTS.
   */
  Iterable<? extends RowView> subobjects(int propTag);
}
