/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A zhichengd of a test's own: the real program, demo data, a folder of its own. Its address stays over stop and start. */
typedef struct _ZcTestServer ZcTestServer;

ZcTestServer *zc_test_server_new         (void); /* running */
void          zc_test_server_free        (ZcTestServer *server);
const char   *zc_test_server_get_address (ZcTestServer *server);
const char   *zc_test_server_get_folder  (ZcTestServer *server);
void          zc_test_server_start       (ZcTestServer *server);
void          zc_test_server_stop        (ZcTestServer *server); /* SIGTERM, waited for */
void          zc_test_server_kill        (ZcTestServer *server); /* SIGKILL, waited for */
void          zc_test_server_run_verb    (ZcTestServer *server,
                                          const char   *verb);
/* While it is stopped: a line of its configuration's limits, as "images_unnamed=1". */
void          zc_test_server_set_limit   (ZcTestServer *server,
                                          const char   *line);
/* Also while it runs: a business, as its file would say it. */
void          zc_test_server_import      (ZcTestServer *server,
                                          const char   *text);
/* While it is stopped: keeps a copy of database and images; puts it back, and says so as an operator does. */
void          zc_test_server_back_up     (ZcTestServer *server);
void          zc_test_server_restore     (ZcTestServer *server);
/* SQL on the server's database while it is stopped. */
void          zc_test_server_run_sql     (ZcTestServer *server,
                                          const char   *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTestServer, zc_test_server_free)
