/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-account-json.h"
#include "zc-identity.h"
#include "zc-person.h"
#include "zc-server.h"

/* The account as its owner sees it. */

static gboolean
write_memberships (
    ZcStore *store, const char *account, ZcTime now, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT m.id, m.role, b.id, b.kind, b.name FROM membership m JOIN body b ON b.id = m.body"
      " WHERE m.account = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)"
      " ORDER BY b.kind, b.name, m.id",
      ZC_TEXT (account), ZC_INT (now));

  zc_json_begin_array (writer, "memberships");
  while (zc_rows_next (rows))
    {
      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (writer, "role", zc_rows_text (rows, 1));
      zc_json_begin_object (writer, "body");
      zc_json_add_string (writer, "id", zc_rows_text (rows, 2));
      zc_json_add_string (writer, "kind", zc_rows_text (rows, 3));
      zc_json_add_string (writer, "name", zc_rows_text (rows, 4));
      zc_json_end_object (writer);
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

gboolean
zc_account_write_members (ZcServer *server,
                          ZcStore *store,
                          const char *account,
                          ZcTime now,
                          ZcJsonWriter *writer,
                          GError **error)
{
  g_autoptr (ZcPerson) person = zc_person_load (server, store, account, error);
  g_autofree char *mobile = NULL, *email = NULL;

  if (person == NULL)
    return FALSE;
  mobile = zc_mask_mobile (person->mobile);
  email = zc_mask_email (person->email);
  zc_json_add_string (writer, "id", account);
  zc_json_add_string (writer, "name", person->name);
  zc_json_add_string (writer, "id_kind", person->id_kind);
  zc_json_add_string (writer, "id_number", person->masked);
  zc_json_add_string (writer, "birth_date", person->birth_date);
  zc_json_add_string (writer, "sex", person->sex);
  zc_json_add_string (writer, "mobile", mobile);
  zc_json_add_string (writer, "email", email);
  return write_memberships (store, account, now, writer, error);
}
