// Numbers of a workbook as their reader sees them: no exponents, no noise of binary fractions, zeros kept in front.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sheets/types.h"

namespace khien::sheets {

/// What a number format makes of a number, as far as it changes what the number is.
struct NumberForm {
  bool date = false;
  std::size_t padded_to = 0;  ///< digits; a format such as 000000000000, by which people keep the zeros of a CCCD

  bool operator==(const NumberForm&) const = default;
};

/// The form of a format code of ECMA-376 part 1, section 18.8.31.
NumberForm form_of(std::string_view format_code);
/// The form of a built-in format (section 18.8.30), including the East Asian dates.
NumberForm form_of_builtin(std::size_t id);

/// The number without exponent; digits beyond the 15 that a spreadsheet keeps are rounded off where they are a
/// fraction. Text that is not a number comes back unchanged.
std::string plain_number(std::string_view raw);

/// The cell of a number as a workbook keeps it: a date counts from 1904-01-01 in files of old Macintoshes.
Cell number_cell(std::string_view raw, const NumberForm& form, bool from_1904);

/// `plain_number` with zeros in front of a whole number, up to `digits`.
std::string padded_number(std::string_view raw, std::size_t digits);

}  // namespace khien::sheets
