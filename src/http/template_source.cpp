#include "http/template_source.h"

#include <algorithm>

namespace khien::http {
namespace {

constexpr std::string_view kSuffix = ".mustache";
constexpr std::size_t kDeepest = 16;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Failure wrong(std::string_view name, std::string_view before, const Text& text) {
  const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  return Failure(Error::invalid(text).at({.file = std::string(name) + std::string(kSuffix), .line = line}));
}

}  // namespace

TemplateSource::TemplateSource(std::span<const EmbeddedFile> files) {
  for (const EmbeddedFile& file : files) {
    if (!file.name.ends_with(kSuffix)) continue;
    texts_[std::string(file.name.substr(0, file.name.size() - kSuffix.size()))] = std::string(file.bytes);
  }
}

Result<std::string> TemplateSource::expand(std::string_view name, std::string_view page) const {
  std::string out;
  TRY(expand_into(out, name, page, 0));
  return out;
}

Result<void> TemplateSource::expand_into(std::string& out, std::string_view name, std::string_view page,
                                         std::size_t depth) const {
  const std::string_view text = texts_.find(name)->second;
  std::size_t at = 0;
  while (true) {
    const std::size_t open = text.find("{{", at);
    if (open == std::string_view::npos) break;
    const std::string_view before = text.substr(0, open);
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos)
      return wrong(name, before, {"Thẻ {{ không được đóng.", "A tag is not closed."});
    const std::string_view tag = trim(text.substr(open + 2, close - open - 2));
    if (tag.starts_with('{') || tag.starts_with('&')) {
      return wrong(name, before, {"Không được hiển thị dữ liệu chưa mã hóa HTML.", "Unescaped output is not allowed."});
    }
    if (tag.starts_with('=')) {
      return wrong(name, before, {"Không được đổi dấu phân cách.", "Delimiters may not be changed."});
    }
    out.append(text.substr(at, open - at));
    at = close + 2;
    if (!tag.starts_with('>')) {
      out.append(text.substr(open, at - open));
      continue;
    }
    const std::string_view asked = trim(tag.substr(1));
    const std::string_view partial = asked == "page" ? page : asked;
    if (!texts_.contains(partial)) {
      return wrong(name, before, Text::format("Không có mẫu “{0}”.", "There is no template “{0}”.", asked));
    }
    if (depth == kDeepest) {
      return wrong(name, before, {"Các mẫu gọi nhau thành vòng.", "The templates include each other in a circle."});
    }
    TRY(expand_into(out, partial, page, depth + 1));
  }
  out.append(text.substr(at));
  return {};
}

}  // namespace khien::http
