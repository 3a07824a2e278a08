#include "letter/layout.h"

#include <algorithm>
#include <map>

#include "base/vietnamese.h"
#include "letter/lines.h"
#include "letter/numbers.h"
#include "letter/parts.h"
#include "letter/table.h"

namespace khien::letter {
namespace {

constexpr std::size_t kMaxDepth = 8;

/// Which family of markers a label belongs to; items of one family are siblings.
std::string family_of(const std::string& label) {
  if (label.empty()) return "plain";
  if (label[0] >= '0' && label[0] <= '9') return "n" + std::to_string(std::ranges::count(label, '.'));
  if (label.starts_with("Điều")) return "article";
  if (label.find_first_not_of("IVX") == std::string::npos) return "roman";
  if (label[0] >= 'A' && label[0] <= 'Z') return "A";
  if (label == "-" || label == "+" || label == "*") return label;
  return "a";
}

std::string_view last_character(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0U) == 0x80U) {
  }
  return text.substr(at);
}

bool ends_sentence(std::string_view text) {
  const auto last = last_character(text);
  return last == "." || last == ";" || last == ":" || last == "!" || last == "?" || last == "…";
}

bool begins_small(const std::vector<Token>& tokens) {
  return !tokens.empty() && !tokens[0].capital;
}

class Builder {
 public:
  explicit Builder(const Source& source) : source_(source) {
    for (const Range line : source.lines) width_ = std::max(width_, line.end - line.begin);
  }

  void add(Range raw) {
    const Range line = trimmed(source_, raw);
    if (line.empty()) {
      blank_ = true;
      return;
    }
    if (is_page_noise(source_.in(line))) return;
    if (auto cells = table_cells(source_, raw); cells.size() >= 2) {
      add_row(std::move(cells));
      return;
    }
    titles_.clear();
    const auto marker = marker_of(source_, raw);
    const Range content{marker ? marker->end : line.begin, line.end};
    if (marker) {
      open(marker->label);
    } else if (blocks_.empty() || !joins(line)) {
      open({});
    }
    append(content);
    blank_ = false;
  }

  /// The first row of a table gives the titles; each further row is a paragraph under the item above.
  void add_row(std::vector<Range> cells) {
    if (titles_.empty()) {
      titles_ = std::move(cells);
      return;
    }
    open({}, Plain::Row);
    blocks_.back().tokens = row_sentence(source_, titles_, cells);
    blocks_.back().row = true;
    last_ = ".";
    blank_ = false;
  }

  std::vector<Block> take() {
    close();
    return std::move(blocks_);
  }

 private:
  bool joins(Range line) const {
    const auto tokens = tokenise(source_, line);
    if (blank_) return !ends_sentence(last_) && begins_small(tokens);
    if (last_.ends_with(':') || last_.ends_with("./.")) return begins_small(tokens);
    const bool short_line = last_.size() * 4 < width_ * 3;
    if (ends_sentence(last_)) return begins_small(tokens) || !short_line;
    return begins_small(tokens) ||
           !(short_line && !blocks_.back().marker.empty() && blocks_.back().tokens.size() <= 15);
  }

  void close() {
    if (blocks_.empty()) return;
    Block& block = blocks_.back();
    block.heading =
        last_.ends_with(':') || (!block.marker.empty() && !ends_sentence(last_) && block.tokens.size() <= 20);
  }

  enum class Plain : std::uint8_t { Paragraph, Row };

  void open(const std::string& label, Plain plain = Plain::Paragraph) {
    close();
    const std::string family = family_of(label);
    if (label.empty()) {
      // A plain paragraph stands under an item only while that item is a heading; the row of a table also under a lead.
      while (!stack_.empty() &&
             (!blocks_[stack_.back().block].heading || (plain == Plain::Paragraph && stack_.back().family == "plain")))
        stack_.pop_back();
    } else {
      const auto same = std::ranges::find(stack_, family, &Level::family);
      if (same != stack_.end()) stack_.erase(same, stack_.end());
      while (stack_.size() >= kMaxDepth) stack_.pop_back();
      if (!stack_.empty() && stack_.back().family == "plain" && !blocks_[stack_.back().block].heading)
        stack_.pop_back();
    }
    Block block;
    block.marker = label;
    if (!stack_.empty()) block.parent = stack_.back().block;
    block.id = id_of(label, block.parent);
    blocks_.push_back(std::move(block));
    stack_.push_back({family, blocks_.size() - 1});
    last_.clear();
  }

  std::string id_of(const std::string& label, std::optional<std::size_t> parent) {
    if (label.empty()) return parent ? blocks_[*parent].id : std::string();
    const bool bullet = label == "-" || label == "+" || label == "*";
    const std::string own = bullet ? std::to_string(++bullets_[{parent ? *parent + 1 : 0, label}]) : label;
    const std::string above = parent ? blocks_[*parent].id : std::string();
    if (above.empty() || above.size() > 20 || own.find('.') != std::string::npos) return own;
    return above + "." + own;
  }

  void append(Range content) {
    auto tokens = tokenise(source_, content);
    auto& before = blocks_.back().tokens;
    // The marks at the end of the line before part the words across the line end too.
    if (!before.empty() && !tokens.empty() && before.back().range.end < last_end_)
      tokens.front().before |= separators_in(source_, {before.back().range.end, last_end_});
    std::ranges::move(tokens, std::back_inserter(before));
    const Range clean = trimmed(source_, content);
    last_ = std::string(source_.in(clean));
    last_end_ = clean.end;
  }

  struct Level {
    std::string family;
    std::size_t block;
  };
  const Source& source_;
  std::size_t width_ = 0;
  std::vector<Range> titles_;  ///< of the table that is being read
  bool blank_ = false;
  std::size_t last_end_ = 0;                                    ///< where that line ends
  std::string last_;                                            ///< the last line of the open block
  std::map<std::pair<std::size_t, std::string>, int> bullets_;  ///< by parent (0: none) and sign
  std::vector<Level> stack_;
  std::vector<Block> blocks_;
};

}  // namespace

Layout lay_out(const Source& source) {
  const Parts parts = parts_of(source);
  Layout layout;
  Builder builder(source);
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const Range line = source.lines[i];
    if (i < parts.head_end) {
      layout.head.push_back(line);
    } else if (i < parts.tail_begin || i >= parts.annex) {
      builder.add(line);
    } else {
      layout.tail.push_back(line);
    }
  }
  layout.blocks = builder.take();
  return layout;
}

}  // namespace khien::letter
