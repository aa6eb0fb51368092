/* What the parts of the store in C share: foreign_store.c, foreign_message.c, foreign_table.c. */
#ifndef FOREIGN_STORE_H
#define FOREIGN_STORE_H

#include "foreign.h"

enum { MESSAGES_MAX = 64, FOLDERS_MAX = 8, PARTS_MAX = 8, ID_BYTES = 24 };

/* A message that was saved. */
typedef struct Entry {
  int used;
  int folder;
  ULONG version;
  BYTE id[ID_BYTES];
  Props props;
} Entry;

#define SLOT(type, interface, method, function) \
  type.slots[offsetof(interface##Vtbl, method) / sizeof(Any)] = (Any)(function)

/* ---- foreign_table.c ---- */

typedef struct Table Table;

/* A row of a new table, to be filled. */
Props *table_row(Table *table);
Table *new_table(void);
void table_slots(void);

/* ---- foreign_message.c ---- */

typedef struct Message Message;

/* A handle of a saved message, or of a new one in a folder. */
Message *new_message(Entry *entry, int folder, ULONG writable);
void message_slots(void);

/* ---- foreign_store.c ---- */

/* NULL when the store is full. */
Entry *new_entry(int folder);
void tell_sinks(ULONG event, const Entry *entry);

#endif
