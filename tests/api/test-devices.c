/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-test-world.h"

/* Two computers of one person, each with a store of its own, at the real server: nothing of either is lost (P16). */

/* The second device, which has the same dossier open and hears nothing for now. */
static Device *
new_silent (World *world)
{
  Device *two = device_new (world->server, APPLICANT);

  device_open_draft (two, world->dossier);
  zc_sync_stop (two->sync);
  return two;
}

static void
save (Device *device)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (device_save (device, &error));
  g_assert_no_error (error);
}

static void
assert_shown (Device *device, const char *section, const char *entry, const char *field, const char *expected)
{
  g_autofree char *text = NULL;

  await_that (g_strcmp0 ((g_free (text), text = zc_draft_dup_text (device->draft, section, entry, field)), expected) == 0);
}

static void
settle (Device *device, ZcSide choice)
{
  g_autoptr (GListModel) conflicts = zc_draft_list_conflicts (device->draft);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (ZcConflict) conflict = g_list_model_get_item (conflicts, i);

      zc_conflict_set_choice (conflict, choice);
    }
  await_call (result, zc_draft_settle_async (device->draft, conflicts, answered, &result));
  g_assert_true (zc_draft_settle_finish (device->draft, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (zc_draft_get_n_conflicts (device->draft), ==, 0);
}

/* R11: different fields of one section meet without a question. */
static void
test_different_fields (World *world, gconstpointer data)
{
  Device *one = world->device;
  g_autoptr (Device) two = new_silent (world);
  const char *section = plain_section (one);
  const char *a = nth_field (one, section, ZC_FIELD_TEXT, 0), *b = nth_field (one, section, ZC_FIELD_TEXT, 1);

  zc_draft_set_text (two->draft, section, NULL, b, "乙");
  zc_draft_set_text (one->draft, section, NULL, a, "甲");
  save (one);
  zc_sync_start (two->sync);
  save (two);
  g_assert_cmpint (zc_draft_get_n_conflicts (two->draft), ==, 0);
  assert_held (world, section, a, "甲");
  assert_held (world, section, b, "乙");
  assert_shown (one, section, NULL, b, "乙");
}

/* R12: the same field. Both versions are there until the person chooses, each where it was written; then one goes everywhere. */
static void
test_same_field (World *world, gconstpointer data)
{
  ZcSide choice = GPOINTER_TO_INT (data);
  const char *chosen = choice == ZC_SIDE_MINE ? "乙的" : "甲的";
  Device *one = world->device;
  g_autoptr (Device) two = new_silent (world);
  const char *section = plain_section (one);
  const char *field = nth_field (one, section, ZC_FIELD_TEXT, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) conflicts = NULL;
  g_autoptr (ZcConflict) conflict = NULL;

  zc_draft_set_text (two->draft, section, NULL, field, "乙的");
  zc_draft_set_text (one->draft, section, NULL, field, "甲的");
  save (one);
  zc_sync_start (two->sync);
  g_assert_false (device_save (two, &error)); /* nothing is sent over the other's head */
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PRECONDITION);
  await_that (zc_draft_get_n_conflicts (two->draft) == 1);
  await_that (section_state (two, section) == ZC_SYNC_CONFLICT);
  assert_held (world, section, field, "甲的");
  assert_shown (one, section, NULL, field, "甲的");
  assert_shown (two, section, NULL, field, "乙的");
  device_restart (two); /* the question outlives the program */
  device_open_draft (two, world->dossier);
  conflicts = zc_draft_list_conflicts (two->draft);
  conflict = g_list_model_get_item (conflicts, 0);
  g_assert_cmpstr (zc_conflict_get_field (conflict), ==, field);
  g_assert_cmpstr (json_node_get_string (zc_conflict_get_value (conflict, ZC_SIDE_MINE)), ==, "乙的");
  g_assert_cmpstr (json_node_get_string (zc_conflict_get_value (conflict, ZC_SIDE_THEIRS)), ==, "甲的");
  settle (two, choice);
  await_that (section_state (two, section) == ZC_SYNC_ON_SERVER);
  assert_held (world, section, field, chosen);
  assert_shown (one, section, NULL, field, chosen);
  assert_shown (two, section, NULL, field, chosen);
}

static gboolean
offers (Device *device, const char *theirs)
{
  g_autoptr (GListModel) conflicts = zc_draft_list_conflicts (device->draft);
  g_autoptr (ZcConflict) conflict = g_list_model_get_item (conflicts, 0);

  return conflict != NULL && strcmp (json_node_get_string (zc_conflict_get_value (conflict, ZC_SIDE_THEIRS)), theirs) == 0;
}

/* The other changes it once more while the question is open: the question is about the newest. */
static void
test_changed_again (World *world, gconstpointer data)
{
  Device *one = world->device;
  g_autoptr (Device) two = new_silent (world);
  const char *section = plain_section (one);
  const char *field = nth_field (one, section, ZC_FIELD_TEXT, 0);

  zc_draft_set_text (two->draft, section, NULL, field, "乙的");
  zc_draft_set_text (one->draft, section, NULL, field, "甲的");
  save (one);
  zc_sync_start (two->sync);
  await_that (zc_draft_get_n_conflicts (two->draft) == 1);
  zc_draft_set_text (one->draft, section, NULL, field, "甲又改");
  save (one);
  await_that (offers (two, "甲又改"));
  g_assert_cmpint (zc_draft_get_n_conflicts (two->draft), ==, 1);
  zc_draft_set_text (one->draft, section, NULL, field, "乙的"); /* agreed: nothing is left to ask */
  save (one);
  await_that (zc_draft_get_n_conflicts (two->draft) == 0);
  await_that (section_state (two, section) == ZC_SYNC_ON_SERVER);
}

/* Typed in the moment in which the other's version arrives: neither is lost in the draft's own merging. */
static void
test_typed_meanwhile (World *world, gconstpointer data)
{
  Device *one = world->device;
  g_autoptr (Device) two = new_silent (world);
  const char *section = plain_section (one);
  const char *field = nth_field (one, section, ZC_FIELD_TEXT, 0);
  gboolean told = FALSE;

  zc_draft_set_text (two->draft, section, NULL, field, "乙的");
  zc_draft_set_text (one->draft, section, NULL, field, "甲的");
  save (one);
  /* unsaved on the screen of the second when its store takes the first's */
  zc_sync_start (two->sync);
  for (guint i = 0; !told && i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("乙的%u", i);

      zc_draft_set_text (two->draft, section, NULL, field, text);
      g_main_context_iteration (NULL, TRUE);
      told = zc_draft_get_n_conflicts (two->draft) > 0;
    }
  await_that (zc_draft_get_n_conflicts (two->draft) == 1);
  assert_held (world, section, field, "甲的");
  settle (two, ZC_SIDE_THEIRS);
  assert_shown (two, section, NULL, field, "甲的");
}

/* --- entries --- */

static char *
add_named (Device *device, const char *section, const char *field, const char *name)
{
  char *entry = g_strdup (zc_draft_add_entry (device->draft, section));

  zc_draft_set_text (device->draft, section, entry, field, name);
  return entry;
}

/* Names of the entries that the server holds, in their order. */
static char *
held_names (World *world, const char *section, const char *field)
{
  g_autoptr (ZcReply) reply = device_get_section (world->device, world->dossier, section);
  const ZcJsonValue *entries = zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "entries");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < zc_json_size (entries); i++)
    {
      const char *name = zc_json_get_string (zc_json_get (zc_json_at (entries, i), "values"), field);

      g_string_append_printf (names, "%s ", name != NULL ? name : "?");
    }
  return g_string_free_and_steal (names);
}

static void
assert_names (World *world, const char *section, const char *field, const char *expected)
{
  g_autofree char *names = held_names (world, section, field);

  g_assert_cmpstr (names, ==, expected);
}

/* P16's own case: one deletes an entry and adds another, the other edits the deleted one and reorders: nothing vanishes. */
static void
test_deleted_and_edited (World *world, gconstpointer data)
{
  ZcSide choice = GPOINTER_TO_INT (data);
  Device *one = world->device;
  const char *section = repeating_section (one);
  const char *field = nth_field (one, section, ZC_FIELD_TEXT, 0);
  g_autofree char *first = add_named (one, section, field, "甲校"), *second = add_named (one, section, field, "乙校");
  g_autofree char *third = NULL;
  g_autoptr (Device) two = NULL;
  g_autoptr (JsonNode) removed = NULL;
  g_autoptr (GError) error = NULL;

  save (one);
  two = new_silent (world);
  removed = zc_draft_remove_entry (two->draft, section, first, NULL);
  third = add_named (two, section, field, "丙校");
  zc_draft_set_text (one->draft, section, first, field, "甲校新名");
  zc_draft_move_entry (one->draft, section, second, 0);
  save (one);
  zc_sync_start (two->sync);
  g_assert_false (device_save (two, &error));
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PRECONDITION);
  await_that (zc_draft_get_n_conflicts (two->draft) == 1);
  g_assert_cmpuint (g_list_model_get_n_items (zc_draft_get_entries (two->draft, section)), ==, 3);
  assert_shown (two, section, first, field, "甲校新名");
  assert_names (world, section, field, "乙校 甲校新名 ");
  settle (two, choice);
  await_that (section_state (two, section) == ZC_SYNC_ON_SERVER);
  assert_names (world, section, field, choice == ZC_SIDE_MINE ? "乙校 丙校 " : "乙校 丙校 甲校新名 ");
  await_that (g_list_model_get_n_items (zc_draft_get_entries (one->draft, section)) == (choice == ZC_SIDE_MINE ? 2u : 3u));
}

/* --- images --- */

static char *
add_picture (Device *device, const char *section, const char *field, guint number, const char *replaces)
{
  g_autoptr (GBytes) picture = test_picture (number);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_draft_add_image_async (device->draft, section, NULL, field, picture, "照片.jpg", replaces, -1, answered, &result));
  g_assert_true (zc_draft_add_image_finish (device->draft, result, &error));
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
}

static char *
shown_image (Device *device, const char *section, const char *field, guint index)
{
  g_autoptr (GListModel) images = zc_draft_get_images (device->draft, section, NULL, field);
  g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, index);

  return image != NULL ? g_strdup (zc_draft_image_get_sha256 (image)) : g_strdup ("");
}

static void
assert_image (Device *device, const char *section, const char *field, const char *expected)
{
  g_autofree char *sha256 = NULL;

  await_that (g_strcmp0 ((g_free (sha256), sha256 = shown_image (device, section, field, 0)), expected) == 0);
}

/* R14: one deletes the image that the other replaces: the new one stays. Both replace it: both are kept for the person. */
static void
test_image_replaced (World *world, gconstpointer data)
{
  gboolean deleted = GPOINTER_TO_INT (data);
  Device *one = world->device;
  const char *section = plain_section (one), *field = nth_field (one, section, ZC_FIELD_IMAGES, 0);
  g_autofree char *before = add_picture (one, section, field, 1, NULL), *here = NULL, *there = NULL;
  g_autoptr (Device) two = NULL;
  g_autoptr (GError) error = NULL;

  save (one);
  two = new_silent (world);
  here = add_picture (two, section, field, 2, before);
  if (deleted)
    json_node_unref (zc_draft_remove_image (one->draft, section, NULL, field, before, NULL));
  else
    there = add_picture (one, section, field, 3, before);
  save (one);
  zc_sync_start (two->sync);
  g_assert_cmpint (device_save (two, &error), ==, deleted);
  if (!deleted)
    {
      g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PRECONDITION);
      await_that (zc_draft_get_n_conflicts (two->draft) == 1);
      assert_image (one, section, field, there);
      assert_image (two, section, field, here);
      settle (two, ZC_SIDE_THEIRS);
    }
  await_that (section_state (two, section) == ZC_SYNC_ON_SERVER);
  assert_image (one, section, field, deleted ? here : there);
  assert_image (two, section, field, deleted ? here : there);
}

/* R13: submitted on one computer while the other still wrote: what it wrote stays there, and goes on after a withdrawal. */
static void
test_edited_after_submission (World *world, gconstpointer data)
{
  Device *one = world->device;
  g_autoptr (Device) two = NULL;
  const char *section = plain_section (one), *field = nth_field (one, section, ZC_FIELD_TEXT, 0);
  const char *pictures = nth_field (one, section, ZC_FIELD_IMAGES, 0);
  g_autoptr (ZcDossier) submitted = NULL, withdrawn = NULL;
  g_autoptr (ZcAction) withdraw = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *replaced = NULL;

  device_fill (one);
  save (one);
  two = new_silent (world);
  submitted = device_submit (one);
  zc_draft_set_text (two->draft, section, NULL, field, "报送后才写");
  before = shown_image (two, section, pictures, 0);
  replaced = add_picture (two, section, pictures, 9, before);
  zc_sync_start (two->sync);
  await_that (section_state (two, section) == ZC_SYNC_REFUSED);
  assert_shown (two, section, NULL, field, "报送后才写");
  error = zc_sync_dup_error (two->sync, world->dossier, section);
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_EDITABLE);
  g_clear_error (&error);
  await_that (!zc_draft_get_editable (two->draft)); /* it hears of the submission by itself */
  withdraw = zc_action_new (world->dossier, ZC_ACT_WITHDRAW, zc_dossier_get_version (submitted));
  withdrawn = device_act (one, withdraw, &error);
  g_assert_no_error (error);
  await_that (section_state (two, section) == ZC_SYNC_ON_SERVER);
  assert_held (world, section, field, "报送后才写");
  assert_image (one, section, pictures, replaced);
}

static void
add (const char *path, gconstpointer data, void (*test) (World *world, gconstpointer data))
{
  g_test_add (path, World, data, world_set_up, test, world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/devices/R11/different-fields", NULL, test_different_fields);
  add ("/devices/R12/P16/same-field/mine", GINT_TO_POINTER (ZC_SIDE_MINE), test_same_field);
  add ("/devices/R12/P16/same-field/theirs", GINT_TO_POINTER (ZC_SIDE_THEIRS), test_same_field);
  add ("/devices/P16/changed-again", NULL, test_changed_again);
  add ("/devices/P16/typed-meanwhile", NULL, test_typed_meanwhile);
  add ("/devices/P16/deleted-and-edited/delete", GINT_TO_POINTER (ZC_SIDE_MINE), test_deleted_and_edited);
  add ("/devices/P16/deleted-and-edited/keep", GINT_TO_POINTER (ZC_SIDE_THEIRS), test_deleted_and_edited);
  add ("/devices/R14/deleted-and-replaced", GINT_TO_POINTER (TRUE), test_image_replaced);
  add ("/devices/R14/replaced-on-both", GINT_TO_POINTER (FALSE), test_image_replaced);
  add ("/devices/R13/edited-after-submission", NULL, test_edited_after_submission);
  return g_test_run ();
}
