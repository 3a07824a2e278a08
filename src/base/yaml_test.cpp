#include "base/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace khien {
namespace {

using testing::HasSubstr;

/// What is said of the text, a line each.
std::vector<std::string> said(std::string_view yaml) {
  std::vector<Error> problems;
  const auto root = load_yaml(yaml, "x.yaml", problems);
  EXPECT_TRUE(root || !problems.empty());
  std::vector<std::string> out;
  for (const auto& problem : problems) out.push_back(problem.line(Language::English));
  return out;
}

TEST(Yaml, IsLoadedAsItStands) {
  std::vector<Error> problems;
  const auto root = load_yaml("# words\n---\na: [1, {b: c, d: c}]\n...\n", "x.yaml", problems);
  ASSERT_TRUE(root);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ((*root)["a"][1]["d"].Scalar(), "c");
  EXPECT_EQ(place_of("x.yaml", (*root)["a"].Mark()).line, 3U);
  EXPECT_TRUE(said("").empty());
  EXPECT_TRUE(said("{\"a\": {\"a\": [{\"a\": 1}, {\"a\": 2}]}}").empty()) << "one name in different maps";
}

TEST(Yaml, EveryKeyThatStandsTwiceInOneMapIsToldWithBothLines) {
  const auto lines = said("a: 1\nb:\n  - {c: 1, \"c\": 2}\n  - c: 1\n    d: {c: 1}\n    c: 2\na: 3\na: 4\n");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[0], HasSubstr("x.yaml:3: The key \"c\" stands in line 3 already"));
  EXPECT_THAT(lines[1], HasSubstr("x.yaml:6: The key \"c\" stands in line 4 already"));
  EXPECT_THAT(lines[2], HasSubstr("x.yaml:7: The key \"a\" stands in line 1 already"));
  EXPECT_THAT(lines[3], HasSubstr("x.yaml:8: The key \"a\" stands in line 1 already"));
}

TEST(Yaml, AKeyAfterOneThatIsNoTextIsAKeyAllTheSame) {
  EXPECT_EQ(said("[x, y]: 1\na: 1\n{x: y}: 2\na: 2\n").size(), 1U);
  EXPECT_EQ(said("~: a\na: ~\nb: 1\nb: 2\n").size(), 1U);
}

TEST(Yaml, ASecondDocumentIsToldAndOneThatCannotBeReadIsToldAtItsLine) {
  ASSERT_EQ(said("a: 1\n---\na: 2\n---\na: 3\n").size(), 1U);
  EXPECT_THAT(said("a: 1\n---\na: 2\n").front(), HasSubstr("x.yaml:2: A second YAML document begins here"));
  EXPECT_THAT(said("a: 1\n---\na: [\n").back(), HasSubstr("x.yaml:4: The YAML is malformed here"));
  EXPECT_THAT(said("a: [\n").front(), HasSubstr("x.yaml:2: The YAML is malformed here"));
}

TEST(Yaml, EmptyDocumentsWithoutEndAreToldOnce) {
  EXPECT_THAT(said(",name: \"K").front(), HasSubstr("x.yaml:1: A second YAML document begins here"));
}

TEST(Yaml, AnAliasIsRefusedSoThatASmallTextIsNoLargeOne) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {p: " + before + ", q: " + before + "}\n";
  }
  ASSERT_EQ(said(bomb).size(), 1U) << "told once";
  EXPECT_THAT(said(bomb).front(), HasSubstr("x.yaml:2: Aliases (*name) of YAML are not taken"));
  std::vector<Error> problems;
  EXPECT_FALSE(load_yaml(bomb, "x.yaml", problems)) << "nobody walks through it";
  EXPECT_EQ(said("&k a: 1\n*k : 2\n").size(), 1U) << "as a key";
}

TEST(Yaml, ALongKeyIsShownShort) {
  const std::string key(900, 'k');
  const auto lines = said(key + ": 1\n" + key + ": 2\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LT(lines.front().size(), 200U);
}

}  // namespace
}  // namespace khien
