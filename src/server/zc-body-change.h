/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"
#include "zc-event.h"

/* What is changed of a body at once: NULL as long as it stays as it is. */
typedef struct
{
  const char *name;
  const char *seal;  /* the digest of the image that shows it */
  gboolean    moves; /* its head changes */
  const char *head;  /* (nullable): to that; NULL: it is a branch no more */
  gboolean    made;  /* the body was made with them: there was nothing before */
} ZcBodyChange;

/* Writes the body's name and head, its log and the event, which holds old and new: in the writer, in the transaction of the act.
 * event: without payload; its body is the one changed, request's caller has decided. */
gboolean  zc_body_change_write (const ZcBodyChange *change,
                                const ZcEvent      *event,
                                const ZcDossier    *dossier,
                                const ZcRequest    *request,
                                ZcStore            *store,
                                GError            **error);
