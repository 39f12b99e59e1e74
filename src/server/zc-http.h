/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/socket.h>

#include "zc-config.h"
#include "zc-request.h"

/* HTTP/1.1, by libmicrohttpd on epoll loops of our own. All that is known of libmicrohttpd is in zc-http*.c.
 *
 * Two loops, each with a daemon and a thread: libmicrohttpd looks at every held exchange whenever one goes on (292 µs with 9,800),
 * so connections that begin with the waiting request go to a loop of their own. Both answer everything.
 *
 * An exchange is one request and its reply. Its functions are for its loop's thread alone; other threads zc_loop_post(). */
typedef struct _ZcHttp ZcHttp;
typedef struct _ZcLoop ZcLoop;
typedef struct _ZcExchange ZcExchange;

typedef struct
{
  /* The header is there: take the body (also where there is none), or reply. */
  void (*head)  (ZcExchange *exchange, gpointer data);
  void (*chunk) (ZcExchange *exchange, const void *bytes, gsize size, gpointer data);
  /* The body is whole: reply, or hold. */
  void (*end)   (ZcExchange *exchange, gpointer data);
  /* The last word: the reply is out, or the client has gone. status: of HTTP, 0 where there was no reply. */
  void (*gone)  (ZcExchange *exchange, int status, gpointer data);
} ZcHttpHandler;

ZcHttp     *zc_http_start        (const ZcConfig      *config,
                                  const char          *waiting_path,  /* requests that wait begin with "GET PATH" */
                                  const ZcHttpHandler *handler,
                                  gpointer             data,
                                  GError             **error);
int         zc_http_get_port     (ZcHttp              *http);
/* No more connections; what is under way is answered and then closed. */
void        zc_http_quiesce      (ZcHttp              *http);
gboolean    zc_http_is_quiet     (ZcHttp              *http);         /* nothing is under way */
void        zc_http_stop         (ZcHttp              *http);

/* Runs @func on the loop's thread, after which it looks at its connections: posts that come together cost one look. */
void        zc_loop_post         (ZcLoop              *loop,
                                  void               (*func) (gpointer data),
                                  gpointer             data);

/* (transfer full): in numbers; IPv4 as such also where it came by IPv6. */
char       *zc_http_format_address (const struct sockaddr *address);

ZcLoop     *zc_exchange_get_loop (ZcExchange          *exchange);
const char *zc_exchange_get_method (ZcExchange        *exchange);
char       *zc_exchange_get_target (ZcExchange        *exchange);     /* as sent; may be changed in place */
/* How often the header has @name, and its first value. */
typedef void (*ZcHeaderFunc) (const char *name, const char *value, gpointer data);
void        zc_exchange_each_header (ZcExchange       *exchange,
                                     ZcHeaderFunc      func,
                                     gpointer          data);
const struct sockaddr *zc_exchange_get_address (ZcExchange *exchange);
void        zc_exchange_set_data (ZcExchange          *exchange,
                                  gpointer             data);
gpointer    zc_exchange_get_data (ZcExchange          *exchange);

void        zc_exchange_take_body (ZcExchange         *exchange,
                                   gint64              limit);       /* a body that turns out longer is cut off with the connection */
void        zc_exchange_hold     (ZcExchange          *exchange);    /* nothing happens until go_on or reply */
void        zc_exchange_go_on    (ZcExchange          *exchange);    /* takes the body, or more of it */
/* At the header without take_body: at once, and the connection is closed. With it, what is left of the body is read and forgotten
 * first: a client that is still sending would not see the reply. */
void        zc_exchange_reply    (ZcExchange          *exchange,
                                  ZcReply             *reply);       /* (transfer full) */
