package org.mapi4j.cli;

import org.mapi4j.types.ThisProgram;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its manifest has it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"mapi4j " + ThisProgram.version()};
  }
}
