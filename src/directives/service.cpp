#include "directives/service.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/vietnamese.h"
#include "directives/store.h"
#include "directives/store_cutoffs.h"
#include "people/rules.h"
#include "policy/contradiction.h"

namespace khien::directives {
namespace {

constexpr std::array<std::string_view, 4> kKinds{"directive", "confirmation", "cutoff", "cutoff_leave"};

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

Error no_such_directive() {
  return Error::not_found({"Không có chỉ đạo này.", "There is no such directive."});
}

const policy::Directive* find(const std::vector<policy::Directive>& all, const DirectiveId& id) {
  const auto found = std::ranges::find(all, id, &policy::Directive::id);
  return found == all.end() ? nullptr : &*found;
}

/// The contradiction at the line of the control that makes it one: of the shortest beginning of the directive that
/// cannot be obeyed.
Error placed_contradiction(const policy::Directive& directive, std::span<const policy::Directive> others,
                           const policy::IsWithin& is_within, const DirectiveText& text, const std::string& file) {
  policy::Directive begun = directive;
  begun.clauses.clear();
  for (std::size_t i = 0; i < directive.clauses.size(); ++i) {
    begun.clauses.push_back(directive.clauses[i]);
    if (!policy::find_contradiction(begun, others, is_within)) continue;
    auto& controls = begun.clauses.back().controls;
    controls.clear();
    for (std::size_t k = 0; k < directive.clauses[i].controls.size(); ++k) {
      controls.push_back(directive.clauses[i].controls[k]);
      if (auto found = policy::find_contradiction(begun, others, is_within))
        return std::move(*found).at({file, text.clauses[i].line_of_control(k)});
    }
  }
  return Error::internal("a contradiction that no clause has");
}

bool is_replaced(const Replacement& replacement, const DirectiveId& id) {
  return std::ranges::find(replacement.replaced, id) != replacement.replaced.end();
}

/// One that has begun ends after its first instant; one that has not may be called off, also by what begins with it.
bool may_end(const policy::Directive& directive, Instant at, Instant now) {
  if (directive.is_over(now) || (directive.until && *directive.until <= at)) return false;
  return directive.from < at || now < directive.from;
}

}  // namespace

Directives::Directives(store::Store& store, audit::Recorder& recorder, const people::People& people, const Clock& clock,
                       Random& random)
    : Followed(store, kKinds), recorder_(recorder), people_(people), clock_(clock), random_(random) {}

Result<Register> Directives::read_all(store::Reader& reader) {
  Register all;
  all.put(load_directives(reader));
  all.put(load_confirmations(reader));
  read_cutoffs(reader, all, Instant::max());
  return all;
}

void Directives::read_cutoffs(store::Reader& reader, Register& known, Instant known_at) {
  known.cutoffs().put(load_delays(reader, known_at));
  known.cutoffs().put_confirmed(load_confirmed(reader));
  each_leave(reader,
             [&](const LoginId& login, const policy::CutoffLeave& leave) { known.cutoffs().put(login, leave); });
}

Result<void> Directives::read_anew(store::Reader& reader, Register& known, const audit::Subject& subject) {
  if (subject.kind == "directive") {
    known.put(load_directives(reader));
  } else if (subject.kind == "cutoff") {
    known.cutoffs().put(load_delays(reader));
    known.cutoffs().put_confirmed(load_confirmed(reader));
  } else if (subject.kind == "cutoff_leave") {
    const auto login = TRY(subject.as<LoginId>());
    known.cutoffs().put(login, load_leave(reader, login));
  } else {
    const auto person = TRY(subject.as<PersonId>());
    known.put(person, load_confirmations_of(reader, person));
  }
  return {};
}

Result<Register> Directives::as_known_at(Instant known_at) const {
  return store_.read([&](store::Reader& reader) -> Result<Register> {
    Register all;
    all.put(load_directives(reader, known_at));
    all.put(load_confirmations(reader, known_at));
    read_cutoffs(reader, all, known_at);
    return all;
  });
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

Result<void> Directives::check_scope(const policy::Directive& directive, const DirectiveText& text,
                                     const std::string& file) const {
  const auto directory = people_.snapshot();
  const people::UnitTree tree(*directory, std::max(directive.from, clock_.now()));
  std::vector<Error> problems;
  if (tree.version(directive.adopted_by) == nullptr)
    problems.push_back(Error::not_found({"Đơn vị tiếp nhận không tồn tại vào ngày bắt đầu áp dụng.",
                                         "The unit that adopts the directive does not exist on its first day."})
                           .at({file, text.lines.adopted_by}));
  // A directive that was resolved has its units in the order of its text.
  const auto check = [&](const policy::Scope& scope, const ScopeText& written, const std::string& where) {
    for (std::size_t i = 0; i < scope.units.size(); ++i)
      if (const UnitId& unit = scope.units[i]; !tree.is_within(unit, directive.adopted_by))
        problems.push_back(
            Error::refused(
                {fmt::format("{}: phạm vi có đơn vị «{}» không thuộc đơn vị tiếp nhận.", where, tree.path_name(unit)),
                 fmt::format(
                     "{}: the scope has the unit \"{}\", which is not below the unit that adopts the directive.", where,
                     tree.path_name(unit))})
                .at({file, written.line_of(written.units[i])}));
  };
  check(directive.scope, text.scope, directive.code);
  for (std::size_t i = 0; i < directive.clauses.size(); ++i)
    if (const auto& clause = directive.clauses[i]; clause.scope)
      check(*clause.scope, *text.clauses[i].scope, clause.id);
  if (!problems.empty()) return Failure(combine(problems));
  return {};
}

Result<void> Directives::check_replacement(const policy::Directive& directive, const Replacement& replacement,
                                           const std::string& file) const {
  const auto known = snapshot();
  const auto directory = people_.snapshot();
  const people::UnitTree tree(*directory, std::max(directive.from, clock_.now()));
  std::vector<Error> problems;
  const auto complain = [&](Error error) { problems.push_back(std::move(error).at({file})); };
  for (const auto& id : replacement.replaced) {
    const policy::Directive* old = known->directive(id);
    if (old == nullptr) {
      complain(no_such_directive());
      continue;
    }
    if (!may_end(*old, directive.from, clock_.now()))
      complain(Error::refused(
          Text::format("{0} không áp dụng trước ngày {1}, khi chỉ đạo mới bắt đầu: không có gì để thay thế.",
                       "{0} is not in force before {1}, when the new directive begins: there is nothing to replace.",
                       old->code, dmy(date_of(directive.from)))));
    if (replacement.successor_by.empty() && lower(squeeze(old->issuer)) != lower(squeeze(directive.issuer)))
      complain(Error::refused(Text::format(
          "{0} do «{1}» ban hành, chỉ đạo mới do «{2}»: chỉ cơ quan ban hành hoặc cơ quan kế thừa mới thay thế được. "
          "Nếu là cơ quan kế thừa, hãy nêu văn bản (--successor-by).",
          "{0} was issued by \"{1}\", the new directive by \"{2}\": only the issuer or its successor replaces it. Name "
          "the paper that makes it the successor (--successor-by).",
          old->code, old->issuer, directive.issuer)));
    if (const auto heirs = tree.living_successors(old->adopted_by);
        std::ranges::find(heirs, directive.adopted_by) == heirs.end())
      complain(Error::refused(
          Text::format("{0} do một đơn vị khác tiếp nhận; chỉ đơn vị đó hoặc đơn vị kế thừa mới thay thế được.",
                       "{0} was adopted by another unit; only that unit or its successor replaces it.", old->code)));
  }
  if (!problems.empty()) return Failure(combine(problems));
  return {};
}

Result<policy::Directive> Directives::check(const DirectiveText& text, const Names& names, const std::string& file,
                                            const Replacement& replacement) const {
  const auto known = snapshot();
  const policy::Directive directive = TRY(resolve(text, DirectiveId::make(random_), names, file));
  // Only of new ones: what is stored must be read whatever it is called.
  if (directive.code.contains(' '))
    return Failure(Error::invalid(Text::format("Mã «{0}» không được có dấu cách.",
                                               "The code \"{0}\" must have no space.", directive.code))
                       .at({file}));
  if (std::ranges::any_of(known->directives(), [&](const policy::Directive& other) {
        return other.code == directive.code && !other.is_over(clock_.now()) && !is_replaced(replacement, other.id);
      }))
    return Failure(
        Error::conflict(
            Text::format("Đã có chỉ đạo mang mã «{0}» đang áp dụng; hãy đặt mã khác hoặc thu hồi nó trước.",
                         "A directive with the code \"{0}\" is in force; choose another code or withdraw it first.",
                         directive.code))
            .at({file, text.lines.code}));
  TRY(check_scope(directive, text, file));
  TRY(check_replacement(directive, replacement, file));
  const auto directory = people_.snapshot();
  const people::UnitTree tree(*directory, std::max(directive.from, clock_.now()));
  std::vector<policy::Directive> others;
  std::ranges::copy_if(known->directives(), std::back_inserter(others), [&](const policy::Directive& other) {
    return !is_replaced(replacement, other.id) && !other.was_called_off() &&
           (!other.until || directive.from < *other.until) && (!directive.until || other.from < *directive.until);
  });
  const auto is_within = [&](const UnitId& unit, const UnitId& root) { return tree.is_within(unit, root); };
  if (policy::find_contradiction(directive, others, is_within))
    return Failure(placed_contradiction(directive, others, is_within, text, file));
  return directive;
}

Result<DirectiveId> Directives::add(const By& by, const DirectiveText& text, const Names& names,
                                    const std::string& file) {
  return replace(by, text, {}, names, file);
}

Result<DirectiveId> Directives::replace(const By& by, const DirectiveText& text, const Replacement& replacement,
                                        const Names& names, const std::string& file) {
  const policy::Directive directive = TRY(check(text, names, file, replacement));
  const std::string successor_by =
      replacement.successor_by.empty() ? std::string() : TRY(people::clean_reason(replacement.successor_by));
  const Instant now = clock_.now();
  return store_.write([&](store::Transaction& tx) -> Result<DirectiveId> {
    const auto all = load_directives(tx);
    for (const auto& other : all)
      if (other.code == directive.code && !other.is_over(now) && !is_replaced(replacement, other.id))
        return Failure(
            Error::conflict({"Người khác vừa thêm chỉ đạo cùng mã.", "Somebody just added one with the same code."}));
    auto added = entry_of(by, "directive.added", now, directive);
    if (!successor_by.empty()) added.facts.push_back({"successor_by", successor_by});
    std::string replaced;
    for (const auto& id : replacement.replaced) {
      const policy::Directive* old = find(all, id);
      if (old == nullptr) return Failure(no_such_directive());
      if (!may_end(*old, directive.from, now))
        return Failure(Error::conflict({"Chỉ đạo cần thay thế vừa được thu hồi.", "It was withdrawn just now."}));
      policy::Directive ended = *old;
      ended.until = std::max(directive.from, old->from);
      save_directive(tx, ended, now);
      save_successor(tx, ended.id, directive.id);
      auto entry = entry_of(by, "directive.replaced", now, ended);
      entry.facts.push_back({"replaced_by", directive.id.text()});
      recorder_.record(tx, entry);
      replaced += (replaced.empty() ? "" : ",") + id.text();
    }
    if (!replaced.empty()) added.facts.push_back({"replaces", replaced});
    save_directive(tx, directive, now);
    recorder_.record(tx, added);
    return directive.id;
  });
}

Result<void> Directives::withdraw(const By& by, const DirectiveId& id, Instant at, const std::string& reason) {
  const Instant now = clock_.now();
  const std::string why = TRY(people::clean_reason(reason));
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    const auto all = load_directives(tx);
    const policy::Directive* found = find(all, id);
    if (found == nullptr) return Failure(no_such_directive());
    if (!may_end(*found, at, now))
      return Failure(Error::invalid({"Ngày thu hồi phải sau ngày bắt đầu và trước ngày đã kết thúc.",
                                     "A directive is withdrawn after its start and before it has ended."}));
    policy::Directive ended = *found;
    ended.until = std::max(at, found->from);
    save_directive(tx, ended, now);
    auto entry = entry_of(by, "directive.withdrawn", now, ended);
    entry.facts.push_back({"reason", why});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Directives::undo(const By& by, const DirectiveId& id, const std::string& reason) {
  const Instant now = clock_.now();
  const std::string why = TRY(people::clean_reason(reason));
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    const auto all = load_directives(tx);
    const policy::Directive* found = find(all, id);
    if (found == nullptr) return Failure(no_such_directive());
    if (found->is_over(now))
      return Failure(Error::conflict({"Chỉ đạo này đã hết hiệu lực.", "This directive has ended already."}));
    const auto before = load_directives(tx, found->recorded - std::chrono::microseconds(1));
    policy::Directive undone = *found;
    undone.until = std::max(now, found->from);
    save_directive(tx, undone, now);
    auto entry = entry_of(by, "directive.undone", now, undone);
    entry.facts.push_back({"reason", why});
    recorder_.record(tx, entry);
    for (const auto& replaced : load_replaced(tx, id)) {
      const policy::Directive* ended = find(all, replaced);
      const policy::Directive* was = find(before, replaced);
      if (ended == nullptr || was == nullptr) return Failure(no_such_directive());
      for (const auto& other : all)
        if (other.code == was->code && other.id != id && other.id != replaced && !other.is_over(now))
          return Failure(Error::conflict(Text::format(
              "Mã {0} đã thuộc về một chỉ đạo khác, nên không khôi phục được chỉ đạo bị thay thế.",
              "Another directive has the code {0} by now: the one that was replaced cannot come back.", was->code)));
      policy::Directive again = *ended;
      again.until = was->until;
      save_directive(tx, again, now);
      remove_successor(tx, replaced, id);
      recorder_.record(tx, entry_of(by, "directive.reinstated", now, again));
    }
    return {};
  });
}

std::int64_t Directives::erase_confirmations_in(store::Transaction& tx, const By& by, const PersonId& person,
                                                Instant now) {
  const auto erased = erase_confirmations(tx, person);
  if (erased == 0) return erased;
  audit::Entry entry;
  entry.type = "confirmations.erased";
  entry.at = now;
  entry.actor = by.actor;
  entry.subject = subject_of_confirmation(person);
  entry.facts = {{"number", std::to_string(erased)}};
  entry.result = "erased";
  recorder_.record(tx, entry);
  return erased;
}

Result<void> Directives::confirm(const By& by, const PersonId& person, const DirectiveId& directive,
                                 Confirmation what) {
  const Instant now = clock_.now();
  const auto known = snapshot();
  const policy::Directive* read = known->directive(directive);
  if (what != Confirmation::Monitoring && read == nullptr) return Failure(no_such_directive());
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
