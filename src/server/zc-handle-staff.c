/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-identity.h"
#include "zc-invitation.h"
#include "zc-membership.h"
#include "zc-problems.h"
#include "zc-server.h"

/* The people of a body, by its leaders (U2): who they are, who is invited, letting them in and
 * shutting them out. What is not of the caller's own body is not there. */

static gboolean
check_leader (const ZcRequest *request, GError **error)
{
  if (request->caller.is_leader)
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_FORBIDDEN, "a leader's business");
  return FALSE;
}

/* --- who they are --- */

#define SELECT_MEMBERS                                                                             \
  "SELECT m.id, a.name, a.id_masked, m.role, m.from_at, m.until_at, a.disabled_at"                 \
  " FROM membership m JOIN account a ON a.id = m.account"

static void
write_member (const ZcRequest *request, ZcRows *rows, ZcJsonWriter *writer)
{
  ZcTime until = zc_rows_is_null (rows, 5) ? G_MAXINT64 : zc_rows_integer (rows, 5);
  gboolean enabled = until > request->received && zc_rows_is_null (rows, 6);

  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "id_number", zc_rows_text (rows, 2));
  zc_json_add_string (writer, "role", zc_rows_text (rows, 3));
  zc_json_add_string (writer, "state", enabled ? "enabled" : "disabled");
  zc_json_add_time (writer, "since", zc_rows_integer (rows, 4));
  zc_json_add_bool (writer, "me",
                    g_strcmp0 (zc_rows_text (rows, 0), request->caller.membership) == 0);
  zc_json_end_object (writer);
}

static gboolean
write_members (const ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      SELECT_MEMBERS " WHERE m.body = $1 ORDER BY CASE WHEN m.until_at <= $2 THEN 1 ELSE 0 END,"
                     " CASE m.role WHEN 'leader' THEN 0 ELSE 1 END, a.name, m.id",
      ZC_TEXT (request->caller.body), ZC_INT (request->received));

  zc_json_begin_array (writer, "items");
  while (zc_rows_next (rows))
    write_member (request, rows, writer);
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

static gboolean
write_invitations (const ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store,
                        "SELECT id, name, masked, role, expires_at FROM invitation WHERE body = $1"
                        " AND inviter IS NOT NULL AND used_at IS NULL AND expires_at > $2"
                        " ORDER BY made_at, id",
                        ZC_TEXT (request->caller.body), ZC_INT (request->received));

  zc_json_begin_array (writer, "invitations");
  while (zc_rows_next (rows))
    {
      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
      zc_json_add_string (writer, "id_number", zc_rows_text (rows, 2));
      zc_json_add_string (writer, "role", zc_rows_text (rows, 3));
      zc_json_add_time (writer, "expires_at", zc_rows_integer (rows, 4));
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

ZcReply *
zc_handle_staff_list (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = NULL;

  if (!check_leader (request, error))
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  if (!write_members (request, store, &writer, error)
      || !write_invitations (request, store, &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

/* --- letting in and shutting out --- */

static gboolean
note_event (const ZcRequest *request,
            ZcStore *store,
            const char *act,
            const char *subject,
            const char *payload,
            GError **error)
{
  const ZcEvent event = {
    .at = request->received,
    .act = act,
    .account = request->caller.account,
    .body = request->caller.body,
    .role = request->caller.body_kind,
    .subject = subject,
    .payload = payload,
  };

  return zc_event_append (request->server, store, &event, NULL, error);
}

/* Of the caller's body, and somebody else's: a leader who shut themselves out could not come back,
 * and one of two roles of one person is theirs as well. */
static gboolean
check_member (const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT account FROM membership WHERE id = $1 AND body = $2",
                        ZC_TEXT (zc_request_param (request, "id")), ZC_TEXT (request->caller.body));
  gboolean known = zc_rows_next (rows);
  gboolean own = known && g_strcmp0 (zc_rows_text (rows, 0), request->caller.account) == 0;

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such member of staff");
  else if (own)
    zc_refusal_set (error, ZC_REFUSAL_ONESELF, "nobody changes their own rights");
  return known && !own;
}

static ZcReply *
reply_member (const ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (store, SELECT_MEMBERS " WHERE m.id = $1",
                                            ZC_TEXT (zc_request_param (request, "id")));

  if (zc_rows_next (rows))
    write_member (request, rows, &writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}

/* The state that is there already is no change and leaves no trace. */
ZcReply *
zc_handle_staff_put (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = { { "state", ZC_JSON_STRING, TRUE } };
  const char *id = zc_request_param (request, "id");
  gboolean enable, changed;
  const char *state;

  if (!check_leader (request, error) || !zc_request_expect (request, members, 1, error)
      || !check_member (request, store, error))
    return NULL;
  state = zc_json_get_string (zc_request_body (request), "state");
  enable = g_str_equal (state, "enabled");
  if (!enable && !g_str_equal (state, "disabled"))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "state: enabled or disabled");
      return NULL;
    }
  if (!(enable ? zc_membership_resume (store, id, &changed, error)
               : zc_membership_end (store, id, request->received, &changed, error))
      || (changed
          && !note_event (request, store, enable ? "staff-enable" : "staff-disable", id, NULL,
                          error)))
    return NULL;
  return reply_member (request, store, error);
}

/* --- inviting --- */

static const ZcJsonMember invitation_members[] = {
  { "name", ZC_JSON_STRING, TRUE },
  { "id_number", ZC_JSON_STRING, TRUE },
  { "role", ZC_JSON_STRING, TRUE },
};

/* A number of any kind of document; what is wrong is told of the ID card, which nearly all have. */
static ZcProblemCode
check_number (const char *number, ZcTime now)
{
  ZcProblemCode wrong = zc_identity_check (ZC_IDENTITY_ID_CARD, number, now, NULL, NULL);

  if (zc_identity_check (ZC_IDENTITY_RESIDENCE_PERMIT, number, now, NULL, NULL) == ZC_PROBLEM_NONE
      || zc_identity_check (ZC_IDENTITY_FOREIGN_PERMANENT, number, now, NULL, NULL)
             == ZC_PROBLEM_NONE)
    return ZC_PROBLEM_NONE;
  return wrong;
}

static gboolean
check_invitation (const ZcRequest *request, const char *number, GError **error)
{
  static const char *const roles[] = { "clerk", "leader", NULL };
  const ZcJsonValue *body = zc_request_body (request);
  g_autoptr (GPtrArray) problems = zc_problems_new ();

  zc_problems_add (problems, "name", zc_name_check (zc_json_get_string (body, "name")));
  zc_problems_add (problems, "id_number", check_number (number, request->received));
  zc_problems_add (problems, "role",
                   g_strv_contains (roles, zc_json_get_string (body, "role"))
                       ? ZC_PROBLEM_NONE
                       : ZC_PROBLEM_NOT_A_CHOICE);
  return zc_problems_check (problems, error);
}

static gboolean
check_not_oneself (const ZcRequest *request, ZcStore *store, const guint8 *person, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT 1 FROM account WHERE id = $1 AND id_index = $2",
                        ZC_TEXT (request->caller.account), ZC_BLOB (person, ZC_SEAL_INDEX_BYTES));
  gboolean own = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (own)
    zc_refusal_set (error, ZC_REFUSAL_ONESELF, "nobody invites themselves");
  return !own;
}

static gboolean
note_invited (const ZcRequest *request,
              ZcStore *store,
              const ZcInvitation *invitation,
              GError **error)
{
  g_autoptr (GString) payload = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, payload);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", invitation->name);
  zc_json_end_object (&writer);
  return note_event (request, store, "staff-invite", invitation->role, payload->str, error);
}

static ZcReply *
make_invitation (const ZcRequest *request,
                 ZcStore *store,
                 const ZcInvitation *invitation,
                 GError **error)
{
  g_autofree char *id = NULL, *code = NULL;
  ZcJsonWriter writer;
  ZcTime expires_at;
  ZcReply *reply;

  code = zc_invitation_make (request->server, store, invitation, request->received, &id,
                             &expires_at, error);
  if (code == NULL || !note_invited (request, store, invitation, error))
    return NULL;
  reply = zc_reply_json (201, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", id);
  zc_json_add_string (&writer, "invitation", code);
  zc_json_add_time (&writer, "expires_at", expires_at);
  zc_json_end_object (&writer);
  return reply;
}

/* The one time that the secret is told: the answer is kept nowhere, so there is no key. Asked again,
 * another takes its place. */
ZcReply *
zc_handle_invitation_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  g_autofree char *number = NULL, *masked = NULL;
  guint8 person[ZC_SEAL_INDEX_BYTES];
  ZcInvitation invitation
      = { request->caller.body, NULL, request->caller.membership, NULL, NULL, person };

  if (!check_leader (request, error)
      || !zc_request_expect (request, invitation_members, G_N_ELEMENTS (invitation_members), error))
    return NULL;
  number = zc_normal_id_number (zc_json_get_string (body, "id_number"));
  if (!check_invitation (request, number, error))
    return NULL;
  masked = zc_mask_id_number (number);
  zc_seal_index (request->server->seal, "account.id_number", number, person);
  invitation.name = zc_json_get_string (body, "name");
  invitation.masked = masked;
  invitation.role = zc_json_get_string (body, "role");
  return check_not_oneself (request, store, person, error)
             ? make_invitation (request, store, &invitation, error)
             : NULL;
}

ZcReply *
zc_handle_invitation_delete (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *id = zc_request_param (request, "id");

  if (!check_leader (request, error)
      || !zc_store_exec (
          store, error,
          "DELETE FROM invitation WHERE id = $1 AND body = $2 AND inviter IS NOT NULL"
          " AND used_at IS NULL",
          ZC_TEXT (id), ZC_TEXT (request->caller.body)))
    return NULL;
  if (zc_store_changes (store) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such invitation");
      return NULL;
    }
  return note_event (request, store, "staff-uninvite", id, NULL, error) ? zc_reply_new (204) : NULL;
}
