#include "credentials/guess_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::credentials {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kMostWords = 16;
/// From there on a user name or full name is too telling to be part of any password.
constexpr std::size_t kDecisiveUserName = 4;
constexpr std::size_t kDecisiveFullName = 6;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string only_letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_letter_or_digit(c)) out += c;
  return out;
}

/// Parts between characters that are neither letters nor digits, marks kept.
Words parts_of(std::string_view text) {
  std::string spaced = lower(text);
  for (char& c : spaced)
    if (static_cast<unsigned char>(c) < 0x80 && !is_letter_or_digit(c)) c = ' ';
  Words out = words(spaced);
  if (out.size() > kMostWords) out.resize(kMostWords);
  return out;
}

/// Telex with the tone key right behind the last vowel, as some people type: "nguyeexn".
std::string telex_inside(std::string_view word) {
  std::string keys = telex(word);
  const bool has_tone = keys.size() > fold(word).size() && std::string_view("sfrxj").contains(keys.back());
  const auto vowel = keys.find_last_of("aeiouyw", keys.size() < 2 ? 0 : keys.size() - 2);
  if (!has_tone || vowel == std::string::npos) return keys;
  const char tone = keys.back();
  keys.pop_back();
  keys.insert(vowel + 1, 1, tone);
  return keys;
}

/// "ươ" is often typed with one w at the end of both.
std::string telex_short(std::string_view word) {
  std::string keys = telex(word);
  if (const auto at = keys.find("uwow"); at != std::string::npos) keys.replace(at, 4, "uow");
  return keys;
}

class Collector {
 public:
  void add(std::string word, double bits, GuessReason reason, bool decisive = false) {
    if (word.size() >= 2) out_.push_back({std::move(word), bits, reason, decisive});
  }

  /// Every run of neighbouring words, joined, as each keyboard writes it; and its initials.
  void add_runs(const Words& all, double bits, GuessReason reason) {
    for (std::size_t first = 0; first < all.size(); ++first) {
      std::string plain, telex_end, telex_in, telex_one, vni_keys, initials;
      for (std::size_t i = first; i < all.size(); ++i) {
        const std::string folded = only_letters_and_digits(fold(all[i]));
        plain += folded;
        telex_end += fold(telex(all[i]));
        telex_in += fold(telex_inside(all[i]));
        telex_one += fold(telex_short(all[i]));
        vni_keys += fold(vni(all[i]));
        if (!folded.empty()) initials += folded[0];
        for (const std::string* each : {&plain, &telex_end, &telex_in, &telex_one, &vni_keys}) add(*each, bits, reason);
        if (initials.size() >= 3) add(initials, bits, reason);
      }
    }
  }

  std::vector<GuessWord> take() { return std::move(out_); }

 private:
  std::vector<GuessWord> out_;
};

void add_user_name(Collector& out, std::string_view name) {
  const std::string folded = fold(name);
  const std::string local = folded.substr(0, folded.find('@'));
  const std::string joined = only_letters_and_digits(local);
  out.add(joined, 1, GuessReason::UserName, joined.size() >= kDecisiveUserName);
  out.add(local, 1, GuessReason::UserName, joined.size() >= kDecisiveUserName);
  out.add(std::string(joined.rbegin(), joined.rend()), 3, GuessReason::UserName);
  // "hungnv1" and "hungnv" are one name to a guesser.
  const std::string unnumbered = joined.substr(0, joined.find_last_not_of("0123456789") + 1);
  out.add(unnumbered, 1, GuessReason::UserName, unnumbered.size() >= kDecisiveUserName);
  for (const auto& part : parts_of(local)) out.add(part, 2, GuessReason::UserName);
}

void add_full_name(Collector& out, std::string_view name) {
  const Words parts = parts_of(name);
  if (parts.empty()) return;
  out.add_runs(parts, 2, GuessReason::FullName);
  const Words plain = parts_of(fold(name));
  std::string joined, initials, family_initials;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    joined += plain[i];
    initials += plain[i][0];
    family_initials += i + 1 < plain.size() ? plain[i].substr(0, 1) : plain[i];
  }
  out.add(joined, 1, GuessReason::FullName, plain.size() > 1 && joined.size() >= kDecisiveFullName);
  const std::string given_first = user_name_of(name);
  for (const std::string& each : {given_first, initials, family_initials, plain.back() + joined,
                                  plain.back() + plain.front(), plain.front() + plain.back()})
    out.add(each, 2, GuessReason::FullName);
}

/// Units leave "và" and the like out of their abbreviations, or not.
void add_unit(Collector& out, std::string_view name) {
  const Words all = parts_of(name);
  out.add_runs(all, 3, GuessReason::Unit);
  Words short_of_and = all;
  std::erase(short_of_and, "và");
  if (short_of_and.size() != all.size()) out.add_runs(short_of_and, 3, GuessReason::Unit);
}

void add_birth_date(Collector& out, Date date) {
  const int day = static_cast<int>(static_cast<unsigned>(date.day()));
  const int month = static_cast<int>(static_cast<unsigned>(date.month()));
  const int year = static_cast<int>(date.year());
  for (const std::string& each :
       {fmt::format("{:02}{:02}{}", day, month, year), fmt::format("{:02}{:02}{:02}", day, month, year % 100),
        fmt::format("{}{}{}", day, month, year), fmt::format("{}{}{:02}", day, month, year % 100),
        fmt::format("{}{:02}{:02}", year, month, day), fmt::format("{:02}{:02}{:02}", year % 100, month, day),
        fmt::format("{:02}{:02}", day, month), fmt::format("{:02}{}", month, year), fmt::format("{}", year)})
    out.add(each, 2, GuessReason::Number);
}

}  // namespace

std::vector<GuessWord> words_of(const GuessContext& context) {
  Collector out;
  for (const auto& name : context.user_names) add_user_name(out, name);
  add_full_name(out, context.full_name);
  for (const auto& name : context.unit_names) add_unit(out, name);
  for (const auto& name : context.system_names) out.add_runs(parts_of(name), 3, GuessReason::System);
  out.add_runs(parts_of(context.issuer), 3, GuessReason::System);
  for (const auto& number : context.numbers) {
    const std::string digits = only_letters_and_digits(fold(number));
    out.add(digits, 2, GuessReason::Number);
    for (const std::size_t tail : {9U, 6U, 4U})
      if (digits.size() > tail) out.add(digits.substr(digits.size() - tail), 4, GuessReason::Number);
  }
  if (context.birth_date) add_birth_date(out, *context.birth_date);
  return out.take();
}

}  // namespace khien::credentials
