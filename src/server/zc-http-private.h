/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>

#include "zc-http.h"

/* What the files of the front share. */

#define ZC_CONNECTION_SWEEP_MS 1000
#define ZC_DEADLINE_NEVER G_MAXINT64

typedef struct _ZcConnection ZcConnection;

struct _ZcLoop
{
  ZcHttp *http;
  struct MHD_Daemon *daemon;
  GThread *thread;
  int epoll;
  int wake;      /* eventfd */
  int listening; /* -1: this loop accepts nothing */
  GMutex mutex;
  GArray *posts;      /* of Post (zc-http-loop.c), under the mutex */
  GArray *posts_run;  /* of Post: those being run */
  GArray *handed;     /* of int: sockets from the other loop, under the mutex */
  GQueue connections; /* of ZcConnection */
  gint exchanges;     /* atomic: under way */
  gint64 swept;
};

struct _ZcHttp
{
  const ZcConfig *config;
  const ZcHttpHandler *handler;
  gpointer data;
  char *waiting_prefix; /* "GET /v1/changes" */
  ZcLoop loops[2];      /* the front, those that wait */
  int port;
  gint quiescing; /* atomic */
  gint stopping;  /* atomic */
  GMutex mutex;
  GHashTable *addresses; /* address → connections */
  guint n_connections;
};

struct _ZcConnection
{
  ZcLoop *loop;
  GList link;
  int fd;
  gint64 deadline;      /* monotonic; ZC_DEADLINE_NEVER while it is our turn */
  ZcExchange *exchange; /* (nullable) */
  gboolean ended;       /* the client had closed in the middle of a request when last looked at */
};

typedef enum
{
  ZC_EXCHANGE_HEAD, /* the header is not there yet, or has not been looked at */
  ZC_EXCHANGE_HELD, /* suspended: it is our turn */
  ZC_EXCHANGE_BODY,
  ZC_EXCHANGE_REPLY,
} ZcExchangeState;

struct _ZcExchange
{
  ZcConnection *connection;
  struct MHD_Connection *mhd;
  char *target;
  const char *method;
  ZcExchangeState state;
  gboolean in_head;    /* head() is running */
  gboolean head_again; /* held at the header: libmicrohttpd calls once more without news */
  gboolean body_first; /* the reply comes behind the body */
  gboolean body_done;
  gint64 body_limit;
  gint64 body_bytes;
  gint64 body_since; /* monotonic */
  gint64 held_since;
  ZcReply *reply;
  int status;
  gpointer data;
};

/* zc-http-connection.c: on the loop's thread, but for the counting, which both loops share. */
gboolean        zc_connection_count_in   (ZcHttp                  *http,    /* FALSE: one too many */
                                          const struct sockaddr   *address);
void            zc_connection_count_out  (ZcHttp                  *http,
                                          const struct sockaddr   *address);
void            zc_connection_notify_cb  (void                    *loop,
                                          struct MHD_Connection   *mhd,
                                          void                   **context,
                                          enum MHD_ConnectionNotificationCode code);
/* Shuts down what has run into a limit; looks once in ZC_CONNECTION_SWEEP_MS. */
void            zc_connection_sweep      (ZcLoop                  *loop,
                                          gint64                   now);    /* monotonic */
gint64          zc_deadline_in           (int                      seconds);

/* zc-http-exchange.c: what libmicrohttpd calls. */
void           *zc_exchange_begin_cb     (void                    *data,
                                          const char              *target,
                                          struct MHD_Connection   *mhd);
enum MHD_Result zc_exchange_access_cb    (void                    *data,
                                          struct MHD_Connection   *mhd,
                                          const char              *url,
                                          const char              *method,
                                          const char              *version,
                                          const char              *bytes,
                                          size_t                  *size,
                                          void                   **context);
void            zc_exchange_end_cb       (void                    *loop,
                                          struct MHD_Connection   *mhd,
                                          void                   **context,
                                          enum MHD_RequestTerminationCode code);

/* zc-http-reply.c: sends the reply that the exchange has. */
enum MHD_Result zc_exchange_queue_reply  (ZcExchange              *exchange);

/* zc-http-loop.c */
void            zc_loop_init             (ZcLoop                  *loop,
                                          ZcHttp                  *http);
gboolean        zc_loop_start            (ZcLoop                  *loop,
                                          const char              *name,      /* of its thread */
                                          int                      listening, /* (transfer full): -1: it accepts nothing */
                                          GError                 **error);
void            zc_loop_wake             (ZcLoop                  *loop);
void            zc_loop_stop             (ZcLoop                  *loop);     /* and clears it, started or not */
