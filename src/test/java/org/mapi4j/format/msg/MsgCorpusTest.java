package org.mapi4j.format.msg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our reader against Apache POI's HSMF over the whole corpus. */
class MsgCorpusTest {
  private static final MsgLimits EVERYTHING_LARGE =
      new MsgLimits(500_000, 200, 10_000, 600, 64 << 20, 100_000, 10_000, 32);

  @Test
  void open_everyFileThatHsmfReads_agreesWithItPropertyByProperty() throws Exception {
    compare(MsgLimits.DEFAULT);
  }

  @Test
  void open_everyFileWithLargeValuesAsStreams_agreesWithHsmfToo() throws Exception {
    compare(EVERYTHING_LARGE);
  }

  private static void compare(MsgLimits limits) throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isEmpty()) {
      return;
    }
    Agreement agreement = new Agreement();
    List<String> unreadable = new ArrayList<>();
    int read = 0;
    for (Path path : Corpus.messages(corpus.get())) {
      Hsmf.Message expected;
      try {
        expected = Hsmf.read(path);
      } catch (IllegalArgumentException e) {
        unreadable.add(path.getFileName() + ": " + e.getMessage());
        continue;
      }
      try (MsgFile file = MsgFile.open(path, limits)) {
        agreement.message(
            path.getFileName().toString(), expected, new FileView.OfMessage(file.message()));
        read++;
      }
    }
    assertEquals(List.of(), agreement.differences());
    assertEquals(48, read);
    assertEquals(3, unreadable.size(), unreadable::toString);
    assertTrue(agreement.compared() > 3000, () -> "only " + agreement.compared() + " compared");
  }
}
