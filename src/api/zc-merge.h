/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* The three-way merge of two versions of one section's document, by field and by the id of entries (P16): pure.
 * base: what both began from (NULL: an empty document). Values changed on one side alone are taken; images of a field are merged
 * as a set with order, but the one image of a field that both replaced is a conflict; an entry deleted on one side and changed
 * on the other stays, and is told. What both sides changed differently is a conflict: `mine` stays in the document, and both are
 * told. A document with conflicts is not sent before the person has chosen.
 * conflicts: {"conflicts": [{"entry": id?, "field": id?, "mine": value, "theirs": value}]} or NULL.
 */
typedef struct
{
  JsonNode *merged;
  JsonNode *conflicts;  /* (nullable) */
} ZcMerge;

void       zc_merge_documents (JsonNode  *base,
                               JsonNode  *mine,
                               JsonNode  *theirs,
                               ZcMerge   *result);   /* (out) */
void       zc_merge_clear     (ZcMerge   *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcMerge, zc_merge_clear)

/* Whether two documents say the same: order of members and absent against empty values do not count. */
gboolean   zc_documents_equal (JsonNode  *a,
                               JsonNode  *b);
gboolean   zc_values_equal    (JsonNode  *a,
                               JsonNode  *b);
JsonNode  *zc_document_find   (JsonNode   *document,
                               const char *entry,
                               const char *field);
