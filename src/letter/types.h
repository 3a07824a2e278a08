// What reading an official letter yields: its header, the controls it asks for, and what a person must look at.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "policy/catalogue.h"

namespace khien::letter {

/// What the head of the letter says. A blank number, a template mark or a missing cell is absent.
struct Header {
  std::optional<std::string> number;   ///< `1017-CV/VPHU`, without stray blanks
  std::optional<std::string> date;     ///< `YYYY-MM-DD`, or `YYYY-MM` where the day is blank
  std::optional<std::string> issuer;   ///< the body that speaks, with its place
  std::optional<std::string> subject;  ///< the words after V/v, on one line
  bool operator==(const Header&) const = default;
};

enum class Strength : std::uint8_t { Must, Should };

/// Durations and dates are ISO 8601 strings, as in the catalogue.
using Value = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;
using Parameters = std::map<std::string, Value>;

/// One control that the letter asks for, to be confirmed by a person.
struct ProposedControl {
  policy::Kind kind{};
  Parameters params;
  Strength strength = Strength::Must;
  std::optional<std::string> applies_to;  ///< the group it binds, in the letter's words
  std::string quote;                      ///< an exact substring of the NFC text
  std::string item;                       ///< the letter's own numbering (`1`, `2.3`, `b`), or a running one
  Place place;                            ///< where the quote begins: line and column (code points), from 1
};

struct Reading {
  Header header;
  std::vector<ProposedControl> controls;  ///< in the order of the letter
  std::vector<Text> notes;                ///< what a person must look at
};

}  // namespace khien::letter
