#include "directives/service.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "directives/store.h"
#include "people/rules.h"
#include "policy/contradiction.h"

namespace khien::directives {
namespace {

constexpr std::array<std::string_view, 2> kKinds{"directive", "confirmation"};

std::string subject_of(const DirectiveId& id) {
  return "directive/" + id.text();
}
std::string subject_of_confirmation(const PersonId& person) {
  return "confirmation/" + person.text();
}

audit::Entry entry_of(const By& by, std::string type, Instant now, const policy::Directive& directive) {
  audit::Entry entry;
  entry.type = std::move(type);
  entry.at = now;
  entry.actor = by.actor;
  entry.subject = subject_of(directive.id);
  entry.facts = {{"code", directive.code},
                 {"adopted_by", directive.adopted_by.text()},
                 {"from", iso(directive.from)},
                 {"until", directive.until ? iso(*directive.until) : ""},
                 {"body_sha256", hex(sha256(bytes_of(write_directive(text_of(directive)))))},
                 {"basis", by.basis}};
  entry.result = "changed";
  return entry;
}

}  // namespace

Directives::Directives(store::Store& store, audit::Recorder& recorder, const people::People& people, const Clock& clock,
                       Random& random)
    : Followed(store, kKinds), recorder_(recorder), people_(people), clock_(clock), random_(random) {}

Result<Register> Directives::read_all(store::Reader& reader) {
  Register all;
  all.put(load_directives(reader));
  all.put(load_confirmations(reader));
  return all;
}

Result<void> Directives::read_anew(store::Reader& reader, Register& known, const audit::Subject& subject) {
  if (subject.kind == "directive") {
    known.put(load_directives(reader));
  } else {
    const auto person = TRY(subject.as<PersonId>());
    known.put(person, load_confirmations_of(reader, person));
  }
  return {};
}

std::shared_ptr<const policy::PolicySet> Directives::policies(Instant at) const {
  const auto source = snapshot();
  {
    const std::lock_guard lock(compiled_mutex_);
    if (compiled_.set && &compiled_.source->directives() == &source->directives() && compiled_.from <= at &&
        (!compiled_.set->changes_at() || at < *compiled_.set->changes_at()))
      return compiled_.set;
  }
  auto set = policy::PolicySet::compile(source->directives(), at);
  if (at >= clock_.now() - std::chrono::minutes(1)) {  // a question about the past does not replace the present
    const std::lock_guard lock(compiled_mutex_);
    if (at <= clock_.now()) compiled_ = {set, source, at};
  }
  return set;
}

Result<void> Directives::check_scope(const policy::Directive& directive, const std::string& file) const {
  const auto directory = people_.snapshot();
  const people::UnitTree tree(*directory, std::max(directive.from, clock_.now()));
  std::vector<Error> problems;
  if (tree.version(directive.adopted_by) == nullptr)
    problems.push_back(Error::not_found({"Đơn vị tiếp nhận không tồn tại vào ngày bắt đầu áp dụng.",
                                         "The unit that adopts the directive does not exist on its first day."})
                           .at({file}));
  const auto check = [&](const policy::Scope& scope, const std::string& where) {
    for (const UnitId& unit : scope.units)
      if (!tree.is_within(unit, directive.adopted_by))
        problems.push_back(
            Error::refused(
                {fmt::format("{}: phạm vi có đơn vị «{}» không thuộc đơn vị tiếp nhận.", where, tree.path_name(unit)),
                 fmt::format(
                     "{}: the scope has the unit \"{}\", which is not below the unit that adopts the directive.", where,
                     tree.path_name(unit))})
                .at({file}));
  };
  check(directive.scope, directive.code);
  for (const auto& clause : directive.clauses)
    if (clause.scope) check(*clause.scope, clause.id);
  if (!problems.empty()) return Failure(combine(problems));
  return {};
}

Result<policy::Directive> Directives::check(const DirectiveText& text, const Names& names,
                                            const std::string& file) const {
  const auto known = snapshot();
  policy::Directive directive = TRY(resolve(text, DirectiveId::make(random_), names, file));
  if (known->coded(directive.code, clock_.now()) != nullptr)
    return Failure(
        Error::conflict(
            Text::format("Đã có chỉ đạo mang mã «{0}» đang áp dụng; hãy đặt mã khác hoặc thu hồi nó trước.",
                         "A directive with the code \"{0}\" is in force; choose another code or withdraw it first.",
                         directive.code))
            .at({file}));
  TRY(check_scope(directive, file));
  const auto directory = people_.snapshot();
  const people::UnitTree tree(*directory, std::max(directive.from, clock_.now()));
  std::vector<policy::Directive> others;
  std::ranges::copy_if(known->directives(), std::back_inserter(others), [&](const policy::Directive& other) {
    return (!other.until || directive.from < *other.until) && (!directive.until || other.from < *directive.until);
  });
  auto contradiction = policy::find_contradiction(
      directive, others, [&](const UnitId& unit, const UnitId& root) { return tree.is_within(unit, root); });
  if (contradiction) return Failure(std::move(*contradiction).at({file}));
  return directive;
}

Result<DirectiveId> Directives::add(const By& by, const DirectiveText& text, const Names& names,
                                    const std::string& file) {
  const policy::Directive directive = TRY(check(text, names, file));
  const Instant now = clock_.now();
  return store_.write([&](store::Transaction& tx) -> Result<DirectiveId> {
    for (const auto& other : load_directives(tx))
      if (other.code == directive.code && (!other.until || now < *other.until))
        return Failure(
            Error::conflict({"Người khác vừa thêm chỉ đạo cùng mã.", "Somebody just added one with the same code."}));
    save_directive(tx, directive, now);
    recorder_.record(tx, entry_of(by, "directive.added", now, directive));
    return directive.id;
  });
}

Result<void> Directives::withdraw(const By& by, const DirectiveId& id, Instant at, const std::string& reason) {
  const Instant now = clock_.now();
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    const auto all = load_directives(tx);
    const auto found = std::ranges::find(all, id, &policy::Directive::id);
    if (found == all.end()) return Failure(Error::not_found({"Không có chỉ đạo này.", "There is no such directive."}));
    if (at <= found->from || (found->until && *found->until <= at))
      return Failure(Error::invalid({"Ngày thu hồi phải sau ngày bắt đầu và trước ngày đã kết thúc.",
                                     "A directive is withdrawn after its start and before it has ended."}));
    policy::Directive ended = *found;
    ended.until = at;
    save_directive(tx, ended, now);
    auto entry = entry_of(by, "directive.withdrawn", now, ended);
    entry.facts.push_back({"reason", reason});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Directives::confirm(const By& by, const PersonId& person, const DirectiveId& directive,
                                 Confirmation what) {
  const Instant now = clock_.now();
  const auto known = snapshot();
  const policy::Directive* read = known->directive(directive);
  if (what != Confirmation::Monitoring && read == nullptr)
    return Failure(Error::not_found({"Không có chỉ đạo này.", "There is no such directive."}));
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!save_confirmation(tx, person, directive, what, now)) return {};
    audit::Entry entry;
    entry.type = "confirmation." + std::string(code_of(what));
    entry.at = now;
    entry.actor = by.actor;
    entry.subject = subject_of_confirmation(person);
    if (read != nullptr) {
      entry.facts = {{"directive", directive.text()}, {"code", read->code}};
      const auto kind =
          what == Confirmation::Read ? policy::Kind::DirectiveDisseminate : policy::Kind::AccountAccountability;
      for (const auto& clause : read->clauses)
        if (std::ranges::any_of(clause.controls, [&](const auto& control) { return control.kind == kind; }))
          entry.clauses.push_back(clause.id);
    }
    entry.result = "confirmed";
    recorder_.record(tx, entry);
    return {};
  });
}

}  // namespace khien::directives
