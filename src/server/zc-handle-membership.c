/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-account-json.h"
#include "zc-handlers.h"
#include "zc-invitation.h"
#include "zc-server.h"

/* Becoming one of a body's staff by an invitation (SEC-S18, U2). */

static ZcReply *
reply_account (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (201, &writer);

  zc_json_begin_object (&writer, NULL);
  if (!zc_account_write_members (request->server, store, request->caller.account, request->received,
                                 &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

ZcReply *
zc_handle_membership_post (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = { { "invitation", ZC_JSON_STRING, TRUE } };
  g_auto (ZcInvited) invited = { 0 };
  ZcEvent event = {
    .at = request->received,
    .act = "staff-invited",
    .account = request->caller.account,
    .role = "applicant",
  };

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error)
      || !zc_invitation_use (request->server, store,
                             zc_json_get_string (zc_request_body (request), "invitation"),
                             request->caller.account, request->received, &invited, error))
    return NULL;
  event.body = invited.body;
  event.subject = invited.role;
  if (!zc_event_append (request->server, store, &event, NULL, error))
    return NULL;
  return reply_account (request, store, error);
}
