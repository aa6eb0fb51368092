package org.mapi4j.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its manifest has it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"mapi4j " + number()};
  }

  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version != null ? version : "(not run from its jar)";
  }
}
