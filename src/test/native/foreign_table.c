/* Tables of the store in C: their rows are those of the moment they were opened. */
#include "foreign_store.h"

static Type table_type;

struct Table {
  Object head;
  Props rows[MESSAGES_MAX];
  ULONG count, next;
  LPSPropTagArray columns;
};

static LPSPropTagArray copy_tags(const SPropTagArray *tags) {
  size_t bytes = CbNewSPropTagArray(tags->cValues);
  LPSPropTagArray copy = malloc(bytes);
  memcpy(copy, tags, bytes);
  return copy;
}

static HRESULT STDMETHODCALLTYPE set_columns(Table *self, LPSPropTagArray tags, ULONG flags) {
  (void)flags;
  FAILS_AS_TOLD();
  free(self->columns);
  self->columns = copy_tags(tags);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE row_count(Table *self, ULONG flags, ULONG *count) {
  (void)flags;
  FAILS_AS_TOLD();
  *count = self->count;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE seek_row(Table *self, BOOKMARK origin, LONG rows, LONG *sought) {
  FAILS_AS_TOLD();
  LONG from = origin == BOOKMARK_BEGINNING ? 0 : origin == BOOKMARK_END ? (LONG)self->count : (LONG)self->next;
  LONG to = from + rows < 0 ? 0 : from + rows > (LONG)self->count ? (LONG)self->count : from + rows;
  self->next = (ULONG)to;
  if (sought != NULL) {
    *sought = to - from;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE query_rows(Table *self, LONG rows, ULONG flags, LPSRowSet *out) {
  LPVOID block = NULL;
  FAILS_AS_TOLD();
  ULONG left = self->count - self->next;
  ULONG count = rows < 0 ? 0 : (ULONG)rows < left ? (ULONG)rows : left;
  HRESULT hr = MAPIAllocateBuffer((ULONG)CbNewSRowSet(count + 1), &block);
  if (FAILED(hr)) {
    return hr;
  }
  LPSRowSet set = block;
  set->cRows = 0;
  for (ULONG i = 0; i < count && SUCCEEDED(hr); i++) {
    hr = props_row(&self->rows[self->next + i], self->columns, &set->aRow[i]);
    set->cRows += SUCCEEDED(hr);
  }
  if (FAILED(hr)) {
    FreeProws(set);
    return hr;
  }
  self->next += (flags & TBL_NOADVANCE) != 0 ? 0 : count;
  *out = set;
  return S_OK;
}

/* Keeps rows that have a property: this store can no more. */
static HRESULT STDMETHODCALLTYPE restrict_rows(Table *self, LPSRestriction restriction, ULONG flags) {
  (void)flags;
  FAILS_AS_TOLD();
  if (restriction == NULL || restriction->rt != RES_EXIST) {
    return restriction == NULL ? S_OK : MAPI_E_TOO_COMPLEX;
  }
  ULONG kept = 0;
  for (ULONG i = 0; i < self->count; i++) {
    if (props_find(&self->rows[i], restriction->res.resExist.ulPropTag) != NULL) {
      Props row = self->rows[kept];
      self->rows[kept++] = self->rows[i];
      self->rows[i] = row;
    }
  }
  while (self->count > kept) {
    props_free(&self->rows[--self->count]);
  }
  self->next = 0;
  return S_OK;
}

static int is_before(const Table *self, ULONG row, ULONG other, const SSortOrder *by) {
  const SPropValue *a = props_find(&self->rows[row], by->ulPropTag);
  const SPropValue *b = props_find(&self->rows[other], by->ulPropTag);
  int order = a == NULL || b == NULL ? (a != NULL) - (b != NULL) : lstrcmpiW(a->Value.lpszW, b->Value.lpszW);
  return by->ulOrder == TABLE_SORT_DESCEND ? order > 0 : order < 0;
}

/* By one text. */
static HRESULT STDMETHODCALLTYPE sort_rows(Table *self, LPSSortOrderSet order, ULONG flags) {
  (void)flags;
  FAILS_AS_TOLD();
  if (order->cSorts != 1 || PROP_TYPE(order->aSort[0].ulPropTag) != PT_UNICODE) {
    return MAPI_E_TOO_COMPLEX;
  }
  for (ULONG i = 1; i < self->count; i++) {
    for (ULONG j = i; j > 0 && is_before(self, j, j - 1, &order->aSort[0]); j--) {
      Props row = self->rows[j];
      self->rows[j] = self->rows[j - 1];
      self->rows[j - 1] = row;
    }
  }
  self->next = 0;
  return S_OK;
}

static void table_ends(void *object) {
  Table *self = object;
  for (ULONG i = 0; i < self->count; i++) {
    props_free(&self->rows[i]);
  }
  free(self->columns);
}

Table *new_table(void) {
  SizedSPropTagArray(3, first) = {3, {PR_ENTRYID, PR_SUBJECT_W, PR_OBJECT_TYPE}};
  Table *table = foreign_new(&table_type, sizeof(Table));
  table->columns = copy_tags((LPSPropTagArray)&first);
  return table;
}

Props *table_row(Table *table) { return &table->rows[table->count++]; }

void table_slots(void) {
  table_type.iids[0] = &IID_IMAPITable;
  table_type.destroy = table_ends;
  SLOT(table_type, IMAPITable, SetColumns, set_columns);
  SLOT(table_type, IMAPITable, GetRowCount, row_count);
  SLOT(table_type, IMAPITable, SeekRow, seek_row);
  SLOT(table_type, IMAPITable, QueryRows, query_rows);
  SLOT(table_type, IMAPITable, Restrict, restrict_rows);
  SLOT(table_type, IMAPITable, SortTable, sort_rows);
  foreign_type(&table_type);
}
