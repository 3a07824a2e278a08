#include "directives/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>

#include "base/encoding.h"
#include "base/json_text.h"
#include "policy/testing.h"

namespace khien::directives {
namespace {

using testing::HasSubstr;

/// What is around the line that a test is about.
std::string with(const std::string& lines) {
  return "code: X\nissuer: i\nsubject: s\n" + lines;
}
std::string clause(const std::string& lines) {
  return with("clauses:\n  - id: X-1\n    words: w\n" + lines);
}
const std::string kControls = "    controls: [{kind: password.distinct}]\n";

struct Wrong {
  std::string yaml;
  std::string said;  ///< in English, with file and line

  friend void PrintTo(const Wrong& wrong, std::ostream* out) { *out << json_text(wrong.said); }
};

class WrongText : public testing::TestWithParam<Wrong> {};

TEST_P(WrongText, IsToldAtItsLine) {
  const auto read = parse_directive(GetParam().yaml, "x.yaml");
  ASSERT_FALSE(read) << GetParam().yaml;
  const std::string said = read.error().line(Language::English);
  EXPECT_THAT(said, HasSubstr(GetParam().said)) << GetParam().yaml;
  EXPECT_EQ(read.error().line(Language::Vietnamese) == said, false) << "in both languages";
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongText,
    testing::Values(
        Wrong{"", "x.yaml"}, Wrong{"- a\n", "x.yaml:1: A directive file is a map"},
        Wrong{"code: [\n", "x.yaml:2: The YAML is malformed"},
        Wrong{"code: X\ncode2: Y\n", "x.yaml:2: There is no key"},
        Wrong{"issuer: i\nsubject: s\n", "x.yaml:1: \"code\" is missing"},
        Wrong{with("from: 2026-02-30\n"), "x.yaml:4: \"2026-02-30\" is not a date"},
        Wrong{with("until: 1899-01-01\n"), "x.yaml:4:"},
        Wrong{with("from: [2026-01-01]\n"), "x.yaml:4: A text is expected"},
        Wrong{with("date: 10/2024\n"), "x.yaml:4: The letter's date"},
        Wrong{with("scope: {unit: [A]}\n"), "x.yaml:4: There is no key \"unit\""},
        Wrong{with("scope: [A]\n"), "x.yaml:4: A scope is"}, Wrong{with("scope: {units: A}\n"), "x.yaml:4: A list"},
        Wrong{with("scope:\n  accounts: [robot]\n"), "x.yaml:5: There is no kind of account \"robot\""},
        Wrong{with(""), "A list \"clauses\""}, Wrong{with("clauses: []\n"), "A list \"clauses\""},
        Wrong{with("clauses: [a]\n"), "x.yaml:4: A clause is"},
        Wrong{with("clauses:\n  - {id: X-1, controls: [{kind: password.distinct}]}\n"),
              "x.yaml:5: \"words\" is missing"},
        Wrong{clause(kControls + "  - id: X-1\n    words: w\n" + kControls),
              "x.yaml:8: Two clauses have the id \"X-1\""},
        Wrong{clause(""), "x.yaml:5: A list \"controls\""},
        Wrong{clause("    controls: [a]\n"), "x.yaml:7: A control is"},
        Wrong{clause("    controls:\n      - {kind: password.disti}\n"),
              "x.yaml:8: There is no kind of control \"password.disti\""},
        Wrong{clause("    controls: [{kind: password.distinct, force: may}]\n"),
              "x.yaml:7: \"force\" is must or should"},
        Wrong{clause("    controls: [{kind: password.distinct, for: leaders}]\n"),
              "x.yaml:7: This control is only for"},
        Wrong{clause("    controls:\n      - {kind: password.composition, params: {min_length: 10000}}\n"),
              "x.yaml:8: "},
        Wrong{clause("    controls: [{kind: password.composition, params: [8]}]\n"), "x.yaml:7: \"params\" is"},
        Wrong{clause("    controls: [{kind: password.rotation}]\n"), "x.yaml:7: "},
        Wrong{"code: \xff\n", "x.yaml: The directive file is not UTF-8"},
        Wrong{std::string("code: X\0\n", 9), "x.yaml: The directive file has a zero byte"},
        Wrong{std::string((1U << 20U) + 1, '#'), "x.yaml: The directive file is larger than 1 MiB"},
        Wrong{with("note: " + std::string(5000, 'a') + "\n"), "x.yaml:4: The value is longer"},
        Wrong{with("note: \"\\u202Egnp.exe\"\n"), "x.yaml:4: There is a character that steers"},
        Wrong{with("note: \"\\e[2J\"\n"), "x.yaml:4: There is a character that steers"},
        Wrong{with("note: &n a\nbasis: *n\n"), "x.yaml:5: Aliases"},
        Wrong{with("subject: t\n"), "x.yaml:4: The key \"subject\" stands in line 3 already"},
        Wrong{clause("    controls: [{kind: password.rotation, params: {max_age: P1M, max_age: P2Y}}]\n"),
              "x.yaml:7: The key \"max_age\" stands in line 7 already"},
        Wrong{clause(kControls) + "---\n" + clause(kControls), "x.yaml:8: A second YAML document begins here"},
        Wrong{"---\n---\n" + clause(kControls), "x.yaml:2: A second YAML document begins here"}));

TEST(DirectiveTextTest, EveryMistakeIsToldAtOnce) {
  const auto read = parse_directive("cod: X\nissuer: i\nfrom: soon\nclauses: []\n", "x.yaml");
  ASSERT_FALSE(read);
  for (const char* part : {"x.yaml:1: There is no key", "\"code\" is missing", "\"subject\" is missing",
                           "x.yaml:3:", "A list \"clauses\""})
    EXPECT_THAT(read.error().line(Language::English), HasSubstr(part));
}

TEST(DirectiveTextTest, MistakesAreToldInTheOrderOfTheirLines) {
  const auto read = parse_directive(
      "clauses:\n  - id: X-1\n    words: w\n    controls: [{kind: password.disti}]\nfrom: soon\nissuer: i\nsubject: s\n"
      "cod: X\ncode: X\nissuer: j\n",
      "x.yaml");
  ASSERT_FALSE(read);
  const std::string said = read.error().text().en;
  std::size_t last = 0;
  for (const char* part : {"x.yaml:4: There is no kind", "x.yaml:5: \"soon\" is not a date",
                           "x.yaml:8: There is no key", "x.yaml:10: The key \"issuer\""}) {
    const auto at = said.find(part);
    ASSERT_NE(at, std::string::npos) << said;
    EXPECT_TRUE(at >= last) << said;
    last = at;
  }
}

TEST(DirectiveTextTest, IsReadAsNfcWithSpacesSqueezed) {
  const auto read = parse_directive(
      with("number: \" 1  /CV \"\nnote: \"O\\u0302ng\"\nclauses:\n  - id: X-1\n    words: w\n" + kControls), "x");
  ASSERT_TRUE(read) << read.error().line(Language::English);
  EXPECT_EQ(read->number, "1 /CV");
  EXPECT_EQ(read->note.vi, "Ông");
}

TEST(DirectiveTextTest, AQuotedNumberStaysAText) {
  const auto read =
      parse_directive(clause("    controls: [{kind: report.submit, params: {what: \"2024\", to: \"true\"}}]\n"), "x");
  ASSERT_TRUE(read) << read.error().line(Language::English);
  const auto raw = policy::raw_of(read->clauses.front().controls.front());
  EXPECT_EQ(raw.at("what"), policy::RawValue("2024"));
  EXPECT_EQ(raw.at("to"), policy::RawValue("true"));
}

std::string some_text() {
  return *rc::gen::element<std::string>("Đại Lộc", "a \"b\" \\ c", "x: y # z", "- [", "{}", "~", "null", "true", "007",
                                        "2024-10-26", "'", "Ủy ban nhân dân");
}

template <class T, class Make>
std::optional<T> maybe(Make make) {
  return *rc::gen::arbitrary<bool>() ? std::optional<T>(make()) : std::nullopt;
}

ScopeText random_scope() {
  ScopeText out;
  if (*rc::gen::arbitrary<bool>()) out.units = {some_text()};
  if (*rc::gen::arbitrary<bool>()) out.systems = {"tthc", some_text()};
  if (*rc::gen::arbitrary<bool>()) out.groups = {some_text()};
  if (*rc::gen::arbitrary<bool>()) out.accounts = {policy::AccountKind::Unit, policy::AccountKind::Service};
  return out;
}

DirectiveText random_text() {
  DirectiveText out;
  out.code = "LA";
  out.number = maybe<std::string>(some_text);
  out.date = maybe<std::string>([] { return *rc::gen::element<std::string>("2024-10-26", "2024-10"); });
  out.issuer = some_text() + ".";  // never a null
  out.subject = some_text() + ".";
  out.adopted_by = maybe<std::string>([] { return some_text() + "."; });
  out.from = maybe<Date>([] { return *parse_date("2024-11-01"); });
  out.until = maybe<Date>([] { return *parse_date("2199-12-31"); });
  out.note = {some_text() + ".", some_text() + "!"};
  out.scope = random_scope();
  const int clauses = *rc::gen::inRange(1, 4);
  for (int c = 0; c < clauses; ++c) {
    ClauseText made{
        "LA-" + std::to_string(c), {some_text() + ".", some_text() + "!"}, maybe<ScopeText>(random_scope), {}};
    const int controls = *rc::gen::inRange(1, 4);
    for (int i = 0; i < controls; ++i) {
      const auto control = policy::testing_support::random_control();
      // What the rules of the catalogue refuse is not written by anybody, and what they make of it is in one form.
      if (auto clean = policy::make_control(control.kind, control.force, policy::raw_of(control)))
        made.controls.push_back(std::move(*clean));
    }
    if (made.controls.empty())
      made.controls.push_back(*policy::make_control(policy::Kind::PasswordDistinct, policy::Force::Must, {}));
    out.clauses.push_back(std::move(made));
  }
  return out;
}

bool same(const ScopeText& a, const ScopeText& b) {
  return a.units == b.units && a.systems == b.systems && a.groups == b.groups && a.accounts == b.accounts;
}

RC_GTEST_PROP(DirectiveTextLaws, WhatIsWrittenIsReadBack, ()) {
  const DirectiveText text = random_text();
  const auto read = parse_directive(write_directive(text), "x");
  if (!read) RC_FAIL(read.error().line(Language::English) + write_directive(text));
  RC_ASSERT(read->code == text.code && read->number == text.number && read->date == text.date);
  RC_ASSERT(read->issuer == text.issuer && read->subject == text.subject && read->adopted_by == text.adopted_by);
  RC_ASSERT(read->from == text.from && read->until == text.until && read->note == text.note);
  RC_ASSERT(same(read->scope, text.scope));
  RC_ASSERT(read->clauses.size() == text.clauses.size());
  for (std::size_t i = 0; i < text.clauses.size(); ++i) {
    RC_ASSERT(read->clauses[i].id == text.clauses[i].id);
    RC_ASSERT(read->clauses[i].words == text.clauses[i].words);
    RC_ASSERT(read->clauses[i].controls == text.clauses[i].controls);
    RC_ASSERT(read->clauses[i].scope.has_value() == text.clauses[i].scope.has_value());
    if (text.clauses[i].scope) RC_ASSERT(same(*read->clauses[i].scope, *text.clauses[i].scope));
  }
}

}  // namespace
}  // namespace khien::directives
