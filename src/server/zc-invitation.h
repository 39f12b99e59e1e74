/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-server.h"

/* The one-time secret with which a member of a body's staff is made: the first by whoever runs the server (SEC-S18), others by a
 * leader of the body, made out to one person by their ID number (U2). */
typedef struct
{
  const char   *body;
  const char   *role;     /* "clerk", "leader" */
  const char   *inviter;  /* (nullable): the leader's membership, as are the three below */
  const char   *name;     /* whom it is made out to */
  const char   *masked;   /* their ID number, for lists */
  const guint8 *person;   /* its blind index, ZC_SEAL_INDEX_BYTES */
} ZcInvitation;

/* What was spent; free both. */
typedef struct
{
  char *body;
  char *role;
} ZcInvited;

/* (transfer full): the secret, in groups. id, expires_at: (out) (optional) (transfer full). A leader's takes the place of an
 * unused one for the same person and role. */
char     *zc_invitation_make (ZcServer           *server,
                              ZcStore            *store,
                              const ZcInvitation *invitation,
                              ZcTime              now,
                              char              **id,
                              ZcTime             *expires_at,
                              GError            **error);
/* Spends it. Wrong, used, too old, made out to another, its leader no longer one, or the body has staff where it was for the
 * first: "wrong-code". */
gboolean  zc_invitation_use  (ZcServer           *server,
                              ZcStore            *store,
                              const char         *typed,
                              const char         *account,
                              ZcTime              now,
                              ZcInvited          *invited,
                              GError            **error);
void      zc_invited_clear   (ZcInvited          *invited);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcInvited, zc_invited_clear)
