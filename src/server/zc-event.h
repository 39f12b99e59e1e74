/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-store.h"

/* The events of dossiers and accounts: append-only, each row carries the digest of the one before it (decisions 22).
 * What a lawful erasure may empty (names, opinions, notes) lies in event_detail; the chain covers its salted digest.
 *
 * Table event (seq INTEGER PRIMARY KEY, at BIGINT, act TEXT, dossier TEXT, account TEXT, membership TEXT, body TEXT, from_stage TEXT,
 *   from_state TEXT, to_stage TEXT, to_state TEXT, detail_digest BLOB, previous BLOB, digest BLOB), index (dossier, seq); triggers refuse UPDATE, DELETE.
 * Table event_detail (seq INTEGER PRIMARY KEY, salt BLOB, detail TEXT). */
typedef struct
{
  ZcTime      at;
  const char *act;         /* "submit", "accept" …, "register", "sign-in" … */
  const char *dossier;     /* (nullable), as all below */
  const char *account;     /* who */
  const char *membership;
  const char *body;
  const char *from_stage;
  const char *from_state;
  const char *to_stage;
  const char *to_state;
  const char *detail;      /* JSON: {"name", "opinion", "notes", "receipt" …} */
} ZcEvent;

gboolean  zc_event_append  (ZcStore        *store,
                            const ZcEvent  *event,
                            gint64         *seq,    /* (out) (optional) */
                            GError        **error);
/* Walks the whole chain: FALSE with an error that names the first row that does not fit. */
gboolean  zc_event_verify  (ZcStore        *store,
                            gint64         *n_events,
                            GError        **error);
