// What the codes of the log mean to a person who reads it. The log itself, its JSON and the filters keep the codes.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace khien::audit {

/// `password.changed (đổi mật khẩu)`: the code is what `--type` takes. In English, and where there are no words, only
/// the code.
std::string words_of_type(std::string_view type, Language language);
/// `đã cho phép`
std::string words_of_result(std::string_view result, Language language);
/// `lý do`; of the value before a change `lý do trước đó`.
std::string words_of_fact(std::string_view name, Language language);

}  // namespace khien::audit
