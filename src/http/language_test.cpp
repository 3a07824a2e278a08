#include "http/language.h"

#include <gtest/gtest.h>

namespace khien::http {
namespace {

Language accepting(std::string value) {
  Request request;
  request.headers = {{"Accept-Language", std::move(value)}};
  return language_of(request);
}

TEST(Language, IsVietnameseUnlessSomethingElseIsWanted) {
  EXPECT_EQ(language_of(Request{}), Language::Vietnamese);
  EXPECT_EQ(accepting("fr"), Language::Vietnamese);
  EXPECT_EQ(accepting("*"), Language::Vietnamese);
  EXPECT_EQ(accepting("en;q=x, ;;,"), Language::Vietnamese);
}

TEST(Language, FollowsTheWeightsOfTheBrowser) {
  EXPECT_EQ(accepting("en-GB,en;q=0.9"), Language::English);
  EXPECT_EQ(accepting("vi-VN,vi;q=0.9,en-US;q=0.8"), Language::Vietnamese);
  EXPECT_EQ(accepting("vi;q=0.3, en;q=0.7"), Language::English);
  EXPECT_EQ(accepting("en, vi"), Language::Vietnamese);
  EXPECT_EQ(accepting("EN"), Language::English);
  EXPECT_EQ(accepting("vi;q=0, *"), Language::English);
  EXPECT_EQ(accepting("enx"), Language::Vietnamese);
}

TEST(Language, IsThatWhichSomebodyElseAsksForOnlyBehindWhatTheReaderChose) {
  Request request;
  request.headers = {{"accept-language", "en"}, {"Cookie", "a=b"}};
  EXPECT_EQ(language_of(preferring(request, Language::Vietnamese)), Language::Vietnamese);
  request.headers = {{"Accept-Language", "vi"}, {"Cookie", "lang=vi"}};
  EXPECT_EQ(language_of(preferring(request, Language::English)), Language::Vietnamese);
  request.query = Values({{"lang", "en"}});
  EXPECT_EQ(language_of(preferring(request, Language::Vietnamese)), Language::English);
}

TEST(Language, IsChosenByTheAddressThenTheCookieThenTheBrowser) {
  Request request;
  request.headers = {{"Accept-Language", "en"}, {"Cookie", "lang=vi"}};
  EXPECT_EQ(language_of(request), Language::Vietnamese);
  request.query = Values({{"lang", "en"}});
  EXPECT_EQ(language_of(request), Language::English);
  request.query = Values({{"lang", "xx"}});
  EXPECT_EQ(language_of(request), Language::Vietnamese);
}

}  // namespace
}  // namespace khien::http
