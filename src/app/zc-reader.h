/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-notebook.h"
#include "zc-session.h"

/* A dossier to be read: its sections on the left, the chosen one on the right, and where there is room for it its images beside it.
 * No widget in it can be written into (S3.1.4), but in the sections that a unit fills in itself, while the dossier is in this person's
 * hands (U5). Actions: reader.next, .previous (section), .next-image, .previous-image, .retry.
 * Properties: dossier: ZcDossier; draft: ZcDraft (nullable until loaded); narrow: boolean (no room for images);
 *   section: string (nullable: id of the one that is shown; read-only). Signal: "failed" (GError): it could not be loaded. */
#define ZC_TYPE_READER (zc_reader_get_type ())
G_DECLARE_FINAL_TYPE (ZcReader, zc_reader, ZC, READER, AdwBin)

void       zc_reader_open        (ZcReader   *self,
                                  ZcSession  *session,
                                  const char *dossier,
                                  gboolean    with_images);
void       zc_reader_begin_at    (ZcReader   *self,
                                  const char *section); /* (nullable): before it is opened */
ZcDossier *zc_reader_get_dossier (ZcReader   *self); /* (nullable) */
ZcDraft   *zc_reader_get_draft   (ZcReader   *self); /* (nullable) */
void       zc_reader_take_focus  (ZcReader   *self); /* unless something has it */
void       zc_reader_show_place  (ZcReader   *self,
                                  const char *section,
                                  const char *entry,
                                  const char *field);
/* Where what is noted goes; NULL (as at first): nothing can be noted (P9). */
void       zc_reader_set_notebook    (ZcReader   *self,
                                      ZcNotebook *notebook);
const char *zc_reader_get_section    (ZcReader   *self);            /* (nullable): id of the one that is shown */
/* Beside the form, of the section that is shown; no such one: nothing happens. */
void       zc_reader_show_image      (ZcReader   *self,
                                      const char *sha256);
const char *zc_reader_get_shown_image (ZcReader  *self);            /* (nullable): digest */
gboolean   zc_reader_find_image      (ZcReader   *self,             /* in the section that is shown */
                                      const char *sha256,
                                      char      **entry,            /* (out) (transfer full) (nullable) */
                                      const char **field);          /* (out) */
/* "viewer.zoom-in" …: from wherever the focus is. */
void       zc_reader_activate_viewer (ZcReader   *self,
                                      const char *action);
