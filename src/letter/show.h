// A reading for people at a terminal, in their language.
#pragma once

#include <string>

#include "base/text.h"
#include "letter/types.h"

namespace khien::letter {

/// Header, proposed controls with the letter's words and place, and what to look at; ends in a newline.
std::string show(const Reading& reading, Language language);

/// One parameter in words: `max_age: P6M` as "thời hạn: 6 tháng".
std::string show_parameter(const std::string& name, const Value& value, Language language);

}  // namespace khien::letter
