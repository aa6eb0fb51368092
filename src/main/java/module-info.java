/** The MAPI message store, in Java. */
module org.mapi4j {
  requires je;
  // What je uses of the JDK: an automatic module cannot say so itself.
  requires java.logging;
  requires java.management;
  requires java.transaction.xa;
  requires jdk.unsupported;
  requires static com.google.errorprone.annotations;
  requires static com.sun.jna;
  requires static com.sun.jna.platform;
  requires static info.picocli;
  requires static org.apache.poi.poi;
  requires static org.apache.poi.scratchpad;

  exports org.mapi4j;
  exports org.mapi4j.api;
  exports org.mapi4j.client;
  exports org.mapi4j.com;
  exports org.mapi4j.conformance;
  exports org.mapi4j.format.msg;
  exports org.mapi4j.options;
  exports org.mapi4j.spi;
  exports org.mapi4j.types;
  exports org.mapi4j.util;

  opens org.mapi4j.cli to
      info.picocli;
}
