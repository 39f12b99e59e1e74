/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-check.h"

/* What the parts of the check share. */

#define ZC_IMAGE_NAME_MAX 255 /* characters */

/* An integer, also when it was written 3.0 or 3e0, as JSON Schema has it. */
gboolean           zc_value_get_integer  (const ZcJsonValue   *value,
                                          gint64              *integer);
/* Absent, null, "" or nothing but blanks, and []: nothing was answered. */
gboolean           zc_value_is_empty     (const ZcJsonValue   *value);

/* One value against its field: ZC_PROBLEM_NONE or what is wrong; limit: -1 where the code has none. */
ZcProblemCode      zc_value_check_shape  (const ZcField       *field,
                                          const ZcJsonValue   *value,
                                          gint64              *limit);
ZcProblemCode      zc_value_check_content (const ZcField      *field,
                                           const ZcJsonValue  *value,
                                           ZcTime              now,
                                           gint64             *limit);
/* Today in China, as dates are written. */
void               zc_value_write_today  (ZcTime               now,
                                          char                 today[11]);
/* The images of a value, each with its own problem. */
typedef void (*ZcImageProblemFunc) (gpointer             data,
                                    const char          *image,
                                    ZcProblemCode        code,
                                    gint64               limit);
void               zc_value_check_images (const ZcField       *field,
                                          const ZcJsonValue   *value,
                                          ZcImageProblemFunc   report,
                                          gpointer             data);
gboolean           zc_field_is_demanded  (const ZcAnswers     *answers,
                                          const ZcField       *field,
                                          const ZcJsonValue   *entry);
