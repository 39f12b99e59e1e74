/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier.h"
#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-reading.h"
#include "zc-server.h"

/* Images: uploaded under their digest, named and read by who uploaded them or may see a dossier
 * that names them; for everybody else they are not there, though the bytes may be (decisions 19).
 */

#define QUOTA_RETRY_SECONDS 3600

static gboolean
check_digest (const ZcRequest *request, GError **error)
{
  if (zc_sha256_is_valid (zc_request_param (request, "sha256")))
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "not a digest");
  return FALSE;
}

static gboolean
may_fill_something (const ZcDossier *dossier, ZcTime now)
{
  return zc_dossier_may_fill (dossier, ZC_FILLS_APPLICANT, now)
         || zc_dossier_may_fill (dossier, ZC_FILLS_UNIT, now);
}

/* So that nobody fills the disk (SEC-S35): what is named has the limits of its fields, and an hour
 * later there may be room, as what nothing names goes after its days. */
static gboolean
check_quota (const ZcRequest *request, ZcStore *store, GError **error)
{
  gint64 most = request->server->config->images_unnamed;
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT count (*) FROM image_owner o WHERE o.account = $1"
      " AND (SELECT count (*) FROM image_owner a WHERE a.account = $1) >= $2"
      " AND NOT EXISTS (SELECT 1 FROM section_image s WHERE s.sha256 = o.sha256)"
      " AND NOT EXISTS (SELECT 1 FROM submission_image m WHERE m.sha256 = o.sha256)",
      ZC_TEXT (request->caller.account), ZC_INT (most));
  gboolean full = zc_rows_next (rows) && zc_rows_integer (rows, 0) >= most;
  GError *refusal;

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!full)
    return TRUE;
  refusal = zc_refusal_new (ZC_REFUSAL_IMAGES_UNNAMED,
                            "%" G_GINT64_FORMAT " images that nothing names", most);
  zc_refusal_set_retry (refusal, QUOTA_RETRY_SECONDS);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* Before a byte of the body is taken: may this person upload here, and how much (P5). */
gboolean
zc_prepare_image_put (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = NULL;

  if (!check_digest (request, error))
    return FALSE;
  dossier = zc_dossier_load_plain (request, store, error);
  if (dossier == NULL)
    return FALSE;
  if (!may_fill_something (dossier, request->received))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_EDITABLE, "stage %s, state %s",
                      zc_stage_to_string (dossier->stage), zc_state_to_string (dossier->state));
      return FALSE;
    }
  if (!check_quota (request, store, error))
    return FALSE;
  request->upload_limit = zc_business_get_max_image_bytes (dossier->business);
  return TRUE;
}

static gboolean
write_image (const ZcUpload *upload, ZcStore *store, ZcTime now, GError **error)
{
  return zc_store_exec (store, error,
                        "INSERT INTO image (sha256, bytes, width, height, created_at, touched_at)"
                        " VALUES ($1, $2, $3, $4, $5, $5)"
                        " ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at",
                        ZC_TEXT (upload->sha256), ZC_INT (upload->bytes), ZC_INT (upload->width),
                        ZC_INT (upload->height), ZC_INT (now));
}

/* 201 the first time this account brings it, 200 after that, whoever else has brought it: the
 * status tells nothing of others. */
ZcReply *
zc_handle_image_put (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcUpload *upload = &request->upload;
  gboolean first;
  ZcJsonWriter writer;
  ZcReply *reply;

  if (!write_image (upload, store, request->received, error)
      || !zc_store_exec (store, error,
                         "INSERT INTO image_owner (account, sha256, at) VALUES ($1, $2, $3)"
                         " ON CONFLICT (account, sha256) DO NOTHING",
                         ZC_TEXT (request->caller.account), ZC_TEXT (upload->sha256),
                         ZC_INT (request->received)))
    return NULL;
  first = zc_store_changes (store) > 0;
  if (first
      && !zc_event_note (request, store, "image", zc_request_param (request, "id"), upload->sha256,
                         error))
    return NULL;
  reply = zc_reply_json (first ? 201 : 200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "sha256", upload->sha256);
  zc_json_add_integer (&writer, "bytes", upload->bytes);
  zc_json_add_integer (&writer, "width", upload->width);
  zc_json_add_integer (&writer, "height", upload->height);
  zc_json_end_object (&writer);
  return reply;
}

/* Staff: of submissions that reached them and of the unit's own sections, besides what they
 * uploaded themselves. Owners: of theirs, not of the unit's own. */
static gboolean
check_visible (const ZcRequest *request, ZcStore *store, const ZcDossier *dossier, GError **error)
{
  g_autofree char *own
      = dossier->former_unit != NULL ? g_strconcat (dossier->former_unit, "/%", NULL) : NULL;
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT 1 FROM image i WHERE i.sha256 = $1 AND"
      " (EXISTS (SELECT 1 FROM image_owner o WHERE o.account = $2 AND o.sha256 = $1)"
      " OR EXISTS (SELECT 1 FROM submission_image m WHERE m.dossier = $3 AND m.sha256 = $1 AND ($4 "
      "= 0 OR m.submission <= $4))"
      " OR EXISTS (SELECT 1 FROM section_image x JOIN section s ON s.dossier = x.dossier AND s.id "
      "= x.section"
      " WHERE x.dossier = $3 AND x.sha256 = $1"
      " AND s.fills = CASE WHEN $4 = 0 THEN 'applicant' ELSE 'unit' END AND ($4 = 0 OR"
      " CASE WHEN $5 IS NULL THEN s.id NOT LIKE '%/%' ELSE s.id LIKE $5 END)))",
      ZC_TEXT (zc_request_param (request, "sha256")), ZC_TEXT (request->caller.account),
      ZC_TEXT (dossier->id), ZC_INT (zc_dossier_is_owner (dossier) ? 0 : dossier->seen),
      ZC_TEXT (own));
  gboolean visible = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!visible)
    zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such image");
  return visible;
}

/* A row without its file: an older copy of the images was put back. It is brought again (R34). */
static gboolean
check_present (const ZcRequest *request, GError **error)
{
  if (zc_blobs_has (request->server->blobs, zc_request_param (request, "sha256")))
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such image");
  return FALSE;
}

/* Asking whether it is there is meant for naming it soon: that renews its time (decisions 19). */
ZcReply *
zc_handle_image_head (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = NULL;

  if (!check_digest (request, error))
    return NULL;
  dossier = zc_dossier_load_plain (request, store, error);
  if (dossier == NULL || !check_visible (request, store, dossier, error)
      || !check_present (request, error)
      || !zc_store_exec (store, error, "UPDATE image SET touched_at = $2 WHERE sha256 = $1",
                         ZC_TEXT (zc_request_param (request, "sha256")),
                         ZC_INT (request->received)))
    return NULL;
  return zc_reply_new (200);
}

ZcReply *
zc_handle_image_get (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = NULL;
  const char *sha256;
  ZcReply *reply;

  if (!check_digest (request, error))
    return NULL;
  dossier = zc_dossier_load_plain (request, store, error);
  if (dossier == NULL || !check_visible (request, store, dossier, error)
      || !zc_reading_note (request, ZC_READING_IMAGES, dossier->id, store, error))
    return NULL;
  sha256 = zc_request_param (request, "sha256");
  reply = zc_reply_file (200, "image/jpeg", zc_blobs_path (request->server->blobs, sha256));
  reply->etag = g_strdup_printf ("\"%s\"", sha256);
  reply->attachment = TRUE;
  return reply;
}
