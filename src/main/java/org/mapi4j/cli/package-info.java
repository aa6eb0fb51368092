/**
 * The command line: {@code java -jar mapi4j.jar COMMAND}. Exit codes: 0 good, 1 failed, 2 usage.
 * May use every package. Commands run on the calling thread and print to the {@link
 * org.mapi4j.cli.Console} they are given, never to System.out.
 */
@CheckReturnValue
package org.mapi4j.cli;

import com.google.errorprone.annotations.CheckReturnValue;
