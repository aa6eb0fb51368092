package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.com.ComHealth.Finding;
import org.mapi4j.com.ComHealth.Verdict;
import org.mapi4j.com.LibraryFile.Target;

class ComHealthTest {
  private static final int ELF_64 = 2;

  @TempDir Path folder;

  private static void assertFound(Verdict verdict, String text, Finding finding) {
    assertEquals(verdict, finding.verdict(), finding.text());
    assertTrue(finding.text().contains(text), finding.text());
  }

  private static Finding only(List<Finding> findings) {
    assertEquals(1, findings.size(), findings::toString);
    return findings.get(0);
  }

  private Path elf(String folders, int elfClass, String rest) throws Exception {
    Path file = folder.resolve(folders).resolve("libmapi4j.so");
    Files.createDirectories(file.getParent());
    String head = "\u007FELF" + (char) elfClass + "\0".repeat(80);
    return Files.write(file, (head + rest).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Finding library(Path... places) {
    return ComHealth.libraryOf(Target.LINUX, true, List.of(places)).get(0);
  }

  @Test
  void bitness_thatNativeCallersCannotUse_namesTheNextStep() {
    assertFound(Verdict.GOOD, "x64", only(ComHealth.bitnessOf("64", "amd64")));
    assertFound(Verdict.ABSENT, "jvm=", only(ComHealth.bitnessOf("32", "x86")));
    assertFound(Verdict.ABSENT, "jvm=", only(ComHealth.bitnessOf("64", "aarch64")));
  }

  @Test
  void thunks_byDefaultAndByTheirNames_workAndSayWhy() {
    int feature = Runtime.version().feature();
    assertFound(Verdict.GOOD, ", since ", only(ComHealth.thunksOf(null, feature)));
    assertFound(Verdict.GOOD, "jna, since ffm needs Java 22", only(ComHealth.thunksOf(null, 17)));
    assertFound(Verdict.GOOD, "as -Dmapi4j.thunks says", only(ComHealth.thunksOf("jna", feature)));
    assertFound(Verdict.BAD, "needs Java 22", only(ComHealth.thunksOf("ffm", 17)));
    assertFound(Verdict.BAD, "expected jna or ffm", only(ComHealth.thunksOf("com", feature)));
  }

  @Test
  void library_ofThisBridge_isGoodAndItsHeadersAreFound() throws Exception {
    Path file = elf("linux-x86-64", ELF_64, "x mapi4j-bridge=" + Host.version() + "\0y");
    List<Finding> findings =
        ComHealth.libraryOf(Target.LINUX, true, List.of(folder.resolve("no"), file));
    assertFound(Verdict.GOOD, file.toString(), findings.get(0));
    assertFound(Verdict.ABSENT, "native/build.sh", findings.get(1));
    Path include = Files.createDirectory(folder.resolve("include"));
    Files.createFile(include.resolve("mapidefs.h"));
    Files.createFile(include.resolve("mapi4j.h"));
    findings = ComHealth.libraryOf(Target.LINUX, true, List.of(file));
    assertFound(Verdict.GOOD, include.toString(), findings.get(1));
  }

  @Test
  void library_thatDoesNotFit_isBadAndSaysWhatToDo() throws Exception {
    assertFound(Verdict.BAD, "32 bits", library(elf("a", 1, "mapi4j-bridge=1\0")));
    assertFound(Verdict.BAD, "take both from one", library(elf("b", ELF_64, "mapi4j-bridge=0\0")));
    assertFound(Verdict.BAD, "version none", library(elf("c", ELF_64, "")));
    Path text = Files.writeString(folder.resolve("text"), "text");
    assertFound(Verdict.BAD, "no library", library(text));
  }

  @Test
  void library_absent_namesTheToolsOfThisSystemOnly() {
    assertFound(Verdict.ABSENT, "install gcc and cmake", library(folder.resolve("none")));
    Finding other = only(ComHealth.libraryOf(Target.WINDOWS, false, List.of()));
    assertFound(Verdict.TOLD, "mingw-w64", other);
  }

  /** The library of this build, where a compiler made one. */
  @Test
  void library_ofTheBuild_isFoundAndFits() throws Exception {
    for (Target target : Target.values()) {
      Path built = Path.of("target/native", target.folder, target.file);
      if (Files.exists(built)) {
        Path place =
            LibraryFile.places(target).stream().filter(Files::exists).findFirst().orElseThrow();
        assertTrue(Files.isSameFile(built, place), place.toString());
        LibraryFile found = LibraryFile.read(place);
        assertEquals(64, found.bits());
        assertEquals(Host.version(), found.bridge());
      } else {
        System.out.printf("NOT RUN: doctor's look at %s, which was not built%n", built);
      }
    }
  }

  /** As in a program that uses the store from Java and has no JNA. */
  @Test
  void examine_withoutJna_saysSoAndThrowsNothing() throws Exception {
    URL classes = ComHealth.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader bare =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Object findings =
          bare.loadClass("org.mapi4j.com.ComHealth").getMethod("examine").invoke(null);
      String text = findings.toString();
      assertTrue(text.contains("verdict=ABSENT, what=JNA"), text);
      assertTrue(text.contains("what=thunks"), text);
      assertTrue(text.contains("verdict=GOOD, what=native bitness"), text);
    }
  }
}
