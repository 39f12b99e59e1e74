/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-page.h"
#include "zc-store.h"

#define ZC_QUEUE_MAX_ROWS 1000 /* of one search: what is acted upon together is frozen in one answer (P11) */

typedef enum
{
  ZC_QUEUE_BY_SUBMISSION,
  ZC_QUEUE_BY_NAME,
  ZC_QUEUE_BY_RANK,
} ZcQueueOrder;

/* Whose dossiers a statement lists: one's own stand first where that was asked for (U4). */
typedef enum
{
  ZC_QUEUE_ALL,
  ZC_QUEUE_OWN,
  ZC_QUEUE_OTHERS,
} ZcQueuePart;

/* What a list of dossiers is narrowed and ordered by. Strings are the request's but those that are not const. */
typedef struct
{
  const char  *business; /* (nullable) */
  const char  *stage;    /* (nullable) */
  const char  *state;    /* (nullable): all that is open */
  const char  *level;    /* (nullable) */
  gint64       year;     /* 0: any */
  char        *name;     /* (nullable): prefix of the applicant's name */
  char        *beyond;   /* (nullable): the first text behind all names with that prefix */
  char        *unit;     /* (nullable): prefix of the name of the unit that it comes from */
  char        *beyond_unit; /* (nullable): the first text behind those */
  gboolean     rare_name;  /* few have it: they are found first and put in order then */
  gboolean     rare_unit;  /* the same of the unit */
  gboolean     rare_state; /* the same of the state */
  gint64       rank;     /* of the level, where it orders the list; -1: not known */
  char        *account;  /* (nullable): of the ID number that was typed; "" when there is no such account */
  ZcQueueOrder order;
  gboolean     descending;
  gboolean     from_body;
  ZcPage       page;
  ZcQueuePart  part;     /* of the row behind which the page begins */
  char        *lead;     /* (nullable): that row's name or rank */
  char        *id;       /* that row's */
} ZcQueueFilter;

/* From the query of a GET: no ID number (SEC-S39). queue: of a body; else a person's own list. */
gboolean zc_queue_filter_read_query (const ZcRequest  *request,
                                     gboolean          queue,
                                     ZcQueueFilter    *filter,
                                     GError          **error);
/* From the body of a search. */
gboolean zc_queue_filter_read_body  (const ZcRequest  *request,
                                     ZcStore          *store,
                                     ZcQueueFilter    *filter,
                                     GError          **error);
/* The cursor behind a row. (transfer full) */
char    *zc_queue_filter_cursor     (ZcQueuePart       part,
                                     gint64            submitted_at,
                                     const char       *id,
                                     const char       *lead);
/* Where the pages of a part begin, after another part has ended. */
void     zc_queue_filter_enter      (ZcQueueFilter    *filter,
                                     ZcQueuePart       part);
void     zc_queue_filter_clear      (ZcQueueFilter    *filter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcQueueFilter, zc_queue_filter_clear)
