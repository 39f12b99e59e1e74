/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-merge.h"

void
zc_merge_documents (JsonNode *base, JsonNode *mine, JsonNode *theirs, ZcMerge *result)
{
  
}

void
zc_merge_clear (ZcMerge *result)
{
  
}

gboolean
zc_documents_equal (JsonNode *a, JsonNode *b)
{
  return 0;
}
