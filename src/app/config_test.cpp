#include "app/config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "base/json_text.h"

namespace khien::app {
namespace {

using Variables = std::map<std::string, std::string>;

Result<Config> parse(std::string_view yaml, const Variables& variables = {}) {
  return parse_config(yaml, "khien.yaml", [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

/// Each bad configuration with a part of what is said about it.
struct Bad {
  std::string yaml;
  std::string said;

  friend void PrintTo(const Bad& bad, std::ostream* out) { *out << json_text(bad.yaml); }
};

class BadConfig : public testing::TestWithParam<Bad> {};

TEST_P(BadConfig, IsRefusedWithItsLine) {
  const auto read = parse(GetParam().yaml);
  ASSERT_FALSE(read) << GetParam().yaml;
  EXPECT_NE(read.error().line(Language::English).find(GetParam().said), std::string::npos)
      << read.error().line(Language::English);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadConfig,
    testing::Values(Bad{"name: K\nprot: 1\n", "khien.yaml:2: There is no setting \"prot\""},
                    Bad{"port: 65536\n", "khien.yaml:1: port: does not take \"65536\""},
                    Bad{"port: -1\n", "port: does not take"}, Bad{"port: 8443x\n", "port: does not take"},
                    Bad{"\n\nworkers: 0\n", "khien.yaml:3: workers"}, Bad{"idle: soon\n", "khien.yaml:1: idle"},
                    Bad{"idle: PT1S\n", "idle: does not take"}, Bad{"session_lifetime: P30D\n", "session_lifetime"},
                    Bad{"log_json: yes\n", "true or false"}, Bad{"\nlog_level: loud\n", "khien.yaml:2: log_level"},
                    Bad{"name: [a, {b: c}\n", "malformed"}, Bad{"name: {a: b}\n", "khien.yaml:1: name"},
                    Bad{"- a\n- b\n", "map of keys"}, Bad{"name: \"\"\n", "name: does not take"},
                    Bad{"name: \"a\\u0001b\"\n", "name: does not take"}, Bad{"name: \xff\n", "not UTF-8"},
                    Bad{std::string(70000, '#'), "larger than 64 KiB"}, Bad{"certificate_file: /x.pem\n", "key_file"},
                    Bad{"public_url: http://khien.example\n", "public_url"},
                    Bad{"public_url: https://khien.example/path\n", "without a path"},
                    Bad{"public_url: https://\n", "public_url"}, Bad{"address: foo\n", "does not take \"foo\""},
                    Bad{"trusted_proxies: [192.0.2.1, proxy.example]\n", "does not take \"proxy.example\""},
                    Bad{"name: A\nport: 1\nname: B\n", "khien.yaml:3: The key \"name\" stands in line 1 already"},
                    Bad{"port: 1\n---\nport: 2\n", "khien.yaml:2: A second YAML document begins here"}));

TEST(Config, IsTheDefaultsWhereNothingIsSaidAndWhereTheFileIsMissing) {
  EXPECT_EQ(parse("")->port, 8443);
  EXPECT_EQ(parse("# only words\n")->address, "127.0.0.1");
  const auto read = read_config("/no/such/khien.yaml", [](const std::string&) { return std::nullopt; });
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Khiên");
}

TEST(Config, TellsEveryMistakeAtOnce) {
  const auto read = parse("prot: 1\nworkers: 0\n", {{"KHIEN_PORT", "many"}});
  ASSERT_FALSE(read);
  const auto said = read.error().line(Language::Vietnamese);
  for (const char* part : {"khien.yaml:1:", "khien.yaml:2:", "KHIEN_PORT:"})
    EXPECT_NE(said.find(part), std::string::npos) << part << " in " << said;
}

TEST(Config, TakesVariablesBeforeTheFileAndListsByComma) {
  const auto read = parse("port: 1\ntrusted_proxies: [192.0.2.1]\n",
                          {{"KHIEN_PORT", "2"}, {"KHIEN_TRUSTED_PROXIES", "192.0.2.7, 2001:db8::1"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->port, 2);
  EXPECT_EQ(read->trusted_proxies, (std::vector<std::string>{"192.0.2.7", "2001:db8::1"}));
}

TEST(Config, NormalisesAName) {
  EXPECT_EQ(parse("name: \"Kh\\u0069\\u0065\\u0302n\"\n")->name, "Khiên") << "typed as NFD";
}

TEST(Config, TheTemplateIsTheDefaultsAndSaysEverySetting) {
  const std::string all = config_template();
  EXPECT_TRUE(parse(all));
  std::string set;  // every setting given its own default
  for (std::size_t at = 0; (at = all.find("\n#", at)) != std::string::npos; ++at)
    if (all[at + 2] != ' ') set += all.substr(at + 2, all.find('\n', at + 1) - at - 1);
  const auto read = parse(set);
  ASSERT_TRUE(read) << read.error().line(Language::English);
  EXPECT_EQ(read->session_lifetime, Config{}.session_lifetime);
  EXPECT_GT(std::ranges::count(set, '\n'), 20);
}

TEST(Config, TheUrlIsThePublicOneOrWhereItListens) {
  Config config;
  EXPECT_EQ(config.url(9), "https://127.0.0.1:9");
  config.address = "::1";
  EXPECT_EQ(config.url(9), "https://[::1]:9");
  config.public_url = "https://khien.example.gov.vn/";
  EXPECT_EQ(config.url(9), "https://khien.example.gov.vn");
}

}  // namespace
}  // namespace khien::app
