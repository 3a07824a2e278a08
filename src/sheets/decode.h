// Text files as UTF-8: the byte order marks that spreadsheet programs write, and a clear no to anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/result.h"

namespace khien::sheets {

/// UTF-8 without byte order mark out of UTF-8 with or without one, or UTF-16 with one. The error names the line.
Result<std::string> decode_text(ByteView bytes, std::string_view file_name);

/// Appends one code point that is no surrogate.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace khien::sheets
