/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business-private.h"
#include "zc-check-private.h"
#include "zc-text.h"

/* The two halves of the schema: what a value is (zc-schema-export.c), and when it is asked (zc-schema-rules.c). */

void zc_schema_add_content  (ZcJsonWriter     *json,
                             const ZcField    *field,
                             gboolean          required); /* a member of "properties", of a field that applies */
void zc_schema_add_applying (ZcJsonWriter     *json,
                             const ZcBusiness *business); /* members of "$defs" */
void zc_schema_add_rules    (ZcJsonWriter     *json,
                             const ZcBusiness *business); /* "allOf" */
