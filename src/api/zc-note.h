/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

#define ZC_TYPE_NOTE (zc_note_get_type ())
G_DECLARE_FINAL_TYPE (ZcNote, zc_note, ZC, NOTE, GObject)
/* A remark of a reviewer at its place. Properties: section, entry, field, image, text, code: string ("" where absent). */
ZcNote      *zc_note_new          (const char *section,
                                   const char *entry,
                                   const char *field,
                                   const char *image,
                                   const char *code,    /* (nullable): of zc-reason.h */
                                   const char *text);
const char  *zc_note_get_section  (ZcNote *self);
const char  *zc_note_get_entry    (ZcNote *self);
const char  *zc_note_get_field    (ZcNote *self);
const char  *zc_note_get_image    (ZcNote *self);
const char  *zc_note_get_text     (ZcNote *self);
const char  *zc_note_get_code     (ZcNote *self);
void         zc_note_write        (ZcNote       *self,                  /* as the contract's NOTE */
                                   ZcJsonWriter *writer);

GListStore  *zc_notes_read        (const ZcJsonValue *array,            /* (nullable): of NOTE */
                                   GError           **error);
