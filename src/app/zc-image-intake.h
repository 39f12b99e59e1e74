/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-field-place.h"
#include "zc-image-fit.h"

/* A user's files on their way into one field: prepared side by side off the main thread, put in in the order in which they were
 * chosen. What does not fit waits for the person's word and goes the same way then. One intake for one choice of files.
 * Signals:
 *   "changed" (): zc_intake_get_busy(), zc_intake_dup_text() answer differently
 *   "misfits" (): everything else is settled; zc_intake_get_misfits() wait for zc_intake_decide()
 *   "finished" (): zc_intake_get_refused_text() says what was not taken and why */
#define ZC_TYPE_INTAKE (zc_intake_get_type ())
G_DECLARE_FINAL_TYPE (ZcIntake, zc_intake, ZC, INTAKE, GObject)

/* One file. */
typedef struct
{
  GFile        *file;
  char         *name;
  ZcReadyImage *ready;    /* (nullable): as prepared: what is wrong with it */
  ZcReadyImage *fitted;   /* (nullable): made to fit, for the preview or to be put in */
  char         *sha256;   /* (nullable): of what is in the field now */
  int           state;    /* private */
} ZcIntakeFile;

ZcIntake   *zc_intake_new              (const ZcFieldPlace *place,
                                        const ZcField      *field,
                                        GListModel         *files,
                                        const char         *replaces);
void        zc_intake_start            (ZcIntake           *self);
void        zc_intake_cancel           (ZcIntake           *self);
GPtrArray  *zc_intake_get_misfits      (ZcIntake           *self);
void        zc_intake_decide           (ZcIntake           *self,
                                        GPtrArray          *wanted);
gboolean    zc_intake_get_busy         (ZcIntake           *self);
char       *zc_intake_dup_text         (ZcIntake           *self);
char       *zc_intake_dup_refused_text (ZcIntake           *self);
