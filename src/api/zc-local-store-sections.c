/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-local-store-private.h"

/* The calls for sections. */

void
zc_local_store_put_section_async (ZcLocalStore *self,
                                  const char *dossier,
                                  const char *section,
                                  const char *body,
                                  const char *base,
                                  gint64 revision,
                                  int form,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_put_section, NULL, dossier, section, callback, user_data);

  job->args.text = g_strdup (body);
  job->args.state = g_strdup (base);
  job->args.number = revision;
  job->args.form = form;
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_load_sections_async (ZcLocalStore *self,
                                    const char *dossier,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     zc_store_job_new (self, zc_store_load_sections,
                                       (GDestroyNotify)g_ptr_array_unref, dossier, NULL, callback,
                                       user_data));
}

void
zc_local_store_list_unsent_async (ZcLocalStore *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     zc_store_job_new (self, zc_store_list_unsent,
                                       (GDestroyNotify)g_ptr_array_unref, NULL, NULL, callback,
                                       user_data));
}

GPtrArray *
zc_local_store_list_sections_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static ZcStoreJob *
new_server_word (ZcLocalStore *self,
                 ZcStoreWork work,
                 const char *dossier,
                 const char *section,
                 const char *body,
                 gint64 version,
                 const char *state,
                 const char *problems,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  ZcStoreJob *job = zc_store_job_new (self, work, NULL, dossier, section, callback, user_data);

  job->args.text = g_strdup (body);
  job->args.number = version;
  job->args.state = g_strdup (state);
  job->args.problems = g_strdup (problems);
  return job;
}

void
zc_local_store_section_sent_async (ZcLocalStore *self,
                                   const char *dossier,
                                   const char *section,
                                   const char *sent,
                                   gint64 version,
                                   const char *state,
                                   const char *problems,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     new_server_word (self, zc_store_section_sent, dossier, section, sent, version,
                                      state, problems, callback, user_data));
}

void
zc_local_store_section_pulled_async (ZcLocalStore *self,
                                     const char *dossier,
                                     const char *section,
                                     const char *body,
                                     gint64 version,
                                     const char *state,
                                     const char *problems,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     new_server_word (self, zc_store_section_pulled, dossier, section, body,
                                      version, state, problems, callback, user_data));
}

void
zc_local_store_section_refused_async (ZcLocalStore *self,
                                      const char *dossier,
                                      const char *section,
                                      const char *sent,
                                      const char *refusal,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     new_server_word (self, zc_store_section_refused, dossier, section, sent, 0,
                                      refusal, NULL, callback, user_data));
}

void
zc_local_store_discard_section_async (ZcLocalStore *self,
                                      const char *dossier,
                                      const char *section,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     zc_store_job_new (self, zc_store_discard_section, NULL, dossier, section,
                                       callback, user_data));
}

void
zc_local_store_settle_conflicts_async (ZcLocalStore *self,
                                       const char *dossier,
                                       const char *section,
                                       const ZcSettling *settling,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     new_server_word (self, zc_store_settle_conflicts, dossier, section,
                                      settling->body, settling->revision, settling->left,
                                      settling->shown, callback, user_data));
}
