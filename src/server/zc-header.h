/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-http.h"

/* What the front reads of a header. */
typedef struct
{
  ZcRequest  *request;
  char       *forwarded;        /* (nullable): X-Forwarded-For */
  gint64      content_length;   /* -1: none */
  gboolean    chunked;
  gboolean    expects;          /* 100-continue */
  guint       seen;             /* private: a bit for each header that may come once */
  gboolean    malformed;
} ZcHeader;

/* Fills the request with what the header says; FALSE: it is malformed, and the connection is to be closed. */
gboolean  zc_header_read     (ZcHeader        *header,
                              ZcRequest       *request,
                              ZcExchange      *exchange,
                              const ZcConfig  *config,
                              GError         **error);
void      zc_header_clear    (ZcHeader        *header);
gboolean  zc_header_has_body (const ZcHeader  *header);
