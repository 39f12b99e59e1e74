/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-bodies-import.h"
#include "zc-catalog.h"
#include "zc-command.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-person.h"
#include "zc-server.h"

/* zhichengd demo: fills a fresh database with invented bodies and people, and committees whose
 * windows are open today. */

#define DEMO_PASSWORD "Demo-2026-zhicheng"
#define CLOSING_HOUR_MS (17 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  ZcServer *server;
  ZcStore *store;
  ZcTime now;
} Demo;

/* Windows are told in days from today, so that a demo never grows old; they close at 17:00. */
static gboolean
add_scope (const Demo *demo, const ZcJsonValue *scope, GError **error)
{
  int opens = (int)zc_json_get_integer (scope, "opens_in_days", 0);
  int closes = (int)zc_json_get_integer (scope, "closes_in_days", 0);

  return zc_store_exec (
      demo->store, error,
      "INSERT INTO committee_scope (committee, series, level, year, starts_at, ends_at)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      ZC_TEXT (zc_json_get_string (scope, "committee")),
      ZC_TEXT (zc_json_get_string (scope, "series")), ZC_TEXT (zc_json_get_string (scope, "level")),
      ZC_INT (zc_time_china_year (demo->now)), ZC_INT (zc_time_china_day (demo->now, opens)),
      ZC_INT (zc_time_china_day (demo->now, closes) + CLOSING_HOUR_MS));
}

static gboolean
add_memberships (const Demo *demo,
                 const char *account,
                 const ZcJsonValue *memberships,
                 GError **error)
{
  for (guint i = 0; i < zc_json_size (memberships); i++)
    {
      g_autofree char *id = zc_id_new ();
      const ZcJsonValue *membership = zc_json_at (memberships, i);

      if (!zc_store_exec (demo->store, error,
                          "INSERT INTO membership (id, account, body, role, from_at) VALUES ($1, "
                          "$2, $3, $4, $5)",
                          ZC_TEXT (id), ZC_TEXT (account),
                          ZC_TEXT (zc_json_get_string (membership, "body")),
                          ZC_TEXT (zc_json_get_string (membership, "role")), ZC_INT (demo->now)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_account (const Demo *demo, const char *id, const ZcJsonValue *person, GError **error)
{
  const char *number = zc_json_get_string (person, "id_number");
  const char *kind_name = zc_json_get_string (person, "id_kind");
  const char *mobile = zc_json_get_string (person, "mobile");
  const char *email = zc_json_get_string (person, "email");
  g_autofree char *hash = NULL, *masked = zc_mask_id_number (number);
  g_autofree guint8 *identity = NULL;
  guint8 index[ZC_SEAL_INDEX_BYTES];
  char birth_date[11] = "";
  ZcIdentityKind kind;
  ZcSex sex;
  gsize size;

  if (!zc_identity_kind_from_string (kind_name, &kind)
      || zc_identity_check (kind, number, demo->now, birth_date, &sex) != ZC_PROBLEM_NONE)
    {
      g_set_error (error, ZC_BUSINESS_ERROR, ZC_BUSINESS_ERROR_INVALID,
                   "people.json: a wrong ID number");
      return FALSE;
    }
  hash = zc_password_hash (demo->server->passwords, DEMO_PASSWORD, error);
  if (hash == NULL)
    return FALSE;
  identity = zc_person_seal (demo->server, id, number, birth_date,
                             sex == ZC_SEX_MALE ? "male" : "female", &size);
  zc_seal_index (demo->server->seal, "account.id_number", number, index);
  return zc_store_exec (demo->store, error,
                        "INSERT INTO account (id, name, id_kind, identity, id_index, id_masked, "
                        "mobile, mobile_normal, email,"
                        " email_normal, password, password_at, created_at)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $8, $9, $10, $10)",
                        ZC_TEXT (id), ZC_TEXT (zc_json_get_string (person, "name")),
                        ZC_TEXT (kind_name), ZC_BLOB (identity, size),
                        ZC_BLOB (index, sizeof index), ZC_TEXT (masked), ZC_TEXT (mobile),
                        ZC_TEXT (email), ZC_TEXT (hash), ZC_INT (demo->now));
}

static gboolean
add_person (const Demo *demo, const ZcJsonValue *person, GError **error)
{
  g_autofree char *id = zc_id_new ();
  ZcEvent event = {
    .at = demo->now, .act = "register", .account = id, .role = "applicant", .subject = "demo"
  };

  if (!write_account (demo, id, person, error)
      || !add_memberships (demo, id, zc_json_get (person, "memberships"), error)
      || !zc_event_append (demo->server, demo->store, &event, NULL, error))
    return FALSE;
  g_print ("%s  %s  %s\n", zc_json_get_string (person, "name"),
           zc_json_get_string (person, "mobile"), DEMO_PASSWORD);
  return TRUE;
}

static gboolean
add_bodies (const Demo *demo, GError **error)
{
  const ZcImport import = { .store = demo->store, .now = demo->now };
  g_autoptr (ZcJson) json
      = zc_catalog_read_file (demo->server->config->demo_data, "bodies.json", error);

  return json != NULL
         && zc_bodies_import (&import, zc_json_get (zc_json_root (json), "bodies"), error);
}

static gboolean
add_all (const Demo *demo,
         const char *name,
         const char *member,
         gboolean (*add) (const Demo *, const ZcJsonValue *, GError **),
         GError **error)
{
  g_autoptr (ZcJson) json = zc_catalog_read_file (demo->server->config->demo_data, name, error);
  const ZcJsonValue *items;

  if (json == NULL)
    return FALSE;
  items = zc_json_get (zc_json_root (json), member);
  for (guint i = 0; i < zc_json_size (items); i++)
    if (!add (demo, zc_json_at (items, i), error))
      return FALSE;
  return TRUE;
}

/* Invented people never mix with real ones. */
static gboolean
check_fresh (ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT 1 FROM account LIMIT 1");
  gboolean fresh = !zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!fresh)
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK,
                 "the database is not fresh: it has accounts already");
  return fresh;
}

gboolean
zc_command_demo (const char *config_file, int argc, char **argv, GError **error)
{
  g_autoptr (ZcServer) server = zc_server_open (config_file, error);
  g_autoptr (ZcStore) store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  Demo demo = { server, store, zc_time_now () };

  if (store == NULL || !zc_store_begin (store, error))
    return FALSE;
  if (check_fresh (store, error) && add_bodies (&demo, error)
      && add_all (&demo, "scopes.json", "scopes", add_scope, error)
      && add_all (&demo, "people.json", "people", add_person, error))
    return zc_store_commit (store, error);
  zc_store_rollback (store);
  return FALSE;
}
