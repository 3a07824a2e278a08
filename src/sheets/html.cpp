#include "sheets/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "base/vietnamese.h"
#include "sheets/builder.h"
#include "sheets/tag_length.h"
#include "sheets/workbook_parts.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kMostDepth = 256;  // libxml2 looks through all open elements at each end tag
constexpr std::string_view kOpening = "<html><body>";
constexpr std::size_t kPiece = 16 << 10;
constexpr std::size_t kMostSpan = 1000;  // of the HTML standard, for columns

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

struct Attributes {
  std::size_t columns = 1;
  std::size_t rows = 1;
  bool hidden = false;
};

Attributes read_attributes(const xmlChar** given) {
  Attributes out;
  for (; given != nullptr && given[0] != nullptr; given += 2) {
    const std::string_view name = view(given[0]);
    const std::string_view value = view(given[1]);
    if (name == "colspan") out.columns = std::clamp<std::size_t>(number_of(value, 1), 1, kMostSpan);
    if (name == "rowspan") out.rows = std::clamp<std::size_t>(number_of(value, 1), 1, 65'534);
    if (name == "hidden") out.hidden = true;
    if (name == "style") {
      std::string style = fold(value);
      std::erase(style, ' ');
      out.hidden = out.hidden || style.find("display:none") != std::string::npos;
    }
  }
  return out;
}

/// Each line with single spaces; empty ones are left out.
std::string lines_of(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string line = squeeze(text.substr(at, end - at));
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
    at = end + 1;
  }
  return out;
}

class PageReader {
 public:
  PageReader(std::string_view file, const Limits& limits) : limits_(limits), builder_(file, "", usage_, limits) {}

  Result<Sheet> run(std::string_view text) {
    xmlSAXHandler handler{};
    handler.startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
      static_cast<PageReader*>(self)->start(view(name), attributes);
    };
    handler.endElement = [](void* self, const xmlChar* name) { static_cast<PageReader*>(self)->end(view(name)); };
    handler.characters = [](void* self, const xmlChar* content, int size) {
      std::string text(reinterpret_cast<const char*>(content), static_cast<std::size_t>(size));
      std::ranges::replace(text, '\n', ' ');  // a line break is an element
      static_cast<PageReader*>(self)->take(text);
    };
    handler.ignorableWhitespace = handler.characters;
    const std::unique_ptr<xmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
        htmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8), &htmlFreeParserCtxt);
    if (!parser) return Failure(Error::internal("libxml2 cannot start"));
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    // What follows the first element of a page without a body would be left out.
    htmlParseChunk(parser.get(), kOpening.data(), static_cast<int>(kOpening.size()), 0);
    TagLength tags;
    for (std::size_t at = 0; at < text.size() && !error_; at += kPiece) {
      const auto piece = text.substr(at, kPiece);
      if (!tags.accept(piece)) return Failure(builder_.wrong(0, 0, {"thẻ HTML quá dài.", "a tag is too long."}));
      htmlParseChunk(parser.get(), piece.data(), static_cast<int>(piece.size()), 0);
    }
    if (!error_) htmlParseChunk(parser.get(), nullptr, 0, 1);
    finish_cell();
    if (error_) return Failure(std::move(*error_));
    if (row_ == 0)
      return Failure(builder_.wrong(0, 0, {"trang HTML không có bảng nào.", "the HTML page has no table."}));
    return std::move(builder_).finish();
  }

 private:
  void start(std::string_view name, const xmlChar** given) {
    if (error_) return;
    if (++depth_ > kMostDepth) {
      error_ = builder_.wrong(row_, 0, {"thẻ HTML lồng nhau quá sâu.", "elements are nested too deep."});
      return;
    }
    if (name == "script" || name == "style") ++silent_;
    if (name == "table") ++tables_;
    if (tables_ > 1) return text_break(name);
    if (name == "tr") start_row(read_attributes(given));
    if (name == "td" || name == "th") start_cell(read_attributes(given));
    text_break(name);
  }

  void end(std::string_view name) {
    if (depth_ > 0) --depth_;
    if (error_) return;
    if ((name == "script" || name == "style") && silent_ > 0) --silent_;
    if (tables_ == 1 && (name == "td" || name == "th" || name == "tr" || name == "table")) finish_cell();
    if (name == "table" && tables_ > 0) --tables_;
  }

  void text_break(std::string_view name) {
    if (name == "br" || name == "p" || name == "div" || name == "tr") take("\n");
    if (name == "td" || name == "th") take(" ");
  }

  void take(std::string_view text) {
    if (!in_cell_ || silent_ > 0 || error_) return;
    if (text_.size() + text.size() > limits_.cell)
      error_ = builder_.wrong(row_, column_, {"ô quá dài.", "the cell is too long."});
    else
      text_ += text;
  }

  void start_row(const Attributes& attributes) {
    finish_cell();
    ++row_;
    column_ = 0;
    if (attributes.hidden) builder_.hide_row(row_);
  }

  void start_cell(const Attributes& attributes) {
    finish_cell();
    if (row_ == 0) ++row_;
    ++column_;
    // Past the cells of rows above that reach down to here.
    for (auto taken = taken_until_.find(column_); taken != taken_until_.end() && taken->second >= row_;
         taken = taken_until_.find(column_))
      ++column_;
    in_cell_ = true;
    width_ = attributes.columns;
    if (column_ + width_ > limits_.columns + 1) width_ = column_ > limits_.columns ? 1 : limits_.columns + 1 - column_;
    if (attributes.hidden) builder_.hide_columns(column_, column_ + width_ - 1);
    if (attributes.columns == 1 && attributes.rows == 1) return;
    keep(builder_.merge({row_, row_ + attributes.rows - 1, column_, column_ + width_ - 1}));
    if (attributes.rows > 1)
      for (std::size_t i = 0; i < width_; ++i) taken_until_[column_ + i] = row_ + attributes.rows - 1;
  }

  void finish_cell() {
    if (!in_cell_) return;
    in_cell_ = false;
    std::string text = lines_of(text_);
    keep(builder_.put(row_, column_, Cell{text, text.empty() ? CellKind::Empty : CellKind::Text}));
    column_ += width_ - 1;
    text_.clear();
  }

  void keep(Result<void> result) {
    if (!result && !error_) error_ = std::move(result).error();
  }

  const Limits& limits_;
  Usage usage_;
  SheetBuilder builder_;
  std::optional<Error> error_;
  std::map<std::size_t, std::size_t> taken_until_;  ///< by column, the last row that a cell from above covers
  std::string text_;
  std::size_t depth_ = 0;
  std::size_t tables_ = 0;  ///< open ones
  std::size_t silent_ = 0;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::size_t width_ = 1;
  bool in_cell_ = false;
};

}  // namespace

Result<Sheet> read_html(std::string_view text, std::string_view file, const Limits& limits) {
  return PageReader(file, limits).run(text);
}

}  // namespace khien::sheets
