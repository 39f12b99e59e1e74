/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-id.h"
#include "zc-left.h"
#include "zc-test-world.h"

/* Forms that change while a dossier is under way, at the real server: by what the server knows of the person, and by a newer
 * revision that is published, taken over on one computer and heard of on another. */

#define OFFICER "13900000004"
#define FIELD(id, label, more) "{\"id\":\"" id "\",\"label\":\"" label "\"," more "}"
#define SECTION(id, title, more, fields) "{\"id\":\"" id "\",\"title\":\"" title "\"," more "\"fields\":[" fields "]}"
#define GUILD(id, revision, sections)                                                                                          \
  "{\"id\":\"" id "\",\"revision\":" revision ",\"title\":\"行会评定\",\"target\":[\"unit\",\"level\"],"                       \
  "\"stages\":[\"unit\",\"office\",\"certificate\"],\"sections\":[" sections "]}"
#define REASON FIELD ("reason", "理由", "\"type\":\"text\",\"required\":true")
#define DIPLOMA                                                                                                                \
  SECTION ("diploma", "现有职称", "\"when\":{\"account.has_title\":[\"true\"]},",                                             \
           FIELD ("diploma_name", "名称", "\"type\":\"text\",\"required\":true"))
#define FORMER                                                                                                                 \
  GUILD ("guild", "1", SECTION ("wish", "申请", "", REASON "," FIELD ("call", "称呼", "\"type\":\"text\"") ","                 \
         FIELD ("size", "人数", "\"type\":\"integer\"") "," FIELD ("note", "说明", "\"type\":\"text\",\"max_length\":4")) ","  \
         SECTION ("extra", "附言", "", FIELD ("word", "附言", "\"type\":\"text\"")) ","                                       \
         SECTION ("works", "作品", "\"entries\":{\"max\":3},\"entry_title\":\"work\",",                                       \
                  FIELD ("work", "作品", "\"type\":\"text\"") "," FIELD ("tool", "工具", "\"type\":\"text\"")))
/* Gone: a field, a section, a field of entries; of another type: a number; new: a field. */
#define NEWER                                                                                                                  \
  GUILD ("guild", "2", SECTION ("wish", "申请", "", REASON "," FIELD ("size", "规模", "\"type\":\"text\"") ","                 \
         FIELD ("note", "说明", "\"type\":\"text\",\"max_length\":4") "," FIELD ("place", "地点", "\"type\":\"text\"")) ","   \
         SECTION ("works", "作品", "\"entries\":{\"max\":3},\"entry_title\":\"work\",", FIELD ("work", "作品", "\"type\":\"text\"")))

typedef struct
{
  ZcTestServer *server;
  Device       *device;
  char         *dossier;
} Guild;

static char *
begin (Device *device, const char *business)
{
  const ZcTarget target = { .unit = "unit-southern-machinery", .level = "junior" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();

  await_call (result, zc_client_create_dossier_async (device->client, business, &target, key, NULL, answered, &result));
  dossier = zc_client_create_dossier_finish (device->client, result, &error);
  g_assert_no_error (error);
  return g_strdup (zc_dossier_get_id (dossier));
}

static void
set_up (Guild *guild, gconstpointer data)
{
  guild->server = zc_test_server_new ();
  zc_test_server_import (guild->server, FORMER);
  zc_test_server_import (guild->server, GUILD ("craft", "1", SECTION ("wish", "申请", "", REASON) "," DIPLOMA));
  guild->device = device_new (guild->server, APPLICANT);
  guild->dossier = begin (guild->device, "guild");
  device_open_draft (guild->device, guild->dossier);
}

static void
tear_down (Guild *guild, gconstpointer data)
{
  device_free (guild->device);
  g_free (guild->dossier);
  zc_test_server_free (guild->server);
}

static void
save (Device *device)
{
  g_autoptr (GError) error = NULL;

  device_save (device, &error);
  g_assert_no_error (error);
}

/* --- what the server knows of the person --- */

static gboolean
is_asked (Device *device)
{
  return zc_draft_section_get_visible (zc_draft_find_section (device->draft, "diploma"));
}

static void
approve (ZcTestServer *server, const char *mobile, const char *dossier)
{
  g_autoptr (Device) staff = device_new_staff (server, mobile);

  device_do_act (staff, dossier, ZC_ACT_ACCEPT);
  device_do_act (staff, dossier, ZC_ACT_APPROVE);
}

/* Without a title the form does not ask; once one is granted, this very draft asks, and the server wants the same. */
static void
test_title_granted (Guild *guild, gconstpointer data)
{
  Device *device = guild->device;
  g_autofree char *craft = NULL;
  g_autoptr (ZcDossier) sent = NULL, told = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (ZcAction) action = NULL;
  g_autoptr (GError) error = NULL;

  zc_draft_set_text (device->draft, "wish", NULL, "reason", "手艺已成");
  sent = device_submit (device);
  g_clear_pointer (&device->business, zc_business_unref);
  craft = begin (device, "craft");
  device_open_draft (device, craft);
  zc_draft_set_text (device->draft, "wish", NULL, "reason", "手艺已成");
  save (device);
  problems = zc_draft_check (device->draft);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_false (is_asked (device));
  approve (guild->server, UNIT_CLERK, guild->dossier);
  approve (guild->server, OFFICER, guild->dossier);
  await_that (is_asked (device)); /* by the feed */
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = zc_draft_check (device->draft);
  g_assert_cmpuint (problems->len, ==, 1);
  told = device_get (device, craft);
  g_assert_cmpint (zc_section_status_get_state (zc_dossier_find_section (told, "diploma")), ==, ZC_SECTION_EMPTY);
  zc_draft_set_text (device->draft, "diploma", NULL, "diploma_name", "匠人");
  action = device_prepare_submit (device, &error);
  g_assert_no_error (error);
  g_clear_object (&told);
  told = device_act (device, action, &error);
  g_assert_no_error (error);
}

/* --- a newer form --- */

/* Heard of through the feed by who looks at a draft; here whatever else is told ends the wait at once. */
static void
test_published (Guild *guild, gconstpointer data)
{
  g_autofree char *other = NULL;

  g_assert_false (zc_dossier_has_action (guild->device->dossier, "update-form"));
  zc_test_server_import (guild->server, NEWER);
  other = begin (guild->device, "craft");
  await_that (zc_dossier_has_action (guild->device->dossier, "update-form"));
}

static void
update_form (Device *device, const char *dossier)
{
  g_autoptr (ZcDossier) now = device_get (device, dossier), updated = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();

  await_call (result, zc_client_update_form_async (device->client, dossier, zc_dossier_get_version (now), key, NULL, answered, &result));
  updated = zc_client_update_form_finish (device->client, result, &error);
  g_assert_no_error (error);
}

/* "place=text …" of all that is kept aside on this computer, in its order. */
static char *
list_left (Device *device, const char *dossier)
{
  g_autofree char *name = g_strconcat (ZC_LOCAL_STORE_LEFT, dossier, NULL), *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcJson) json = NULL;
  g_autoptr (GListStore) list = NULL;
  GString *told = g_string_new (NULL);

  await_call (result, zc_local_store_get_setting_async (device->store, name, answered, &result));
  text = zc_local_store_get_text_finish (device->store, result, NULL);
  json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
  list = zc_left_read (json != NULL ? zc_json_root (json) : NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (ZcLeft) left = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (told, "%s=%s ", zc_left_get_label (left), zc_left_get_text (left));
    }
  return g_string_free_and_steal (told);
}

static void
assert_left (Device *device, const char *dossier, const char *expected)
{
  g_autofree char *left = list_left (device, dossier);

  g_assert_cmpstr (left, ==, expected);
}

static gboolean
has_left (Device *device, const char *dossier)
{
  g_autofree char *left = list_left (device, dossier);

  return *left != '\0';
}

static guint
count_unsent (Device *device)
{
  guint n;

  g_object_get (device->sync, "n-unsent", &n, NULL);
  return n;
}

static void
assert_shown (Device *device, const char *section, const char *entry, const char *field, const char *expected)
{
  g_autofree char *text = zc_draft_dup_text (device->draft, section, entry, field);

  g_assert_cmpstr (text, ==, expected);
}

/* Opens the dossier's draft in the form that it has by now. */
static void
open_newest (Device *device, const char *dossier)
{
  g_clear_object (&device->draft);
  g_clear_pointer (&device->business, zc_business_unref);
  device_open_draft (device, dossier);
  g_assert_cmpint (zc_business_get_revision (device->business), ==, 2);
}

static void
assert_held_text (Device *device, const char *dossier, const char *field, const char *expected)
{
  g_autoptr (ZcReply) reply = device_get_section (device, dossier, "wish");
  const ZcJsonValue *values = zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values");

  g_assert_cmpstr (zc_json_get_string (values, field), ==, expected);
}

typedef struct
{
  gboolean held;   /* the server held something there before it was edited offline */
  gboolean closed; /* nobody looks at the dossier where it was edited */
} Way;

static const Way ways[] = { { FALSE, FALSE }, { FALSE, TRUE }, { TRUE, FALSE }, { TRUE, TRUE } };

/* Edited on a computer that did not hear, while another took the newest form: what fits is sent, what does not is kept aside there,
 * once, and the dossier goes on. */
static void
test_edited_elsewhere (Guild *guild, gconstpointer data)
{
  const Way *way = data;
  Device *one = guild->device;
  g_autoptr (Device) two = NULL;
  g_autofree char *entry = NULL;

  zc_draft_set_text (one->draft, "wish", NULL, "reason", "手艺已成");
  if (way->held)
    {
      zc_draft_set_text (one->draft, "wish", NULL, "call", "师傅");
      zc_draft_set_text (one->draft, "wish", NULL, "size", "3");
      zc_draft_set_text (one->draft, "extra", NULL, "word", "旧话");
    }
  save (one);
  two = device_new (guild->server, APPLICANT);
  device_open_draft (two, guild->dossier);
  zc_sync_stop (two->sync);
  zc_draft_set_text (two->draft, "wish", NULL, "reason", "手艺更精");
  zc_draft_set_text (two->draft, "wish", NULL, "call", "大师傅");
  zc_draft_set_text (two->draft, "wish", NULL, "size", "5");
  zc_draft_set_text (two->draft, "extra", NULL, "word", "新话");
  entry = g_strdup (zc_draft_add_entry (two->draft, "works"));
  zc_draft_set_text (two->draft, "works", entry, "work", "铜壶");
  zc_draft_set_text (two->draft, "works", entry, "tool", "锤子");
  await_that (zc_draft_get_state (two->draft) == ZC_SYNC_SAVED);
  if (way->closed)
    g_clear_object (&two->draft);
  zc_test_server_import (guild->server, NEWER);
  update_form (one, guild->dossier);
  zc_sync_start (two->sync);
  await_that (count_unsent (two) == 0 && has_left (two, guild->dossier));
  await_that (zc_sync_get_state (two->sync) == ZC_SYNC_ON_SERVER);
  assert_left (two, guild->dossier, "称呼=大师傅 人数=5 附言=新话 工具=锤子 ");
  open_newest (two, guild->dossier);
  assert_shown (two, "wish", NULL, "reason", "手艺更精");
  assert_shown (two, "works", entry, "work", "铜壶");
  g_assert_cmpint (zc_draft_get_n_conflicts (two->draft), ==, 0);
  assert_held_text (one, guild->dossier, "reason", "手艺更精");
  zc_draft_set_text (two->draft, "wish", NULL, "place", "南宁");
  save (two);
  assert_held_text (one, guild->dossier, "place", "南宁");
  assert_left (two, guild->dossier, "称呼=大师傅 人数=5 附言=新话 工具=锤子 ");
}

/* Typed on while the other form has arrived already: kept aside as well. What is too long in both forms stays to be mended. */
static void
test_typed_on (Guild *guild, gconstpointer data)
{
  Device *one = guild->device;
  g_autoptr (Device) two = device_new (guild->server, APPLICANT);

  device_open_draft (two, guild->dossier);
  zc_test_server_import (guild->server, NEWER);
  update_form (one, guild->dossier);
  await_that (zc_dossier_get_revision (two->dossier) == 2);
  zc_draft_set_text (two->draft, "wish", NULL, "reason", "后写的");
  zc_draft_set_text (two->draft, "wish", NULL, "call", "后写的称呼");
  zc_draft_set_text (two->draft, "wish", NULL, "note", "这里太长了");
  zc_draft_set_text (two->draft, "extra", NULL, "word", "后写的附言");
  await_that (zc_draft_get_state (two->draft) == ZC_SYNC_REFUSED);
  assert_left (two, guild->dossier, "称呼=后写的称呼 附言=后写的附言 ");
  open_newest (two, guild->dossier);
  assert_shown (two, "wish", NULL, "note", "这里太长了");
  zc_draft_set_text (two->draft, "wish", NULL, "note", "不长");
  save (two);
  assert_held_text (one, guild->dossier, "note", "不长");
  assert_held_text (one, guild->dossier, "reason", "后写的");
}

static void
add (const char *path, gconstpointer data, void (*test) (Guild *guild, gconstpointer data))
{
  g_test_add (path, Guild, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/forms/S3.1.2b/title-granted", NULL, test_title_granted);
  add ("/forms/decision-16/published", NULL, test_published);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdup_printf ("/forms/decision-16/P16/edited-elsewhere/%s/%s", ways[i].held ? "held" : "new",
                                               ways[i].closed ? "closed" : "open");

      add (path, &ways[i], test_edited_elsewhere);
    }
  add ("/forms/decision-16/P16/typed-on", NULL, test_typed_on);
  return g_test_run ();
}
