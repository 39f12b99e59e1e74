/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-check.h"
#include "zc-request.h"
#include "zc-store.h"
#include "zc-workflow.h"

/* A dossier's row with the names that its JSON shows, seen by one caller: loaded where it is needed, never kept.
 * Who may see what is settled in loading: what a caller may not see is not found. */
typedef struct
{
  char *id;
  char *name; /* (nullable) */
} ZcNamed;

typedef struct
{
  char     *id;
  char     *account;
  char     *business_id;
  int       revision;
  int       year;
  ZcNamed   unit;
  ZcNamed   series;
  ZcNamed   level;
  ZcNamed   committee;
  ZcNamed   office;
  char     *department; /* (nullable) */
  ZcStage   stage;
  ZcState   state;
  ZcStage   origin;
  gboolean  left_first;
  char     *at_body;     /* (nullable) */
  char     *holder;      /* (nullable): membership */
  char     *holder_name; /* (nullable) */
  ZcTime    held_at;
  char     *assigned;      /* (nullable): membership that is asked to take it up */
  char     *assigned_name; /* (nullable) */
  gboolean  decided_above; /* somebody beyond the unit has decided */
  gint64    version;
  int       submissions;
  int       sections_done;
  int       sections_total;
  char     *name;
  char     *masked;
  ZcTime    created_at;
  ZcTime    updated_at;
  ZcTime    submitted_at;
  ZcTime    window_start;
  ZcTime    window_end;  /* 0: no window */

  ZcBusiness *business;  /* (transfer none): its revision */
  guint       who;       /* ZcWho of the caller */
  int         seen;      /* staff: the submission that their body may see */
  char       *kept;      /* (nullable): JSON of what another target left without a question: told once, in the answer to it */
  char       *left; /* (nullable): JSON of what found no place in the newest revision: told once, in the answer to it */
  char       *former_unit; /* (nullable): the caller's body, which was its unit before another was chosen */
} ZcDossier;

/* The columns and joins of every statement that reads dossiers whole; zc_dossier_read() takes the rows. */
#define ZC_DOSSIER_LIST(NAMED)                                                                                \
  "SELECT d.id, d.account, d.business, d.revision, d.year, d.unit, " NAMED ("u.name") ", d.series, "            \
  NAMED ("s.name") ", d.level, " NAMED ("l.name") ", d.committee, " NAMED ("c.name") ", d.office, "             \
  NAMED ("o.name") ", d.department, d.stage, d.state, d.origin, d.left_first, d.at_body, d.holder, "            \
  NAMED ("ha.name") ", d.held_at, d.version, d.submissions, d.sections_done, d.sections_total, d.name,"         \
  " d.masked, d.created_at, d.updated_at, d.submitted_at, " NAMED ("w.starts_at") ", " NAMED ("w.ends_at")      \
  ", d.assigned, " NAMED ("aa.name") ", d.decided_above"
#define ZC_DOSSIER_THIS(column) column
#define ZC_DOSSIER_NOTHING(column) "NULL"
#define ZC_DOSSIER_SELECT ZC_DOSSIER_LIST (ZC_DOSSIER_THIS)
#define ZC_DOSSIER_JOINS                                                                                      \
  " LEFT JOIN body u ON u.id = d.unit LEFT JOIN series s ON s.id = d.series LEFT JOIN level l ON l.id = d.level"    \
  " LEFT JOIN body c ON c.id = d.committee LEFT JOIN body o ON o.id = d.office"                                \
  " LEFT JOIN committee_scope w ON w.committee = d.committee AND w.series = d.series AND w.level = d.level"    \
  " AND w.year = d.year LEFT JOIN membership m ON m.id = d.holder LEFT JOIN account ha ON ha.id = m.account" \
  " LEFT JOIN membership am ON am.id = d.assigned LEFT JOIN account aa ON aa.id = am.account"
#define ZC_DOSSIER_COLUMNS 38 /* what a statement adds comes behind them */

/* A row of such a statement, for the request's caller: (transfer full); NULL: its business is not known. */
ZcDossier    *zc_dossier_read          (ZcRequest          *request,
                                        ZcStore            *store,
                                        ZcRows             *rows,
                                        GError            **error);
/* The dossier that the path names: 404 when there is none that this caller may see. (transfer full) */
ZcDossier    *zc_dossier_load          (ZcRequest          *request,
                                        ZcStore            *store,
                                        GError            **error);
/* The same without names and window, which are in eight other tables: for who may do what, and saving. */
ZcDossier    *zc_dossier_load_plain    (ZcRequest          *request,
                                        ZcStore            *store,
                                        GError            **error);
ZcDossier    *zc_dossier_load_id       (ZcRequest          *request,
                                        ZcStore            *store,
                                        const char         *id,
                                        GError            **error);
void          zc_dossier_free          (ZcDossier          *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDossier, zc_dossier_free)

char         *zc_dossier_place_key     (const ZcBusiness   *business, /* (transfer full) (nullable) */
                                        const char         *account,
                                        int                 year);
/* What the rules look at, at the moment of the request. */
void          zc_dossier_case          (const ZcDossier    *dossier,
                                        ZcTime              now,
                                        ZcWorkflowCase     *subject);
gboolean      zc_dossier_is_owner      (const ZcDossier    *dossier);
gboolean      zc_dossier_is_editable   (const ZcDossier    *dossier,  /* by this caller: the applicant's sections */
                                        ZcTime              now);
gboolean      zc_dossier_may_retarget  (const ZcDossier    *dossier,  /* by this caller: where it goes */
                                        ZcTime              now);
gboolean      zc_dossier_may_fill      (const ZcDossier    *dossier,  /* by this caller: sections of that kind */
                                        ZcFills             fills,
                                        ZcTime              now);
/* {"unit": id, "series": id …}: (transfer full) */
char         *zc_dossier_target_json   (const ZcDossier    *dossier);
/* "unit", "office" …: as which kind of party a body acts at a stage */
const char   *zc_dossier_body_of_stage (const ZcDossier    *dossier,
                                        ZcStage             stage);

/* JSON (zc-dossier-json.c) */
gboolean      zc_dossier_write_summary (ZcDossier          *dossier,
                                        ZcRequest          *request,
                                        ZcStore            *store,
                                        ZcJsonWriter       *writer,
                                        GError            **error);
/* DOSSIER whole. FALSE: the store failed. */
gboolean      zc_dossier_write         (ZcDossier          *dossier,
                                        ZcRequest          *request,
                                        ZcStore            *store,
                                        ZcJsonWriter       *writer,
                                        GError            **error);
ZcReply      *zc_dossier_reply_loaded  (ZcDossier          *dossier,
                                        ZcRequest          *request,
                                        ZcStore            *store,
                                        int                 status,
                                        GError            **error);
ZcReply      *zc_dossier_reply         (ZcRequest          *request,
                                        ZcStore            *store,
                                        const char         *id,
                                        int                 status,
                                        GError            **error);

/* An act or an address on another version than the present one: 409 with the present dossier (zc-dossier-json.c). */
gboolean      zc_dossier_check_version (ZcDossier          *dossier,
                                        ZcRequest          *request,
                                        ZcStore            *store,
                                        gint64              version,
                                        GError            **error);

/* Tells everybody concerned that it moved: its owner, and the body it is at (zc-dossier.c). */
gboolean      zc_dossier_tell          (const ZcDossier    *dossier,
                                        ZcStore            *store,
                                        const char         *body,     /* (nullable) */
                                        gint64              version,
                                        gboolean            gone,     /* for the body */
                                        ZcTime              now,
                                        GError            **error);
