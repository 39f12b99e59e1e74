/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"

/* Words for what a reviewer notes (P9), and for values as they are read. */
const char *zc_reason_text        (const char    *code);     /* "" for none, and for one this program does not know yet */
char       *zc_note_dup_words     (ZcNote        *note);     /* reason and text */
char       *zc_note_dup_place     (ZcNote        *note,      /* "学历情况 › 广西大学 › 毕业时间 › 图 2" */
                                   ZcDraft       *draft);
guint       zc_note_image_number  (ZcNote        *note,      /* from 1; 0: none, or it is there no more */
                                   ZcDraft       *draft);
char       *zc_value_dup_words    (const ZcField *field,
                                   const char    *text);     /* (nullable); "—" when empty */
