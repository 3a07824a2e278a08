// Reading a letter: bytes in, header and proposed controls out. Nothing is enforced until a person confirms.
#pragma once

#include <string_view>

#include "letter/types.h"

namespace khien::letter {

/// `bytes` is UTF-8 text of at most 1 MiB (any normal form, any line ends, byte order mark, Markdown marks). Pure: no
/// clock, no files. Refuses what is no text with a message in both languages.
Result<Reading> read(std::string_view bytes);

}  // namespace khien::letter
