/**
 * One table engine over a row source: columns, restriction, sort order, categories, cursor and
 * bookmarks. {@link org.mapi4j.table.KeptRows} keeps the rows in order, where views can share them
 * in {@link org.mapi4j.table.RowColumns}; the tests hold it against rows computed anew at each
 * change. The engine knows nothing of stores: a {@link org.mapi4j.table.RowSource} says which rows
 * there are, and a stamp tells when to look again. Uses api and types.
 *
 * <p>Threads: calls on one view are serialised; a source is asked from the caller's thread only.
 *
 * <p>Sources: the pages of "IMAPITable : IUnknown", "MAPI Tables", "About Restrictions", "Sorting
 * and Categorization". Where they differ or say nothing: ADR 0010.
 */
@CheckReturnValue
package org.mapi4j.table;

import com.google.errorprone.annotations.CheckReturnValue;
