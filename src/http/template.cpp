#include "http/template.h"

#include <kainjow/mustache.hpp>

#include "http/language.h"
#include "http/template_source.h"

namespace khien::http {
namespace {

namespace mustache = kainjow::mustache;

mustache::data to_mustache(const Data& data);

// An empty text is no text: a section over it is left out, as its reader expects.
struct ToMustache {
  mustache::data operator()(bool yes) const { return mustache::data(yes); }
  mustache::data operator()(const std::string& text) const {
    return text.empty() ? mustache::data(false) : mustache::data(text);
  }
  mustache::data operator()(const Data::List& list) const {
    mustache::data out(mustache::data::type::list);
    for (const Data& item : list) out.push_back(to_mustache(item));
    return out;
  }
  mustache::data operator()(const Data::Map& map) const {
    mustache::data out(mustache::data::type::object);
    for (const auto& [name, value] : map) out.set(name, to_mustache(value));
    return out;
  }
};

mustache::data to_mustache(const Data& data) {
  return std::visit(ToMustache{}, data.value());
}

}  // namespace

// kainjow's render() is not const, but without lambdas and partials (which are put in before) it only reads.
struct Templates::Pages {
  std::map<std::string, std::unique_ptr<mustache::mustache>, std::less<>> by_name;
};

Templates::Templates(std::unique_ptr<Pages> pages) : pages_(std::move(pages)) {}
Templates::~Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;

Result<Templates> Templates::load(std::span<const EmbeddedFile> files) {
  const TemplateSource source(files);
  const bool has_layout = source.texts().contains("layout");
  auto pages = std::make_unique<Pages>();
  for (const auto& [name, text] : source.texts()) {
    // Each file alone first: a section must end in the file where it begins.
    const mustache::mustache alone(text);
    if (!alone.is_valid()) {
      return Failure(
          Error::invalid({"Mẫu trang bị lỗi cú pháp.", "The template has a mistake of syntax."}, alone.error_message())
              .at({.file = name + ".mustache"}));
    }
    const std::size_t slash = name.rfind('/');
    if (name == "layout" || name[slash == std::string::npos ? 0 : slash + 1] == '_') continue;
    const std::string whole = has_layout ? TRY(source.expand("layout", name)) : TRY(source.expand(name));
    pages->by_name[name] = std::make_unique<mustache::mustache>(whole);
  }
  return Templates(std::move(pages));
}

bool Templates::has(std::string_view page) const {
  return pages_->by_name.contains(page);
}

Result<std::string> Templates::render(std::string_view page, Language language, Data::Map data) const {
  const auto found = pages_->by_name.find(page);
  if (found == pages_->by_name.end()) return Failure(Error::internal("no page " + std::string(page)));
  data.insert_or_assign("lang", std::string(code_of(language)));
  data.insert_or_assign("vi", language == Language::Vietnamese);
  data.insert_or_assign("en", language == Language::English);
  return found->second->render(ToMustache{}(data));
}

}  // namespace khien::http
