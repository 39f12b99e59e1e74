/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-refusal.h"
#include "zc-time.h"
#include "zc-types.h"

/* One request as handlers see it, and the reply they give. Neither knows the transport.
 *
 * Strings of a request live as long as the request and are valid UTF-8 without control characters.
 */
#define ZC_MAX_PARAMS 4
#define ZC_MAX_QUERY 16
#define ZC_IDEMPOTENCY_DIGEST_BYTES 32

typedef enum
{
  ZC_METHOD_GET,
  ZC_METHOD_HEAD,
  ZC_METHOD_POST,
  ZC_METHOD_PUT,
  ZC_METHOD_DELETE,
  ZC_METHOD_OTHER,
} ZcMethod;

/* Who asks, as the session's row told in the store where the handler runs. All NULL for ANYONE without a token. */
typedef struct
{
  char    *session;        /* id of the session */
  char    *account;
  char    *membership;     /* (nullable): the session acts for nobody but the person */
  char    *body;           /* (nullable): the membership's body */
  char    *body_kind;      /* (nullable): "unit", "department", "office", "committee", "granting-body" */
  gboolean is_leader;      /* the membership's role is "leader" */
  gboolean by_code;        /* signed in by SMS code: weaker (notes/security 1.4) */
  ZcTime   last_used;      /* of the session, as last written */
} ZcCaller;

/* What an upload left in the blob store before its row is written. */
typedef struct
{
  char   sha256[65];
  gint64 bytes;
  int    width;
  int    height;
} ZcUpload;

typedef struct
{
  const char *key;
  const char *value; /* percent-decoded */
} ZcQuery;

struct _ZcRequest
{
  /* set by the front */
  ZcServer      *server;
  const ZcRoute *route;
  ZcMethod       method;
  char          *path;                   /* as sent, without the query */
  char          *text;                   /* private: what params and query point into */
  const char    *params[ZC_MAX_PARAMS];  /* by place in the pattern */
  ZcQuery        query[ZC_MAX_QUERY];
  guint          n_query;
  char          *token;                  /* (nullable): of Authorization */
  char          *key;                    /* (nullable): Idempotency-Key, a lower-case UUID */
  char          *if_match;               /* (nullable): as sent */
  char          *if_none_match;          /* (nullable): as sent */
  gboolean       unattended;             /* a program asks by itself: no sign that a person is there */
  char          *content_type;           /* (nullable): lower case, without parameters */
  char          *peer;                   /* the client's address: the proxy's word only from trusted_proxies */
  ZcTime         received;               /* when the whole request was there: the moment that counts (decisions 6) */
  guint64        number;                 /* of the request, for the log */
  GByteArray    *body;                   /* (nullable): as sent, NUL-terminated behind its end */

  /* set by the machinery before prepare or handler run */
  ZcJson        *json;                   /* (nullable): the body, parsed; routes of ZC_BODY_JSON always have it */
  ZcCaller       caller;
  gint64         upload_limit;           /* UPLOAD: prepare may lower or raise it; starts at the route's max_body */
  ZcUpload       upload;                 /* UPLOAD: set when the handler runs */
  gboolean       timed_out;              /* WAIT: the wait is over, answer with what there is */

  /* set by prepare, for the handler */
  gpointer       prepared;
  GDestroyNotify prepared_free;
  GError        *refused;                /* (nullable): by prepare, of a request with a key: the writer keeps it as the answer */

  /* set by zc_reading_note(): what is in the record before the answer goes */
  const char    *reading;                /* (nullable): the act, static */
  char          *reading_dossier;        /* (nullable) */

  /* WAIT: set by zc_request_wait() */
  char          *wait_audience;
  ZcTime         wait_until;

  /* private to zc-front.c and zc-engine.c */
  gint           references;             /* atomic */
  gint64         started;                /* monotonic, µs */
  guint64        access_stamp;           /* of when the caller was read */
  guint8         key_digest[ZC_IDEMPOTENCY_DIGEST_BYTES]; /* of what the key stands for */
  gpointer       transport;              /* NULL once the client has gone */
  gpointer       loop;
  gpointer       front_data;
  gpointer       upload_task;
  GDestroyNotify upload_task_free;
  ZcReply       *reply;                  /* on its way to the front */
  void         (*answer) (ZcRequest *request, ZcReply *reply);
};

const char        *zc_request_param         (const ZcRequest  *request,
                                             const char       *name);    /* "id" of "/v1/dossiers/{id}" */
const char        *zc_request_query         (const ZcRequest  *request,
                                             const char       *key);     /* (nullable) */
/* 1..100, 50 where absent; FALSE: refused */
gboolean           zc_request_limit         (const ZcRequest  *request,
                                             int              *limit,
                                             GError          **error);
const ZcJsonValue *zc_request_body          (const ZcRequest  *request); /* the root of the JSON body */
/* zc_json_expect() on the body, told as 400 "bad-json" */
gboolean           zc_request_expect        (const ZcRequest  *request,
                                             const ZcJsonMember *members,
                                             guint             n_members,
                                             GError          **error);
/* If-Match: "n". Absent: 428; not a single strong tag of a number: 412 */
gboolean           zc_request_if_match      (const ZcRequest  *request,
                                             gint64           *version,
                                             GError          **error);
/* What prepare has worked out; a second time replaces and frees the first. */
void               zc_request_set_prepared  (ZcRequest        *request,
                                             gpointer          prepared,
                                             GDestroyNotify    free);
/* Puts what the store said about the caller; takes the strings. */
void               zc_request_take_caller  (ZcRequest        *request,
                                            ZcCaller         *caller);
/* WAIT: park until something of @audience changes or @until comes; the handler then returns NULL without an error
 * and is called once more (with timed_out set at the end). */
void               zc_request_wait          (ZcRequest        *request,
                                             const char       *audience,
                                             ZcTime            until);
ZcRequest         *zc_request_new           (void);
ZcRequest         *zc_request_ref           (ZcRequest        *request);
void               zc_request_free          (ZcRequest        *request); /* gives up one reference */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRequest, zc_request_free)

struct _ZcReply
{
  int         status;
  const char *content_type;  /* static; NULL without content */
  GString    *text;          /* (nullable): JSON and the like */
  GBytes     *bytes;         /* (nullable) */
  char       *file;          /* (nullable): path of a file to send */
  int         fd;            /* private: the file, open */
  guint64     file_size;     /* private */
  char       *etag;          /* (nullable): with its quotes */
  char       *location;      /* (nullable) */
  char       *allow;         /* (nullable): of a 405 */
  int         retry_after;   /* seconds; 0: none */
  gboolean    cacheable;     /* else Cache-Control: no-store. With an etag, If-None-Match is answered by itself */
  gboolean    attachment;    /* Content-Disposition: attachment */
  gboolean    close;         /* close the connection behind it */
};

ZcReply           *zc_reply_new             (int               status);  /* without content: 204 and the like */
/* Starts a JSON reply: write its members with @writer, then return it. */
ZcReply           *zc_reply_json            (int               status,
                                             ZcJsonWriter     *writer);
ZcReply           *zc_reply_text            (int               status,
                                             const char       *content_type,
                                             GString          *text);    /* (transfer full) */
ZcReply           *zc_reply_bytes           (int               status,
                                             const char       *content_type,
                                             GBytes           *bytes);   /* (transfer full) */
ZcReply           *zc_reply_file            (int               status,
                                             const char       *content_type,
                                             char             *path);    /* (transfer full) */
void               zc_reply_set_version     (ZcReply          *reply,
                                             gint64            version); /* ETag: "n" */
/* The one place where errors become replies: refusals as they are, anything else a 500 whose id is in the log. */
ZcReply           *zc_reply_error           (const GError     *error,
                                             const ZcRequest  *request); /* (nullable) */
/* Opens the file of a reply and has it read ahead: on a worker's thread, so that the front never waits for the disk. */
gboolean           zc_reply_open            (ZcReply          *reply,
                                             GError          **error);
void               zc_reply_free            (ZcReply          *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcReply, zc_reply_free)
