/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-identity.h"

/* Which passwords are taken (SEC-S02, SEC-S03): long enough, of several kinds of character or very
 * long, and not what others try first. A password is compared in NFKC and without regard to case;
 * it is never changed. */

/* Whole passwords, signs left out; each between two spaces. */
static const char common[] =
    /* rows and columns of the keyboard */
    " 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2 "
    "1qazxsw23edc 2wsx3edc 2wsx1qaz 3edc4rfv 3edc2wsx1qaz 4rfv3edc2wsx 0okm9ijn 0p9o8i7u "
    "123qwe 123qweasd 123qweasdzxc 123qwe456asd 12qwaszx 12qwaszx34erdfcv 1234qwer "
    "1234qwerasdf 12345qwert 123456qwerty qwer1234 qwer123456 qwerty123 qwerty12345 "
    "qwerty123456 qwert12345 qwertyuiop123 asdf1234 asdf123456 asdfgh123 zxcvbnm123 "
    "zxcv1234 qaz123wsx qazwsx123 qazwsxedc123 qaz2wsx qwe123 qwe123456 qweasd123 "
    "qweasdzxc123 asd123 asd123456 asdqwe123 zaq12wsx zaq1xsw2 zaq1zaq1 xsw2zaq1 "
    "147258369 1472583690 147852369 258369147 369258147 741852963 789456123 7894561230 "
    "159357 159753 1593572468 963852741 987654321 9876543210 "
    /* numbers people like */
    "000000 111111 112233 11223344 1122334455 112233445566 121212 123123 123123123 "
    "123321 1234 12345 123456 1234567 12345678 123456789 1234567890 12345678910 "
    "0123456789 123456123456 123456654321 1234554321 123454321 12344321 123698745 "
    "1314520 13145200 131421 13141314 5201314 52013140 520520 5205201314 5211314 "
    "5201314520 520131400 521521 168168 168168168 1681688888 188188 518518 5188888 "
    "666666 66666666 66668888 6666668888 888888 88888888 8888888888 88886666 99999999 "
    "654321 666888 6668888 7758258 7758521 77585210 74108520 9638527410 147896325 "
    "1478963250 20082008 20242024 20252025 20262026 19491001 20080808 "
    /* a few letters and a number */
    "a123 a1234 a12345 a123456 a1234567 a12345678 a123456789 a1234567890 a123123 "
    "a123123123 a111111 a000000 a5201314 a1b2c3 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 "
    "aa123456 aa12345678 aa123456789 aa1234567890 aa112233 aa123123 aaa123 aaa111 "
    "aaa123456 aaa111222 aaaa1111 aaaa1234 ab123456 abc123 abc1234 abc12345 abc123456 "
    "abc1234567 abc12345678 abc123456789 abc123abc abc123123 abc112233 abcd1234 "
    "abcd12345 abcd123456 abcde12345 abcdef123456 asd12345 b123456 c123456 d123456 "
    "h123456 j123456 k123456 l123456 q123456 q123456789 qq123456 qq123456789 qq123123 "
    "qq5201314 qq1234567890 qqq111 qqq123 q1w2e3 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 "
    "s123456 w123456 w123456789 wang123456 x123456 y123456 z123456 z123456789 zz123456 "
    "zzz123456 zxc123 zxc123456 zxc12345 123abc 123456abc 123456abcd 123456789abc "
    "12345abcde 1234abcd 123456a 123456aa 123456b 123456q 123456qq 123456z 1234567a "
    "12345678a 123456789a 123456789q 1234567890a 1a2b3c 1a2b3c4d 1a2b3c4d5e 1234567q "
    "12345678q 11111111a 111111a 111222a 123123a 123123abc 123123qwe 110110jp 1111aaaa "
    "0000aaaa aptx4869 ms0083jxj "
    /* what offices set */
    "gxrczc2025 gxrczc2024 gxrczc2026 gxrczc123 gxzc2025 zhicheng2025 zhicheng2026 "
    "rsj123456 rst123456 rsc123456 zgb123456 zcps2025 zcps2026 zcpsxt123 cszx123456 ";

/* Words that stay weak whatever digits and signs stand around them. */
static const char words[]
    = " abc abcd abcde abcdef abcdefg abcdefgh abcabc access account admin administrator "
      "adminadmin aini aiwojia asdf asdfgh asdfghjk asdfghjkl asdasd asdasdasd baidu "
      "baobao baobei beijing caonima changeme changjiang china chinese dragon football "
      "fuckyou gongcheng gongzuo guangxi guilin guanli guanliyuan gxrc gxrczc gxrs gxrsj "
      "gxzc gxzhicheng haoren hello helloworld huawei iloveyou jiangsu jiaoshi killer "
      "kaixin laopo laogong letmein liuzhou lixiang login love loveyou master mima "
      "mimamima monkey nanning nihao nihaoma ninhao p@ss p@ssw0rd p@ssword pa$$w0rd pass "
      "passw0rd password passwd pingan princess qaz qazwsx qazwsxedc qazxsw qq qqqq qwe "
      "qweasd qweasdzxc qweqwe qwer qwert qwerty qwertyu qwertyui qwertyuiop rczc renshi "
      "renshiju rencai root secret shanghai shenbao shenzhen shouji sunshine super "
      "superman taobao test testtest tianya user weixin welcome wocao woaini woaiwo "
      "woaiwojia woaizhongguo woaizuguo woailaopo woshishei wozuiniu xiaoming xinnian "
      "xitong yonghu yuanyuan zaq zcps zcsb zhicheng zhichengpingshen zhichengshenbao "
      "zhichengzhicheng zhongguo zhongguoren zhonghua zuguo zxc zxcv zxcvb zxcvbn zxcvbnm "
      "密码 职称 职称申报 职称评审 我爱你 我爱中国 中国 广西 人事 "
      "人才 ";

static gboolean
holds (const char *list, const char *text)
{
  g_autofree char *spaced = g_strdup_printf (" %s ", text);

  return *text != 0 && strstr (list, spaced) != NULL;
}

/* NFKC, case folded: the form in which passwords are compared, not stored. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);

  return g_utf8_casefold (normal == NULL ? "" : normal, -1);
}

static char *
keep_only (const char *text, gboolean (*wanted) (gunichar))
{
  GString *kept = g_string_new (NULL);

  for (; *text != 0; text = g_utf8_next_char (text))
    if (wanted (g_utf8_get_char (text)))
      g_string_append_unichar (kept, g_utf8_get_char (text));
  return g_string_free_and_steal (kept);
}

/* @text without the digits and signs before its first and behind its last letter. */
static char *
find_core (const char *text)
{
  const char *from = NULL, *end = text;

  for (const char *at = text; *at != 0; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      {
        from = from == NULL ? at : from;
        end = g_utf8_next_char (at);
      }
  return from == NULL ? g_strdup ("") : g_strndup (from, (gsize)(end - from));
}

/* "aaaaaaaaaaaaaaa", "123123123123", "234567890", "zyxwvuts": a rule of one line tells them all. */
static gboolean
is_run (const char *text)
{
  gsize length = strlen (text);

  for (gsize period = 1; period <= length / 3; period++)
    if (memcmp (text, text + period, length - period) == 0)
      return TRUE;
  for (int step = -1; step <= 1 && length > 3; step += 2)
    {
      gsize i = 1;

      while (i < length
             && (text[i] == text[i - 1] + step
                 || (step == 1 && text[i - 1] == '9' && text[i] == '0')
                 || (step == -1 && text[i - 1] == '0' && text[i] == '9')))
        i++;
      if (i == length)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_common (const char *folded)
{
  g_autofree char *bare = keep_only (folded, g_unichar_isalnum);
  g_autofree char *core = find_core (folded);
  g_autofree char *bare_core = find_core (bare);

  return is_run (folded) || is_run (bare) || holds (common, folded) || holds (common, bare)
         || holds (words, core) || holds (words, bare_core);
}

static gboolean
has_part (const char *text, const char *part)
{
  return part != NULL && *part != 0 && strstr (text, part) != NULL;
}

static gboolean
holds_name (const char *folded, const char *name)
{
  g_autofree char *whole = fold (name);
  g_autofree char *letters = keep_only (whole, g_unichar_isalpha);

  return has_part (folded, whole) || has_part (folded, letters);
}

/* The number, its last six characters (the password many offices hand out), the birthday in two
 * forms. */
static gboolean
holds_id_number (const char *folded, const char *digits, const char *id_number)
{
  g_autofree char *number = fold (id_number);
  g_autofree char *birthday = NULL;
  gsize length = strlen (number);

  if (length < 15)
    return has_part (folded, number);
  birthday = length == 18 ? g_strndup (number + 6, 8) : NULL;
  return has_part (folded, number) || has_part (folded, number + length - 6)
         || has_part (digits, birthday)
         || has_part (folded, birthday == NULL ? NULL : birthday + 2);
}

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

static gboolean
is_personal (const char *folded, const char *name, const char *id_number, const char *mobile)
{
  g_autofree char *digits = keep_only (folded, is_digit);

  return (name != NULL && holds_name (folded, name))
         || (id_number != NULL && holds_id_number (folded, digits, id_number))
         || has_part (digits, mobile);
}

/* Small letters, large letters, digits, and all else together. */
static guint
count_classes (const char *password)
{
  guint seen = 0;

  for (const char *at = password; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      seen |= g_unichar_islower (c) ? 1 : g_unichar_isupper (c) ? 2 : g_unichar_isdigit (c) ? 4 : 8;
    }
  return (seen & 1) + (seen >> 1 & 1) + (seen >> 2 & 1) + (seen >> 3);
}

/**
 * zc_password_check:
 * @password: what was typed, of which nothing is trimmed or cut
 * @name: (nullable): the person's name
 * @id_number: (nullable): the number of the document
 * @mobile: (nullable): the mobile
 *
 * Returns: %ZC_PROBLEM_NONE or the first of long, short, common, personal and classes
 */
ZcProblemCode
zc_password_check (const char *password,
                   const char *name,
                   const char *id_number,
                   const char *mobile)
{
  g_autofree char *folded = NULL;
  glong length;

  if (strlen (password) > ZC_PASSWORD_MAX_BYTES || !g_utf8_validate (password, -1, NULL))
    return ZC_PROBLEM_PASSWORD_LONG;
  length = g_utf8_strlen (password, -1);
  if (length < ZC_PASSWORD_MIN_LENGTH)
    return ZC_PROBLEM_PASSWORD_SHORT;
  folded = fold (password);
  if (is_common (folded))
    return ZC_PROBLEM_PASSWORD_COMMON;
  if (is_personal (folded, name, id_number, mobile))
    return ZC_PROBLEM_PASSWORD_PERSONAL;
  if (length < ZC_PASSWORD_LONG_ENOUGH && count_classes (password) < 3)
    return ZC_PROBLEM_PASSWORD_CLASSES;
  return ZC_PROBLEM_NONE;
}
