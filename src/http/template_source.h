// The texts of templates before they are compiled: checked, and with their partials put in. Only for this folder.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/embedded.h"

namespace khien::http {

class TemplateSource {
 public:
  /// Takes the files that end in ".mustache", by their name without it.
  explicit TemplateSource(std::span<const EmbeddedFile> files);

  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

  /// The text of `name` with all partials put in; `{{>page}}` stands for `page`. Invalid with file and line: a missing
  /// partial, partials in a circle, unescaped output, changed delimiters, an unclosed tag.
  [[nodiscard]] Result<std::string> expand(std::string_view name, std::string_view page = {}) const;

 private:
  Result<void> expand_into(std::string& out, std::string_view name, std::string_view page, std::size_t depth) const;

  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace khien::http
