/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#include "wire.h"

/* crowd KIND PORT ADDRESSES: a connection for each line ("TOKEN"), open until the standard input ends.
 *
 *   idle     has asked once and stays.
 *   waiting  waits for changes, again whenever an answer comes, as the app does.
 *
 * Prints "ready" when all are where they belong. */

#define AT_ONCE 200 /* on their way: more than a server lets wait would be sent away */

typedef struct
{
  int fd;
  const char *token;
  GString *reply;
  gboolean settled;
} Member;

static void
ask (Member *member, const char *path)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n", path, member->token);

  g_string_truncate (member->reply, 0);
  if (send (member->fd, request, strlen (request), MSG_NOSIGNAL) != (ssize_t) strlen (request))
    g_error ("a request could not be sent");
}

static void
wait_for_changes (Member *member)
{
  const char *found = strstr (member->reply->str, "\"cursor\":\"");
  g_autofree char *cursor = NULL, *path = NULL;

  if (found == NULL)
    g_error ("refused: %.600s", member->reply->str);
  found += strlen ("\"cursor\":\"");
  cursor = g_strndup (found, strcspn (found, "\""));
  path = g_strconcat ("/v1/changes?since=", cursor, "&wait=50", NULL);
  ask (member, path);
}

/* TRUE: the first answer is there. */
static gboolean
receive (Member *member, gboolean waiting)
{
  char buffer[4096];
  ssize_t n = recv (member->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  gboolean first = !member->settled;

  if (n <= 0)
    g_error ("the server closed");
  g_string_append_len (member->reply, buffer, n);
  if (!zc_wire_is_whole (member->reply))
    return FALSE;
  if (waiting)
    wait_for_changes (member);
  member->settled = TRUE;
  return first;
}

static void
join (int epoll, int port, const char *token, gboolean waiting)
{
  Member *member = g_new0 (Member, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = member };

  member->fd = zc_wire_connect (port);
  member->token = token;
  member->reply = g_string_new (NULL);
  epoll_ctl (epoll, EPOLL_CTL_ADD, member->fd, &event);
  ask (member, waiting ? "/v1/changes" : "/healthz");
}

static void
run (int epoll, int port, char **tokens, gboolean waiting)
{
  struct epoll_event events[256];
  guint wanted = g_strv_length (tokens), joined = 0, settled = 0;

  for (;;)
    {
      int n;

      while (joined < wanted && joined - settled < AT_ONCE)
        join (epoll, port, tokens[joined++], waiting);
      n = epoll_wait (epoll, events, G_N_ELEMENTS (events), -1);
      for (int i = 0; i < n; i++)
        {
          if (events[i].data.ptr == NULL)
            return;
          if (receive (events[i].data.ptr, waiting) && ++settled == wanted)
            {
              puts ("ready");
              fflush (stdout);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *text = NULL;
  g_auto (GStrv) tokens = NULL;
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  struct epoll_event end = { .events = EPOLLIN };

  g_return_val_if_fail (argc == 4 && g_file_get_contents (argv[3], &text, NULL, NULL), 2);
  tokens = g_strsplit (g_strchomp (text), "\n", -1);
  epoll_ctl (epoll, EPOLL_CTL_ADD, STDIN_FILENO, &end);
  run (epoll, atoi (argv[2]), tokens, g_str_equal (argv[1], "waiting"));
  return 0;
}
