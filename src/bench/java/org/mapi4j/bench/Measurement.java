package org.mapi4j.bench;

/** One of the measurements. */
interface Measurement {
  /** What {@code --count} is when it is not given. */
  int defaultCount();

  void run(Figures figures, int count) throws Exception;
}
