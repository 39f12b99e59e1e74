/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-store.h"

/* The events of dossiers and accounts: append-only, each row carries the digest of the one before it (decisions 22).
 * What a lawful erasure may empty (names, opinions, notes) lies sealed in event_payload; the chain covers its digest.
 */
typedef struct
{
  ZcTime      at;
  const char *act;         /* "submit", "accept" …, "register", "sign-in" … */
  const char *dossier;     /* (nullable), as all below */
  const char *account;     /* who */
  const char *body;        /* for which body */
  const char *role;        /* never NULL: "applicant", "unit", "office" …, "system" */
  const char *from_stage;
  const char *from_state;
  const char *to_stage;
  const char *to_state;
  const char *subject;     /* what else it is about: a receipt number, a body approved to … */
  const char *payload;     /* JSON that names people: {"name", "body", "opinion", "code", "notes"}; sealed here */
} ZcEvent;

gboolean  zc_event_append  (ZcServer       *server,
                            ZcStore        *store,
                            const ZcEvent  *event,
                            gint64         *seq,    /* (out) (optional) */
                            GError        **error);
/* What every write of the API leaves at least: who did it, for which body, when, to what (P15). */
gboolean  zc_event_note    (const ZcRequest *request,
                            ZcStore        *store,
                            const char     *act,
                            const char     *dossier,  /* (nullable) */
                            const char     *subject,  /* (nullable) */
                            GError        **error);
/* The payload of one event, or NULL where there is none or it was erased: (transfer full) */
char     *zc_event_payload (ZcServer       *server,
                            ZcStore        *store,
                            gint64          seq,
                            GError        **error);
/* Walks the whole chain: FALSE with an error that names the first row that does not fit. */
gboolean  zc_event_verify  (ZcStore        *store,
                            gint64         *n_events,
                            GError        **error);
