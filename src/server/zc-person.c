/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-person.h"
#include "zc-json.h"
#include "zc-refusal.h"
#include "zc-server.h"

/* The person behind an account: what the ID document tells lies sealed in one column, bound to the
 * account. */

/**
 * zc_person_seal:
 * @server: with its keys
 * @account: whose
 * @id_number: as the document writes it, in its normal form
 * @birth_date: (nullable): "1990-03-07"
 * @sex: (nullable): "male", "female"
 * @size: (out): of what is returned
 *
 * Returns: (transfer full): the envelope for account.identity
 */
guint8 *
zc_person_seal (ZcServer *server,
                const char *account,
                const char *id_number,
                const char *birth_date,
                const char *sex,
                gsize *size)
{
  g_autofree char *context = g_strconcat ("account.identity:", account, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id_number", id_number);
  zc_json_add_string (&writer, "birth_date", birth_date);
  zc_json_add_string (&writer, "sex", sex);
  zc_json_end_object (&writer);
  return zc_seal_close (server->seal, context, text->str, text->len, size);
}

static gboolean
open_identity (ZcPerson *person,
               ZcServer *server,
               const char *account,
               ZcRows *rows,
               int column,
               GError **error)
{
  g_autofree char *context = g_strconcat ("account.identity:", account, NULL);
  g_autofree char *text = NULL;
  g_autoptr (ZcJson) json = NULL;
  const void *sealed;
  gsize size;

  sealed = zc_rows_blob (rows, column, &size);
  text = zc_seal_open (server->seal, context, sealed, size, &size, error);
  if (text == NULL)
    return FALSE;
  json = zc_json_parse (text, size, error);
  if (json == NULL)
    return FALSE;
  person->id_number = g_strdup (zc_json_get_string (zc_json_root (json), "id_number"));
  person->birth_date = g_strdup (zc_json_get_string (zc_json_root (json), "birth_date"));
  person->sex = g_strdup (zc_json_get_string (zc_json_root (json), "sex"));
  return TRUE;
}

/**
 * zc_person_load:
 * @server: with its keys
 * @store: where
 * @account: whose
 * @error: signed-out when the account is gone
 *
 * Returns: (transfer full): the person
 */
ZcPerson *
zc_person_load (ZcServer *server, ZcStore *store, const char *account, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT name, id_kind, id_masked, mobile, email, identity FROM account WHERE id = $1",
      ZC_TEXT (account));
  g_autoptr (ZcPerson) person = NULL;

  if (zc_rows_next (rows))
    {
      person = g_new0 (ZcPerson, 1);
      person->name = zc_rows_dup_text (rows, 0);
      person->id_kind = zc_rows_dup_text (rows, 1);
      person->masked = zc_rows_dup_text (rows, 2);
      person->mobile = zc_rows_dup_text (rows, 3);
      person->email = zc_rows_dup_text (rows, 4);
      if (!open_identity (person, server, account, rows, 5, error))
        return NULL;
    }
  if (!zc_rows_end (rows, error))
    return NULL;
  if (person == NULL)
    zc_refusal_set (error, ZC_REFUSAL_SIGNED_OUT, "the account is gone");
  return g_steal_pointer (&person);
}

void
zc_person_free (ZcPerson *person)
{
  g_free (person->name);
  g_free (person->id_kind);
  g_free (person->id_number);
  g_free (person->masked);
  g_free (person->birth_date);
  g_free (person->sex);
  g_free (person->mobile);
  g_free (person->email);
  g_free (person);
}
