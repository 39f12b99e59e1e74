/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A TCP proxy between clients and a server of a test's own: it counts what crosses the wire, cuts, drops, flips and repeats. It
 * knows as much of HTTP as it takes to tell one request from the next. */
typedef struct _ZcTestProxy ZcTestProxy;

typedef enum
{
  ZC_FAULT_CUT_HEAD,   /* of the request: `at` bytes of it pass, then both connections close */
  ZC_FAULT_CUT_BODY,
  ZC_FAULT_CUT_REPLY,  /* the request passes whole; `at` bytes of the reply do */
  ZC_FAULT_FLIP,       /* one bit of the body's byte `at` */
} ZcFaultKind;

typedef struct
{
  ZcFaultKind kind;
  gint64      at;      /* negative: from the end */
  const char *method;
  const char *path;    /* what the path holds */
  guint       nth;     /* which of the requests that fit, from 0 */
} ZcTestFault;

typedef struct
{
  char    *method;
  char    *path;
  gint64   bytes;      /* of the body, as many as passed */
  gboolean complete;   /* all of the request passed */
  guint    status;     /* 0: no reply came */
} ZcTestExchange;

ZcTestProxy *zc_test_proxy_new         (const char        *server);  /* "http://127.0.0.1:PORT" */
void         zc_test_proxy_free        (ZcTestProxy       *proxy);
const char  *zc_test_proxy_get_address (ZcTestProxy       *proxy);
/* One fault, once; counting begins now. NULL: none any more. */
void         zc_test_proxy_set_fault   (ZcTestProxy       *proxy,
                                        const ZcTestFault *fault);
/* Down: everything open is cut, and what connects is cut at once. */
void         zc_test_proxy_set_up      (ZcTestProxy       *proxy,
                                        gboolean           up);
/* Each POST, PUT and DELETE is sent this many times more once it was answered, whoever sent it. */
void         zc_test_proxy_set_replays (ZcTestProxy       *proxy,
                                        guint              replays);
/* Replays whose status was not the first one's (an image's 200 after 201 apart). */
guint        zc_test_proxy_count_other_answers (ZcTestProxy *proxy);
guint        zc_test_proxy_count_replays (ZcTestProxy     *proxy);
/* What passed so far: (transfer full): of ZcTestExchange, in order of beginning. Replays are not among them. */
GPtrArray   *zc_test_proxy_list        (ZcTestProxy       *proxy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTestProxy, zc_test_proxy_free)
