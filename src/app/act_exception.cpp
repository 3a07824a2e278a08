// Waiving named clauses for one subject.
#include <algorithm>
#include <tuple>

#include "app/acts.h"
#include "people/rules.h"

namespace khien::app {
namespace {

/// `directive:clause`, each on a line.
std::string text_of(const std::vector<std::pair<DirectiveId, std::string>>& clauses) {
  std::string out;
  for (const auto& [directive, clause] : clauses) out += directive.text() + ":" + clause + "\n";
  return out;
}

std::vector<std::pair<DirectiveId, std::string>> clauses_of(std::string_view text) {
  std::vector<std::pair<DirectiveId, std::string>> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const auto colon = line.find(':');
    if (const auto id = DirectiveId::parse(line.substr(0, colon)); id && colon != std::string_view::npos)
      out.emplace_back(*id, std::string(line.substr(colon + 1)));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

std::string names_of(const std::vector<std::pair<DirectiveId, std::string>>& clauses) {
  std::string out;
  for (const auto& [directive, clause] : clauses) out += (out.empty() ? "" : ", ") + clause;
  return out;
}

/// The user name of whom it is about, which is no personal fact; the id of a person.
std::string subject_in_words(Installation& opened, const std::string& subject) {
  const auto known = opened.accounts().snapshot();
  const auto logins = opened.credentials().snapshot();
  if (subject.starts_with("account/"))
    if (const auto id = AccountId::parse(subject.substr(8)))
      if (const auto account = known->account(*id)) {
        const auto* system = known->system(account->system);
        return account->user_name + "@" + (system == nullptr ? account->system.text() : system->code);
      }
  if (subject.starts_with("login/"))
    if (const auto id = LoginId::parse(subject.substr(6)))
      if (const auto* login = logins->find(*id)) return login->user_name;
  return subject;
}

std::optional<PersonId> person_of(Installation& opened, const std::string& subject) {
  if (subject.starts_with("person/")) return PersonId::parse(subject.substr(7));
  if (subject.starts_with("login/")) {
    const auto id = LoginId::parse(subject.substr(6));
    const auto logins = opened.credentials().snapshot();
    const auto* login = id ? logins->find(*id) : nullptr;
    return login == nullptr ? std::nullopt : std::optional(login->holder);
  }
  const auto id = subject.starts_with("account/") ? AccountId::parse(subject.substr(8)) : std::nullopt;
  const auto account = id ? opened.accounts().snapshot()->account(*id) : std::nullopt;
  return account ? std::optional(account->holder) : std::nullopt;
}

/// The same for who asked: a person by name.
std::string named(Installation& opened, const std::string& subject) {
  const auto directory = opened.people().snapshot();
  const auto person = subject.starts_with("person/") ? PersonId::parse(subject.substr(7)) : std::nullopt;
  const auto* record = person ? directory->person(*person) : nullptr;
  if (record == nullptr) return subject_in_words(opened, subject);
  const auto& [name, code] = std::tie(record->person.name, record->person.staff_code);
  return code.empty() ? name : name + " (" + code + ")";
}

policy::Exception timely(const MakeException& act, Instant now) {
  policy::Exception exception = act.wanted;
  if (act.at_once) exception.from = now;
  return exception;
}

}  // namespace

people::About MakeException::about(Installation& opened) const {
  const auto person = person_of(opened, wanted.subject);
  return person ? people::About::person(*opened.people().snapshot(), *person, opened.clock.now())
                : people::About::whole();
}

Parameters MakeException::parameters() const {
  return {{"subject", wanted.subject}, {"clauses", text_of(wanted.clauses)},     {"owner", wanted.owner.text()},
          {"reason", wanted.reason},   {"measure", wanted.compensating_measure}, {"from", iso(wanted.from)},
          {"until", iso(wanted.until)}};
}

Result<std::unique_ptr<Act>> MakeException::from_request(const Parameters& parameters) {
  auto act = std::make_unique<MakeException>();
  const auto owner = PersonId::parse(value_of(parameters, "owner"));
  const auto from = parse_instant(value_of(parameters, "from"));
  const auto until = parse_instant(value_of(parameters, "until"));
  act->at_once = value_of(parameters, "from").empty();
  if (!owner || (!from && !act->at_once) || !until)
    return Failure(Error::internal("a request for an exception cannot be read"));
  act->wanted = {.id = {},
                 .subject = value_of(parameters, "subject"),
                 .clauses = clauses_of(value_of(parameters, "clauses")),
                 .owner = *owner,
                 .reason = value_of(parameters, "reason"),
                 .compensating_measure = value_of(parameters, "measure"),
                 .from = from.value_or(Instant{}),
                 .until = *until};
  return act;
}

Result<Prospect> MakeException::look(Installation& opened) const {
  const auto adopted = opened.directives().snapshot();
  std::string facts;
  for (const auto& [id, clause] : wanted.clauses) {
    const auto* directive = adopted->directive(id);
    facts += id.text() + (directive != nullptr && directive->until ? iso(*directive->until) : "-") + "\n";
  }
  TRY(opened.accounts().check_exception(timely(*this, opened.clock.now()), *adopted));
  const std::string whom = subject_in_words(opened, wanted.subject);
  return Prospect{.summary = Text::format("ngoại lệ cho {0}: không phải theo {1} cho đến {2}",
                                          "an exception for {0}: it need not obey {1} until {2}", whom,
                                          names_of(wanted.clauses), dmy_time(wanted.until)),
                  .lines = {{Line::Kind::Note, {"lý do: " + wanted.reason, "reason: " + wanted.reason}},
                            {Line::Kind::Note,
                             {"biện pháp bù đắp: " + wanted.compensating_measure,
                              "compensating measure: " + wanted.compensating_measure}}},
                  .facts = facts,
                  .affected = 1,
                  .of = opened.credentials().snapshot()->all().size()};
}

Result<Lines> MakeException::carry_out(Installation& opened, const people::By& by) const {
  const auto id =
      TRY(opened.accounts().add_exception(by, timely(*this, opened.clock.now()), *opened.directives().snapshot()));
  return Lines{{Line::Kind::Result,
                Text::format("Đã ghi ngoại lệ {0}: {1} không phải theo {2} cho đến {3}.",
                             "Recorded exception {0}: {1} need not obey {2} until {3}.", id.text(),
                             named(opened, wanted.subject), names_of(wanted.clauses), dmy_time(wanted.until))}};
}

}  // namespace khien::app
