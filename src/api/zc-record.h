/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

/* What the read-only objects of this room share: properties told by a table over the object's struct.
 * Types: string (owned), int, uint, int64, boolean, and object types (owned). */
typedef struct
{
  const char *name;
  GType     (*type) (void);
  gsize       offset;
} ZcRecordField;

GType     zc_record_string  (void);
GType     zc_record_int     (void);
GType     zc_record_uint    (void);
GType     zc_record_int64   (void);
GType     zc_record_boolean (void);
GType     zc_record_list    (void); /* GListStore, read as GListModel */

/* In class_init: get_property, finalize and one read-only property a field. */
void      zc_record_install (GObjectClass        *klass,
                             const ZcRecordField *fields,
                             guint                n_fields);
/* Takes every field of other, of the same type, over into self and notifies those that differ; lists keep their object
 * and get the other's items. Returns whether anything differed. */
gboolean  zc_record_take    (gpointer             self,
                             gpointer             other);

/* Members of a reply: (transfer full), "" where absent. */
char     *zc_record_dup     (const ZcJsonValue   *object,
                             const char          *key);
gint64    zc_record_time    (const ZcJsonValue   *object,
                             const char          *key); /* ZcTime, 0 where absent */
char     *zc_record_text    (const ZcJsonValue   *value);  /* the value as JSON, (transfer full) */
/* A list store of objects made of each item of an array; an item that cannot be read is an error. */
GListStore *zc_record_list_new (const ZcJsonValue *array,
                                GType              type,
                                gpointer         (*item_new) (const ZcJsonValue *value, GError **error),
                                GError           **error);
