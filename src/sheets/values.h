// What a cell means: a date, an identity number, a telephone number … or an error that its writer can act upon.
// Every function refuses an empty cell; whether a cell may be empty is the importer's business.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "sheets/types.h"

namespace khien::sheets {

/// 05/01/2026 (also 5-1-2026, 5.1.2026), 2026-01-05, "ngày 05 tháng 01 năm 2026", or a spreadsheet's date. A time of
/// midnight may follow. Two-digit years, years alone and month-first dates are refused.
Result<Date> date_value(const Cell& cell);

/// An identity number of 9 or 12 digits. A number whose leading zeros the spreadsheet ate is an error with a hint; the
/// value itself is in no message.
Result<std::string> identity_value(const Cell& cell);

/// có, x, đúng, yes, true, 1 / không, sai, no, false, 0.
Result<bool> yes_no_value(const Cell& cell);

/// A Vietnamese telephone number as digits from 0: "+84 912 345 678" gives "0912345678". A number that lost its one
/// leading zero gets it back.
Result<std::string> phone_value(const Cell& cell);

/// An address by its form (the dot-atom of RFC 5322 and a host of at least two labels); the domain in lower case.
Result<std::string> email_value(const Cell& cell);

/// Any text, single spaces; a spreadsheet's date as dd/mm/yyyy. An error value such as #N/A is refused.
Result<std::string> text_value(const Cell& cell);

}  // namespace khien::sheets
