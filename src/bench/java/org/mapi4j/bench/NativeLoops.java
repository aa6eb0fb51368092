package org.mapi4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mapi4j.com.BenchTargets;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;

/**
 * Loops in C++ over interface pointers, compiled for the measurement: a loop in Java would measure
 * its own calls too.
 */
final class NativeLoops {
  private static final String SOURCE =
      """
      #include <jni.h>
      #include <stdint.h>
      #include <stdlib.h>

      typedef uint64_t word;
      typedef word (*slot1)(void *);
      typedef word (*slot2)(void *, word);
      typedef word (*slot3)(void *, word, word, word);
      typedef word (*slot5)(void *, word, word, word, word);
      struct row { uint32_t reserved, count; void *props; };
      struct rows { uint32_t count, filler; row first[1]; };

      static void *slot(void *object, int index) { return (*(void ***)object)[index]; }

      struct Base {
        virtual word SaveChanges(word flags) = 0;
        virtual word GetProps(word tags, word flags, uint32_t *count, void **props) = 0;
        virtual ~Base() {}
      };
      struct Nothing : Base {
        word SaveChanges(word) override { return 0; }
        word GetProps(word, word, uint32_t *count, void **props) override {
          *count = 0;
          *props = 0;
          return 0;
        }
      };
      static Base *volatile base = new Nothing;

      extern "C" {
      int64_t live;

      int32_t loops_allocate(uint32_t size, void **out) {
        *out = malloc(size);
        live += *out != 0;
        return *out ? 0 : (int32_t)0x8007000E;
      }
      int32_t loops_allocate_more(uint32_t, void *, void **out) {
        *out = 0;
        return (int32_t)0x80004005;
      }
      uint32_t loops_free(void *block) {
        live -= block != 0;
        free(block);
        return 0;
      }
      word loops_live(word) { return live; }

      /* As a client frees each output before it asks for the next: the oldest of so many goes. */
      static void *kept[256];
      static word keep = 1, turn;
      word loops_keep(word blocks) {
        for (word i = 0; i < keep; i++) {
          free(kept[i]);
          kept[i] = 0;
        }
        keep = blocks;
        turn = 0;
        return 0;
      }
      int32_t loops_allocate_kept(uint32_t size, void **out) {
        void **place = kept + turn;
        turn = turn + 1 == keep ? 0 : turn + 1;
        free(*place);
        *out = *place = malloc(size);
        return *out ? 0 : (int32_t)0x8007000E;
      }
      uint32_t loops_free_kept(void *) { return 0; }

      word loops_slot2(void *object, word index, word count) {
        word sum = 0;
        for (word i = 0; i < count; i++) sum += ((slot2)slot(object, index))(object, 0);
        return sum;
      }
      word loops_slot5(void *object, word index, word count) {
        word sum = 0, outs[2];
        for (word i = 0; i < count; i++) {
          sum += ((slot5)slot(object, index))(object, 0, 0, (word)outs, (word)(outs + 1));
        }
        return sum;
      }
      word loops_get_props(void *object, void *tags, word count) {
        word failed = 0;
        for (word i = 0; i < count; i++) {
          uint32_t values = 0;
          void *props = 0;
          failed += (int32_t)((slot5)slot(object, 5))(object, (word)tags, 0, (word)&values, (word)&props) < 0;
          if (props) loops_free(props);
        }
        return failed;
      }
      word loops_query_rows(void *table, word wanted, word count) {
        word failed = 0;
        for (word i = 0; i < count; i++) {
          rows *set = 0;
          ((slot3)slot(table, 10))(table, 0, 0, 0);
          failed += (int32_t)((slot3)slot(table, 19))(table, wanted, 0, (word)&set) < 0;
          if (set) {
            failed += set->count != wanted;
            for (uint32_t r = 0; r < set->count; r++) loops_free(set->first[r].props);
            loops_free(set);
          }
        }
        return failed;
      }
      word loops_virtual2(word count) {
        word sum = 0;
        for (word i = 0; i < count; i++) sum += base->SaveChanges(i);
        return sum;
      }
      word loops_create(void *folder, word count) {
        word failed = 0;
        for (word i = 0; i < count; i++) {
          void *message = 0;
          failed += (int32_t)((slot3)slot(folder, 19))(folder, 0, 0, (word)&message) < 0;
          if (message) ((slot1)slot(message, 2))(message);
        }
        return failed;
      }
      word loops_open(void *store, void *id, void *tags, word count) {
        typedef word (*open)(void *, word, void *, word, word, uint32_t *, void **);
        word failed = 0;
        for (word i = 0; i < count; i++) {
          uint32_t type;
          void *message = 0;
          failed += (int32_t)((open)slot(store, 17))(store, 38, id, 0, 0, &type, &message) < 0;
          if (message) {
            failed += loops_get_props(message, tags, 1);
            ((slot1)slot(message, 2))(message);
          }
        }
        return failed;
      }
      JNIEXPORT jlong JNICALL Java_org_mapi4j_bench_JniCall_run(JNIEnv *env, jclass type, jlong count) {
        jmethodID nothing = env->GetStaticMethodID(type, "nothing", "(JJ)J");
        jlong sum = 0;
        for (jlong i = 0; i < count; i++) sum += env->CallStaticLongMethod(type, nothing, i, count);
        return sum;
      }
      }
      """;

  private final Path library;

  private NativeLoops(Path library) {
    this.library = library;
  }

  /** Compiles and loads the loops. Throws IllegalStateException that says what is missing. */
  static NativeLoops compile(Path folder) throws IOException, InterruptedException {
    Path include = Path.of(System.getProperty("java.home"), "include");
    if (!Files.isRegularFile(include.resolve("jni.h"))) {
      throw new IllegalStateException("bench com needs a JDK: " + include + " has no jni.h");
    }
    Path source = Files.writeString(folder.resolve("loops.cpp"), SOURCE);
    Path library = folder.resolve("libloops.so");
    List<String> command =
        List.of(
            "g++",
            "-O2",
            "-shared",
            "-fPIC",
            "-I" + include,
            "-I" + include.resolve("linux"),
            "-o",
            library.toString(),
            source.toString());
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException absent) {
      throw new IllegalStateException("bench com needs g++ (apt-get install g++)", absent);
    }
    if (!compiler.waitFor(60, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
      throw new IllegalStateException("g++ refused the loops");
    }
    System.load(library.toString());
    return new NativeLoops(library);
  }

  private long symbol(String name) {
    long found = NativeCalls.symbol(library.toString(), name);
    if (found == 0) {
      throw new IllegalStateException("the loops lack " + name);
    }
    return found;
  }

  /** Allocation routines in C++ that count. */
  Foreign.Routines routines() {
    return new Foreign.Routines(
        symbol("loops_allocate"), symbol("loops_allocate_more"), symbol("loops_free"));
  }

  /** Allocation routines in C++ that free the oldest of {@link #keep} blocks themselves. */
  Foreign.Routines keptRoutines() {
    return new Foreign.Routines(
        symbol("loops_allocate_kept"), symbol("loops_allocate_more"), symbol("loops_free_kept"));
  }

  /** How many blocks {@link #keptRoutines} leaves; all are freed now. */
  void keep(int blocks) {
    NativeCalls.callFunction(symbol("loops_keep"), blocks);
  }

  /** Blocks that were allocated and not freed. */
  long live() {
    return NativeCalls.callFunction(symbol("loops_live"), 0);
  }

  /** A loop by its name after {@code loops_}; the words are its arguments. */
  Loop loop(String name, long... words) {
    return new Loop(symbol("loops_" + name), words.clone());
  }

  /** A loop, whose last argument is how often. */
  record Loop(long function, long[] words) {
    /** Nanoseconds of so many rounds. Throws IllegalStateException when a call failed. */
    long nanos(long count) {
      long[] all = Arrays.copyOf(words, words.length + 1);
      all[words.length] = count;
      long start = BenchTargets.nanos();
      long failed = NativeCalls.callFunction(function, all);
      long nanos = BenchTargets.nanos() - start;
      if (failed != 0) {
        throw new IllegalStateException(failed + " calls failed");
      }
      return nanos;
    }
  }
}
