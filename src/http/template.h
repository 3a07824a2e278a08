// Pages: logic-less templates (mustache) that escape everything they show.
#pragma once

#include <concepts>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "http/embedded.h"

namespace khien::http {

/// What a template shows: a text, a yes or no, a list, or a map. `Data::Map{{"name", "An"}, {"late", true}}`.
class Data {
 public:
  using List = std::vector<Data>;
  using Map = std::map<std::string, Data, std::less<>>;

  Data() : value_(false) {}
  Data(std::string text) : value_(std::move(text)) {}
  Data(std::string_view text) : value_(std::string(text)) {}
  Data(const char* text) : value_(std::string(text)) {}
  Data(std::same_as<bool> auto yes) : value_(yes) {}
  Data(std::integral auto number)
    requires(!std::same_as<decltype(number), bool> && !std::same_as<decltype(number), char>)
      : value_(std::to_string(number)) {}
  Data(List list) : value_(std::move(list)) {}
  Data(Map map) : value_(std::move(map)) {}

  using Value = std::variant<bool, std::string, List, Map>;
  [[nodiscard]] const Value& value() const { return value_; }

 private:
  Value value_;
};

/// Templates, complete: partials and the layout are put in when they are loaded, so that rendering cannot fail for want
/// of a file. Safe to share between threads.
///
/// `name.mustache` is the page `name`. `{{>other}}` stands for another file. If there is a `layout.mustache`, its
/// `{{>page}}` stands for each page in turn; files whose name begins with '_' are partials only. Unescaped output
/// (`{{{x}}}`, `{{&x}}`) and changed delimiters are refused.
class Templates {
 public:
  /// Invalid, with file and line: an unclosed tag, a missing partial, partials in a circle, unescaped output.
  static Result<Templates> load(std::span<const EmbeddedFile> files);

  ~Templates();
  Templates(Templates&&) noexcept;
  Templates& operator=(Templates&&) noexcept;

  /// The page with the data; `lang` ("vi", "en") and the flags `vi` and `en` are added. A page that does not exist is
  /// an internal error.
  [[nodiscard]] Result<std::string> render(std::string_view page, Language language, Data::Map data) const;
  [[nodiscard]] bool has(std::string_view page) const;

 private:
  struct Pages;
  explicit Templates(std::unique_ptr<Pages> pages);
  std::unique_ptr<Pages> pages_;
};

}  // namespace khien::http
