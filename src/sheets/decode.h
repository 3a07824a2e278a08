// Text files as UTF-8: the byte order marks that spreadsheet programs write, the old encodings, and a clear no to
// anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/result.h"

namespace khien::sheets {

struct Decoded {
  std::string text;               ///< UTF-8 without byte order mark
  std::string old_encoding = {};  ///< by which name people know it; empty: Unicode
};

/// Out of UTF-8 with or without a byte order mark, UTF-16 with one, or the one of Windows-1258, TCVN3 and VNI in which
/// the words are Vietnamese; HTML may also say that it is Windows-1252. The error names the line.
Result<Decoded> decode_text(ByteView bytes, std::string_view file_name);

/// HTML and XML tables are what many systems export under the name of .xls.
bool is_markup(std::string_view text);

/// Appends one code point that is no surrogate.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace khien::sheets
