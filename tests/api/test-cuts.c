/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define AWAIT_LIMIT (90 * G_USEC_PER_SEC)
#include <glib/gstdio.h>

#include "zc-test-proxy.h"
#include "zc-test-world.h"

/* The way between desktop and server, through a proxy that cuts, drops and repeats: nothing is lost, nothing is doubled, and no
 * image crosses the wire again without need. */

typedef struct
{
  ZcTestServer *server;
  ZcTestProxy  *proxy;
  Device       *device;
  char         *dossier;
} Wire;

/* No dossier yet. */
static void
wire_set_up_empty (Wire *wire, gconstpointer data)
{
  wire->server = zc_test_server_new ();
  wire->proxy = zc_test_proxy_new (zc_test_server_get_address (wire->server));
  wire->device = device_new_at (zc_test_proxy_get_address (wire->proxy), APPLICANT);
}

static void
wire_set_up (Wire *wire, gconstpointer data)
{
  g_autoptr (ZcDossier) dossier = NULL;

  wire_set_up_empty (wire, data);
  dossier = device_create (wire->device);
  wire->dossier = g_strdup (zc_dossier_get_id (dossier));
  device_open_draft (wire->device, wire->dossier);
}

static void
wire_tear_down (Wire *wire, gconstpointer data)
{
  device_free (wire->device);
  zc_test_proxy_free (wire->proxy);
  zc_test_server_free (wire->server);
  g_free (wire->dossier);
}

/* --- pictures, wherever the business has a place for them --- */
typedef struct
{
  char  *section;
  char  *entry; /* (nullable) */
  char  *field;
  char  *sha256;
  gint64 bytes;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->section);
  g_free (picture->entry);
  g_free (picture->field);
  g_free (picture->sha256);
  g_free (picture);
}

static guint next_picture = 1;

static void
add_picture (Device *device, GPtrArray *pictures, const char *section, const char *entry, const char *field)
{
  g_autoptr (GBytes) jpeg = test_picture (next_picture++);
  g_autoptr (GError) error = NULL;
  Picture *picture = g_new0 (Picture, 1);

  g_assert_true (device_add_image (device, section, entry, field, jpeg, &error));
  g_assert_no_error (error);
  picture->section = g_strdup (section);
  picture->entry = g_strdup (entry);
  picture->field = g_strdup (field);
  picture->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, jpeg);
  picture->bytes = (gint64) g_bytes_get_size (jpeg);
  g_ptr_array_add (pictures, picture);
}

/* In one entry of a section (or the section itself), as many as fit, until there are enough. */
static void
add_to_entry (Device *device, GPtrArray *pictures, const ZcSection *section, const char *entry, guint enough)
{
  for (guint i = 0; i < section->n_fields; i++)
    {
      const ZcField *field = &section->fields[i];

      if (field->type != ZC_FIELD_IMAGES || !zc_draft_field_applies (device->draft, section->id, entry, field->id))
        continue;
      for (guint n = 0; n < (guint) field->images.max && pictures->len < enough; n++)
        add_picture (device, pictures, section->id, entry, field->id);
    }
}

static gboolean
has_images (const ZcSection *section)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES && section->fills == ZC_FILLS_APPLICANT)
      return TRUE;
  return FALSE;
}

static void
add_to_section (Device *device, GPtrArray *pictures, const ZcSection *section, guint most)
{
  const char *entry;

  if (!section->repeats)
    add_to_entry (device, pictures, section, NULL, most);
  while (section->repeats && pictures->len < most && (entry = zc_draft_add_entry (device->draft, section->id)) != NULL)
    add_to_entry (device, pictures, section, entry, most);
}

/* Every section that takes images gets its share; what is left goes where entries can be added. */
static void
add_pictures (Device *device, GPtrArray *pictures, guint enough, guint share)
{
  guint n = zc_business_get_n_sections (device->business);

  for (guint i = 0; i < n && pictures->len < enough; i++)
    if (has_images (zc_business_get_section (device->business, i)))
      add_to_section (device, pictures, zc_business_get_section (device->business, i), MIN (enough, pictures->len + share));
  for (guint i = 0; i < n && pictures->len < enough; i++)
    if (has_images (zc_business_get_section (device->business, i)) && zc_business_get_section (device->business, i)->repeats)
      add_to_section (device, pictures, zc_business_get_section (device->business, i), enough);
}

static gboolean
is_free_text (const ZcField *field)
{
  return (field->type == ZC_FIELD_TEXT || field->type == ZC_FIELD_PARAGRAPH) && field->from == NULL;
}

/* The first text of every section, a new entry's where it repeats: returns how many sections got one. */
static guint
write_everywhere (Device *device, const char *text)
{
  guint written = 0;

  for (guint i = 0; i < zc_business_get_n_sections (device->business); i++)
    {
      const ZcSection *section = zc_business_get_section (device->business, i);
      const char *entry;
      guint j = 0;

      while (j < section->n_fields && !is_free_text (&section->fields[j]))
        j++;
      if (section->fills != ZC_FILLS_APPLICANT || j == section->n_fields)
        continue;
      entry = section->repeats ? zc_draft_add_entry (device->draft, section->id) : NULL;
      zc_draft_set_text (device->draft, section->id, entry, section->fields[j].id, text);
      written++;
    }
  return written;
}

/* What crossed the wire of one image. */
typedef struct
{
  guint  whole;   /* how often */
  gint64 bytes;   /* parts included */
} Crossed;

static Crossed
crossed (Wire *wire, const char *sha256)
{
  g_autoptr (GPtrArray) exchanges = zc_test_proxy_list (wire->proxy);
  Crossed sum = { 0 };

  for (guint i = 0; i < exchanges->len; i++)
    {
      const ZcTestExchange *exchange = g_ptr_array_index (exchanges, i);

      if (strcmp (exchange->method, "PUT") != 0 || !g_str_has_suffix (exchange->path, sha256))
        continue;
      sum.whole += exchange->complete;
      sum.bytes += exchange->bytes;
    }
  return sum;
}

static void
await_all_sent (Wire *wire)
{
  await_that (zc_sync_get_state (wire->device->sync) == ZC_SYNC_ON_SERVER && zc_draft_get_state (wire->device->draft) == ZC_SYNC_ON_SERVER);
}

static void
assert_held_images (Wire *wire, GPtrArray *pictures)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);
      g_autoptr (ZcReply) reply = device_get_section (wire->device, wire->dossier, picture->section);
      g_autoptr (GString) body = g_string_new (NULL);
      ZcJsonWriter writer;

      zc_json_writer_init (&writer, body);
      zc_json_add_value (&writer, NULL, zc_json_get (zc_reply_root (reply), "body"));
      g_assert_nonnull (strstr (body->str, picture->sha256));
    }
}

/* --- P3 --- */

static void
test_offline (Wire *wire, gconstpointer data)
{
  Device *device = wire->device;
  g_autoptr (ZcDossier) known = g_object_ref (device->dossier);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);

  zc_test_server_stop (wire->server);
  g_assert_cmpuint (write_everywhere (device, "断网时所填"), >=, 3);
  add_pictures (device, pictures, 40, 14);
  g_assert_cmpuint (pictures->len, ==, 40);
  await_that (zc_draft_get_state (device->draft) == ZC_SYNC_OFFLINE);
  for (guint i = 0; i < 2; i++)
    {
      device_restart (device);
      device_reopen_draft (device, known);
      await_that (zc_draft_get_state (device->draft) == ZC_SYNC_OFFLINE);
      g_assert_cmpuint (zc_sync_count_unsent (device->sync, wire->dossier), >=, 43);
    }
  zc_test_server_start (wire->server);
  await_all_sent (wire); /* no key pressed */
  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);
      Crossed sum = crossed (wire, picture->sha256);

      g_assert_cmpuint (sum.whole, ==, 1);
      g_assert_cmpint (sum.bytes, ==, picture->bytes);
    }
  assert_held_images (wire, pictures);
}

/* --- P4, R21 --- */

static const struct
{
  const char *name;
  ZcFaultKind kind;
  gint64      at;
} cuts[] = {
  { "no byte of the request", ZC_FAULT_CUT_HEAD, 0 },     { "in the request line", ZC_FAULT_CUT_HEAD, 9 },
  { "in the headers", ZC_FAULT_CUT_HEAD, -20 },           { "before the last newline", ZC_FAULT_CUT_HEAD, -1 },
  { "before the body", ZC_FAULT_CUT_BODY, 0 },            { "after the first byte", ZC_FAULT_CUT_BODY, 1 },
  { "in the middle", ZC_FAULT_CUT_BODY, 5000 },           { "before the last byte", ZC_FAULT_CUT_BODY, -1 },
  { "before the reply", ZC_FAULT_CUT_REPLY, 0 },          { "after a byte of the reply", ZC_FAULT_CUT_REPLY, 1 },
  { "in the headers of the reply", ZC_FAULT_CUT_REPLY, 40 }, { "before the reply's last byte", ZC_FAULT_CUT_REPLY, -1 },
  { "a bit flipped", ZC_FAULT_FLIP, 3000 },
};

/* Takes the place of what stands there: the same three places serve every cut. */
static void
replace_picture (Device *device, Picture *picture)
{
  g_autoptr (GBytes) jpeg = test_picture (next_picture++);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_draft_add_image_async (device->draft, picture->section, picture->entry, picture->field, jpeg, "照片.jpg",
                                                picture->sha256, -1, answered, &result));
  g_assert_true (zc_draft_add_image_finish (device->draft, result, &error));
  g_free (picture->sha256);
  picture->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, jpeg);
  picture->bytes = (gint64) g_bytes_get_size (jpeg);
}

static void
test_cut (Wire *wire, GPtrArray *pictures, guint n)
{
  const ZcTestFault fault = { cuts[n].kind, cuts[n].at, "PUT", "/images/", 1 };
  gint64 once = 0, sent = 0;
  guint again = 0;

  g_test_message ("cut %s", cuts[n].name);
  zc_test_proxy_set_fault (wire->proxy, &fault);
  for (guint i = 0; i < pictures->len; i++)
    replace_picture (wire->device, g_ptr_array_index (pictures, i));
  await_all_sent (wire);
  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);
      Crossed sum = crossed (wire, picture->sha256);

      g_assert_cmpuint (sum.whole, >=, 1);
      g_assert_cmpint (sum.bytes, <=, 2 * picture->bytes);
      again += sum.bytes > picture->bytes;
      once += picture->bytes;
      sent += sum.bytes;
    }
  g_assert_cmpuint (again, <=, 1); /* that one image, and nothing else */
  g_assert_cmpint (sent, <=, once + 2 * once / pictures->len);
  if (cuts[n].kind == ZC_FAULT_CUT_REPLY)
    g_assert_cmpint (sent, ==, once); /* the server holds it: asked, not sent */
}

static void
test_cuts (Wire *wire, gconstpointer data)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);

  add_pictures (wire->device, pictures, 3, 3);
  g_assert_cmpuint (pictures->len, ==, 3);
  await_all_sent (wire);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    test_cut (wire, pictures, i);
  assert_held_images (wire, pictures);
}

/* --- R07, R08 --- */

static guint
count_own (Wire *wire)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const ZcRequest request = { .method = "GET", .path = "/v1/dossiers" };
  g_autoptr (ZcReply) reply = NULL;

  await_call (result, zc_client_send_async (wire->device->client, &request, NULL, answered, &result));
  reply = zc_client_send_finish (wire->device->client, result, &error);
  g_assert_no_error (error);
  return zc_json_size (zc_json_get (zc_reply_root (reply), "items"));
}

static void
test_reply_lost (Wire *wire, gconstpointer data)
{
  Device *device = wire->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  const ZcTestFault lost[] = { { ZC_FAULT_CUT_REPLY, 0, "PUT", "/sections/", 0 }, { ZC_FAULT_CUT_REPLY, 0, "POST", "/acts", 0 } };
  g_autoptr (ZcAction) action = NULL;
  g_autoptr (ZcDossier) none = NULL, submitted = NULL;
  g_autoptr (GError) error = NULL;

  device_fill (device);
  await_all_sent (wire);
  zc_test_proxy_set_fault (wire->proxy, &lost[0]);
  zc_draft_set_text (device->draft, section, NULL, field, "回音丢失");
  await_all_sent (wire);
  {
    g_autoptr (ZcReply) reply = device_get_section (device, wire->dossier, section);

    g_assert_cmpstr (zc_json_get_string (zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values"), field), ==, "回音丢失");
  }
  g_assert_cmpint (zc_draft_get_n_conflicts (device->draft), ==, 0); /* its own text is no other's */
  action = device_prepare_submit (device, &error);
  g_assert_no_error (error);
  zc_test_proxy_set_fault (wire->proxy, &lost[1]);
  none = device_act (device, action, &error);
  if (none == NULL) /* the same act again, as the person would press again */
    {
      g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE);
      g_clear_error (&error);
      submitted = device_act (device, action, &error);
      g_assert_no_error (error);
    }
  else
    submitted = g_steal_pointer (&none);
  g_assert_cmpint (zc_dossier_get_submissions (submitted), ==, 1);
  g_assert_cmpuint (count_own (wire), ==, 1);
}

static void
test_replayed (Wire *wire, gconstpointer data)
{
  Device *device = wire->device;
  g_autoptr (ZcDossier) submitted = NULL, now = NULL;

  zc_test_proxy_set_replays (wire->proxy, 3);
  device_fill (device);
  await_all_sent (wire);
  submitted = device_submit (device);
  now = device_get (device, wire->dossier);
  g_assert_cmpuint (zc_test_proxy_count_replays (wire->proxy), >, 10);
  g_assert_cmpuint (zc_test_proxy_count_other_answers (wire->proxy), ==, 0);
  g_assert_cmpint (zc_dossier_get_submissions (now), ==, 1);
  g_assert_cmpint (zc_dossier_get_version (now), ==, zc_dossier_get_version (submitted));
  g_assert_cmpuint (count_own (wire), ==, 1);
}

/* --- R31 --- */

/* Runs the program for a while, as a person types. */
static void
run_for (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  await_that (g_get_monotonic_time () >= until);
}

static void
test_flapping (Wire *wire, gconstpointer data)
{
  Device *device = wire->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);
  g_autofree char *last = NULL;
  guint edits = 0;

  add_pictures (device, pictures, 6, 3);
  for (guint cycle = 0; cycle < 8; cycle++)
    {
      zc_test_proxy_set_up (wire->proxy, cycle % 2 == 0);
      for (guint i = 0; i < 8; i++)
        {
          g_free (last);
          last = g_strdup_printf ("第%u次修改", ++edits);
          zc_draft_set_text (device->draft, section, NULL, field, last);
          run_for (150);
        }
      replace_picture (device, g_ptr_array_index (pictures, cycle % pictures->len));
    }
  zc_test_proxy_set_up (wire->proxy, TRUE);
  await_all_sent (wire);
  g_assert_cmpint (zc_draft_get_n_conflicts (device->draft), ==, 0);
  {
    g_autoptr (ZcReply) reply = device_get_section (device, wire->dossier, section);

    g_assert_cmpstr (zc_json_get_string (zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values"), field), ==, last);
  }
  assert_held_images (wire, pictures);
}

/* --- R34 --- */

/* Files of the images that the server's copy has, one of which is lost as well. */
static void
lose_image (Wire *wire, const char *sha256)
{
  g_autofree char *part = g_strndup (sha256, 2);
  g_autofree char *path = g_build_filename (zc_test_server_get_folder (wire->server), "data", "images", part, sha256, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static guint
count_uploads (Wire *wire)
{
  g_autoptr (GPtrArray) exchanges = zc_test_proxy_list (wire->proxy);
  guint count = 0;

  for (guint i = 0; i < exchanges->len; i++)
    {
      const ZcTestExchange *exchange = g_ptr_array_index (exchanges, i);

      count += strcmp (exchange->method, "PUT") == 0 && strstr (exchange->path, "/images/") != NULL && exchange->complete;
    }
  return count;
}

/* Asked again and again: a connection that the server's end took along is no answer. */
static gboolean
is_held (Wire *wire, const char *section, const char *field, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcReply) reply = NULL;

  await_call (result, zc_client_get_section_async (wire->device->client, wire->dossier, section, NULL, answered, &result));
  reply = zc_client_get_section_finish (wire->device->client, result, NULL);
  return reply != NULL && g_strcmp0 (zc_json_get_string (zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values"), field), expected) == 0;
}

/* The server is put back to before the last edits and pictures: they are sent again, by a program that ran on and by one that
 * slept; what the server still holds is not. */
static void
test_restored (Wire *wire, gconstpointer data)
{
  gboolean slept = GPOINTER_TO_INT (data);
  Device *device = wire->device;
  const char *section = plain_section (device), *field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (picture_free);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (picture_free);
  g_autoptr (ZcDossier) known = g_object_ref (device->dossier);
  guint uploads;

  zc_draft_set_text (device->draft, section, NULL, field, "备份之前");
  add_pictures (device, before, 4, 2);
  await_all_sent (wire);
  zc_test_server_stop (wire->server);
  zc_test_server_back_up (wire->server);
  zc_test_server_start (wire->server);
  zc_draft_set_text (device->draft, section, NULL, field, "备份之后");
  for (guint i = 0; i < zc_business_get_n_sections (device->business); i++)
    if (zc_business_get_section (device->business, i)->repeats && has_images (zc_business_get_section (device->business, i)))
      add_to_section (device, after, zc_business_get_section (device->business, i), after->len + 2);
  await_that (is_held (wire, section, field, "备份之后"));
  await_all_sent (wire);
  zc_test_server_stop (wire->server);
  zc_test_server_restore (wire->server);
  lose_image (wire, ((Picture *) g_ptr_array_index (before, 0))->sha256);
  uploads = count_uploads (wire);
  if (slept)
    {
      device_restart (device);
      device_reopen_draft (device, known);
    }
  zc_test_server_start (wire->server);
  await_that (is_held (wire, section, field, "备份之后"));
  await_that (count_uploads (wire) == uploads + after->len + 1);
  await_all_sent (wire);
  assert_held_images (wire, before);
  assert_held_images (wire, after);
  g_assert_cmpint (zc_draft_get_n_conflicts (device->draft), ==, 0);
  g_assert_cmpuint (count_uploads (wire), ==, uploads + after->len + 1);
}

/* A dossier that was begun after the copy was made: begun anew, with all that was in it. */
static void
test_dossier_lost (Wire *wire, gconstpointer data)
{
  Device *device = wire->device;
  const char *section, *field;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (ZcDossier) begun = NULL;

  zc_test_server_stop (wire->server);
  zc_test_server_back_up (wire->server);
  zc_test_server_start (wire->server);
  begun = device_create (device);
  g_set_str (&wire->dossier, zc_dossier_get_id (begun));
  device_open_draft (device, wire->dossier);
  section = plain_section (device);
  field = nth_field (device, section, ZC_FIELD_TEXT, 0);
  zc_draft_set_text (device->draft, section, NULL, field, "备份之后才开始");
  add_pictures (device, pictures, 4, 2);
  await_all_sent (wire);
  zc_test_server_stop (wire->server);
  zc_test_server_restore (wire->server);
  zc_test_server_start (wire->server);
  await_that (count_own (wire) == 1);
  {
    g_autoptr (GAsyncResult) listed = NULL;
    g_autoptr (GError) error = NULL;
    const ZcRequest request = { .method = "GET", .path = "/v1/dossiers" };
    g_autoptr (ZcReply) reply = NULL;

    await_call (listed, zc_client_send_async (device->client, &request, NULL, answered, &listed));
    reply = zc_client_send_finish (device->client, listed, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (zc_json_get_string (zc_json_at (zc_json_get (zc_reply_root (reply), "items"), 0), "id"), !=, wire->dossier);
    g_set_str (&wire->dossier, zc_json_get_string (zc_json_at (zc_json_get (zc_reply_root (reply), "items"), 0), "id"));
  }
  await_that (is_held (wire, section, field, "备份之后才开始"));
  await_that (zc_sync_get_state (device->sync) == ZC_SYNC_ON_SERVER);
  assert_held_images (wire, pictures);
  await_call (result, zc_local_store_load_sections_async (device->store, zc_dossier_get_id (begun), answered, &result));
  rows = zc_local_store_list_sections_finish (device->store, result, NULL);
  g_assert_cmpuint (rows->len, ==, 0); /* under its old id nothing is left that could go astray */
}

static void
add (const char *path, void (*test) (Wire *wire, gconstpointer data), gboolean flag)
{
  g_test_add (path, Wire, GINT_TO_POINTER (flag), wire_set_up, test, wire_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cuts/P3/offline-restarted-twice-each-image-once", test_offline, FALSE);
  add ("/cuts/P4/R21/cut-at-any-byte", test_cuts, FALSE);
  add ("/cuts/R07/reply-lost", test_reply_lost, FALSE);
  add ("/cuts/R08/replayed", test_replayed, FALSE);
  add ("/cuts/R31/flapping", test_flapping, FALSE);
  add ("/cuts/R34/restored-while-running", test_restored, FALSE);
  add ("/cuts/R34/restored-while-asleep", test_restored, TRUE);
  g_test_add ("/cuts/R34/dossier-lost", Wire, NULL, wire_set_up_empty, test_dossier_lost, wire_tear_down);
  return g_test_run ();
}
