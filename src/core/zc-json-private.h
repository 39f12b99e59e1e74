/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"

/* A value is 16 bytes. The children of a container lie side by side; a member of an object is two
 * of them, first the key (a string), then its value. */
struct _ZcJsonValue
{
  guint32 type; /* ZcJsonType */
  guint32 size; /* bytes of a string, values of an array, members of an object */
  union
  {
    gboolean flag;
    gint64 integer;
    double decimal;
    const char *string;
    const ZcJsonValue *children;
  };
};

G_STATIC_ASSERT (sizeof (ZcJsonValue) == 16);

/* One block: this, the values, the text with its strings decoded where they stood. */
struct _ZcJson
{
  gatomicrefcount ref_count;
  ZcJsonValue values[];
};

/* The keys of an object in the order of RFC 8785 (by UTF-16 code units), (transfer container). */
const ZcJsonValue **_zc_json_sort_keys (const ZcJsonValue *object);
int _zc_json_compare_keys (const ZcJsonValue *a, const ZcJsonValue *b);
