/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-dossier-list.h"
#include "zc-test-world.h"

/* The desktop's library against the real server: filling in, cuts, submitting. */

static void
test_saved_by_itself (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);

  zc_draft_set_text (device->draft, section, NULL, field, "韦");
  g_assert_cmpint (section_state (device, section), ==, ZC_SYNC_UNSAVED);
  await_that (section_state (device, section) != ZC_SYNC_UNSAVED);
  await_that (section_state (device, section) == ZC_SYNC_ON_SERVER);
  assert_held (world, section, field, "韦");
  await_that (zc_draft_section_get_confirmed (zc_draft_find_section (device->draft, section)));
  g_assert_cmpint (zc_draft_section_get_state (zc_draft_find_section (device->draft, section)), ==, ZC_SECTION_INCOMPLETE);
}

static void
test_offline (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  const char *pictures = nth_field (device, section, ZC_FIELD_IMAGES, 0);
  g_autoptr (ZcDossier) known = g_object_ref (device->dossier);
  g_autoptr (GBytes) picture = test_picture (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  zc_test_server_stop (world->server);
  zc_draft_set_text (device->draft, section, NULL, field, "断网时所填");
  device_add_image (device, section, NULL, pictures, picture, &error);
  g_assert_no_error (error);
  await_that (section_state (device, section) == ZC_SYNC_OFFLINE);
  for (guint i = 0; i < 2; i++)
    {
      device_restart (device);
      device_reopen_draft (device, known);
      g_assert_cmpint (zc_draft_get_recovered_at (device->draft), >, 0);
      text = (g_free (text), zc_draft_dup_text (device->draft, section, NULL, field));
      g_assert_cmpstr (text, ==, "断网时所填");
    }
  await_that (section_state (device, section) == ZC_SYNC_OFFLINE);
  zc_test_server_start (world->server);
  await_that (section_state (device, section) == ZC_SYNC_ON_SERVER);
  assert_held (world, section, field, "断网时所填");
}

static void
test_killed_server (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u次", i);

      zc_draft_set_text (device->draft, section, NULL, field, text);
      await_that (section_state (device, section) == ZC_SYNC_SENDING || section_state (device, section) == ZC_SYNC_ON_SERVER);
      zc_test_server_kill (world->server);
      zc_test_server_start (world->server);
      zc_sync_wake (device->sync);
      await_that (section_state (device, section) == ZC_SYNC_ON_SERVER);
      assert_held (world, section, field, text);
    }
}

static void
test_signed_out (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);

  zc_test_server_stop (world->server);
  zc_test_server_run_sql (world->server, "DELETE FROM session");
  zc_test_server_start (world->server);
  zc_draft_set_text (device->draft, section, NULL, field, "过期前所填");
  await_that (section_state (device, section) == ZC_SYNC_NEEDS_SIGN_IN);
  device_sign_in (device, APPLICANT);
  zc_sync_resume (device->sync);
  await_that (section_state (device, section) == ZC_SYNC_ON_SERVER);
  assert_held (world, section, field, "过期前所填");
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
end_session (Device *device, const char *token)
{
  g_autoptr (ZcClient) client = zc_client_new (device->address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  zc_client_set_token (client, token);
  await_call (result, zc_client_sign_out_async (client, NULL, NULL, answered, &result));
  g_assert_true (zc_client_sign_out_finish (client, result, &error));
  g_assert_no_error (error);
}

/* What waits for news was asked with the token of before: that this one has ended says nothing of the one that is signed in by
 * now. The person is not asked again, and the news come. */
static void
test_late_word (World *world, gconstpointer data)
{
  Device *one = world->device;
  g_autoptr (Device) two = device_new (world->server, APPLICANT);
  g_autofree char *before = g_strdup (one->token);
  const char *section = plain_section (one), *field = nth_field (one, section, ZC_FIELD_TEXT, 0);
  const char *const texts[] = { "另一台电脑所填", "重新登录之后所填" };
  guint asked = 0;

  g_signal_connect_swapped (one->sync, "sign-in-needed", G_CALLBACK (count_cb), &asked);
  device_open_draft (two, world->dossier);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;
      g_autoptr (ZcDossier) behind = NULL;

      zc_draft_set_text (two->draft, section, NULL, field, texts[i]);
      g_assert_true (device_save (two, &error));
      await_that (g_strcmp0 ((g_free (shown), shown = zc_draft_dup_text (one->draft, section, NULL, field)), texts[i]) == 0);
      behind = device_get (one, world->dossier); /* by now the next question waits at the server */
      if (i > 0)
        break;
      device_sign_in (one, APPLICANT);
      end_session (one, before);
    }
  g_assert_cmpuint (asked, ==, 0);
}

static void
test_entries (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = repeating_section (device);
  const char *field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  GListModel *entries = zc_draft_get_entries (device->draft, section);
  const char *names[] = { "甲校", "乙校", "丙校" };
  g_autoptr (JsonNode) removed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = NULL;
  const ZcJsonValue *held;
  guint position;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    zc_draft_set_text (device->draft, section, zc_draft_add_entry (device->draft, section), field, names[i]);
  {
    g_autoptr (ZcDraftEntry) last = g_list_model_get_item (entries, 2), first = g_list_model_get_item (entries, 0);

    g_assert_cmpstr (zc_draft_entry_get_title (first), ==, "甲校");
    zc_draft_move_entry (device->draft, section, zc_draft_entry_get_id (last), 0);
    removed = zc_draft_remove_entry (device->draft, section, zc_draft_entry_get_id (first), &position);
    g_assert_cmpuint (position, ==, 1);
  }
  zc_draft_insert_entry (device->draft, section, position, g_steal_pointer (&removed)); /* 撤销 */
  g_assert_true (device_save (device, &error));
  g_assert_no_error (error);
  reply = device_get_section (device, world->dossier, section);
  held = zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "entries");
  g_assert_cmpuint (zc_json_size (held), ==, 3);
  g_assert_cmpstr (zc_json_get_string (zc_json_get (zc_json_at (held, 0), "values"), field), ==, "丙校");
  g_assert_cmpstr (zc_json_get_string (zc_json_get (zc_json_at (held, 1), "values"), field), ==, "甲校");
  g_assert_cmpstr (zc_json_get_string (zc_json_get (zc_json_at (held, 2), "values"), field), ==, "乙校");
}

static void
test_what_is_missing (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device);
  ZcDraftSection *item = zc_draft_find_section (device->draft, section);
  g_autoptr (GError) error = NULL;
  GPtrArray *problems;

  zc_draft_set_text (device->draft, section, NULL, nth_field (device, section, ZC_FIELD_TEXT, 0), "广西");
  g_assert_true (device_save (device, &error)); /* incomplete, and kept all the same */
  g_assert_no_error (error);
  problems = zc_draft_get_problems (device->draft, section);
  g_assert_cmpuint (problems->len, >, 0);
  g_assert_cmpuint (zc_draft_section_get_n_problems (item), ==, problems->len);
  for (guint i = 0; i < problems->len; i++)
    g_assert_nonnull (((ZcProblem *) g_ptr_array_index (problems, i))->field); /* each leads to its field */
}

static void
test_image_refused (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_IMAGES, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10), one = test_picture (1), two = test_picture (2);
  g_autoptr (GError) error = NULL;

  g_assert_false (device_add_image (device, section, NULL, field, text, &error));
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_IMAGE);
  g_assert_cmpint (((ZcProblem *) g_ptr_array_index (zc_refusal_get_problems (error), 0))->code, ==, ZC_PROBLEM_NOT_JPEG);
  g_clear_error (&error);
  g_assert_true (device_add_image (device, section, NULL, field, one, &error));
  g_assert_no_error (error);
  g_assert_false (device_add_image (device, section, NULL, field, two, &error)); /* one too many */
  g_assert_cmpint (((ZcProblem *) g_ptr_array_index (zc_refusal_get_problems (error), 0))->code, ==, ZC_PROBLEM_TOO_MANY_IMAGES);
}

static void
test_incomplete (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAction) action = device_prepare_submit (world->device, &error);
  g_autoptr (ZcDossier) dossier = NULL;

  g_assert_no_error (error);
  dossier = device_act (world->device, action, &error);
  g_assert_null (dossier);
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_INCOMPLETE);
  g_assert_cmpuint (zc_refusal_get_problems (error)->len, >, 0);
}

static ZcDossier *
queue_first (Device *clerk)
{
  g_autoptr (ZcDossierList) list = zc_dossier_list_new (clerk->client, NULL);
  gboolean loading = TRUE;

  zc_dossier_list_reload (list);
  await_that ((g_object_get (list, "loading", &loading, NULL), !loading));
  g_assert_null (zc_dossier_list_get_error (list));
  return g_list_model_get_item (G_LIST_MODEL (list), 0);
}

static Device *
new_clerk (World *world)
{
  Device *clerk = device_new (world->server, UNIT_CLERK);
  g_autoptr (GAsyncResult) me = NULL, chosen = NULL;
  g_autoptr (ZcAccount) account = NULL;
  g_autoptr (ZcMembership) membership = NULL;
  g_autoptr (GError) error = NULL;

  await_call (me, zc_client_get_me_async (clerk->client, NULL, answered, &me));
  account = zc_client_get_me_finish (clerk->client, me, &error);
  g_assert_no_error (error);
  membership = g_list_model_get_item (zc_account_get_memberships (account), 0);
  await_call (chosen, zc_client_choose_membership_async (clerk->client, zc_membership_get_id (membership), NULL, answered, &chosen));
  g_assert_true (zc_client_choose_membership_finish (clerk->client, chosen, &error));
  return clerk;
}

static ZcDossier *
decide (Device *clerk, const char *dossier, ZcAct act, const char *opinion)
{
  g_autoptr (ZcDossier) now = device_get (clerk, dossier);
  g_autoptr (ZcAction) action = zc_action_new (dossier, act, zc_dossier_get_version (now));
  g_autoptr (GError) error = NULL;
  ZcDossier *after;

  zc_action_set_opinion (action, opinion);
  after = device_act (clerk, action, &error);
  g_assert_no_error (error);
  return after;
}

static void
assert_history (World *world, guint at_least)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) stages = NULL, items = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_client_get_history_async (world->device->client, world->dossier, NULL, answered, &result));
  items = zc_client_get_history_finish (world->device->client, result, &stages, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (items), >=, at_least);
  g_assert_cmpuint (g_list_model_get_n_items (stages), >, 2);
}

static void
assert_view (Device *clerk, World *world, ZcDossier *dossier)
{
  g_autoptr (GAsyncResult) result = NULL, loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDraft) view = NULL;
  g_autoptr (GListModel) images = NULL;
  g_autoptr (ZcDraftImage) image = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *section = plain_section (world->device);

  await_call (result, zc_draft_open_view_async (clerk->client, world->device->business, dossier, NULL, answered, &result));
  view = zc_draft_open_view_finish (result, &error);
  g_assert_no_error (error);
  g_assert_false (zc_draft_get_editable (view));
  images = zc_draft_get_images (view, section, NULL, nth_field (world->device, section, ZC_FIELD_IMAGES, 0));
  image = g_list_model_get_item (images, 0);
  await_call (loaded, zc_draft_load_image_async (view, zc_draft_image_get_sha256 (image), NULL, answered, &loaded));
  bytes = zc_draft_load_image_finish (view, loaded, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, zc_draft_image_get_bytes (image));
}

static void
test_main_job (World *world, gconstpointer data)
{
  Device *device = world->device;
  g_autoptr (ZcDossier) submitted = NULL, again = NULL, seen = NULL, accepted = NULL, returned = NULL, after = NULL;
  g_autoptr (Device) clerk = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAction) withdraw = NULL;

  device_fill (device);
  problems = zc_draft_check (device->draft);
  for (guint i = 0; i < problems->len; i++)
    g_assert_true (((const ZcProblem *) g_ptr_array_index (problems, i))->advice);
  submitted = device_submit (device);
  g_assert_cmpint (zc_dossier_get_state (submitted), ==, ZC_STATE_WAITING);
  g_assert_nonnull (zc_dossier_get_receipt_number (submitted));

  withdraw = zc_action_new (world->dossier, ZC_ACT_WITHDRAW, zc_dossier_get_version (submitted));
  g_object_unref (device_act (device, withdraw, &error));
  g_assert_no_error (error);
  device_open_draft (device, world->dossier);
  again = device_submit (device);

  clerk = new_clerk (world);
  seen = queue_first (clerk);
  g_assert_cmpstr (zc_dossier_get_id (seen), ==, world->dossier);
  accepted = decide (clerk, world->dossier, ZC_ACT_ACCEPT, NULL);
  g_assert_true (zc_dossier_has_action (accepted, "return"));
  assert_view (clerk, world, seen);
  returned = decide (clerk, world->dossier, ZC_ACT_RETURN, "请补充工作总结");
  device_open_draft (device, world->dossier);
  g_assert_true (zc_draft_get_editable (device->draft));
  g_assert_cmpstr (zc_dossier_get_returned_opinion (device->dossier), ==, "请补充工作总结");
  after = device_submit (device);
  g_assert_cmpint (zc_dossier_get_submissions (after), ==, 3);
  assert_history (world, 6);
}

static ZcSyncState
image_state (Device *device, const char *section, const char *field)
{
  g_autoptr (GListModel) images = zc_draft_get_images (device->draft, section, NULL, field);
  g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, 0);

  return image != NULL ? zc_draft_image_get_sync_state (image) : ZC_SYNC_ON_SERVER;
}

/* Of a person only so many images lie there that nothing names: the next waits here, what is typed elsewhere does not, and a save
 * of the person hears why. What makes room lets it go on. */
static void
test_images_held_up (World *world, gconstpointer data)
{
  Device *device = world->device;
  const char *section = plain_section (device), *other = repeating_section (device);
  const char *first = nth_field (device, section, ZC_FIELD_IMAGES, 0), *second = nth_field (device, section, ZC_FIELD_IMAGES, 1);
  g_autoptr (GBytes) one = test_picture (1), two = test_picture (2);
  g_autoptr (GListModel) images = NULL;
  g_autoptr (ZcDraftImage) image = NULL;
  g_autoptr (GError) error = NULL, held = NULL;
  g_autoptr (JsonNode) taken_out = NULL;
  const char *entry;

  zc_test_server_stop (world->server);
  zc_test_server_set_limit (world->server, "images_unnamed=1");
  g_assert_true (device_add_image (device, section, NULL, first, one, &error));
  g_assert_true (device_add_image (device, section, NULL, second, two, &error));
  zc_test_server_start (world->server);
  await_that (image_state (device, section, second) == ZC_SYNC_HELD_UP || image_state (device, section, first) == ZC_SYNC_HELD_UP);

  entry = zc_draft_add_entry (device->draft, other);
  zc_draft_set_text (device->draft, other, entry, nth_field (device, other, ZC_FIELD_TEXT, 0), "照常上传");
  await_that (section_state (device, other) == ZC_SYNC_ON_SERVER);
  g_assert_cmpint (section_state (device, section), !=, ZC_SYNC_ON_SERVER);
  g_assert_false (device_save (device, &held));
  g_assert_error (held, ZC_REFUSAL_ERROR, ZC_REFUSAL_IMAGES_UNNAMED);

  images = zc_draft_get_images (device->draft, section, NULL, second);
  image = g_list_model_get_item (images, 0);
  taken_out = zc_draft_remove_image (device->draft, section, NULL, second, zc_draft_image_get_sha256 (image), NULL);
  await_that (section_state (device, section) == ZC_SYNC_ON_SERVER);
  g_assert_true (device_add_image (device, section, NULL, second, two, &error));
  await_that (section_state (device, section) == ZC_SYNC_ON_SERVER && image_state (device, section, second) == ZC_SYNC_ON_SERVER);
}

static void
add (const char *path, void (*test) (World *world, gconstpointer data))
{
  g_test_add (path, World, NULL, world_set_up, test, world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sync/P1/stored-within-a-second-then-sent", test_saved_by_itself);
  add ("/sync/P2/P3/offline-and-restarted-twice", test_offline);
  add ("/sync/P4/server-killed-while-sending", test_killed_server);
  add ("/sync/P18/session-expires", test_signed_out);
  add ("/sync/P18/late-word-of-the-session-before", test_late_word);
  add ("/sync/S3.1.2b/incomplete-is-kept-and-told", test_what_is_missing);
  add ("/sync/S3.1.2c/images-judged-here", test_image_refused);
  add ("/sync/SEC-S35/P1/images-held-up-and-text-goes-on", test_images_held_up);
  add ("/sync/S3.1.2d/entries", test_entries);
  add ("/sync/S3.1.3a/incomplete-is-refused", test_incomplete);
  add ("/sync/S3.1.3b/S3.1.5a/S3.1.5c/S3.5.4/U4/U6/main-job", test_main_job);
  return g_test_run ();
}
