/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier-act.h"
#include "zc-handlers.h"

/* POST of acts: worked out beside the writer, written in its turn; of two that exclude each other
 * exactly one wins. */

gboolean
zc_prepare_act_post (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcDossierAct *act = zc_dossier_act_work_out (request, store, error);

  if (act == NULL)
    return FALSE;
  zc_request_set_prepared (request, act, (GDestroyNotify)zc_dossier_act_free);
  return TRUE;
}

ZcReply *
zc_handle_act_post (ZcRequest *request, ZcStore *store, GError **error)
{
  gboolean written;

  if (!zc_dossier_act_write (request->prepared, request, store, &written, error))
    return NULL;
  if (!written)
    {
      ZcDossierAct *anew = zc_dossier_act_work_out (request, store, error);

      if (anew == NULL)
        return NULL;
      zc_request_set_prepared (request, anew, (GDestroyNotify)zc_dossier_act_free);
      if (!zc_dossier_act_write (anew, request, store, &written, error))
        return NULL;
    }
  return zc_dossier_reply (request, store, zc_request_param (request, "id"), 200, error);
}
