#include "app/act.h"

#include <boost/json.hpp>

#include <algorithm>

#include "app/acts.h"
#include "app/administrators.h"
#include "base/digest.h"
#include "base/json_text.h"

namespace khien::app {
namespace {

/// Below this a share of the accounts says nothing: a unit of ten is not brought to a stop by two.
constexpr std::size_t kFewestForShare = 5;

std::string digest_of_facts(const Act& act, const Prospect& prospect) {
  return base64url(sha256({bytes_of(people::rule_of(act.kind()).code), bytes_of(encode(act.parameters())),
                           bytes_of(act.payload()), bytes_of(prospect.facts)}));
}

Result<void> require_authority(Installation& opened, const people::By& by, people::Act act,
                               const people::About& about) {
  return people::require_authority(*opened.people().snapshot(), by.actor, act, about, opened.clock.now());
}

Line waits(const people::Request& request) {
  return {Line::Kind::Result,
          Text::format("Chưa thực hiện. Đã lập đề nghị {0}: {1}. Người thứ hai xem và duyệt trước {2}: khien request "
                       "show {0}, khien request approve {0}",
                       "Not done yet. Made request {0}: {3}. A second person looks and approves before {2}: khien "
                       "request show {0}, khien request approve {0}",
                       people::request_label(request.number), request.summary.vi, dmy_time(request.expires_at),
                       request.summary.en)};
}

Result<std::unique_ptr<Act>> act_of_request(Installation& opened, const people::Request& request) {
  return act_of(request.act, TRY(decode_parameters(request.parameters)), TRY(opened.requests().payload(request.id)));
}

}  // namespace

std::string encode(const Parameters& parameters) {
  std::string out = "{";
  for (const auto& [name, value] : parameters)
    out += (out.size() > 1 ? "," : "") + json_text(name) + ":" + json_text(value);
  return out + "}";
}

std::string value_of(const Parameters& parameters, std::string_view name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

Result<Parameters> decode_parameters(std::string_view json) {
  boost::system::error_code failed;
  const auto value = boost::json::parse(json, failed);
  const auto* object = failed ? nullptr : value.if_object();
  Parameters out;
  if (object != nullptr)
    for (const auto& [name, text] : *object)
      if (const auto* string = text.if_string()) out.emplace(std::string(name), std::string(*string));
  if (object == nullptr || out.size() != object->size())
    return Failure(Error::internal("the parameters of a request cannot be read"));
  return out;
}

bool is_mass_effect(const Config& config, std::size_t affected, std::size_t of) {
  if (affected > static_cast<std::size_t>(config.mass_effect_accounts)) return true;
  return affected > kFewestForShare && affected * 100 > of * static_cast<std::size_t>(config.mass_effect_percent);
}

Result<Performed> perform(Installation& opened, const people::By& by, const Act& act) {
  const bool founded = TRY(opened.people().has_founded_roles());
  const auto about = act.about(opened);
  if (founded) TRY(require_authority(opened, by, act.kind(), about));
  Prospect prospect = TRY(act.look(opened));
  const bool takes_two = people::rule_of(act.kind()).persons == people::Persons::Two && !prospect.undoes;
  if (!founded || (!takes_two && !is_mass_effect(opened.config, prospect.affected, prospect.of)))
    return Performed{TRY(act.carry_out(opened, by)), std::nullopt};
  auto request = TRY(opened.requests().propose(by, {.act = act.kind(),
                                                    .about = about,
                                                    .parameters = encode(act.parameters()),
                                                    .payload = act.payload(),
                                                    .facts = digest_of_facts(act, prospect),
                                                    .summary = prospect.summary,
                                                    .affected = static_cast<std::int64_t>(prospect.affected)}));
  Performed out{std::move(prospect.lines), std::nullopt};
  out.lines.push_back(waits(request));
  out.request = std::move(request);
  return out;
}

Result<Prospect> look(Installation& opened, const people::Request& request) {
  const auto act = TRY(act_of_request(opened, request));
  return act->look(opened);
}

Result<Performed> approve(Installation& opened, const people::By& by, const people::Request& request) {
  TRY(require_authority(opened, by, request.act, request.about));
  const PersonId approver = TRY(people::person_of(by.actor));
  const auto act = TRY(act_of_request(opened, request));
  const auto prospect = act->look(opened);
  // What stands against it by now is another fact than those that it was proposed on.
  std::string facts = prospect ? digest_of_facts(*act, *prospect) : std::string();
  // A few more or less sign in meanwhile; whether many more are touched than were shown is for both to know.
  if (prospect && prospect->affected > static_cast<std::size_t>(request.affected) &&
      is_mass_effect(opened.config, prospect->affected - static_cast<std::size_t>(request.affected), prospect->of))
    facts.clear();
  TRY(opened.requests().approve(by, request.id, facts));
  people::By both{audit::Actor::person(request.proposer), request.basis};
  both.actor.system_user = request.proposer_user;
  both.actor.approver = approver;
  both.actor.request = request.id;
  auto done = act->carry_out(opened, both);
  TRY(opened.requests().finish(both, request.id, done.has_value(),
                               done ? std::string() : done.error().text().vi.substr(0, 500)));
  if (!done) return Failure(done.error());
  return Performed{std::move(*done), std::nullopt};
}

Result<std::unique_ptr<Act>> act_of(people::Act kind, const Parameters& parameters, std::string payload) {
  switch (kind) {
    case people::Act::AdoptDirective:
      return AdoptDirective::from_request(parameters, std::move(payload));
    case people::Act::WithdrawDirective:
      return WithdrawDirective::from_request(parameters);
    case people::Act::PauseCutoff:
      return DelayCutoff::from_request(parameters);
    case people::Act::ConfirmCutoff:
      return ConfirmCutoff::from_request(parameters);
    case people::Act::ContinueDesk:
      return ContinueDesk::from_request(parameters);
    case people::Act::MakeException:
      return MakeException::from_request(parameters);
    case people::Act::ImportUnits:
    case people::Act::ImportPeople:
    case people::Act::ImportAccounts:
      return ImportList::from_request(kind, parameters, std::move(payload));
    case people::Act::ErasePerson:
      return ErasePerson::from_request(parameters);
    case people::Act::RotateKey:
      return ChangeKeys::from_request(parameters);
    case people::Act::GrantRole:
      return GrantRole::from_request(parameters);
    case people::Act::IssueToAdministrator:
      return IssueToAdministrator::from_request(parameters);
    case people::Act::EndRole:
      return EndRole::from_request(parameters);
    default:
      return Failure(Error::internal("no request can be about " + std::string(people::rule_of(kind).code)));
  }
}

}  // namespace khien::app
