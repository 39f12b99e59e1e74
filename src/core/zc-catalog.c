/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business.h"

/* Choices that several businesses share and that a national standard fixes: a business names the
 * catalogue. */

/* GB/T 3304-1991, in its order */
static const char *const nations[] = {
  "汉族",     "蒙古族",   "回族",       "藏族",     "维吾尔族",   "苗族",   "彝族",     "壮族",
  "布依族",   "朝鲜族",   "满族",       "侗族",     "瑶族",       "白族",   "土家族",   "哈尼族",
  "哈萨克族", "傣族",     "黎族",       "傈僳族",   "佤族",       "畲族",   "高山族",   "拉祜族",
  "水族",     "东乡族",   "纳西族",     "景颇族",   "柯尔克孜族", "土族",   "达斡尔族", "仫佬族",
  "羌族",     "布朗族",   "撒拉族",     "毛南族",   "仡佬族",     "锡伯族", "阿昌族",   "普米族",
  "塔吉克族", "怒族",     "乌孜别克族", "俄罗斯族", "鄂温克族",   "德昂族", "保安族",   "裕固族",
  "京族",     "塔塔尔族", "独龙族",     "鄂伦春族", "赫哲族",     "门巴族", "珞巴族",   "基诺族",
  NULL,
};

/* GB/T 4762-1984 */
static const char *const political_statuses[] = {
  "中共党员",   "中共预备党员", "共青团员",     "民革党员", "民盟盟员",   "民建会员", "民进会员",
  "农工党党员", "致公党党员",   "九三学社社员", "台盟盟员", "无党派人士", "群众",     NULL,
};

/* GB/T 4658-2006, what a title's rules tell apart */
static const char *const education_levels[] = {
  "博士研究生", "硕士研究生", "大学本科", "大学专科",   "中等专科",
  "职业高中",   "技工学校",   "普通高中", "初中及以下", NULL,
};

/* GB/T 6864-2003 */
static const char *const degrees[] = {
  "博士", "硕士", "学士", "无", NULL,
};

static const char *const provinces[] = {
  "北京市",           "天津市", "河北省",         "山西省",         "内蒙古自治区",
  "辽宁省",           "吉林省", "黑龙江省",       "上海市",         "江苏省",
  "浙江省",           "安徽省", "福建省",         "江西省",         "山东省",
  "河南省",           "湖北省", "湖南省",         "广东省",         "广西壮族自治区",
  "海南省",           "重庆市", "四川省",         "贵州省",         "云南省",
  "西藏自治区",       "陕西省", "甘肃省",         "青海省",         "宁夏回族自治区",
  "新疆维吾尔自治区", "台湾省", "香港特别行政区", "澳门特别行政区", NULL,
};

/* GB/T 4754-2017, its sections */
static const char *const industries[] = {
  "农、林、牧、渔业",
  "采矿业",
  "制造业",
  "电力、热力、燃气及水生产和供应业",
  "建筑业",
  "批发和零售业",
  "交通运输、仓储和邮政业",
  "住宿和餐饮业",
  "信息传输、软件和信息技术服务业",
  "金融业",
  "房地产业",
  "租赁和商务服务业",
  "科学研究和技术服务业",
  "水利、环境和公共设施管理业",
  "居民服务、修理和其他服务业",
  "教育",
  "卫生和社会工作",
  "文化、体育和娱乐业",
  "公共管理、社会保障和社会组织",
  "国际组织",
  NULL,
};

static const struct
{
  const char *id;
  const char *const *choices;
} catalogs[] = {
  { "nations", nations },
  { "political-statuses", political_statuses },
  { "education-levels", education_levels },
  { "degrees", degrees },
  { "provinces", provinces },
  { "industries", industries },
};

/**
 * zc_catalog_choices:
 * @catalog: "nations", "political-statuses", "education-levels", "degrees", "provinces" or
 * "industries"
 *
 * Returns: (nullable): its choices, NULL-terminated; NULL where there is no such catalogue
 */
const char *const *
zc_catalog_choices (const char *catalog)
{
  for (guint i = 0; i < G_N_ELEMENTS (catalogs); i++)
    {
      if (strcmp (catalogs[i].id, catalog) == 0)
        return catalogs[i].choices;
    }
  return NULL;
}
