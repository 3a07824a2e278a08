#include "signin/flow.h"

#include <algorithm>

#include "signin/identity.h"
#include "signin/sealed.h"

namespace khien::signin {
namespace {

constexpr std::string_view kContext = "khien sign-in flow 4";
constexpr std::size_t kFields = 11;

}  // namespace

Flow Flows::begin(std::string_view user_name, std::string_view continue_target) {
  Flow flow;
  flow.id = FlowId::make(random_);
  flow.user_name = std::string(user_name);
  flow.continue_target = safe_target(continue_target);
  flow.begun_at = clock_.now();
  return flow;
}

std::string Flows::seal(const Flow& flow) {
  return seal_fields(keys_.current(store::Purpose::Session).bytes, kContext,
                     {flow.id.text(), flow.user_name, flow.continue_target, std::to_string(micros_of(flow.begun_at)),
                      flow.login.text(), std::to_string(micros_of(flow.password_checked_at)),
                      flow.password_set_at ? std::to_string(micros_of(*flow.password_set_at)) : "", flow.run.text(),
                      flow.own_machine ? "1" : "", std::to_string(flow.epoch), flow.told_of_monitoring ? "1" : ""},
                     random_);
}

bool Flows::is_over(const Flow& flow) const {
  return clock_.now() >= add(flow.begun_at, kFlowLifetime);
}

std::optional<Flow> Flows::open(std::string_view cookie) const {
  auto flow = read(cookie);
  if (!flow || is_over(*flow) || flow->begun_at > add(clock_.now(), kClockSlack)) return std::nullopt;
  return flow;
}

std::optional<std::string> Flows::target_of_expired(std::string_view cookie) const {
  const auto flow = read(cookie);
  return flow && is_over(*flow) ? std::optional(safe_target(flow->continue_target)) : std::nullopt;
}

std::optional<Flow> Flows::read(std::string_view cookie) const {
  const auto fields = open_fields(keys_.current(store::Purpose::Session).bytes, kContext, cookie, kFields);
  if (!fields) return std::nullopt;
  const auto id = FlowId::parse((*fields)[0]);
  const auto begun = parse_micros((*fields)[3]);
  const auto login = LoginId::parse((*fields)[4]);
  const auto checked = parse_micros((*fields)[5]);
  const auto set = parse_micros((*fields)[6]);
  const auto run = RunId::parse((*fields)[7]);
  const auto epoch = parse_number((*fields)[9]);
  if (!id || !run || !epoch || !begun || !login || !checked || (!set && !(*fields)[6].empty())) return std::nullopt;
  return Flow{*id,  (*fields)[1],         (*fields)[2],       *begun, *login, *checked, set, *epoch,
              *run, (*fields)[10] == "1", (*fields)[8] == "1"};
}

std::string safe_target(std::string_view target) {
  const bool is_path = target.size() <= kMostTargetBytes && target.starts_with('/') && !target.starts_with("//") &&
                       !target.starts_with("/\\") && std::ranges::none_of(target, [](char c) {
                         return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
                       });
  return is_path ? std::string(target) : "/";
}

}  // namespace khien::signin
