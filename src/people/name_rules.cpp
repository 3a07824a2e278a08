#include "people/name_rules.h"

#include <algorithm>

#include "base/characters.h"

namespace khien::people {
namespace {

constexpr std::u32string_view kOfPeople = U" '’-‐.";
constexpr std::u32string_view kOfUnits = U" '’‘-‐–—.,:+_()/&\"“”«»";
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

}  // namespace khien::people
