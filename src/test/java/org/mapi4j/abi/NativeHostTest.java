package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.cli.NativeSubjects;
import org.mapi4j.conformance.MapiHost;
import org.mapi4j.conformance.NativeSide;
import org.mapi4j.conformance.ProviderSide;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.Requirement;
import org.mapi4j.conformance.RowResult;
import org.mapi4j.conformance.RowResult.Outcome;
import org.mapi4j.conformance.Runner;
import org.mapi4j.conformance.Subject;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/**
 * The kit through native vtables, its logons made by a host whose IMAPISupport and profile section
 * are written in C: every row ends as with the kit's own host, and the host has everything back.
 */
class NativeHostTest {
  private static final int SLICE = 2;
  private static final double PERCENT_MIN = 97;
  private static final int HOSTS_MIN = 15;

  @Test
  void run_logonsByAHostInC_endAsThoseOfTheKitsOwn() throws Exception {
    if (NativeTools.lacksLinux("logons by a host in C") || NativeTools.lacksFfm("a host in C")) {
      return;
    }
    NativeHost.Library library = new NativeHost.Library(build());
    AtomicInteger hosts = new AtomicInteger();
    Report own = NativeSubjects.report();
    Report inC =
        NativeSubjects.memory(
            subject -> {
              Report report = Runner.throughCom().run(new HostedSubject(subject, library, hosts));
              assertEquals(
                  List.of(), subject.providerSide().orElseThrow().routines().live(), "blocks");
              return report;
            });
    assertEquals(List.of(), failed(inC), inC::toText);
    assertEquals(outcomes(own), outcomes(inC));
    List<RowResult> required = required(inC);
    long passed = required.stream().filter(row -> row.outcome() == Outcome.PASSED).count();
    assertTrue(100.0 * passed / required.size() >= PERCENT_MIN, inC::toText);
    assertTrue(hosts.get() >= HOSTS_MIN, () -> "only %s hosts were made".formatted(hosts));
    assertEquals(0, library.number("host_wrong_calls"), "calls that no provider may make");
    assertEquals(0, library.number("host_objects_left"), "objects of the host");
  }

  private static Path build() throws Exception {
    Path ours = NativeTools.NATIVE.resolve("linux-x86-64");
    return NativeTools.compile(
        NativeTools.GCC,
        "host.c",
        "libhost.so",
        NativeTools.SOURCES.resolve("foreign.c").toString(),
        "-DHOST_LIBRARY",
        "-shared",
        "-fPIC",
        "-fvisibility=hidden",
        "-I",
        NativeTools.NATIVE.resolve("include").toString(),
        "-L" + ours,
        "-Wl,-rpath," + ours,
        "-lmapi4j");
  }

  private static List<RowResult> failed(Report report) {
    return report.results().stream().filter(row -> row.outcome() == Outcome.FAILED).toList();
  }

  private static List<String> outcomes(Report report) {
    return report.results().stream().map(row -> row.row().id() + " " + row.outcome()).toList();
  }

  private static List<RowResult> required(Report report) {
    return report.results().stream()
        .filter(row -> row.row().slice() == SLICE)
        .filter(row -> row.row().level() == Requirement.Level.REQUIRED)
        .toList();
  }

  /** A subject whose provider is loaded by hosts in C. */
  private record HostedSubject(Subject subject, NativeHost.Library library, AtomicInteger hosts)
      implements Subject {
    @Override
    public String name() {
      return subject.name() + ", host in C";
    }

    @Override
    public IMsgStore open(boolean writable) throws Exception {
      return subject.open(writable);
    }

    @Override
    public Optional<IMsgStore> openAsking(Supplier<Decision> user) throws Exception {
      return subject.openAsking(user);
    }

    @Override
    public Optional<IMsgStore> openSecond() throws Exception {
      return subject.openSecond();
    }

    @Override
    public Optional<NativeSide> nativeSide() {
      return subject.nativeSide();
    }

    @Override
    public Optional<ProviderSide> providerSide() {
      return subject.providerSide().map(side -> new HostedProvider(side, library, hosts));
    }
  }

  private record HostedProvider(ProviderSide side, NativeHost.Library library, AtomicInteger hosts)
      implements ProviderSide {
    @Override
    public Optional<MapiHost> host(List<SPropValue> section, NativeSide.Ledger routines) {
      hosts.incrementAndGet();
      return Optional.of(new NativeHost(library, section, routines));
    }

    @Override
    public NativeSide.Ledger routines() {
      return side.routines();
    }

    @Override
    public MapiResult<Provider> init(int ulFlags, int ulMAPIVer) {
      return side.init(ulFlags, ulMAPIVer);
    }

    @Override
    public List<SPropValue> newProfile() throws Exception {
      return side.newProfile();
    }

    @Override
    public Bytes anotherIdentifier(Bytes storeId) {
      return side.anotherIdentifier(storeId);
    }

    @Override
    public MapiResult<MAPIERROR> serviceEntry(
        IMAPISupport lpMAPISup,
        long ulUIParam,
        int ulFlags,
        int ulContext,
        List<SPropValue> lpProps,
        IProviderAdmin admin) {
      return side.serviceEntry(lpMAPISup, ulUIParam, ulFlags, ulContext, lpProps, admin);
    }
  }
}
