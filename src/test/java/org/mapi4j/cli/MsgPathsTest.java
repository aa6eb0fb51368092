package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that an import is given. */
class MsgPathsTest {
  @TempDir private Path folder;

  @Test
  void expand_foldersAndFiles_areTheMailBelowInOrderAndTheFilesAsTheyAre() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("in/ner"));
    Path second = Files.writeString(inner.resolve("b.MSG"), "");
    Path first = Files.writeString(folder.resolve("in/a.msg"), "");
    Path text = Files.writeString(folder.resolve("in/c.txt"), "");
    Path absent = folder.resolve("absent");
    assertEquals(
        List.of(first, second, text, absent),
        MsgPaths.expand(List.of(folder.resolve("in"), text, absent)));
  }

  @Test
  void expand_folderThatCannotBeRead_isLeftToTheImportAndTheOthersFollow() {
    Path closed = folder.resolve("closed");
    MsgPaths.Below below = new MsgPaths.Below();
    assertEquals(
        FileVisitResult.CONTINUE,
        below.visitFileFailed(closed, new AccessDeniedException(closed.toString())));
    Path broken = folder.resolve("broken");
    assertEquals(
        FileVisitResult.CONTINUE,
        below.postVisitDirectory(
            broken,
            new DirectoryIteratorException(new AccessDeniedException("broken")).getCause()));
    assertEquals(FileVisitResult.CONTINUE, below.postVisitDirectory(folder, null));
    assertEquals(List.of(closed, broken), below.found);
  }
}
