#include "sheets/headings.h"

#include <algorithm>

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

HeadingMatch match_headings(const Row& row, std::span<const Merge> merges, std::span<const Column> columns) {
  HeadingMatch out;
  out.headings = headings_of(row, merges);
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
