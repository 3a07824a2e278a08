// Codes in a directive's text against the units, systems and groups that are here.
#include <functional>

#include "directives/text.h"

namespace khien::directives {
namespace {

class Resolver {
 public:
  /// Without names only ids are understood, and none is doubted.
  Resolver(const Names* names, const std::string& file) : names_(names), file_(file) {}

  policy::Scope scope(const ScopeText& text) {
    policy::Scope out;
    for (const auto& code : text.units)
      if (const auto id = unit(code, text.line_of(code))) out.units.push_back(*id);
    for (const auto& code : text.systems)
      if (const auto id = system(code, text.line_of(code))) out.systems.push_back(*id);
    for (const auto& code : text.groups)
      if (const auto id = find(code, text.line_of(code), {"nhóm", "group"}, &Names::group)) out.groups.push_back(*id);
    out.kinds = text.accounts;
    return out;
  }

  std::optional<UnitId> unit(const std::string& code, std::size_t line) {
    return find(code, line, {"đơn vị", "unit"}, &Names::unit);
  }
  std::optional<SystemId> system(const std::string& code, std::size_t line) {
    return find(code, line, {"hệ thống", "system"}, &Names::system);
  }

  std::vector<Error> problems;

 private:
  template <class IdType>
  std::optional<IdType> find(const std::string& code, std::size_t line, const Text& what,
                             std::optional<IdType> (Names::*look_up)(std::string_view) const) {
    if (code.starts_with("id:"))
      if (const auto id = IdType::parse(std::string_view(code).substr(3))) {
        if (names_ == nullptr || names_->has(*id)) return id;
        problems.push_back(
            Error::not_found(
                {fmt::format("Ở đây không có {0} mang định danh «{1}»; hãy ghi mã của {0}.", what.vi, code),
                 fmt::format("There is no {0} with the id \"{1}\" here; write the code of the {0}.", what.en, code)})
                .at({file_, line}));
        return std::nullopt;
      }
    const auto found = names_ == nullptr ? std::nullopt : (names_->*look_up)(code);
    if (!found)
      problems.push_back(Error::not_found({fmt::format("Ở đây không có {} mã «{}».", what.vi, code),
                                           fmt::format("There is no {} with the code \"{}\" here.", what.en, code)})
                             .at({file_, line}));
    return found;
  }

  const Names* names_;
  const std::string& file_;
};

/// What can be read and must not be adopted.
void check_control(const policy::Control& control, std::size_t line, Resolver& resolver, const std::string& file) {
  const policy::RawParameters raw = policy::raw_of(control);
  for (const auto& parameter : policy::spec_of(control.kind).parameters) {
    const auto value = raw.find(std::string(parameter.name));
    if (!parameter.systems || value == raw.end()) continue;
    for (const auto& code : std::get<std::vector<std::string>>(value->second)) resolver.system(code, line);
  }
  if (raw.contains("days") && !raw.contains("within"))
    resolver.problems.push_back(
        Error::invalid(Text::format("{0}: «days» cho biết «within» đếm loại ngày nào; thiếu «within» thì không có tác "
                                    "dụng. Hãy ghi «within» hoặc bỏ «days».",
                                    "{0}: \"days\" says how \"within\" counts and does nothing without it. Give "
                                    "\"within\" or remove \"days\".",
                                    policy::code_of(control.kind)))
            .at({file, line}));
}

template <class IdType>
std::vector<std::string> id_texts(const std::vector<IdType>& ids) {
  std::vector<std::string> out;
  for (const auto& id : ids) out.push_back("id:" + id.text());
  return out;
}

ScopeText text_of(const policy::Scope& scope) {
  return {id_texts(scope.units), id_texts(scope.systems), id_texts(scope.groups), scope.kinds};
}

policy::Directive resolved(const DirectiveText& text, const DirectiveId& id, Resolver& resolver,
                           const std::string& file) {
  policy::Directive out;
  out.id = id;
  out.code = text.code;
  out.number = text.number;
  out.date = text.date;
  out.issuer = text.issuer;
  out.subject = text.subject;
  if (!text.adopted_by) {
    resolver.problems.push_back(
        Error::invalid({"Chưa có đơn vị tiếp nhận: ghi «adopted_by» hoặc dùng --adopted-by.",
                        "Nobody adopts this directive yet: fill in \"adopted_by\" or use --adopted-by."})
            .at({file}));
  } else if (const auto unit = resolver.unit(*text.adopted_by, text.lines.adopted_by)) {
    out.adopted_by = *unit;
  }
  if (!text.from)
    resolver.problems.push_back(Error::invalid({"Chưa có ngày bắt đầu áp dụng: ghi «from» hoặc dùng --from.",
                                                "There is no first day in force: fill in \"from\" or use --from."})
                                    .at({file}));
  else
    out.from = start_of(*text.from);
  if (text.until) out.until = start_of(*text.until);
  if (text.from && text.until && *text.until <= *text.from)
    resolver.problems.push_back(
        Error::invalid({"Ngày kết thúc phải sau ngày bắt đầu.", "The end must come after the start."})
            .at({file, text.lines.until}));
  out.scope = resolver.scope(text.scope);
  for (const ClauseText& clause : text.clauses) {
    policy::Clause made{clause.id, clause.words, std::nullopt, clause.controls};
    if (clause.scope) made.scope = resolver.scope(*clause.scope);
    out.clauses.push_back(std::move(made));
  }
  return out;
}

}  // namespace

Result<policy::Directive> resolve(const DirectiveText& text, const DirectiveId& id, const Names& names,
                                  const std::string& file) {
  Resolver resolver(&names, file);
  auto out = resolved(text, id, resolver, file);
  for (const ClauseText& clause : text.clauses)
    for (std::size_t i = 0; i < clause.controls.size(); ++i)
      check_control(clause.controls[i], clause.line_of_control(i), resolver, file);
  if (!resolver.problems.empty()) return Failure(combine(resolver.problems));
  return out;
}

Result<policy::Directive> resolve_stored(const DirectiveText& text, const DirectiveId& id, const std::string& file) {
  Resolver resolver(nullptr, file);
  auto out = resolved(text, id, resolver, file);
  if (!resolver.problems.empty()) return Failure(combine(resolver.problems));
  return out;
}

DirectiveText text_of(const policy::Directive& directive) {
  DirectiveText out;
  out.code = directive.code;
  out.number = directive.number;
  out.date = directive.date;
  out.issuer = directive.issuer;
  out.subject = directive.subject;
  out.adopted_by = "id:" + directive.adopted_by.text();
  out.from = date_of(directive.from);
  if (directive.until) out.until = date_of(*directive.until);
  out.scope = text_of(directive.scope);
  for (const policy::Clause& clause : directive.clauses) {
    ClauseText text{clause.id, clause.words, std::nullopt, clause.controls};
    if (clause.scope) text.scope = text_of(*clause.scope);
    out.clauses.push_back(std::move(text));
  }
  return out;
}

}  // namespace khien::directives
