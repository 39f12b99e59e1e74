/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "zc-business.h"

/* One place that was changed here and elsewhere, both versions of it, and which of them the person chose (P16). A place is a field,
 * or a whole entry that one side deleted and the other changed: its field is NULL then, and the deleted version too.
 * Property: choice: int (ZcSide). */
typedef enum
{
  ZC_SIDE_NONE,
  ZC_SIDE_MINE,
  ZC_SIDE_THEIRS,
} ZcSide;

#define ZC_TYPE_CONFLICT (zc_conflict_get_type ())
G_DECLARE_FINAL_TYPE (ZcConflict, zc_conflict, ZC, CONFLICT, GObject)

/* entry, field: (nullable); mine, theirs: (nullable): a value, or the values of an entry. definition outlives it. */
ZcConflict      *zc_conflict_new            (const ZcSection *definition,
                                             const char      *entry,
                                             const char      *field,
                                             JsonNode        *mine,
                                             JsonNode        *theirs);
const ZcSection *zc_conflict_get_definition (ZcConflict *self);
const char      *zc_conflict_get_entry      (ZcConflict *self); /* (nullable) */
const char      *zc_conflict_get_field      (ZcConflict *self); /* (nullable) */
JsonNode        *zc_conflict_get_value      (ZcConflict *self,
                                             ZcSide      side);  /* (transfer none) (nullable) */
ZcSide           zc_conflict_get_choice     (ZcConflict *self);
void             zc_conflict_set_choice     (ZcConflict *self,
                                             ZcSide      choice);
