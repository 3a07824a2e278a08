#include "people/name_rules.h"

#include <algorithm>

#include "base/characters.h"
#include "base/vietnamese.h"
#include "sheets/formula.h"

namespace khien::people {
namespace {

constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestLevel = 60;
constexpr std::u32string_view kOfPeople = U" '’-‐.";
constexpr std::u32string_view kOfUnits = U" '’‘-‐–—.,:+_()/&\"“”«»";
constexpr std::u32string_view kOfCodes = U".-_/";
constexpr std::u32string_view kOpening = U"'‘(\"“«";

bool is_letter(char32_t character) {
  const auto kind = kind_of(character);
  return kind == CharacterKind::Upper || kind == CharacterKind::Lower || kind == CharacterKind::Letter;
}

bool is_letter_or_digit(char32_t character) {
  return is_letter(character) || kind_of(character) == CharacterKind::Digit;
}

}  // namespace

bool is_name_of_person(std::string_view name) {
  const auto characters = code_points(name);
  return !characters.empty() && is_letter(characters.front()) &&
         std::ranges::all_of(characters, [](char32_t one) { return is_letter(one) || kOfPeople.contains(one); });
}

bool is_name_of_unit(std::string_view name) {
  const auto characters = code_points(name);
  return !characters.empty() && (is_letter_or_digit(characters.front()) || kOpening.contains(characters.front())) &&
         std::ranges::any_of(characters, is_letter_or_digit) && std::ranges::all_of(characters, [](char32_t one) {
           return is_letter_or_digit(one) || kOfUnits.contains(one);
         });
}

Result<std::string> clean_unit_name(std::string name) {
  if (name.empty() || is_name_of_unit(name)) return name;
  return Failure(Error::invalid(
      {"Tên đơn vị bắt đầu bằng chữ hoặc số và chỉ gồm chữ, số, dấu cách và ' - – . , : ( ) / & \"; ký tự khác không "
       "được nhận.",
       "The name of a unit begins with a letter or digit and has letters, digits, spaces and ' - – . , : ( ) / & \" "
       "only."}));
}

Result<std::string> clean_code(std::string_view code, std::size_t most, const Text& what) {
  const auto clean = nfc(squeeze(code));
  if (clean && clean->empty()) return *clean;
  const auto characters = code_points(clean.value_or(std::string()));
  if (!characters.empty() && characters.size() <= most && is_letter_or_digit(characters.front()) &&
      std::ranges::all_of(characters, [](char32_t one) { return is_letter_or_digit(one) || kOfCodes.contains(one); }))
    return *clean;
  return Failure(Error::invalid(
      {fmt::format("{0} có nhiều nhất {1} ký tự, không có dấu cách, chỉ gồm chữ, số và . - _ /, bắt đầu bằng chữ hoặc "
                   "số.",
                   what.vi, most),
       fmt::format("{0} has at most {1} characters and no space: letters, digits and . - _ /, a letter or digit first.",
                   what.en, most)}));
}

Result<std::string> clean_unit_code(std::string_view code) {
  return clean_code(code, kLongestCode, {"Mã đơn vị", "The unit code"});
}

Result<std::string> clean_level(std::string_view text) {
  return clean_free_text(text, kLongestLevel, {"Cấp đơn vị", "The level of the unit"});
}

Result<std::string> clean_free_text(std::string_view text, std::size_t most, const Text& what) {
  if (squeeze(text).empty()) return std::string();
  auto clean = clean_words(text, most);
  if (!clean)
    return Failure(
        Error::invalid({fmt::format("{0} dài quá {1} ký tự hoặc có ký tự điều khiển.", what.vi, most),
                        fmt::format("{0} has more than {1} characters, or control characters.", what.en, most)}));
  if (sheets::is_like_formula(*clean))
    return Failure(
        Error::invalid({what.vi + " bắt đầu bằng = + - hoặc @ như công thức của bảng tính; hãy bỏ dấu ấy.",
                        what.en + " begins with = + - or @ like a formula of a spreadsheet; leave that sign out."}));
  return std::move(*clean);
}

}  // namespace khien::people
