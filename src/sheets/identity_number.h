// Numbers of identity cards in cells, and the zeros that spreadsheets drop in front of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// True if the 12 digits can be a CCCD: a province's code, the digit of century and sex, two digits of the year
/// (Nghị định 137/2015/NĐ-CP, Điều 13); with a birth year they must be of it.
bool follows_cccd_rule(std::string_view digits, std::optional<int> birth_year);

struct IdentityNumber {
  std::string digits;     ///< 9 or 12
  bool restored = false;  ///< zeros were put back in front
};

/// An identity number of 9 or 12 digits. Where a spreadsheet dropped one or two zeros in front, they are put back if
/// the number then follows the rule of CCCD. A number in scientific notation has lost digits and is refused. The value
/// itself is in no message.
Result<IdentityNumber> identity_value(const Cell& cell, std::optional<int> birth_year = std::nullopt);

}  // namespace khien::sheets
