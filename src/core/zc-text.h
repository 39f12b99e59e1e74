/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Text as people see it: what the limits of a form count, and what must not be in it. */

/* No text of n characters has more than n times this many code points: a heap of accents is no short text. */
#define ZC_TEXT_POINTS_PER_CHARACTER 12

gsize     zc_text_length       (const char *text); /* characters as people count them */
gboolean  zc_text_exceeds      (const char *text,
                                guint       max_length);
gboolean  zc_text_is_blank     (const char *text); /* nothing that could be seen; NULL is blank */
gboolean  zc_text_has_control  (const char *text,
                                gboolean    many_lines);
char     *zc_text_dup_line     (const char *text,
                                guint       max_length); /* (transfer full): a line that a form takes */
