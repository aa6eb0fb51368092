package org.mapi4j.com;

import java.lang.reflect.Constructor;

/**
 * Chooses the thunks: {@code -Dmapi4j.thunks=jna|ffm}; unless given, ffm where Java and the jar
 * have it, else jna.
 */
final class BackEnd {
  /** The property that chooses. */
  static final String PROPERTY = "mapi4j.thunks";

  private static final int FFM_FEATURE = 22;
  private static final String FFM_CLASS = "org.mapi4j.com.FfmThunks";

  private BackEnd() {}

  /** The thunks of this process. */
  static Thunks thunks() {
    return Holder.THUNKS;
  }

  /**
   * The thunks of a name, null for the default. Throws IllegalStateException when it is unknown or
   * absent, saying what to do.
   */
  static Thunks choose(String name, int feature) {
    if (name == null) {
      return feature >= FFM_FEATURE && hasFfm() ? ffm() : jna();
    }
    return switch (name) {
      case "jna" -> jna();
      case "ffm" -> {
        if (feature < FFM_FEATURE) {
          throw new IllegalStateException(
              "%s=ffm needs Java %d or later; this is Java %d"
                  .formatted(PROPERTY, FFM_FEATURE, feature));
        }
        if (!hasFfm()) {
          throw new IllegalStateException(
              PROPERTY + "=ffm: this jar was built without it; build with JAVA25_HOME set");
        }
        yield ffm();
      }
      default ->
          throw new IllegalStateException("%s=%s: expected jna or ffm".formatted(PROPERTY, name));
    };
  }

  private static boolean hasFfm() {
    try {
      Class<?> found = Class.forName(FFM_CLASS, false, BackEnd.class.getClassLoader());
      return Thunks.class.isAssignableFrom(found);
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** By name: a jar for Java 17 alone has no such class. */
  private static Thunks ffm() {
    try {
      Constructor<?> made = Class.forName(FFM_CLASS).getDeclaredConstructor();
      return (Thunks) made.newInstance();
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(PROPERTY + "=ffm cannot start", broken);
    }
  }

  private static Thunks jna() {
    try {
      return new JnaThunks();
    } catch (LinkageError absent) {
      throw new IllegalStateException(
          PROPERTY + "=jna: jna 5.x is not on the class path, or its library cannot load", absent);
    }
  }

  private static final class Holder {
    static final Thunks THUNKS = choose(System.getProperty(PROPERTY), Runtime.version().feature());
  }
}
