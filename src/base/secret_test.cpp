// What a secret does; what must not compile with one lies in tests/must_not_compile.
#include "base/secret.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

Secret long_secret() {
  return Secret(std::string("một mật khẩu dài hơn chỗ nhỏ của chuỗi"));
}

TEST(Secret, AMovedFromSecretIsEmpty) {
  for (const Secret& original : {Secret(std::string("ngắn")), long_secret()}) {
    Secret source = original;
    const Secret constructed = std::move(source);
    EXPECT_TRUE(source.empty());  // NOLINT: that is the promise
    EXPECT_TRUE(constructed.equals(original.reveal()));
    Secret second = original;
    Secret assigned(std::string("cũ"));
    assigned = std::move(second);
    EXPECT_TRUE(second.empty());  // NOLINT
    EXPECT_TRUE(assigned.equals(original.reveal()));
  }
}

TEST(Secret, AMovedFromSecretHoldsNoneOfItsBytes) {
  Secret source(std::string("bí mật"));
  const char* const bytes = source.reveal().data();  // a short string lies inside the object
  const Secret target = std::move(source);
  EXPECT_EQ(std::string_view(bytes, 8), std::string_view("\0\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(target.reveal(), "bí mật");
}

TEST(Secret, CopiesAreTheirOwn) {
  Secret first = long_secret();
  Secret second = first;
  first = Secret(std::string("khác"));
  EXPECT_TRUE(second.equals(long_secret().reveal()));
  second = *&second;
  EXPECT_TRUE(second.equals(long_secret().reveal()));
}

TEST(Secret, EqualsComparesLengthAndBytes) {
  const Secret secret(std::string("abc"));
  EXPECT_TRUE(secret.equals("abc"));
  EXPECT_FALSE(secret.equals("abd"));
  EXPECT_FALSE(secret.equals("ab"));
  EXPECT_FALSE(secret.equals("abcd"));
  EXPECT_TRUE(Secret().equals(""));
  EXPECT_FALSE(Secret().equals("a"));
}

}  // namespace
}  // namespace khien
