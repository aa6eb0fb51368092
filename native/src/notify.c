/*
 * Notifications: copies, sinks made of a callback, and sinks that deliver on the thread that wrapped them, when it
 * calls HrDispatchNotifications or, on Windows, dispatches messages.
 */
#include "library.h"

#include <stdlib.h>

EXPORT SCODE STDAPICALLTYPE ScCountNotifications(int cNotifications, LPNOTIFICATION lpNotifications, ULONG *lpcb) {
  if (cNotifications < 0 || (lpNotifications == NULL && cNotifications > 0)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Space space = space_counting();
  walk_events(&space.walk, &lpNotifications, (ULONG)cNotifications);
  if (space.walk.sc == S_OK && space.bytes > 0xFFFFFFFF) {
    return MAPI_E_TOO_BIG;
  }
  if (space.walk.sc == S_OK && lpcb != NULL) {
    *lpcb = (ULONG)space.bytes;
  }
  return space.walk.sc;
}

/* Without a place for the size nothing is copied, as its page says. */
EXPORT SCODE STDAPICALLTYPE ScCopyNotifications(int cNotifications, LPNOTIFICATION lpNotifications, LPVOID lpvDst,
                                                ULONG *lpcb) {
  SCODE sc =
      lpvDst == NULL ? MAPI_E_INVALID_PARAMETER : ScCountNotifications(cNotifications, lpNotifications, lpcb);
  if (sc == S_OK && lpcb != NULL) {
    Space space = space_in_block(lpvDst);
    walk_events(&space.walk, &lpNotifications, (ULONG)cNotifications);
  }
  return sc;
}

/* ---- sinks ---- */

typedef struct Sink {
  IMAPIAdviseSink face;
  ULONG references;
  LPNOTIFCALLBACK callback;
  LPVOID context;
  LPMAPIADVISESINK inner; /* of a wrapper */
  uint64_t thread;
} Sink;

/* What waits for a thread. */
typedef struct Waiting {
  struct Waiting *next;
  Sink *sink;
  ULONG count;
  LPNOTIFICATION notifications;
} Waiting;

static Waiting *waiting;

static HRESULT STDMETHODCALLTYPE sink_query(IMAPIAdviseSink *This, REFIID riid, LPVOID *ppvObj) {
  static const GUID unknown = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
  static const GUID sink = {0x00020302, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
  if (ppvObj == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *ppvObj = NULL;
  if (riid == NULL || !(IsEqualIID(riid, &unknown) || IsEqualIID(riid, &sink))) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  *ppvObj = This;
  This->lpVtbl->AddRef(This);
  return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_add(IMAPIAdviseSink *This) {
  return __atomic_add_fetch(&((Sink *)This)->references, 1, __ATOMIC_RELAXED);
}

static ULONG STDMETHODCALLTYPE sink_release(IMAPIAdviseSink *This) {
  Sink *sink = (Sink *)This;
  ULONG left = __atomic_sub_fetch(&sink->references, 1, __ATOMIC_ACQ_REL);
  if (left == 0) {
    UlRelease(sink->inner);
    free(sink);
  }
  return left;
}

static ULONG STDMETHODCALLTYPE sink_call(IMAPIAdviseSink *This, ULONG cNotif, LPNOTIFICATION lpNotifications) {
  Sink *sink = (Sink *)This;
  return (ULONG)sink->callback(sink->context, cNotif, lpNotifications);
}

/* The answer of another thread's sink is not known yet: S_OK. What cannot be kept is lost, as MAPI allows. */
static ULONG STDMETHODCALLTYPE sink_hand_over(IMAPIAdviseSink *This, ULONG cNotif, LPNOTIFICATION lpNotifications) {
  Sink *sink = (Sink *)This;
  if (sink->thread == platform_thread_id()) {
    return sink->inner->lpVtbl->OnNotify(sink->inner, cNotif, lpNotifications);
  }
  ULONG size = 0;
  SCODE sc = cNotif > 0x7FFFFFFF ? MAPI_E_INVALID_PARAMETER : ScCountNotifications((int)cNotif, lpNotifications, &size);
  LPVOID copy = NULL;
  Waiting *item = sc == S_OK ? malloc(sizeof *item) : NULL;
  if (item == NULL || MAPIAllocateBuffer(size, &copy) != S_OK) {
    free(item);
    return (ULONG)(sc == S_OK ? MAPI_E_NOT_ENOUGH_MEMORY : sc);
  }
  ScCopyNotifications((int)cNotif, lpNotifications, copy, &size);
  *item = (Waiting){NULL, sink, cNotif, copy};
  sink_add(This);
  platform_lock(LOCK_SINKS);
  Waiting **end = &waiting;
  while (*end != NULL) {
    end = &(*end)->next;
  }
  *end = item;
  platform_unlock(LOCK_SINKS);
  platform_wake(sink->thread);
  return (ULONG)S_OK;
}

static HRESULT new_sink(Sink model, ULONG(STDMETHODCALLTYPE *notify)(IMAPIAdviseSink *, ULONG, LPNOTIFICATION),
                        LPMAPIADVISESINK *out) {
  static const IMAPIAdviseSinkVtbl calls = {sink_query, sink_add, sink_release, sink_call};
  static const IMAPIAdviseSinkVtbl hands = {sink_query, sink_add, sink_release, sink_hand_over};
  Sink *sink = malloc(sizeof *sink);
  if (sink == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  *sink = model;
  sink->references = 1;
  sink->face.lpVtbl = notify == sink_call ? &calls : &hands;
  *out = &sink->face;
  return S_OK;
}

EXPORT HRESULT STDAPICALLTYPE HrAllocAdviseSink(LPNOTIFCALLBACK lpfnCallback, LPVOID lpvContext,
                                                LPMAPIADVISESINK *lppAdviseSink) {
  if (lppAdviseSink == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppAdviseSink = NULL;
  if (lpfnCallback == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  return new_sink((Sink){.callback = lpfnCallback, .context = lpvContext}, sink_call, lppAdviseSink);
}

EXPORT HRESULT STDAPICALLTYPE HrThisThreadAdviseSink(LPMAPIADVISESINK lpAdviseSink, LPMAPIADVISESINK *lppAdviseSink) {
  if (lppAdviseSink == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppAdviseSink = NULL;
  if (lpAdviseSink == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Sink model = {.inner = lpAdviseSink, .thread = platform_thread_id()};
  HRESULT hr = new_sink(model, sink_hand_over, lppAdviseSink);
  if (SUCCEEDED(hr)) {
    UlAddRef(lpAdviseSink);
    platform_expect_wake();
  }
  return hr;
}

/* Takes the oldest item of the calling thread off the queue. */
static Waiting *take(uint64_t thread) {
  platform_lock(LOCK_SINKS);
  Waiting **at = &waiting;
  while (*at != NULL && (*at)->sink->thread != thread) {
    at = &(*at)->next;
  }
  Waiting *item = *at;
  if (item != NULL) {
    *at = item->next;
  }
  platform_unlock(LOCK_SINKS);
  return item;
}

EXPORT HRESULT STDAPICALLTYPE HrDispatchNotifications(ULONG ulFlags) {
  if (ulFlags != 0) {
    return MAPI_E_UNKNOWN_FLAGS;
  }
  uint64_t thread = platform_thread_id();
  for (Waiting *item = take(thread); item != NULL; item = take(thread)) {
    item->sink->inner->lpVtbl->OnNotify(item->sink->inner, item->count, item->notifications);
    MAPIFreeBuffer(item->notifications);
    item->sink->face.lpVtbl->Release(&item->sink->face);
    free(item);
  }
  return S_OK;
}
