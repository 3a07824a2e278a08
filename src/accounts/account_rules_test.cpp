#include "accounts/account_rules.h"

#include <gtest/gtest.h>

namespace khien::accounts {
namespace {

TEST(UserNames, AreTakenAsTheSystemsKnowThemUnlessTheyAreFormulas) {
  for (const char* good : {"hungnv", "hungnv@tinh.example", "+84912345678", "a=b", "Nguyễn.An", "01234"})
    EXPECT_EQ(clean_user_name(good).value_or("refused"), good);
  for (const char* bad : {"", "a b", "=cmd|calc", "@SUM(A1)", "+84912-1", "-2+3", "+x", "＝1", "a\u202eb"})
    EXPECT_FALSE(clean_user_name(bad)) << bad;
}

}  // namespace
}  // namespace khien::accounts
