#include "http/template.h"

#include <embedded/http_test.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

namespace khien::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Templates embedded() {
  auto loaded = Templates::load(khien::embedded::http_test());
  EXPECT_TRUE(loaded.has_value());
  return std::move(*loaded);
}

// The error of loading one file, as a terminal shows it.
std::string refusal(std::string_view text) {
  const std::array files{EmbeddedFile{"x.mustache", text}};
  const auto loaded = Templates::load(files);
  return loaded ? "loaded" : loaded.error().line(Language::English);
}

TEST(Templates, PutLayoutPartialsAndLanguageTogether) {
  const Templates templates = embedded();
  const Data::Map data{{"title", "Danh sách"}, {"people", Data::List{}}};
  const std::string vi = templates.render("people", Language::Vietnamese, data).value();
  EXPECT_THAT(vi, HasSubstr(R"(<html lang="vi"><title>Danh sách</title><ul><p>-</p></ul>)"));
  EXPECT_THAT(vi, HasSubstr("<footer>Trợ giúp</footer>"));
  EXPECT_THAT(templates.render("people", Language::English, data).value(), HasSubstr("<footer>Help</footer>"));
}

TEST(Templates, ShowListsFlagsAndNumbersAndSkipEmptyTexts) {
  const Data::Map data{{"people", Data::List{Data::Map{{"name", "An"}, {"late", true}, {"note", 3}},
                                             Data::Map{{"name", "Bình"}, {"late", false}, {"note", ""}}}}};
  const std::string page = embedded().render("people", Language::Vietnamese, data).value();
  EXPECT_THAT(page, HasSubstr(R"(<li class="">An (3)</li><li class="ok">Bình</li>)"));
}

TEST(Templates, EscapeEverythingThatTheyShow) {
  const Data::Map data{{"title", R"(<script>"&')"}};
  const std::string page = embedded().render("people", Language::English, data).value();
  EXPECT_THAT(page, HasSubstr("<title>&lt;script&gt;&quot;&amp;&apos;</title>"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
}

TEST(Templates, DoNotReadTagsInsideData) {
  const Data::Map data{{"title", "{{lang}}{{>_foot}}"}};
  EXPECT_THAT(embedded().render("people", Language::English, data).value(),
              HasSubstr("<title>{{lang}}{{&gt;_foot}}</title>"));
}

TEST(Templates, AreCheckedWhenTheyAreLoaded) {
  EXPECT_EQ(refusal("fine {{name}}"), "loaded");
  EXPECT_THAT(refusal("a\n{{{raw}}}"), HasSubstr("x.mustache:2: Unescaped"));
  EXPECT_THAT(refusal("{{& raw}}"), HasSubstr("Unescaped"));
  EXPECT_THAT(refusal("{{=<% %>=}}<%& raw%>"), HasSubstr("Delimiters"));
  EXPECT_THAT(refusal("a\n\n{{>nobody}}"), HasSubstr("x.mustache:3: There is no template “nobody”"));
  EXPECT_THAT(refusal("{{>x}}"), HasSubstr("circle"));
  EXPECT_THAT(refusal("{{#open}}"), HasSubstr("x.mustache: "));
  EXPECT_THAT(refusal("{{name"), HasSubstr("x.mustache"));
}

TEST(Templates, KnowTheirPagesAndPartialsAreNone) {
  const Templates templates = embedded();
  EXPECT_TRUE(templates.has("people"));
  EXPECT_FALSE(templates.has("_foot"));
  EXPECT_FALSE(templates.has("layout"));
  EXPECT_EQ(templates.render("nobody", Language::English, {}).error().kind(), ErrorKind::Internal);
}

TEST(Templates, RenderInManyThreadsAtOnce) {
  const Templates templates = embedded();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        const Data::Map data{{"title", t * 1000 + i}};
        EXPECT_THAT(templates.render("people", Language::English, data).value(),
                    HasSubstr("<title>" + std::to_string(t * 1000 + i) + "</title>"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace khien::http
