/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "zc-id.h"
#include "zc-outbox.h"
#include "zc-server.h"
#include "zc-writer.h"

/* The outbox: a thread that sends what the table holds, oldest due first, and takes away what the
 * provider has taken. Sent and not yet taken away when the power goes: sent once more at the next
 * start. */

#define BATCH 32
#define MAX_TRIES 12
#define FIRST_WAIT_MS (5 * G_GINT64_CONSTANT (1000))
#define LONGEST_WAIT_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define IDLE_SECONDS 30

struct _ZcOutbox
{
  ZcServer *server;
  ZcStore *store;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  gboolean woken;
  gboolean stopping;
};

typedef struct
{
  char *id;
  char *channel;
  char *template;
  char *content; /* {"to","text"} */
  int tries;
} Message;

static void
free_message (Message *message)
{
  g_free (message->id);
  g_free (message->channel);
  g_free (message->template);
  g_free (message->content);
  g_free (message);
}

static char *
content_context (const char *id)
{
  return g_strconcat ("outbox:", id, NULL);
}

/**
 * zc_outbox_add:
 * @channel: "sms" or "email"
 * @to: a number or an address
 * @template: which text it is, for providers that send by template
 * @text: the text itself
 *
 * Writes a message in the transaction of its cause; it is sent after the commit.
 */
gboolean
zc_outbox_add (ZcServer *server,
               ZcStore *store,
               const char *channel,
               const char *to,
               const char *template,
               const char *text,
               GError **error)
{
  g_autoptr (GString) content = g_string_new (NULL);
  g_autofree char *id = zc_id_new (), *context = content_context (id);
  g_autofree guint8 *sealed = NULL;
  ZcJsonWriter writer;
  gsize size;

  zc_json_writer_init (&writer, content);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "to", to);
  zc_json_add_string (&writer, "text", text);
  zc_json_end_object (&writer);
  sealed = zc_seal_close (server->seal, context, content->str, content->len, &size);
  if (!zc_store_exec (store, error,
                      "INSERT INTO outbox (id, channel, template, content, at, next_at) VALUES "
                      "($1, $2, $3, $4, $5, $5)",
                      ZC_TEXT (id), ZC_TEXT (channel), ZC_TEXT (template), ZC_BLOB (sealed, size),
                      ZC_INT (zc_time_now ())))
    return FALSE;
  zc_store_note (store, "outbox");
  return TRUE;
}

static GString *
write_line (const Message *message, GError **error)
{
  g_autoptr (ZcJson) content = zc_json_parse (message->content, strlen (message->content), error);
  GString *line;
  ZcJsonWriter writer;

  if (content == NULL)
    return NULL;
  line = g_string_new (NULL);
  zc_json_writer_init (&writer, line);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_time (&writer, "at", zc_time_now ());
  zc_json_add_string (&writer, "channel", message->channel);
  zc_json_add_string (&writer, "to", zc_json_get_string (zc_json_root (content), "to"));
  zc_json_add_string (&writer, "template", message->template);
  zc_json_add_string (&writer, "text", zc_json_get_string (zc_json_root (content), "text"));
  zc_json_end_object (&writer);
  g_string_append_c (line, '\n');
  return line;
}

/* Provider "file": the line is on the disk when this returns. */
static gboolean
send_to_file (ZcServer *server, const Message *message, GError **error)
{
  g_autofree char *path = g_build_filename (server->config->outbox_directory, "outbox.jsonl", NULL);
  g_autoptr (GString) line = write_line (message, error);
  gboolean sent;
  int fd;

  if (line == NULL)
    return FALSE;
  fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  sent = fd >= 0 && write (fd, line->str, line->len) == (gssize)line->len && fdatasync (fd) == 0;
  if (!sent)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "outbox: %s",
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return sent;
}

static Message *
read_message (ZcServer *server, ZcRows *rows)
{
  Message *message = g_new0 (Message, 1);
  g_autofree char *context = content_context (zc_rows_text (rows, 0));
  g_autoptr (GError) error = NULL;
  const void *sealed;
  gsize size;

  message->id = zc_rows_dup_text (rows, 0);
  message->channel = zc_rows_dup_text (rows, 1);
  message->template = zc_rows_dup_text (rows, 2);
  message->tries = (int)zc_rows_integer (rows, 4);
  sealed = zc_rows_blob (rows, 3, &size);
  message->content = zc_seal_open (server->seal, context, sealed, size, NULL, &error);
  if (message->content == NULL)
    g_warning ("outbox: %s: %s", message->id, error->message);
  return message;
}

static GPtrArray *
read_due (ZcOutbox *outbox, GError **error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify)free_message);
  g_autoptr (ZcRows) rows = zc_store_query (
      outbox->store,
      "SELECT id, channel, template, content, tries FROM outbox WHERE next_at <= $1 AND tries < $2 "
      "ORDER BY next_at, id LIMIT $3",
      ZC_INT (zc_time_now ()), ZC_INT (MAX_TRIES), ZC_INT (BATCH));

  while (zc_rows_next (rows))
    g_ptr_array_add (due, read_message (outbox->server, rows));
  return zc_rows_end (rows, error) ? g_steal_pointer (&due) : NULL;
}

/* Twice as long after each failure. */
static ZcTime
next_try (int tries)
{
  return zc_time_now () + MIN (FIRST_WAIT_MS << MIN (tries, 16), LONGEST_WAIT_MS);
}

static gboolean
forget_message (ZcStore *store, gpointer data, GError **error)
{
  const Message *message = data;

  return zc_store_exec (store, error, "DELETE FROM outbox WHERE id = $1", ZC_TEXT (message->id));
}

static gboolean
put_off_message (ZcStore *store, gpointer data, GError **error)
{
  const Message *message = data;

  return zc_store_exec (store, error,
                        "UPDATE outbox SET tries = tries + 1, next_at = $2 WHERE id = $1",
                        ZC_TEXT (message->id), ZC_INT (next_try (message->tries)));
}

static gboolean
send_message (ZcOutbox *outbox, Message *message, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (message->content != NULL && send_to_file (outbox->server, message, &failure))
    return zc_writer_run (outbox->server->writer, forget_message, message, error);
  g_warning ("outbox: message %s, try %d: %s", message->id, message->tries + 1,
             failure != NULL ? failure->message : "it does not open");
  return zc_writer_run (outbox->server->writer, put_off_message, message, error);
}

/* Whether there may be more to send at once. */
static gboolean
send_due (ZcOutbox *outbox)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = read_due (outbox, &error);

  for (guint i = 0; due != NULL && error == NULL && i < due->len; i++)
    send_message (outbox, due->pdata[i], &error);
  if (error != NULL)
    g_warning ("outbox: %s", error->message);
  return error == NULL && due->len == BATCH;
}

/* FALSE: stop. */
static gboolean
wait_for_work (ZcOutbox *outbox)
{
  gint64 until = g_get_monotonic_time () + IDLE_SECONDS * G_TIME_SPAN_SECOND;
  gboolean on;

  g_mutex_lock (&outbox->mutex);
  while (!outbox->woken && !outbox->stopping)
    if (!g_cond_wait_until (&outbox->cond, &outbox->mutex, until))
      break;
  outbox->woken = FALSE;
  on = !outbox->stopping;
  g_mutex_unlock (&outbox->mutex);
  return on;
}

static gpointer
run_outbox (gpointer data)
{
  ZcOutbox *outbox = data;

  do
    while (send_due (outbox))
      ;
  while (wait_for_work (outbox));
  return NULL;
}

ZcOutbox *
zc_outbox_start (ZcServer *server, GError **error)
{
  ZcStore *store = zc_server_open_store (server, TRUE, error);
  ZcOutbox *outbox;

  if (store == NULL)
    return NULL;
  outbox = g_new0 (ZcOutbox, 1);
  outbox->server = server;
  outbox->store = store;
  g_mutex_init (&outbox->mutex);
  g_cond_init (&outbox->cond);
  outbox->thread = g_thread_new ("outbox", run_outbox, outbox);
  return outbox;
}

void
zc_outbox_wake (ZcOutbox *outbox)
{
  g_mutex_lock (&outbox->mutex);
  outbox->woken = TRUE;
  g_cond_signal (&outbox->cond);
  g_mutex_unlock (&outbox->mutex);
}

void
zc_outbox_stop (ZcOutbox *outbox)
{
  if (outbox == NULL)
    return;
  g_mutex_lock (&outbox->mutex);
  outbox->stopping = TRUE;
  g_cond_signal (&outbox->cond);
  g_mutex_unlock (&outbox->mutex);
  g_thread_join (outbox->thread);
  zc_store_close (outbox->store);
  g_mutex_clear (&outbox->mutex);
  g_cond_clear (&outbox->cond);
  g_free (outbox);
}
