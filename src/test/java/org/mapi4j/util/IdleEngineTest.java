package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Idle routines: UTIL-074")
class IdleEngineTest {
  private final List<Object> called = new ArrayList<>();
  private final long[] now = {0};
  private final IdleEngine engine = new IdleEngine(() -> now[0], false);

  private FTG register(String name, int priority, int csec, int options) {
    return engine.register(called::add, name, priority, csec, options);
  }

  private List<Object> after(long millis) {
    called.clear();
    now[0] += millis;
    for (int i = 0; i < 10 && engine.runDue(); i++) {
      continue;
    }
    return called;
  }

  @Test
  void init_reservedArgument_returnsOne_andRegisterNeedsInit() {
    assertNull(register("early", 1, 1, 0));
    assertEquals(1, engine.init("x"));
    assertEquals(0, engine.init(null));
    assertEquals(0, engine.init(null));
    assertNotNull(register("a", 1, 1, 0));
    assertNull(register("zero priority", 0, 1, 0));
    assertNull(engine.register(null, "none", 1, 1, 0));
    engine.deinit();
    assertNotNull(register("still counted", 1, 1, 0));
    engine.deinit();
    assertNull(register("late", 1, 1, 0));
  }

  @Test
  void routine_withInterval_isCalledOncePerInterval() {
    assertEquals(0, engine.init(null));
    assertNotNull(register("a", -1, 100, FIROINTERVAL));
    assertEquals(List.of(), after(999));
    assertEquals(List.of("a"), after(1));
    assertEquals(List.of(), after(999));
    assertEquals(List.of("a"), after(1));
  }

  @Test
  void routines_dueTogether_runByPriority() {
    assertEquals(0, engine.init(null));
    assertNotNull(register("low", -1, 1, FIROINTERVAL));
    assertNotNull(register("high", 2, 1, FIROINTERVAL));
    assertEquals(List.of("high", "low"), after(10));
  }

  @Test
  void routine_registeredDisabled_startsWhenEnabled_andIsNeverCalledAfterDeregistration() {
    assertEquals(0, engine.init(null));
    FTG ftg = register("a", 1, 1, FIROINTERVAL | FIRODISABLED);
    assertEquals(List.of(), after(100));
    engine.enable(ftg, true);
    assertEquals(List.of("a"), after(0));
    engine.change(ftg, null, "b", 0, 0, 0, FIRCPV);
    assertEquals(List.of("b"), after(10));
    engine.deregister(ftg);
    engine.enable(ftg, true);
    assertEquals(List.of(), after(1000));
  }

  @Test
  void routine_thatThrows_isNotCalledAgain() {
    assertEquals(0, engine.init(null));
    FNIDLE faulty =
        context -> {
          throw new IllegalStateException("fault");
        };
    assertNotNull(engine.register(faulty, null, 1, 0, FIROWAIT));
    assertThrows(IllegalStateException.class, engine::runDue);
    assertFalse(engine.runDue());
  }

  @Test
  void engine_ofTheProcess_callsOnItsOwnThread() throws InterruptedException {
    assertEquals(0, MapiUtil.mapiInitIdle(null));
    assertCallsAgainAndAgain();
    MapiUtil.mapiDeInitIdle();
  }

  private static void assertCallsAgainAndAgain() throws InterruptedException {
    CountDownLatch calls = new CountDownLatch(2);
    FNIDLE step =
        context -> {
          calls.countDown();
          return false;
        };
    FTG ftg = MapiUtil.ftgRegisterIdleRoutine(step, null, -1, 1, FIROINTERVAL);
    assertTrue(calls.await(60, TimeUnit.SECONDS));
    MapiUtil.deregisterIdleRoutine(ftg);
  }

  @Test
  void engine_ofTheProcess_goesOnAfterAnErrorOfARoutine() throws InterruptedException {
    CountDownLatch thrown = new CountDownLatch(1);
    assertEquals(0, MapiUtil.mapiInitIdle(null));
    FNIDLE faulty =
        context -> {
          thrown.countDown();
          throw new AssertionError("an error of the routine's");
        };
    FTG failed = MapiUtil.ftgRegisterIdleRoutine(faulty, null, -1, 1, FIROINTERVAL);
    assertTrue(thrown.await(60, TimeUnit.SECONDS));
    assertCallsAgainAndAgain();
    MapiUtil.deregisterIdleRoutine(failed);
    MapiUtil.mapiDeInitIdle();
  }
}
