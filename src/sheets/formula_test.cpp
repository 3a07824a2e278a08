#include "sheets/formula.h"

#include <gtest/gtest.h>

namespace khien::sheets {
namespace {

TEST(Formula, WhatASpreadsheetCouldComputeIsOne) {
  for (const char* bad : {"=1+1", "+84912", "-5", "@SUM(A1)", "\tx", "\r=1", "\nx", "  =cmd|' /C calc'!A0", "\u00a0=1",
                          " \t=1", "＝1", "＋1", "－1", "＠SUM(A1)", "- Phó phòng", "-"})
    EXPECT_TRUE(could_be_formula(bad)) << bad;
  for (const char* good : {"", "  ", "a=b", "An", "012345678901", "a@b.vn", "'=1", "– Phòng"})
    EXPECT_FALSE(could_be_formula(good)) << good;
}

TEST(Formula, AListMarkOrALoneDashIsNotLikeOne) {
  for (const char* bad : {"=", "=1+1", " =x", "@SUM(A1)", "+84912", "-2+3", "-cmd|' /C calc'!A0", "--1", "＝1", "－1"})
    EXPECT_TRUE(is_like_formula(bad)) << bad;
  for (const char* good : {"", "-", "- Phó phòng", "+ Văn thư", "Chuyên viên", "a=b", "'=1"})
    EXPECT_FALSE(is_like_formula(good)) << good;
}

}  // namespace
}  // namespace khien::sheets
