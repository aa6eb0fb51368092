package org.mapi4j.engine.je;

import java.util.function.Consumer;

/** How far an opening has come. Tests make it fail at each: what was open must be closed again. */
enum OpeningStep {
  /** JE's environment is open. */
  ENVIRONMENT,
  /** The databases of a new store are made, their transaction is not committed. */
  CREATION,
  /** The databases are open. */
  DATABASES,
  /** The store can be read and written; nothing reads or writes it yet. */
  STORE,
  /** The threads that read are there. */
  READERS;

  /** Nobody watches. */
  static final Consumer<OpeningStep> UNWATCHED = step -> {};
}
