// Laws of the reader over letters, damaged letters and any bytes.
#include "letter/read.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/testing.h"
#include "base/vietnamese.h"
#include "letter/draft.h"
#include "letter/json.h"
#include "letter/rules.h"
#include "letter/testing.h"

namespace khien::letter {
namespace {

const std::vector<std::string>& sample_letters() {
  static const std::vector<std::string> letters = [] {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(testing_support::source_dir() + "/tests/letters")) {
      if (entry.path().extension() != ".txt") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      out.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return out;
  }();
  return letters;
}

/// NFD of Vietnamese letters, built from what NFC makes of a letter and its marks.
std::string decomposed(const std::string& text) {
  static const std::map<std::string, std::string> parts = [] {
    std::map<std::string, std::string> out;
    for (const char letter : std::string_view("aeiouyAEIOUY"))
      for (const std::string_view shape : {"", "\xCC\x82", "\xCC\x86", "\xCC\x9B"})
        for (const std::string_view tone : {"", "\xCC\x80", "\xCC\x81", "\xCC\x83", "\xCC\x89", "\xCC\xA3"}) {
          // A dot below comes before a circumflex in canonical order, a horn before every tone.
          const bool below = tone == "\xCC\xA3" && shape != "\xCC\x9B";
          std::string sequence(1, letter);
          sequence += below ? std::string(tone) + std::string(shape) : std::string(shape) + std::string(tone);
          out[*nfc(sequence)] = sequence;
        }
    return out;
  }();
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_code_point(text, at);
    const std::string letter = text.substr(begin, at - begin);
    const auto known = parts.find(letter);
    out += known == parts.end() ? letter : known->second;
  }
  return out;
}

void expect_grounded(const std::string& bytes) {
  const auto reading = read(bytes);
  if (!reading) return;
  const auto text = nfc(bytes);
  RC_ASSERT(text.has_value());
  for (const auto& control : reading->controls) {
    RC_ASSERT(!control.quote.empty());
    RC_ASSERT(text->find(control.quote) != std::string::npos);
    RC_ASSERT(control.place.line >= 1U);
  }
}

RC_GTEST_PROP(Read, QuotesStandInTheTextHoweverALetterIsDamaged, ()) {
  std::string letter = *rc::gen::elementOf(sample_letters());
  const auto cuts = *rc::gen::container<std::vector<std::pair<std::size_t, std::uint8_t>>>(
      rc::gen::pair(rc::gen::inRange<std::size_t>(0, letter.size()), rc::gen::arbitrary<std::uint8_t>()));
  for (const auto& [place, what] : cuts) {
    const std::size_t at = place % letter.size();
    if (what % 3 == 0) letter.erase(at, what / 3);
    if (what % 3 == 1) letter.insert(at, std::string(1, static_cast<char>(" \n.;-()/:,"[what % 10])));
    if (what % 3 == 2) letter.insert(at, letter.substr(at / 2, what));
    if (letter.empty()) return;
  }
  expect_grounded(letter);
}

RC_GTEST_PROP(Read, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  expect_grounded(bytes);
}

RC_GTEST_PROP(Read, ShuffledWordsOfLettersAreReadToo, ()) {
  static const std::vector<std::string> pieces{"mật khẩu ",
                                               "đổi ",
                                               "không ",
                                               "06 tháng ",
                                               "một lần",
                                               ";",
                                               ". ",
                                               "\n\n1. ",
                                               "\n- ",
                                               "tài khoản ",
                                               "phải ",
                                               "nên ",
                                               "(",
                                               ")",
                                               "Sở ",
                                               "báo cáo ",
                                               "trước ngày 5/6/2025 ",
                                               "yêu cầu ",
                                               "Công văn số 5 về việc ",
                                               ", ",
                                               "nghỉ hưu ",
                                               "khóa ",
                                               "ký tự ",
                                               "8 ",
                                               "\nKính gửi: A.\n",
                                               "Số: ",
                                               "V/v ",
                                               ": ",
                                               "\nNơi nhận:\n",
                                               "| a | ",
                                               "\n| nhưng | ",
                                               " | ",
                                               "\n|"};
  std::string text = "Đề nghị ";
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) text += piece;
  expect_grounded(text);
}

TEST(Read, DecomposedLettersReadAsComposedOnes) {
  ASSERT_GE(sample_letters().size(), 12U);
  for (const auto& letter : sample_letters()) {
    const std::string other = decomposed(letter);
    const auto plain = read(letter);
    const auto nfd = read(other);
    ASSERT_TRUE(plain.has_value());
    ASSERT_TRUE(nfd.has_value());
    EXPECT_EQ(to_json(*plain), to_json(*nfd));
  }
  EXPECT_NE(decomposed("mật"), "mật");
}

TEST(Read, EveryProposalIsOneTheCatalogueAllowsTheReader) {
  for (const Rule& rule : all_rules()) EXPECT_FALSE(policy::spec_of(rule.kind).by_person) << policy::code_of(rule.kind);
  for (const auto& letter : sample_letters()) {
    const auto reading = read(letter);
    ASSERT_TRUE(reading.has_value());
    for (const auto& control : reading->controls)
      for (const auto& [name, value] : control.params) {
        const auto* parameter = policy::find_parameter(control.kind, name);
        ASSERT_NE(parameter, nullptr) << name;
        EXPECT_FALSE(parameter->by_person) << name;
      }
  }
}

TEST(Read, EveryKindThatAReaderMayProposeHasARule) {
  for (const auto& spec : policy::catalogue()) {
    const bool ruled = std::ranges::any_of(all_rules(), [&](const Rule& rule) { return rule.kind == spec.kind; });
    EXPECT_EQ(ruled, !spec.by_person) << spec.code;
  }
}

TEST(Read, AMebibyteOfOneSentenceIsReadInBoundedTime) {
  std::string long_one = "Đề nghị ";
  while (long_one.size() < kMaxLetterBytes / 8) long_one += "đổi mật khẩu tài khoản không ";
  EXPECT_TRUE(read(long_one).has_value());
}

TEST(Read, ADueDateMayStandBeforeTheOrderItBelongsTo) {
  const auto by = [](std::string_view body) {
    const auto reading = testing::read_body(body);
    const auto* report = testing::find(reading, policy::Kind::ReportSubmit);
    if (report == nullptr) return std::string("no report");
    const auto found = report->params.find("by");
    return found == report->params.end() ? std::string() : std::get<std::string>(found->second);
  };
  const std::string_view first = "2025-06-15";
  EXPECT_EQ(by("1. Trước ngày 15/6/2025, gửi báo cáo kết quả về Sở Nội vụ."), first);
  EXPECT_EQ(by("1. Chậm nhất ngày 15/6/2025, các đơn vị báo cáo."), first);
  EXPECT_EQ(by("1. Chậm nhất là 17 giờ ngày 15/6, các phòng gửi danh sách tài khoản về Văn phòng Sở."), first);
  EXPECT_EQ(by("1. Các đơn vị trước ngày 15/6/2025 gửi báo cáo kết quả về Sở Nội vụ."), first);
  EXPECT_EQ(by("1. Trước ngày 15/6/2025, các đơn vị nên gửi báo cáo kết quả về Sở Nội vụ."), first) << "advice";
  EXPECT_EQ(by("Trước ngày 15/6/2025, Sở yêu cầu các đơn vị gửi báo cáo kết quả về Sở Nội vụ."), first)
      << "in front of the request";
  EXPECT_EQ(by("Yêu cầu các đơn vị:\n\n1. Trước ngày 15/6/2025, thực hiện các việc sau:\n\na) Đổi mật khẩu;\n\n"
               "b) Gửi báo cáo kết quả về Sở Nội vụ."),
            first)
      << "in the heading";
  EXPECT_EQ(by("1. Trước ngày 15/6/2025, báo cáo kết quả đợt kiểm tra ngày 5/5/2025 về Sở Nội vụ."), first)
      << "the date behind is merely told";
  EXPECT_EQ(by("1. Trước ngày 10/6/2025, rà soát tài khoản; báo cáo kết quả về Sở trước ngày 15/6/2025."), first)
      << "its own";
  EXPECT_EQ(by("1. Vá lỗ hổng trước ngày 10/6/2025 và báo cáo kết quả về Sở Nội vụ."), "") << "of another order";
  EXPECT_EQ(by("1. Trước ngày 10/6/2025, rà soát tài khoản; gửi báo cáo kết quả về Sở Nội vụ."), "");
  EXPECT_EQ(by("1. Hằng năm, trước ngày 15/12, báo cáo kết quả về Sở Nội vụ."), "");
}

TEST(Read, ACutoffMayStandInFrontOfTheRequest) {
  const auto reading = testing::read_body(
      "Trước ngày 15/6/2025, Sở yêu cầu các đơn vị đổi mật khẩu; quá hạn trên, tài khoản chưa đổi mật khẩu bị khóa.");
  const auto* cutoff = testing::find(reading, policy::Kind::PasswordCutoff);
  ASSERT_NE(cutoff, nullptr);
  EXPECT_EQ(std::get<std::string>(cutoff->params.at("date")), "2025-06-15");
}

TEST(Read, ALetterWithoutControlsSaysSo) {
  const auto reading = read("Kính gửi: Các thôn.\n\nĐề nghị trồng cây.\n");
  ASSERT_TRUE(reading.has_value());
  EXPECT_TRUE(reading->controls.empty());
  EXPECT_FALSE(reading->notes.empty());
}

}  // namespace
}  // namespace khien::letter
