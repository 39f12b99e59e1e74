/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"

/* The route table: one const row an operation; zc-routes.c holds it, data/openapi.json is held against it. */
typedef enum
{
  ZC_ACCESS_ANYONE,    /* no token needed; one that is sent is not looked at */
  ZC_ACCESS_ACCOUNT,   /* any session */
  ZC_ACCESS_APPLICANT, /* a session that acts for no membership */
  ZC_ACCESS_STAFF,     /* a session that acts for a membership */
} ZcAccess;

typedef enum
{
  ZC_KIND_PLAIN,  /* on the front thread: no store, no disk, no waiting (store is NULL) */
  ZC_KIND_READ,   /* on a reader thread, in a read transaction */
  ZC_KIND_WRITE,  /* prepare on a reader thread, then the handler on the writer, in a savepoint */
  ZC_KIND_SLOW,   /* as WRITE, but prepare on the bounded threads for passwords */
  ZC_KIND_UPLOAD, /* prepare on a reader thread before the body is taken, body into the blob store, then as WRITE */
  ZC_KIND_WAIT,   /* as READ, and may wait: zc_request_wait() */
} ZcKind;

typedef enum
{
  ZC_BODY_NONE,
  ZC_BODY_JSON,   /* application/json, parsed before prepare and handler */
  ZC_BODY_JPEG,   /* image/jpeg, only with ZC_KIND_UPLOAD */
} ZcBody;

typedef enum
{
  ZC_ROUTE_NEEDS_KEY = 1 << 0,   /* without Idempotency-Key: 400 */
  ZC_ROUTE_TAKES_KEY = 1 << 1,   /* keeps the answer when a key is sent */
  ZC_ROUTE_BACKGROUND = 1 << 2,  /* no sign that a person is there: the session's last use is not moved */
} ZcRouteFlags;

/* Runs on another thread than the handler, before it: parse, check, seal, hash. May read @store, must write nothing. */
typedef gboolean (*ZcPrepare) (ZcRequest  *request,
                               ZcStore    *store,
                               GError    **error);
/* The reply, (transfer full); NULL with an error: what the handler wrote is undone. A refusal whose writing must stay (counted
 * tries) is returned as a reply, zc_reply_error(). When a batch fails the handler of a writing route runs once more: it reads
 * request->prepared and leaves it as it is. */
typedef ZcReply *(*ZcHandler) (ZcRequest  *request,
                               ZcStore    *store,
                               GError    **error);

struct _ZcRoute
{
  ZcMethod    method;     /* GET also answers HEAD where no row of its own does */
  const char *pattern;    /* "/v1/dossiers/{id}/sections/{section}" */
  ZcAccess    access;
  ZcKind      kind;
  ZcBody      body;
  guint       flags;      /* ZcRouteFlags */
  gint64      max_body;   /* bytes; 0: the configured limit of its kind of body */
  const char *query;      /* (nullable): the keys it takes, "q limit cursor"; any other or a second one is 400 */
  ZcHandler   handler;
  ZcPrepare   prepare;    /* (nullable) */
};

/* The table itself: zc-routes.c. */
const ZcRoute *zc_routes          (guint          *n_routes);

ZcRouter      *zc_router_new      (const ZcRoute  *routes,
                                   guint           n_routes);
void           zc_router_free     (ZcRouter       *router);
/* Fills request->route and params. @path is cut into pieces, which params point into. FALSE: 404, or 405 with @allow. */
gboolean       zc_router_find     (const ZcRouter *router,
                                   ZcRequest      *request,
                                   char           *path,
                                   char          **allow,
                                   GError        **error);
/* Percent-decodes and checks against route->query. @text is changed in place and must outlive the request. */
gboolean       zc_router_read_query (ZcRequest    *request,
                                     char         *text,
                                     GError      **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRouter, zc_router_free)
