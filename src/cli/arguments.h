// Arguments of commands that are more than words: dates, numbers, ids, one of a few. What is wrong with one is said in
// the user's language, and is wrong usage (status 2).
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"

namespace khien::cli {

/// `26/10/2024`, `2024-10-26` (its local midnight), or a date-time as RFC 3339 writes it.
std::optional<Instant> parse_when(const std::string& text);

/// An option that is a date or date-time. `into` must live as long as the command.
CLI::Option* add_date(CLI::App* command, const Context& context, const std::string& name, std::optional<Instant>& into,
                      const std::string& help);

/// A whole number within [low, high].
CLI::Validator whole_number(const Context& context, std::uint64_t low = 0,
                            std::uint64_t high = std::numeric_limits<std::int64_t>::max());
/// One of these words; another is answered with the nearest.
CLI::Validator one_of(const Context& context, std::vector<std::string> words);
/// An id as it is shown; `where` says where to find it.
CLI::Validator id_of(const Context& context, Text where);

}  // namespace khien::cli
