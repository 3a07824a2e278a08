// Which characters a password must hold and how long it must be (`password.composition`), and what is missing in one.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace khien::credentials {

enum class CharacterClass : std::uint8_t { Upper = 1, Lower = 2, Digit = 4, Special = 8 };

/// The code in the control catalogue: `upper`, `lower`, `digit`, `special`.
std::string_view code_of(CharacterClass character_class);
std::optional<CharacterClass> parse_class(std::string_view code);

/// A set of classes.
class CharacterClasses {
 public:
  constexpr CharacterClasses() = default;
  constexpr CharacterClasses(std::initializer_list<CharacterClass> classes) {
    for (const auto each : classes) add(each);
  }
  static constexpr CharacterClasses all() {
    return {CharacterClass::Upper, CharacterClass::Lower, CharacterClass::Digit, CharacterClass::Special};
  }

  constexpr void add(CharacterClass each) { bits_ |= static_cast<std::uint8_t>(each); }
  [[nodiscard]] constexpr bool has(CharacterClass each) const { return (bits_ & static_cast<std::uint8_t>(each)) != 0; }
  [[nodiscard]] constexpr bool includes(CharacterClasses other) const { return (bits_ & other.bits_) == other.bits_; }
  [[nodiscard]] constexpr CharacterClasses united(CharacterClasses other) const {
    CharacterClasses out;
    out.bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
    return out;
  }
  [[nodiscard]] int count() const;
  bool operator==(const CharacterClasses&) const = default;

 private:
  std::uint8_t bits_ = 0;
};

/// The classes that occur in NFC text. Ư is upper case, đ lower case; whatever is neither letter, mark nor digit is
/// special, a space too: the lists in letters are examples. A letter without case is in no class.
CharacterClasses classes_of(std::string_view nfc_utf8);

/// Lengths count the code points of the NFC form.
struct Composition {
  int min_length = 0;
  CharacterClasses require{};
  std::optional<int> max_length{};  ///< for systems that cut longer ones; without effect below `min_length`

  bool operator==(const Composition&) const = default;
};

enum class ViolationCode : std::uint8_t {
  NotText,  ///< not UTF-8
  Control,  ///< holds a control character, which sign-in pages cannot take
  TooShort,
  TooLong,
  NoUpper,
  NoLower,
  NoDigit,
  NoSpecial,
};

struct Violation {
  ViolationCode code;
  Text text;  ///< what is missing, as a phrase without a full stop: «thiếu chữ in hoa»

  bool operator==(const Violation&) const = default;
};

/// Everything that the password lacks, in the order of the enumeration; empty if it conforms. Text in any normal form.
std::vector<Violation> violations(std::string_view password, const Composition& composition);

/// True exactly if every password that conforms to `a` conforms to `b`.
bool is_at_least_as_strict(const Composition& a, const Composition& b);

}  // namespace khien::credentials
