#include "cli/arguments.h"

#include <algorithm>
#include <charconv>

#include "base/nearest.h"
#include "sheets/values.h"

namespace khien::cli {
namespace {

/// `problem(text)` is empty for what is right.
template <class Problem>
CLI::Validator checked(Problem problem) {
  return {[problem = std::move(problem)](std::string& text) -> std::string { return problem(text); }, ""};
}

}  // namespace

std::optional<Instant> parse_when(const std::string& text) {
  if (const auto at = parse_instant(text)) return at;
  if (!text.contains('/')) return std::nullopt;
  const auto date = sheets::date_value({text, sheets::CellKind::Text});
  if (!date) return std::nullopt;
  return start_of(*date);
}

CLI::Option* add_date(CLI::App* command, const Context& context, const std::string& name, std::optional<Instant>& into,
                      const std::string& help) {
  return command
      ->add_option_function<std::string>(
          name, [&into](const std::string& text) { into = parse_when(text); }, help)
      ->check(checked([&context](const std::string& text) -> std::string {
        if (parse_when(text)) return {};
        return context.in(
            Text::format("«{0}» không phải ngày từ năm 1900 đến 2199; hãy ghi dạng 26/10/2024 hoặc 2024-10-26.",
                         "\"{0}\" is not a date from 1900 to 2199; write it as 26/10/2024 or 2024-10-26.", text));
      }));
}

CLI::Validator whole_number(const Context& context, std::uint64_t low, std::uint64_t high) {
  return checked([&context, low, high](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && low <= value && value <= high) return {};
    if (high == static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return context.in(Text::format("phải là số nguyên từ {1}, không phải «{0}».",
                                     "takes a whole number from {1} on, not \"{0}\".", text, low));
    return context.in(Text::format("phải là số nguyên từ {1} đến {2}, không phải «{0}».",
                                   "takes a whole number from {1} to {2}, not \"{0}\".", text, low, high));
  });
}

CLI::Validator one_of(const Context& context, std::vector<std::string> words) {
  return checked([&context, words = std::move(words)](const std::string& text) -> std::string {
    if (std::ranges::find(words, text) != words.end()) return {};
    const Text near = nearest_words(text, words);
    return context.language == Language::Vietnamese ? fmt::format("không nhận «{}».{}", text, near.vi)
                                                    : fmt::format("does not take \"{}\".{}", text, near.en);
  });
}

CLI::Validator id_of(const Context& context, Text where) {
  return checked([&context, where = std::move(where)](const std::string& text) -> std::string {
    if (Id<struct AnyTag>::parse(text)) return {};  // ids of every kind look alike
    return context.in(
        {fmt::format("«{}» không phải mã; {}.", text, where.vi), fmt::format("\"{}\" is no id; {}.", text, where.en)});
  });
}

}  // namespace khien::cli
