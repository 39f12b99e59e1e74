/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-id.h"
#include "zc-jpeg.h"
#include "zc-test-world.h"

void
device_sign_in (Device *device, const char *mobile)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAccount) account = NULL;

  await_call (result, zc_client_sign_in_async (device->client, mobile, PASSWORD, "测试机", NULL, answered, &result));
  account = zc_client_sign_in_finish (device->client, result, &error);
  g_assert_no_error (error);
  g_set_str (&device->account, zc_account_get_id (account));
  g_set_str (&device->token, zc_client_get_token (device->client));
}

static void
open_store (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_local_store_open_async (device->root, zc_client_get_server (device->client), device->account, NULL,
                                                 answered, &result));
  device->store = zc_local_store_open_finish (result, &error);
  g_assert_no_error (error);
  device->sync = zc_sync_new (device->client, device->store);
  zc_sync_start (device->sync);
}

static void
close_store (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&device->draft);
  zc_sync_stop (device->sync);
  await_call (result, zc_local_store_close_async (device->store, answered, &result));
  g_clear_object (&device->sync);
  g_clear_object (&device->store);
}

Device *
device_new (ZcTestServer *server, const char *mobile)
{
  return device_new_at (zc_test_server_get_address (server), mobile);
}

Device *
device_new_at (const char *address, const char *mobile)
{
  Device *device = g_new0 (Device, 1);

  device->root = g_dir_make_tmp ("zc-device-XXXXXX", NULL);
  device->address = g_strdup (address);
  device->client = zc_client_new (address);
  device_sign_in (device, mobile);
  open_store (device);
  return device;
}

void
device_restart (Device *device)
{
  close_store (device);
  g_object_unref (device->client);
  device->client = zc_client_new (device->address);
  zc_client_set_token (device->client, device->token);
  open_store (device);
}

void
device_free (Device *device)
{
  close_store (device);
  g_clear_object (&device->client);
  g_clear_object (&device->dossier);
  g_clear_pointer (&device->business, zc_business_unref);
  g_free (device->root);
  g_free (device->address);
  g_free (device->account);
  g_free (device->token);
  g_free (device);
}

ZcDossier *
device_create (Device *device)
{
  const ZcTarget target = { .unit = "unit-southern-machinery",
                            .series = "engineering",
                            .level = "associate-senior",
                            .committee = "committee-nanning-engineering-senior" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();
  ZcDossier *dossier;

  await_call (result, zc_client_create_dossier_async (device->client, "evaluation", &target, key, NULL, answered, &result));
  dossier = zc_client_create_dossier_finish (device->client, result, &error);
  g_assert_no_error (error);
  return dossier;
}

static void
load_business (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (device->business != NULL)
    return;
  await_call (result, zc_client_get_business_async (device->client, zc_dossier_get_business (device->dossier),
                                                    zc_dossier_get_revision (device->dossier), NULL, answered, &result));
  device->business = zc_client_get_business_finish (device->client, result, &error);
  g_assert_no_error (error);
}

static void
open_draft (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&device->draft);
  await_call (result, zc_draft_open_async (device->store, device->sync, device->business, device->dossier, NULL, answered, &result));
  device->draft = zc_draft_open_finish (result, &error);
  g_assert_no_error (error);
}

void
device_open_draft (Device *device, const char *dossier)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_sync_pull_async (device->sync, dossier, NULL, answered, &result));
  g_clear_object (&device->dossier);
  device->dossier = zc_sync_pull_finish (device->sync, result, &error);
  g_assert_no_error (error);
  load_business (device);
  open_draft (device);
}

void
device_reopen_draft (Device *device, ZcDossier *known)
{
  g_set_object (&device->dossier, known);
  open_draft (device);
}

ZcDossier *
device_act (Device *device, ZcAction *action, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_action_perform_async (action, device->client, NULL, answered, &result));
  return zc_action_perform_finish (action, result, error);
}

ZcDossier *
device_get (Device *device, const char *dossier)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ZcDossier *answer;

  await_call (result, zc_client_get_dossier_async (device->client, dossier, NULL, answered, &result));
  answer = zc_client_get_dossier_finish (device->client, result, &error);
  g_assert_no_error (error);
  return answer;
}

void
device_act_for (Device *device, gboolean body)
{
  g_autoptr (GAsyncResult) me = NULL, chosen = NULL;
  g_autoptr (ZcAccount) account = NULL;
  g_autoptr (ZcMembership) membership = NULL;

  await_call (me, zc_client_get_me_async (device->client, NULL, answered, &me));
  account = zc_client_get_me_finish (device->client, me, NULL);
  membership = g_list_model_get_item (zc_account_get_memberships (account), 0);
  await_call (chosen, zc_client_choose_membership_async (device->client, body ? zc_membership_get_id (membership) : NULL, NULL, answered, &chosen));
  g_assert_true (zc_client_choose_membership_finish (device->client, chosen, NULL));
}

Device *
device_new_staff (ZcTestServer *server, const char *mobile)
{
  Device *device = device_new (server, mobile);

  device_act_for (device, TRUE);
  return device;
}

ZcDossier *
device_try_act (Device *device, const char *dossier, ZcAct what, GError **error)
{
  g_autoptr (ZcDossier) now = device_get (device, dossier);
  g_autoptr (ZcAction) action = zc_action_new (dossier, what, zc_dossier_get_version (now));

  return device_act (device, action, error);
}

void
device_do_act (Device *device, const char *dossier, ZcAct what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) after = device_try_act (device, dossier, what, &error);

  g_assert_no_error (error);
}

/* A scanned page, cleaned, with one byte of its quantisation changed: still a picture, another digest. */
GBytes *
test_picture (guint number)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZC_TEST_PHOTOS"), "page-small.jpg", NULL);
  g_autoptr (GBytes) file = NULL, clean = NULL;
  ZcProblemCode problem;
  ZcJpegInfo info;
  guint8 *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, (char **) &data, &size, NULL));
  file = g_bytes_new_take (data, size);
  clean = zc_jpeg_clean (file, &info, &problem);
  g_assert_nonnull (clean);
  data = g_memdup2 (g_bytes_get_data (clean, &size), g_bytes_get_size (clean));
  for (gsize i = 0; i + 20 < size; i++)
    if (data[i] == 0xff && data[i + 1] == 0xdb)
      {
        data[i + 10] = 1 + number % 250;
        break;
      }
  g_assert_cmpint (zc_jpeg_check (data, size, TRUE, &info), ==, ZC_PROBLEM_NONE);
  return g_bytes_new_take (data, size);
}

gboolean
device_add_image (Device *device, const char *section, const char *entry, const char *field, GBytes *jpeg, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_draft_add_image_async (device->draft, section, entry, field, jpeg, "照片.jpg", NULL, -1, answered, &result));
  return zc_draft_add_image_finish (device->draft, result, error);
}

gboolean
device_save (Device *device, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_draft_save_async (device->draft, NULL, answered, &result));
  return zc_draft_save_finish (device->draft, result, error);
}

ZcReply *
device_get_section (Device *device, const char *dossier, const char *section)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ZcReply *reply;

  await_call (result, zc_client_get_section_async (device->client, dossier, section, NULL, answered, &result));
  reply = zc_client_get_section_finish (device->client, result, &error);
  g_assert_no_error (error);
  return reply;
}

static const char *
sample_text (Device *device, const ZcField *field)
{
  if (field->same_as != NULL)
    return zc_dossier_get_resolved (device->dossier, field->same_as);
  switch (field->type)
    {
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_DECIMAL:
      return "4";
    case ZC_FIELD_DATE:
      return "2015-07-01";
    case ZC_FIELD_MONTH:
      return "2015-07";
    case ZC_FIELD_CHOICE:
      return zc_field_get_choices (field)[0];
    case ZC_FIELD_MOBILE:
      return "13800138000";
    case ZC_FIELD_EMAIL:
      return "someone@example.org";
    default:
      return "机械设计与制造方面的工作";
    }
}

static guint next_picture = 100;

static void
fill_field (Device *device, const ZcSection *section, const char *entry, const ZcField *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = NULL;

  if (!zc_draft_field_is_required (device->draft, section->id, entry, field->id) || field->from != NULL)
    return;
  if (field->type == ZC_FIELD_FLAG)
    {
      zc_draft_set_flag (device->draft, section->id, entry, field->id, TRUE);
      return;
    }
  if (field->type != ZC_FIELD_IMAGES)
    {
      zc_draft_set_text (device->draft, section->id, entry, field->id, sample_text (device, field));
      return;
    }
  picture = test_picture (next_picture++);
  device_add_image (device, section->id, entry, field->id, picture, &error);
  g_assert_no_error (error);
}

void
device_fill (Device *device)
{
  for (guint i = 0; i < zc_business_get_n_sections (device->business); i++)
    {
      const ZcSection *section = zc_business_get_section (device->business, i);
      const char *entry = NULL;

      if (section->fills != ZC_FILLS_APPLICANT || (section->repeats && section->min_entries == 0))
        continue;
      if (section->repeats)
        entry = zc_draft_add_entry (device->draft, section->id);
      for (guint j = 0; j < section->n_fields; j++)
        fill_field (device, section, entry, &section->fields[j]);
    }
}

ZcAction *
device_prepare_submit (Device *device, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_draft_prepare_submit_async (device->draft, NULL, answered, &result));
  return zc_draft_prepare_submit_finish (device->draft, result, error);
}

ZcDossier *
device_submit (Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAction) action = device_prepare_submit (device, &error);
  ZcDossier *dossier;

  g_assert_no_error (error);
  dossier = device_act (device, action, &error);
  g_assert_no_error (error);
  return dossier;
}

/* --- one server, one device, one dossier --- */

static gboolean
has_images (const ZcSection *section)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES)
      return TRUE;
  return FALSE;
}

/* The first section that does not repeat and has texts and images. */
const char *
plain_section (Device *device)
{
  for (guint i = 0; i < zc_business_get_n_sections (device->business); i++)
    {
      const ZcSection *section = zc_business_get_section (device->business, i);

      if (!section->repeats && has_images (section))
        return section->id;
    }
  g_assert_not_reached ();
}

const char *
nth_field (Device *device, const char *section, ZcFieldType type, guint n)
{
  const ZcSection *definition = zc_business_find_section (device->business, section, NULL);

  for (guint i = 0; i < definition->n_fields; i++)
    if (definition->fields[i].type == type && definition->fields[i].from == NULL && n-- == 0)
      return definition->fields[i].id;
  g_assert_not_reached ();
}

const char *
repeating_section (Device *device)
{
  for (guint i = 0; i < zc_business_get_n_sections (device->business); i++)
    if (zc_business_get_section (device->business, i)->repeats)
      return zc_business_get_section (device->business, i)->id;
  g_assert_not_reached ();
}

void
world_set_up (World *world, gconstpointer data)
{
  g_autoptr (ZcDossier) dossier = NULL;

  world->server = zc_test_server_new ();
  world->device = device_new (world->server, APPLICANT);
  dossier = device_create (world->device);
  world->dossier = g_strdup (zc_dossier_get_id (dossier));
  device_open_draft (world->device, world->dossier);
}

void
world_tear_down (World *world, gconstpointer data)
{
  device_free (world->device);
  zc_test_server_free (world->server);
  g_free (world->dossier);
}

ZcSyncState
section_state (Device *device, const char *section)
{
  return zc_draft_section_get_sync_state (zc_draft_find_section (device->draft, section));
}

/* What the server holds in a field, "" for nothing. */
char *
held_text (World *world, const char *section, const char *field)
{
  g_autoptr (ZcReply) reply = device_get_section (world->device, world->dossier, section);
  const char *text = zc_json_get_string (zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values"), field);

  return g_strdup (text != NULL ? text : "");
}

void
assert_held (World *world, const char *section, const char *field, const char *expected)
{
  g_autofree char *text = held_text (world, section, field);

  g_assert_cmpstr (text, ==, expected);
}
