// Texts that a browser keeps for us and can neither read nor change: what the cookies of this folder hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/secret.h"
#include "base/time.h"

namespace khien::signin {

/// A sealed text from the future is of a clock that was wrong; this much is not worth a word.
inline constexpr Period kClockSlack{.seconds = 60};

/// The value of a cookie. `context` names what the fields are, so that no cookie passes for one of another sort.
std::string seal_fields(const Secret& key, std::string_view context, const std::vector<std::string>& fields,
                        Random& random);
/// nullopt for anything that was not sealed with that key and context, and for another number of fields.
std::optional<std::vector<std::string>> open_fields(const Secret& key, std::string_view context,
                                                    std::string_view cookie, std::size_t count);

/// A whole number, as fields hold instants and counters.
std::optional<std::int64_t> parse_number(std::string_view text);
std::optional<Instant> parse_micros(std::string_view text);

}  // namespace khien::signin
