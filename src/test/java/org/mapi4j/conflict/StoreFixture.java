package org.mapi4j.conflict;

import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

/** One store for one test: every session that is opened is a client of the same store. */
interface StoreFixture {
  /** A new session on the test's store; the first one creates it. Closed after the test. */
  IMsgStore openSession(StoreOptions options);

  /** Two clients of the default options around one saved message. */
  default Scene scene() {
    return new Scene(this, StoreOptions.DEFAULT);
  }
}
