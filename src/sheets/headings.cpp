#include "sheets/headings.h"

#include <algorithm>
#include <array>

#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

/// Longer cells are titles or notes, and must not cost a comparison with every synonym.
constexpr std::size_t kLongestHeading = 300;  // bytes

std::vector<Heading> headings_of(const Row& row, std::span<const Merge> merges) {
  std::vector<Heading> out;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string text = squeeze(row.cells[i].text);
    if (!text.empty() && text.size() <= kLongestHeading) out.push_back({text, i + 1, 1});
  }
  for (const auto& merge : merges) {
    if (row.number < merge.first_row || row.number > merge.last_row) continue;
    for (auto& heading : out)
      if (heading.column == merge.first_column) heading.width = merge.last_column - merge.first_column + 1;
  }
  return out;
}

/// The headings with how far each reaches: over its merge, or, as CSV has it, over empty cells below which the second
/// row goes on.
std::vector<Heading> spans_of(const Row& row, const Row& below, std::span<const Merge> merges) {
  auto out = headings_of(row, merges);
  const auto text_at = [](const Row& of, std::size_t column) {
    return column <= of.cells.size() ? squeeze(of.cells[column - 1].text) : std::string();
  };
  for (auto& heading : out) {
    if (heading.width > 1 || text_at(below, heading.column).empty()) continue;
    while (text_at(row, heading.column + heading.width).empty() &&
           !text_at(below, heading.column + heading.width).empty())
      ++heading.width;
  }
  return out;
}

bool is_synonym(std::string_view heading, std::span<const Column> columns) {
  const std::string key = heading_key(heading);
  const std::string bare = heading_key(without_brackets(heading));
  const auto is_one = [&](const std::string& synonym) {
    const std::string known = heading_key(synonym);
    return known == key || known == bare;
  };
  return std::ranges::any_of(columns, [&](const Column& column) {
    return std::ranges::any_of(column.synonyms, is_one) ||
           std::ranges::any_of(column.parts, [&](const auto& part) { return std::ranges::any_of(part, is_one); });
  });
}

/// The second row of headings that all stand for parts of one value: the sex, or day, month and year.
bool is_one_value(std::span<const Heading> below) {
  constexpr std::array<std::string_view, 5> kParts{"nam", "nu", "ngay", "thang", "namsinh"};
  return std::ranges::all_of(below, [&](const Heading& heading) {
    return std::ranges::find(kParts, heading_key(heading.text)) != kParts.end();
  });
}

/// Each heading of two rows: the lower one where it is known by itself or together with the upper; the upper one over
/// its whole width where the lower ones are parts of one value; else the upper one for the first column only.
std::vector<Heading> joined_headings(const Row& row, const Row& below, std::span<const Merge> merges,
                                     std::span<const Column> columns) {
  std::vector<Heading> out;
  const auto lower = headings_of(below, merges);
  for (const auto& upper : spans_of(row, below, merges)) {
    std::vector<Heading> under;
    for (const auto& heading : lower)
      if (upper.width > 1 && upper.column <= heading.column && heading.column < upper.column + upper.width)
        under.push_back(heading);
    if (under.empty() || is_one_value(under)) {
      out.push_back(upper);
      continue;
    }
    for (const auto& heading : under) {
      const std::string both = upper.text + " " + heading.text;
      if (is_synonym(heading.text, columns))
        out.push_back(heading);
      else if (is_synonym(both, columns) || &heading != &under.front())
        out.push_back({both, heading.column, heading.width});
      else
        out.push_back({upper.text, heading.column, heading.width});
    }
  }
  return out;
}

/// Takes the headings that are one of the synonyms out of `left`. A word may follow in brackets.
std::vector<Heading> take(std::vector<Heading>& left, std::span<const std::string> synonyms) {
  std::vector<std::string> wanted;
  for (const auto& synonym : synonyms) wanted.push_back(heading_key(synonym));
  const auto is_wanted = [&](const Heading& heading) {
    return std::ranges::find(wanted, heading_key(heading.text)) != wanted.end() ||
           std::ranges::find(wanted, heading_key(without_brackets(heading.text))) != wanted.end();
  };
  std::vector<Heading> taken;
  std::ranges::copy_if(left, std::back_inserter(taken), is_wanted);
  std::erase_if(left, is_wanted);
  return taken;
}

class Matcher {
 public:
  explicit Matcher(HeadingMatch& out) : out_(out) {}

  /// The one heading of these synonyms, if there is one; notes a second one.
  std::optional<Heading> one(std::span<const std::string> synonyms) {
    const auto taken = take(out_.unknown, synonyms);
    if (taken.empty()) return std::nullopt;
    if (taken.size() > 1 && !out_.doubled) out_.doubled = {taken[0], taken[1]};
    return taken[0];
  }

  std::optional<Source> parts(const Column& column) {
    if (column.parts.empty()) return std::nullopt;
    const auto before = out_.unknown;
    const auto doubled_before = out_.doubled;
    Source source;
    for (const auto& synonyms : column.parts) {
      if (auto heading = one(synonyms)) {
        source.push_back(std::move(*heading));
      } else {
        out_.unknown = before;  // half of a name is no name
        out_.doubled = doubled_before;
        return std::nullopt;
      }
    }
    return source;
  }

 private:
  HeadingMatch& out_;
};

}  // namespace

std::string heading_key(std::string_view heading) {
  std::string out;
  for (const char c : fold(heading))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) out += c;
  return out;
}

std::string without_brackets(std::string_view heading) {
  std::string out;
  int depth = 0;
  for (const char c : heading) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

bool is_second_row(const Row& row, const Row& below, std::span<const Merge> merges) {
  if (below.number != row.number + 1) return false;
  const auto spans = spans_of(row, below, merges);
  std::size_t inside = 0;
  for (std::size_t i = 0; i < below.cells.size(); ++i) {
    if (squeeze(below.cells[i].text).empty()) continue;
    const auto covers = [&](const Heading& span) {
      return span.width > 1 && span.column <= i + 1 && i + 1 < span.column + span.width;
    };
    if (!std::ranges::any_of(spans, covers)) return false;
    ++inside;
  }
  return inside >= 2;
}

HeadingMatch match_headings(const Row& row, const Row* below, std::span<const Merge> merges,
                            std::span<const Column> columns) {
  HeadingMatch out;
  out.headings = below == nullptr ? headings_of(row, merges) : joined_headings(row, *below, merges, columns);
  out.unknown = out.headings;
  out.sources.resize(columns.size());
  Matcher matcher(out);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (auto heading = matcher.one(columns[i].synonyms)) out.sources[i] = Source{std::move(*heading)};
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!out.sources[i]) out.sources[i] = matcher.parts(columns[i]);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!out.sources[i]) continue;
    ++out.found;
    if (columns[i].required) ++out.required_found;
  }
  return out;
}

}  // namespace khien::sheets
