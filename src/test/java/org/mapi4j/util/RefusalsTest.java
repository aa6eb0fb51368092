package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.util.MapiUtil.*;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.MapiResult;

@DisplayName("Initialisation and refusals: UTIL-072, UTIL-075, UTIL-076")
class RefusalsTest {
  @Test
  @DisplayName("UTIL-072")
  void scInitMapiUtil_zero_succeedsAndIsUndone() {
    assertEquals(S_OK, scInitMapiUtil(0));
    assertDoesNotThrow(MapiUtil::deinitMapiUtil);
    assertEquals(MAPI_E_UNKNOWN_FLAGS, scInitMapiUtil(1));
  }

  @Test
  @DisplayName("UTIL-075")
  void scLocalPathFromUNC_andBack_answerAsDocumented() {
    assertEquals(MapiResult.of(S_FALSE, "C:\\a"), scLocalPathFromUNC("C:\\a", 5));
    assertEquals(MAPI_E_TOO_BIG, scLocalPathFromUNC("C:\\a", 4).hr());
    assertEquals(MAPI_E_NOT_FOUND, scLocalPathFromUNC("\\\\server\\share", 99).hr());
    assertEquals(MapiResult.of(S_FALSE, "\\\\s\\t"), scUNCFromLocalPath("\\\\s\\t", 6));
    assertEquals(MAPI_E_TOO_BIG, scUNCFromLocalPath("\\\\s\\t", 5).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, scUNCFromLocalPath("C:\\a", 99).hr());
  }

  @Test
  @DisplayName("UTIL-076")
  void scMAPIXFromSMAPI_anyHandle_isRefused() {
    assertEquals(MAPI_E_INVALID_PARAMETER, scMAPIXFromSMAPI(7, 0, IID_IMAPISession).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, scMAPIXFromSMAPI(7, 0, null).hr());
    assertEquals(MAPI_E_UNKNOWN_FLAGS, scMAPIXFromSMAPI(7, 1, null).hr());
    assertEquals(E_NOINTERFACE, scMAPIXFromSMAPI(7, 0, IID_IMessage).hr());
  }
}
