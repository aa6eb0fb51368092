package org.mapi4j.engine.je;

import java.util.function.Consumer;

/** How far a group's commit has come. Tests make it fail at each, and see what is known then. */
enum CommitStep {
  /** All of the group is in its transaction. */
  WRITTEN,
  /** The transaction is committed, and nobody was told. */
  COMMITTED;

  /** Nobody watches. */
  static final Consumer<CommitStep> UNWATCHED = step -> {};
}
