/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-identity.h"

/* Documents, codes, addresses, names, passwords: the values of domain 4 and what lies just beside
 * them. All people are invented. */

#define NOW G_GINT64_CONSTANT (1795421730000) /* 2026-11-23T08:15:30Z */

typedef struct
{
  const char *name;
  ZcIdentityKind kind;
  const char *number;
  ZcProblemCode problem;
  const char *birth_date;
  ZcSex sex;
} Document;

#define CARD ZC_IDENTITY_ID_CARD
#define PERMIT ZC_IDENTITY_RESIDENCE_PERMIT
#define FOREIGN ZC_IDENTITY_FOREIGN_PERMANENT
#define WRONG(what) ZC_PROBLEM_ID_##what, "", ZC_SEX_UNKNOWN
#define GOOD(date, is) ZC_PROBLEM_NONE, date, ZC_SEX_##is

static const Document documents[] = {
  { "/identity/S1.4/card/large-x", CARD, "11010119900307803X", GOOD ("1990-03-07", MALE) },
  { "/identity/S1.4/card/small-x", CARD, "11010119900307803x", GOOD ("1990-03-07", MALE) },
  { "/identity/S1.4/card/male", CARD, "440308199901101512", GOOD ("1999-01-10", MALE) },
  { "/identity/S1.4/checksum/last", CARD, "110101199003078030", WRONG (CHECKSUM) },
  { "/identity/S1.4/checksum/swapped", CARD, "11010119900307083X", WRONG (CHECKSUM) },
  { "/identity/S1.4/checksum/one-digit", CARD, "440308199901101522", WRONG (CHECKSUM) },
  { "/identity/S1.4/format/fifteen-digits", CARD, "110101900307803", WRONG (FORMAT) },
  { "/identity/S1.4/format/empty", CARD, "", WRONG (FORMAT) },
  { "/identity/S1.4/format/short", CARD, "11010119900307803", WRONG (FORMAT) },
  { "/identity/S1.4/format/long", CARD, "11010119900307803X1", WRONG (FORMAT) },
  { "/identity/S1.4/format/x-inside", CARD, "1101011990030780X3", WRONG (FORMAT) },
  { "/identity/S1.4/format/letter", CARD, "11010119900307803Y", WRONG (FORMAT) },
  { "/identity/S1.4/format/space-behind", CARD, "11010119900307803X ", WRONG (FORMAT) },
  { "/identity/S1.4/format/full-width", CARD, "１１０１０１１９９００３０７８０３Ｘ",
    WRONG (FORMAT) },
  { "/identity/S1.4/date/month-13", CARD, "110101199013078030", WRONG (DATE) },
  { "/identity/S1.4/date/february-30", CARD, "110101199002308030", WRONG (DATE) },
  { "/identity/S1.4/date/no-leap-year", CARD, "110101199902298030", WRONG (DATE) },
  { "/identity/S1.4/date/day-0", CARD, "110101199003008030", WRONG (DATE) },
  { "/identity/S1.4/date/1899", CARD, "110101189903078030", WRONG (DATE) },
  { "/identity/S1.4/date/tomorrow", CARD, "110101202611248030", WRONG (DATE) },
  { "/identity/S1.4/region/none", CARD, "990101199003078030", WRONG (REGION) },
  { "/identity/S1.4/region/permit-as-card", CARD, "810000199408230021", WRONG (REGION) },
  { "/identity/S1.4/permit/hong-kong", PERMIT, "810000199408230021", GOOD ("1994-08-23", FEMALE) },
  { "/identity/S1.4/permit/taiwan", PERMIT, "830000199201300022", GOOD ("1992-01-30", FEMALE) },
  { "/identity/S1.4/permit/checksum", PERMIT, "830000199201300023", WRONG (CHECKSUM) },
  { "/identity/S1.4/permit/840000", PERMIT, "840000199201300022", WRONG (REGION) },
  { "/identity/S1.4/permit/810001", PERMIT, "810001199408230021", WRONG (REGION) },
  { "/identity/S1.4/permit/card-as-permit", PERMIT, "11010119900307803X", WRONG (REGION) },
  { "/identity/S1.4/permit/date", PERMIT, "810000199413230021", WRONG (DATE) },
  { "/identity/S1.4/foreign/old", FOREIGN, "USA110085062501", GOOD ("", UNKNOWN) },
  { "/identity/S1.4/foreign/old-small-letters", FOREIGN, "usa110085062501", GOOD ("", UNKNOWN) },
  { "/identity/S1.4/foreign/old-two-letters", FOREIGN, "US1110085062501", WRONG (FORMAT) },
  { "/identity/S1.4/foreign/old-short", FOREIGN, "USA11008506250", WRONG (FORMAT) },
  { "/identity/S1.4/foreign/not-9", FOREIGN, "11010119900307803X", WRONG (REGION) },
  { "/identity/S1.4/foreign/date", FOREIGN, "911840198513250011", WRONG (DATE) },
  { "/identity/S1.4/foreign/old-as-card", CARD, "USA110085062501", WRONG (FORMAT) },
};

static void
test_document (gconstpointer data)
{
  const Document *row = data;
  char birth_date[11] = "unwritten";
  ZcSex sex = ZC_SEX_FEMALE;

  g_assert_cmpstr (
      zc_problem_code_to_string (zc_identity_check (row->kind, row->number, NOW, birth_date, &sex)),
      ==, zc_problem_code_to_string (row->problem));
  g_assert_cmpstr (birth_date, ==, row->birth_date);
  g_assert_cmpint (sex, ==, row->sex);
  g_assert_cmpint (zc_identity_check (row->kind, row->number, NOW, NULL, NULL), ==, row->problem);
}

/* Of each number's ten or eleven last characters just one is right, and any digit changed is seen.
 */
static void
test_checksum (void)
{
  static const struct
  {
    ZcIdentityKind kind;
    const char *stem;
  } rows[] = {
    { CARD, "45010319800101001" },    { CARD, "65010019991231999" },
    { CARD, "11010119900307803" },    { PERMIT, "82000020000229002" },
    { FOREIGN, "91184019850625001" }, { FOREIGN, "93156019771105102" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint right = 0;

      for (const char *last = "0123456789X"; *last != 0; last++)
        {
          g_autofree char *number = g_strdup_printf ("%s%c", rows[i].stem, *last);

          if (zc_identity_check (rows[i].kind, number, NOW, NULL, NULL) != ZC_PROBLEM_NONE)
            continue;
          right++;
          for (guint place = 0; place < 17; place++)
            {
              g_autofree char *other = g_strdup (number);

              other[place] = (char)('0' + (other[place] - '0' + 1) % 10);
              g_assert_cmpint (zc_identity_check (rows[i].kind, other, NOW, NULL, NULL), !=,
                               ZC_PROBLEM_NONE);
            }
        }
      g_assert_cmpuint (right, ==, 1);
    }
}

/* Born today is born: by China's day, which begins eight hours earlier. */
static void
test_today (void)
{
  const ZcTime start = G_GINT64_CONSTANT (
      1795363200000); /* 2026-11-23T00:00+08:00, which is the day before in UTC */
  ZcProblemCode before = zc_identity_check (CARD, "110101202611230017", start - 1, NULL, NULL);
  ZcProblemCode after = zc_identity_check (CARD, "110101202611230017", start, NULL, NULL);

  g_assert_cmpint (before, ==, ZC_PROBLEM_ID_DATE);
  g_assert_cmpint (after, !=, ZC_PROBLEM_ID_DATE);
}

static void
test_kinds (void)
{
  static const char *const names[] = { "id-card", "residence-permit", "foreign-permanent" };
  ZcIdentityKind kind;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (zc_identity_kind_from_string (names[i], &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (zc_identity_kind_to_string (kind), ==, names[i]);
    }
  g_assert_false (zc_identity_kind_from_string ("passport", &kind));
}

/* --- texts that are right or wrong as a whole
 * ------------------------------------------------------- */

typedef struct
{
  const char *text;
  gboolean good;
} Text;

static void
check_texts (const Text *rows,
             guint n_rows,
             ZcProblemCode (*check) (const char *),
             ZcProblemCode problem)
{
  for (guint i = 0; i < n_rows; i++)
    {
      if (check (rows[i].text) != (rows[i].good ? ZC_PROBLEM_NONE : problem))
        g_test_fail_printf ("row %u: \"%s\"", i, rows[i].text);
    }
}

static void
test_credit_code (void)
{
  static const Text rows[] = {
    { "91350100M000100Y43", TRUE },
    { "12450300DEMA00002A", TRUE },
    { "12450100DEMA000033", TRUE },
    { "91450100DEMA00001P", TRUE },
    { "91450100DEMA00001Q", FALSE },
    { "91450010DEMA00001P", FALSE },
    { " 91350100M000100Y4", FALSE },
    { "91350100M000100Y43\n", FALSE },
    { "９１３５０１００Ｍ０００１００Ｙ４３", FALSE },
    { "91350100M000100Y44", FALSE },
    { "91350100M000100Y4", FALSE },
    { "91350100M000100Y433", FALSE },
    { "91350100m000100y43", FALSE },
    { "91350100I000100Y43", FALSE },
    { "91350100O000100Y43", FALSE },
    { "000000000000000000", FALSE },
    { "", FALSE },
    { "913501M00000100Y43", FALSE },
    { "91350010M000100Y43", FALSE },
  };

  check_texts (rows, G_N_ELEMENTS (rows), zc_credit_code_check, ZC_PROBLEM_CREDIT_CODE);
}

/* Whatever single character is mistyped, the code is refused (GB 32100: the weights are all prime to 31). */
static void
test_credit_code_typos (void)
{
  static const char good[] = "91350100M000100Y43";
  static const char typed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  for (guint i = 0; i < sizeof good - 1; i++)
    for (guint j = 0; j < sizeof typed - 1; j++)
      {
        g_autofree char *code = g_strdup (good);

        code[i] = typed[j];
        g_assert_cmpint (zc_credit_code_check (code), ==,
                         typed[j] == good[i] ? ZC_PROBLEM_NONE : ZC_PROBLEM_CREDIT_CODE);
      }
}

static void
test_mobile (void)
{
  static const Text rows[] = {
    { "13800138000", TRUE },
    { "19900000000", TRUE },
    { "12800138000", FALSE },
    { "1380013800", FALSE },
    { "138001380000", FALSE },
    { "23800138000", FALSE },
    { "", FALSE },
    { "+8613800138000", FALSE },
    { "1380013800a", FALSE },
    { "138 0013 8000", FALSE },
    { "１３８００１３８０００", FALSE },
    { "13800138000\n", FALSE },
  };

  check_texts (rows, G_N_ELEMENTS (rows), zc_mobile_check, ZC_PROBLEM_MOBILE);
}

static void
test_email (void)
{
  static const Text rows[] = {
    { "huang@example.org", TRUE },
    { "huang.zhi-ming+zc@mail.example.org", TRUE },
    { "1234567@example.cn", TRUE },
    { "a@b.cn", TRUE },
    { "", FALSE },
    { "huang", FALSE },
    { "huang@", FALSE },
    { "@example.org", FALSE },
    { "huang@example", FALSE },
    { "huang@@example.org", FALSE },
    { "hu ang@example.org", FALSE },
    { "huang@example..org", FALSE },
    { "huang@.example.org", FALSE },
    { "huang@example.org.", FALSE },
    { ".huang@example.org", FALSE },
    { "huang.@example.org", FALSE },
    { "hu..ang@example.org", FALSE },
    { "huang@-example.org", FALSE },
    { "huang@example-.org", FALSE },
    { "huang@example.o", FALSE },
    { "huang@127.0.0.1", FALSE },
    { "huang@example.org\r\nBcc: all@example.org", FALSE },
    { "\"huang\"@example.org", FALSE },
    { "黄@example.org", FALSE },
    { "huang@例子.中国", FALSE },
    { "huang＠example.org", FALSE },
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org", FALSE },
  };

  check_texts (rows, G_N_ELEMENTS (rows), zc_email_check, ZC_PROBLEM_EMAIL);
}

static void
test_name (void)
{
  static const Text rows[] = {
    { "韦晓岚", TRUE },
    { "覃勇", TRUE },
    { "𠮷田", TRUE },
    { "买买提·吐尔逊", TRUE },
    { "欧阳娜娜", TRUE },
    { "John Smith", TRUE },
    { "Anne-Marie O'Neill", TRUE },
    { "J. R. Smith Jr.", TRUE },
    { "José", TRUE },
    { "", FALSE },
    { "韦", FALSE },
    { "韦\ufe0f", FALSE },
    { " 韦晓岚", FALSE },
    { "韦晓岚 ", FALSE },
    { "韦  晓岚", FALSE },
    { "·韦晓岚", FALSE },
    { "韦晓岚·", FALSE },
    { "韦晓岚2", FALSE },
    { "韦晓岚\n", FALSE },
    { "<b>韦</b>", FALSE },
    { "韦\u202e晓岚", FALSE },
    { "韦\u200b晓岚", FALSE },
    { "韦晓岚😀", FALSE },
    { "=cmd", FALSE },
    { "\xff\xfe", FALSE },
    { "长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长"
      "长长长长长",
      FALSE },
  };

  check_texts (rows, G_N_ELEMENTS (rows), zc_name_check, ZC_PROBLEM_NAME);
}

/* --- passwords
 * --------------------------------------------------------------------------------------- */

static const struct
{
  const char *password;
  ZcProblemCode problem;
} passwords[] = {
  { "Demo-2026-zhicheng", ZC_PROBLEM_NONE },
  { "rAin0n-tin", ZC_PROBLEM_NONE },
  { "correct horse battery", ZC_PROBLEM_NONE },
  { "四方井的石榴树今年开了三次花", ZC_PROBLEM_PASSWORD_CLASSES }, /* 14 characters of one class */
  { "四方井的石榴树今年开了三次花呢", ZC_PROBLEM_NONE },           /* 15 of anything */
  { "四方井Ab7的石榴树", ZC_PROBLEM_NONE },
  { "", ZC_PROBLEM_PASSWORD_SHORT },
  { "rAin0n-ti", ZC_PROBLEM_PASSWORD_SHORT },
  { "四方井的石榴树开", ZC_PROBLEM_PASSWORD_SHORT }, /* characters, not bytes */
  { "rainontinroof", ZC_PROBLEM_PASSWORD_CLASSES },
  { "rainontin77", ZC_PROBLEM_PASSWORD_CLASSES },
  /* what others try first */
  { "Abc123456!", ZC_PROBLEM_PASSWORD_COMMON },
  { "ABC123456!", ZC_PROBLEM_PASSWORD_COMMON },
  { "Ａｂｃ１２３４５６！", ZC_PROBLEM_PASSWORD_COMMON },
  { "gxrczc2025", ZC_PROBLEM_PASSWORD_COMMON },
  { "Gxrczc@2025", ZC_PROBLEM_PASSWORD_COMMON },
  { "1qaz2wsx3edc", ZC_PROBLEM_PASSWORD_COMMON },
  { "1qaz2WSX@3edc", ZC_PROBLEM_PASSWORD_COMMON },
  { "1qaz-2wsx!", ZC_PROBLEM_PASSWORD_COMMON },
  { "woaini1314", ZC_PROBLEM_PASSWORD_COMMON },
  { "Woaini@520", ZC_PROBLEM_PASSWORD_COMMON },
  { "P@ssw0rd2026", ZC_PROBLEM_PASSWORD_COMMON },
  { "Password123!", ZC_PROBLEM_PASSWORD_COMMON },
  { "password1234567890", ZC_PROBLEM_PASSWORD_COMMON },
  { "Admin@2025", ZC_PROBLEM_PASSWORD_COMMON },
  { "Qwerty2024!", ZC_PROBLEM_PASSWORD_COMMON },
  { "职称2026!!Aa", ZC_PROBLEM_NONE },
  { "职称20262026!", ZC_PROBLEM_PASSWORD_COMMON },
  { "5201314520", ZC_PROBLEM_PASSWORD_COMMON },
  { "1234567890", ZC_PROBLEM_PASSWORD_COMMON },
  { "123456789012345", ZC_PROBLEM_PASSWORD_COMMON },
  { "098765432109876", ZC_PROBLEM_PASSWORD_COMMON },
  { "abcdefghijklmnop", ZC_PROBLEM_PASSWORD_COMMON },
  { "aaaaaaaaaaaaaaa", ZC_PROBLEM_PASSWORD_COMMON },
  { "Ab1Ab1Ab1Ab1Ab1", ZC_PROBLEM_PASSWORD_COMMON },
  { "职称职称职称职称职称职称职称职", ZC_PROBLEM_PASSWORD_COMMON },
  /* what everyone knows of the person */
  { "Rain-19900307", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Rain1990-03-07", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Rain-900307-tin", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Rain07803X-tin", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Rain07803x-tin", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "A11010119900307803X!", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Tel13800138000", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "Tel138-0013-8000", ZC_PROBLEM_PASSWORD_PERSONAL },
  { "韦晓岚-Rain-77", ZC_PROBLEM_PASSWORD_PERSONAL },
};

static void
test_password (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  g_assert_cmpstr (zc_problem_code_to_string (zc_password_check (
                       passwords[i].password, "韦晓岚", "11010119900307803X", "13800138000")),
                   ==, zc_problem_code_to_string (passwords[i].problem));
}

static void
test_password_names (void)
{
  g_assert_cmpint (zc_password_check ("Rain-JohnSmith-7", "John Smith", NULL, NULL), ==,
                   ZC_PROBLEM_PASSWORD_PERSONAL);
  g_assert_cmpint (zc_password_check ("Rain-john smith-7", "John Smith", NULL, NULL), ==,
                   ZC_PROBLEM_PASSWORD_PERSONAL);
  g_assert_cmpint (zc_password_check ("Rain-13800138000", NULL, NULL, NULL), ==, ZC_PROBLEM_NONE);
  g_assert_cmpint (zc_password_check ("Rain-USA110085062501", NULL, "USA110085062501", NULL), ==,
                   ZC_PROBLEM_PASSWORD_PERSONAL);
  g_assert_cmpint (zc_password_check ("rAin0n-tin", "", "", ""), ==, ZC_PROBLEM_NONE);
}

static void
test_password_length (void)
{
  g_autofree char *longest = g_malloc (ZC_PASSWORD_MAX_BYTES + 2);
  g_autoptr (GRand) letters = g_rand_new_with_seed (1);

  for (guint i = 0; i <= ZC_PASSWORD_MAX_BYTES; i++)
    longest[i] = (char)('a' + g_rand_int_range (letters, 0, 26));
  longest[ZC_PASSWORD_MAX_BYTES + 1] = 0;
  g_assert_cmpint (zc_password_check (longest, NULL, NULL, NULL), ==, ZC_PROBLEM_PASSWORD_LONG);
  longest[ZC_PASSWORD_MAX_BYTES] = 0;
  g_assert_cmpint (zc_password_check (longest, NULL, NULL, NULL), ==, ZC_PROBLEM_NONE);
  longest[129] = 0;
  g_assert_cmpint (zc_password_check (longest, NULL, NULL, NULL), ==, ZC_PROBLEM_NONE);
}

/* --- normal forms and masks
 * --------------------------------------------------------------------------- */

typedef struct
{
  char *(*make) (const char *text);
  const char *text, *expected;
} Form;

static void
check_forms (const Form *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *made = rows[i].make (rows[i].text);

      g_assert_cmpstr (made, ==, rows[i].expected);
    }
}

static void
test_normal_forms (void)
{
  static const Form rows[] = {
    { zc_normal_id_number, "11010119900307803x", "11010119900307803X" },
    { zc_normal_id_number, " １１０１０１１９９００３０７８０３ｘ　", "11010119900307803X" },
    { zc_normal_id_number, "usa110085062501", "USA110085062501" },
    { zc_normal_id_number, "", "" },
    { zc_normal_id_number, "　 ", "" },
    { zc_normal_mobile, "13800138000", "13800138000" },
    { zc_normal_mobile, "+8613800138000", "13800138000" },
    { zc_normal_mobile, "+86 138-0013-8000", "13800138000" },
    { zc_normal_mobile, "008613800138000", "13800138000" },
    { zc_normal_mobile, "8613800138000", "13800138000" },
    { zc_normal_mobile, "１３８００１３８０００", "13800138000" },
    { zc_normal_mobile, "86138001380", "86138001380" },
    { zc_normal_email, " Huang.ZM@Example.ORG ", "huang.zm@example.org" },
    { zc_normal_email, "ｈｕａｎｇ＠example.org", "huang@example.org" },
  };

  check_forms (rows, G_N_ELEMENTS (rows));
}

static void
test_masks (void)
{
  static const Form rows[] = {
    { zc_mask_id_number, "45010319800101123X", "4501**********123X" },
    { zc_mask_id_number, "USA110085062501", "USA1*******2501" },
    { zc_mask_id_number, "12345678", "********" },
    { zc_mask_id_number, "", "" },
    { zc_mask_mobile, "13800138000", "138****8000" },
    { zc_mask_mobile, "1380", "****" },
    { zc_mask_email, "zhiming@example.org", "z***@example.org" },
    { zc_mask_email, "z@example.org", "z***@example.org" },
    { zc_mask_email, "nothing", "***" },
    { zc_mask_email, "@example.org", "***@example.org" },
  };

  check_forms (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    g_test_add_data_func (documents[i].name, &documents[i], test_document);
  g_test_add_func ("/identity/S1.4/checksum/every-digit", test_checksum);
  g_test_add_func ("/identity/S1.4/date/today", test_today);
  g_test_add_func ("/identity/S1.4/kinds", test_kinds);
  g_test_add_func ("/identity/S1.4/credit-code", test_credit_code);
  g_test_add_func ("/identity/U1/credit-code/typos", test_credit_code_typos);
  g_test_add_func ("/identity/S1.4/mobile", test_mobile);
  g_test_add_func ("/identity/S1.4/SEC-S23/email", test_email);
  g_test_add_func ("/identity/S1.4/SEC-S23/name", test_name);
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autofree char *name
          = g_strdup_printf ("/identity/S1.4/SEC-S02/SEC-S03/password-%02u", i + 1);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_password);
    }
  g_test_add_func ("/identity/SEC-S03/password-names", test_password_names);
  g_test_add_func ("/identity/SEC-S02/password-length", test_password_length);
  g_test_add_func ("/identity/S1.6/normal-forms", test_normal_forms);
  g_test_add_func ("/identity/P20/SEC-S38/masks", test_masks);
  return g_test_run ();
}
