#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace khien {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Failure(Error::invalid({"số lẻ", "odd"}, "detail").at({"a.csv", 3, 2}));
  return number / 2;
}

Result<int> quarter(int number) {
  const int first = TRY(half(number));
  return half(first);
}

Result<void> check(int number) {
  TRY(half(number));
  return {};
}

Result<std::unique_ptr<int>> boxed() {
  return std::make_unique<int>(7);
}
Result<std::unique_ptr<int>> passed_on() {
  auto box = TRY(boxed());
  return box;
}

TEST(Result, TryGivesTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().text().en, "odd");
  EXPECT_TRUE(check(2));
  EXPECT_FALSE(check(3));
  EXPECT_EQ(*passed_on().value(), 7);
}

TEST(Result, AnErrorShowsItsPlaceAndKeepsItsDetailApart) {
  const Error error = half(3).error();
  EXPECT_EQ(error.line(Language::Vietnamese), "a.csv:3:2: số lẻ");
  EXPECT_EQ(error.line(Language::English), "a.csv:3:2: odd");
  EXPECT_EQ(error.detail(), "detail");
  EXPECT_EQ(Error::internal("kín").line(Language::Vietnamese).find("kín"), std::string::npos);
}

TEST(Result, MistakesAreToldInTheOrderOfTheirLinesAndAsFoundWithinOne) {
  const auto at = [](const char* words, Place place) { return Error::invalid({words, words}).at(std::move(place)); };
  const Error all =
      combine({at("c", {"b.yaml", 10}), at("d", {"b.yaml", 10}), at("b", {"b.yaml", 9, 4}), at("e", {"a.yaml", 1}),
               at("a", {"b.yaml"}), Error::conflict({"f", "f"}), at("g", {"b.yaml", 9, 2})});
  EXPECT_EQ(all.text().en, "b.yaml: a\nb.yaml:9:2: g\nb.yaml:9:4: b\nb.yaml:10: c\nb.yaml:10: d\na.yaml:1: e\nf");
}

TEST(Text, BothLanguagesAreFormattedWithTheSameArguments) {
  const Text text = Text::format("{1} của {0}", "{0}'s {1}", "An", "tên");
  EXPECT_EQ(text.in(Language::Vietnamese), "tên của An");
  EXPECT_EQ(text.in(Language::English), "An's tên");
}

}  // namespace
}  // namespace khien
