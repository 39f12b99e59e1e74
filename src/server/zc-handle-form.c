/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-form.h"
#include "zc-handlers.h"

/* 更新表格: a draft keeps the revision of its business until its owner asks for the newest (decisions 16). */

static gboolean
check_newer (const ZcDossier *dossier,
             ZcRequest *request,
             ZcStore *store,
             const ZcBusiness **newer,
             GError **error)
{
  if (!zc_dossier_is_editable (dossier, request->received))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_EDITABLE, "stage %s, state %s",
                      zc_stage_to_string (dossier->stage), zc_state_to_string (dossier->state));
      return FALSE;
    }
  if (!zc_form_find_newer (dossier, request, store, newer, error))
    return FALSE;
  if (*newer == NULL)
    zc_refusal_set (error, ZC_REFUSAL_FORM_CURRENT, "revision %d is the newest it can have",
                    dossier->revision);
  return *newer != NULL;
}

ZcReply *
zc_handle_form_post (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = { { "version", ZC_JSON_INTEGER, TRUE } };
  g_autoptr (ZcDossier) dossier = NULL, updated = NULL;
  const ZcBusiness *newer = NULL;
  g_autofree char *left = NULL;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return NULL;
  dossier = zc_dossier_load (request, store, error);
  if (dossier == NULL || !check_newer (dossier, request, store, &newer, error)
      || !zc_dossier_check_version (dossier, request, store,
                                    zc_json_get_integer (zc_request_body (request), "version", 0),
                                    error)
      || !zc_form_update (dossier, request, store, newer, &left, error))
    return NULL;
  updated = zc_dossier_load (request, store, error);
  if (updated == NULL)
    return NULL;
  updated->left = g_steal_pointer (&left);
  return zc_dossier_reply_loaded (updated, request, store, 200, error);
}
