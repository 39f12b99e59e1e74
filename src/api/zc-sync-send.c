/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-record.h"
#include "zc-sync-private.h"

/* What a turn sends, and what becomes of it. An image that a section names goes before the
 * section. Everything is repeatable: an image by its digest, a section by If-Match. */

static void
set_sending (ZcSyncTurn *turn, const char *item, gboolean sending)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, item);

  if (known == NULL || known->sending == sending)
    return;
  known->sending = sending;
  zc_sync_tell_item (turn->sync, turn->row->dossier, item, known->image);
  zc_sync_update (turn->sync);
}

/* --- what a failure means --- */

/* Trouble that passes by itself, or with patience. */
static gboolean
is_passing (const GError *error)
{
  if (error->domain != ZC_REFUSAL_ERROR)
    return TRUE;
  switch (error->code)
    {
    case ZC_REFUSAL_OFFLINE:
    case ZC_REFUSAL_BUSY:
    case ZC_REFUSAL_STORAGE:
    case ZC_REFUSAL_TIMEOUT:
    case ZC_REFUSAL_INTERNAL:
    case ZC_REFUSAL_TOO_MANY:
    case ZC_REFUSAL_LOCKED:
    case ZC_REFUSAL_KEY_RUNNING:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
be_patient (ZcSyncTurn *turn, const GError *error)
{
  ZcSync *self = turn->sync;
  guint wait;

  self->tries++;
  wait = MAX (zc_sync_back_off (self->tries), (guint)zc_refusal_get_retry (error) * 1000);
  self->not_before = g_get_monotonic_time () + (gint64)wait * 1000;
  zc_sync_answer_waiters (self, NULL, error);
  zc_sync_end_turn (turn, TRUE);
}

/* The bytes were right here: what arrived was not what was sent (R21). */
static gboolean
is_damaged_on_its_way (const GError *error)
{
  GPtrArray *problems = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_problems (error) : NULL;

  return problems != NULL && problems->len > 0
         && ((const ZcProblem *)g_ptr_array_index (problems, 0))->code == ZC_PROBLEM_DIGEST;
}

static void
set_refused (ZcSyncTurn *turn, const char *item, const GError *error)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, item);

  if (known == NULL)
    return;
  g_clear_error (&known->error);
  known->error = g_error_copy (error);
  zc_sync_tell_item (turn->sync, turn->row->dossier, item, known->image);
  zc_sync_update (turn->sync);
}

static void
went_on_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  zc_sync_end_turn (user_data, TRUE);
}

/* Refused for what it was, or only for who sent it and when: that passes when the dossier can be
 * edited by this session (again). */
gboolean
zc_sync_is_of_the_moment (const GError *error)
{
  static const ZcRefusal codes[] = { ZC_REFUSAL_NOT_EDITABLE, ZC_REFUSAL_OWN_DOSSIER,
                                     ZC_REFUSAL_FORBIDDEN, ZC_REFUSAL_NOT_FOUND };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, ZC_REFUSAL_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* It may be of a form that another took the place of elsewhere: the dossier tells, and what is here
 * moves into that (decisions 16). */
static void
ask_for_form (ZcSyncTurn *turn, const GError *error)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, turn->row->section);

  if (known == NULL || known->asked
      || !(g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_INVALID)
           || g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND)))
    return;
  known->asked = TRUE;
  zc_sync_refresh (turn->sync, turn->row->dossier);
}

/* Nobody will take this very text: it stays here, with the reason, until it is changed. */
static void
give_up (ZcSyncTurn *turn, const GError *error)
{
  g_autofree char *json = zc_refusal_to_json (error);

  if (zc_sync_is_of_the_moment (error))
    g_hash_table_remove (turn->sync->editable,
                         turn->row->dossier); /* until the server says otherwise */
  set_refused (turn, turn->row->section, error);
  ask_for_form (turn, error);
  zc_sync_answer_waiters (turn->sync, turn->row->dossier, error);
  zc_local_store_section_refused_async (turn->sync->store, turn->row->dossier, turn->row->section,
                                        turn->row->body, json, went_on_cb, turn);
}

static gboolean
is_ended (ZcSyncTurn *turn, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !turn->sync->running)
    return TRUE;
  if (!zc_sync_is_signed_out (turn->sync, error))
    return FALSE;
  zc_sync_answer_waiters (turn->sync, NULL, error);
  return TRUE;
}

static void
fail_turn (ZcSyncTurn *turn, const GError *error)
{
  if (is_ended (turn, error))
    zc_sync_end_turn (turn, FALSE);
  else if (is_passing (error))
    be_patient (turn, error);
  else
    give_up (turn, error);
}

/* --- a section --- */

static void
take_current_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;

  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  zc_sync_tell_item (turn->sync, turn->row->dossier, turn->row->section, FALSE);
  zc_sync_end_turn (turn, TRUE);
}

/* Somebody else wrote: the store merges, and what comes of it is sent in the next turn. */
static void
take_current (ZcSyncTurn *turn, const char *current)
{
  g_autoptr (ZcJson) json
      = current != NULL ? zc_json_parse (current, strlen (current), NULL) : NULL;
  const ZcJsonValue *root = json != NULL ? zc_json_root (json) : NULL;
  g_autofree char *body = zc_record_text (zc_json_get (root, "body"));
  g_autoptr (GError) error = NULL;

  if (zc_json_get (root, "body") == NULL)
    {
      error = zc_refusal_new (ZC_REFUSAL_INTERNAL, "a conflict without the present version");
      be_patient (turn, error);
      return;
    }
  zc_local_store_section_pulled_async (turn->sync->store, turn->row->dossier, turn->row->section,
                                       body, zc_json_get_integer (root, "version", 0), NULL, NULL,
                                       take_current_cb, turn);
}

/* What the server says that it does not hold is sent again, if it is here. */
static gboolean
send_lost_images (ZcSyncTurn *turn, const GError *error)
{
  GPtrArray *problems = zc_refusal_get_problems (error);
  gboolean lost = FALSE;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i);
      ZcSyncItem *item;

      if (problem->code != ZC_PROBLEM_IMAGE_MISSING || problem->image == NULL)
        continue;
      item = zc_sync_item (turn->sync, turn->row->dossier, problem->image);
      if (item != NULL)
        continue; /* tried already: the server means it */
      zc_sync_add_item (turn->sync, turn->row->dossier, problem->image, TRUE);
      zc_local_store_image_lost_async (turn->sync->store, turn->row->dossier, problem->image, NULL,
                                       NULL);
      lost = TRUE;
    }
  return lost;
}

static void
section_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;

  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_hash_table_add (turn->sync->to_refresh, g_strdup (turn->row->dossier));
  zc_sync_end_turn (turn, TRUE);
}

static void
section_sent (ZcSyncTurn *turn, const ZcJsonValue *root)
{
  g_autofree char *problems = zc_record_text (zc_json_get (root, "problems"));

  turn->sync->tries = 0;
  if (strstr (turn->row->body, "\"sha256\"") != NULL)
    zc_sync_end_hold (turn->sync); /* what it names has made room */
  zc_local_store_section_sent_async (turn->sync->store, turn->row->dossier, turn->row->section,
                                     turn->row->body, zc_json_get_integer (root, "version", 0),
                                     zc_json_get_string (root, "state"), problems, section_kept_cb,
                                     turn);
}

static void
section_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_put_section_finish (ZC_CLIENT (source), result, &error);

  set_sending (turn, turn->row->section, FALSE);
  if (reply != NULL)
    section_sent (turn, zc_reply_root (reply));
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PRECONDITION))
    take_current (turn, zc_refusal_get_current (error));
  else if (send_lost_images (turn, error))
    zc_sync_end_turn (turn, TRUE);
  else
    fail_turn (turn, error);
}

static void
send_section (ZcSyncTurn *turn)
{
  set_sending (turn, turn->row->section, TRUE);
  zc_client_put_section_async (turn->sync->client, turn->row->dossier, turn->row->section,
                               MAX (turn->row->base_version, 0), turn->row->body, turn->cancellable,
                               section_answered_cb, turn);
}

/* --- an image --- */

static void
image_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL))
    zc_sync_remove_item (turn->sync, turn->row->dossier, turn->sha256);
  zc_sync_end_turn (turn, TRUE);
}

static void
image_sent (ZcSyncTurn *turn)
{
  turn->sync->tries = 0;
  zc_local_store_image_sent_async (turn->sync->store, turn->row->dossier, turn->sha256, NULL,
                                   image_kept_cb, turn);
}

static void
fail_image (ZcSyncTurn *turn, const GError *error)
{
  ZcSyncItem *item = zc_sync_item (turn->sync, turn->row->dossier, turn->sha256);

  if (item != NULL)
    item->fresh = FALSE; /* it may have arrived: ask before sending again */
  if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_IMAGES_UNNAMED))
    {
      zc_sync_begin_hold (turn->sync, error);
      zc_sync_end_turn (turn, TRUE);
      return;
    }
  if (is_damaged_on_its_way (error))
    {
      be_patient (turn, error);
      return;
    }
  if (!is_passing (error) && error->code == ZC_REFUSAL_NOT_EDITABLE)
    set_refused (turn, turn->sha256, error); /* the dossier's trouble: it may pass */
  else if (!is_passing (error) && error->code != ZC_REFUSAL_SIGNED_OUT)
    {
      g_autofree char *json = zc_refusal_to_json (error);

      set_refused (turn, turn->sha256, error);
      zc_local_store_image_sent_async (turn->sync->store, turn->row->dossier, turn->sha256, json,
                                       NULL, NULL);
    }
  fail_turn (turn, error);
}

static void
image_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken = zc_client_put_image_finish (ZC_CLIENT (source), result, &error);

  set_sending (turn, turn->sha256, FALSE);
  if (taken)
    image_sent (turn);
  else
    fail_image (turn, error);
}

static void
image_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = zc_local_store_read_image_finish (ZC_LOCAL_STORE (source), result, &error);
  g_autofree char *digest
      = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

  if (g_strcmp0 (digest, turn->sha256) == 0)
    zc_client_put_image_async (turn->sync->client, turn->row->dossier, turn->sha256, bytes,
                               turn->cancellable, image_answered_cb, turn);
  else
    {
      g_autoptr (GError) lost = zc_refusal_new (
          ZC_REFUSAL_IMAGE, "the file of the image is gone from this computer, or damaged");

      set_sending (turn, turn->sha256, FALSE);
      fail_image (turn, lost);
    }
}

static void
image_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;
  g_autoptr (GError) error = NULL;

  if (zc_client_has_image_finish (ZC_CLIENT (source), result, &error))
    {
      set_sending (turn, turn->sha256, FALSE);
      image_sent (turn);
    }
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND))
    zc_local_store_read_image_async (turn->sync->store, turn->row->dossier, turn->sha256,
                                     image_read_cb, turn);
  else
    {
      set_sending (turn, turn->sha256, FALSE);
      fail_image (turn, error);
    }
}

void
zc_sync_send_image (ZcSyncTurn *turn)
{
  ZcSyncItem *item = zc_sync_item (turn->sync, turn->row->dossier, turn->sha256);

  set_sending (turn, turn->sha256, TRUE);
  if (item != NULL && item->fresh)
    zc_local_store_read_image_async (turn->sync->store, turn->row->dossier, turn->sha256,
                                     image_read_cb, turn);
  else
    zc_client_has_image_async (turn->sync->client, turn->row->dossier, turn->sha256,
                               turn->cancellable, image_asked_cb, turn);
}

/* --- a section behind its images --- */

void
zc_sync_send_row (ZcSyncTurn *turn)
{
  const ZcStoredImage *missing = zc_sync_find_image (turn->row, turn->images);

  if (missing == NULL)
    send_section (turn);
  else if (missing->refusal != NULL)
    {
      g_autoptr (GError) error
          = zc_refusal_from_json (422, missing->refusal, strlen (missing->refusal));

      give_up (turn, error);
    }
  else
    {
      turn->sha256 = g_strdup (missing->sha256);
      zc_sync_send_image (turn);
    }
}
