// Putting a cutoff off, confirming one, letting a desk go on for a day.
#include <algorithm>

#include "app/acts.h"
#include "app/cutoffs.h"
#include "people/rules.h"

namespace khien::app {
namespace {

using directives::CutoffKey;

void add_key(Parameters& parameters, const CutoffKey& key) {
  parameters["directive"] = key.first.text();
  parameters["cutoff"] = iso(key.second);
}

Result<CutoffKey> key_of(const Parameters& parameters) {
  const auto directive = DirectiveId::parse(value_of(parameters, "directive"));
  const auto date = parse_date(value_of(parameters, "cutoff"));
  if (!directive || !date) return Failure(Error::internal("a request about a cutoff cannot be read"));
  return CutoffKey{*directive, *date};
}

people::About about_directive(Installation& opened, const DirectiveId& id) {
  const auto adopted = opened.directives().snapshot();
  const auto* found = adopted->directive(id);
  return found == nullptr ? people::About::whole() : people::About{.units = {found->adopted_by}};
}

Result<ComingCutoff> find(Installation& opened, const CutoffKey& key) {
  const auto adopted = opened.directives().snapshot();
  if (const auto* directive = adopted->directive(key.first))
    for (auto& one : cutoffs_of(opened, *adopted, *directive, opened.clock.now()))
      if (one.key == key) return std::move(one);
  return Failure(Error::not_found(Text::format("Chỉ đạo này không có mốc dừng truy cập {0}.",
                                               "This directive has no cutoff on {0}.", dmy(key.second))));
}

Line count_line(const ComingCutoff& cutoff) {
  return {Line::Kind::Note,
          Text::format("mốc {0} của {1}: {2} tên đăng nhập bị dừng nếu không ai đổi mật khẩu nữa.",
                       "the cutoff {0} of {1}: it shuts out {2} logins if nobody changes a password any more.",
                       dmy(cutoff.key.second), cutoff.code, cutoff.shut_out)};
}

std::string facts_of(Installation& opened, const CutoffKey& key) {
  const auto adopted = opened.directives().snapshot();
  const auto* directive = adopted->directive(key.first);
  std::string out = directive != nullptr && directive->until ? iso(*directive->until) : "-";
  for (const auto& delay : adopted->cutoffs().delays())
    if (delay.cutoff == key) out += delay.unit.text() + (delay.until ? iso(*delay.until) : "?");
  return out;
}

}  // namespace

people::About DelayCutoff::about(Installation& opened) const {
  return unit.is_nil() ? about_directive(opened, cutoff.first) : people::About{.units = {unit}};
}

Parameters DelayCutoff::parameters() const {
  Parameters out{{"until", iso(until)}, {"reason", reason}};
  if (!unit.is_nil()) out["unit"] = unit.text();
  add_key(out, cutoff);
  return out;
}

Result<std::unique_ptr<Act>> DelayCutoff::from_request(const Parameters& parameters) {
  auto act = std::make_unique<DelayCutoff>();
  act->cutoff = TRY(key_of(parameters));
  act->unit = UnitId::parse(value_of(parameters, "unit")).value_or(UnitId{});
  act->until = parse_instant(value_of(parameters, "until")).value_or(Instant{});
  act->reason = value_of(parameters, "reason");
  return act;
}

Result<Prospect> DelayCutoff::look(Installation& opened) const {
  const auto found = TRY(find(opened, cutoff));
  if (until <= opened.clock.now())
    return Failure(Error::invalid({"Phải lùi đến một lúc chưa tới.", "Put it off to a time that is still to come."}));
  const auto directory = opened.people().snapshot();
  const std::string where =
      unit.is_nil() ? std::string() : people::UnitTree(*directory, opened.clock.now()).path_name(unit);
  return Prospect{
      .summary = Text::format("lùi mốc dừng truy cập {0} của {1} đến {2}{3}{4}",
                              "put the cutoff {0} of {1} off to {2}{5}{4}", dmy(cutoff.second), found.code,
                              dmy_time(until), where.empty() ? "" : " cho ", where, where.empty() ? "" : " for "),
      .lines = {count_line(found), {Line::Kind::Note, {"lý do: " + reason, "reason: " + reason}}},
      .facts = facts_of(opened, cutoff),
      .affected = 0,
      .of = opened.credentials().snapshot()->all().size()};
}

Result<Lines> DelayCutoff::carry_out(Installation& opened, const people::By& by) const {
  TRY(opened.directives().delay_cutoff(by, {.cutoff = cutoff, .unit = unit, .until = until, .reason = reason}));
  return Lines{{Line::Kind::Result, Text::format("Đã lùi mốc {0} đến {1}.", "Put the cutoff {0} off to {1}.",
                                                 dmy(cutoff.second), dmy_time(until))}};
}

people::About ConfirmCutoff::about(Installation& opened) const {
  return about_directive(opened, cutoff.first);
}

Parameters ConfirmCutoff::parameters() const {
  Parameters out;
  add_key(out, cutoff);
  return out;
}

Result<std::unique_ptr<Act>> ConfirmCutoff::from_request(const Parameters& parameters) {
  auto act = std::make_unique<ConfirmCutoff>();
  act->cutoff = TRY(key_of(parameters));
  return act;
}

Result<Prospect> ConfirmCutoff::look(Installation& opened) const {
  const auto found = TRY(find(opened, cutoff));
  return Prospect{.summary = Text::format("để mốc dừng truy cập {0} của {1} có tác dụng: {2} tên đăng nhập bị dừng",
                                          "let the cutoff {0} of {1} act: it shuts out {2} logins", dmy(cutoff.second),
                                          found.code, found.shut_out),
                  .lines = {count_line(found)},
                  .facts = facts_of(opened, cutoff),
                  .affected = found.shut_out,
                  .of = opened.credentials().snapshot()->all().size()};
}

Result<Lines> ConfirmCutoff::carry_out(Installation& opened, const people::By& by) const {
  const auto found = TRY(find(opened, cutoff));
  TRY(opened.directives().confirm_cutoff(by, cutoff, static_cast<std::int64_t>(found.shut_out)));
  return Lines{
      {Line::Kind::Result, Text::format("Đã xác nhận mốc {0}: {1} tên đăng nhập bị dừng nếu không đổi.",
                                        "Confirmed the cutoff {0}: it shuts out {1} logins unless they change.",
                                        dmy(cutoff.second), found.shut_out)}};
}

people::About ContinueDesk::about(Installation& opened) const {
  if (!unit.is_nil()) return {.units = {unit}};
  const auto logins = opened.credentials().snapshot();
  const auto* found = logins->find(login);
  return found == nullptr ? people::About::whole()
                          : people::About::person(*opened.people().snapshot(), found->holder, opened.clock.now());
}

Parameters ContinueDesk::parameters() const {
  Parameters out{{"day", iso(day)}, {"reason", reason}};
  if (!unit.is_nil()) out["unit"] = unit.text();
  if (!login.is_nil()) out["login"] = login.text();
  return out;
}

Result<std::unique_ptr<Act>> ContinueDesk::from_request(const Parameters& parameters) {
  auto act = std::make_unique<ContinueDesk>();
  act->unit = UnitId::parse(value_of(parameters, "unit")).value_or(UnitId{});
  act->login = LoginId::parse(value_of(parameters, "login")).value_or(LoginId{});
  act->day = parse_date(value_of(parameters, "day")).value_or(Date{});
  act->reason = value_of(parameters, "reason");
  return act;
}

/// Those that a cutoff shuts out now and that it has not let go on before. Whose password others know is left out.
std::vector<LoginId> ContinueDesk::logins(Installation& opened) const {
  const auto view = opened.standings().view();
  const people::UnitTree tree(view->directory(), view->at());
  std::vector<LoginId> out;
  const auto take = [&](const credentials::Login& one) {
    const auto standing = view->standing_of(one);
    const auto& refusal = standing.decision.refusal;
    if (standing.decision.verdict != policy::Verdict::Refused || refusal.reason != policy::RefusalReason::Cutoff)
      return;
    if (standing.leave.continued_until && refusal.cutoff &&
        start_of(*refusal.cutoff) <= *standing.leave.continued_until)
      return;
    const auto& password = one.password;
    if (password.suspected_at && (!password.changed_at || *password.changed_at <= *password.suspected_at)) return;
    out.push_back(one.id);
  };
  if (!login.is_nil()) {
    if (const auto* one = view->logins().find(login)) take(*one);
    return out;
  }
  for (const auto& person : people::people_within(view->directory(), unit, view->at()))
    for (const auto& id : view->logins().of_holder(person))
      if (const auto* one = view->logins().find(id)) take(*one);
  std::ranges::sort(out);
  return out;
}

Result<Prospect> ContinueDesk::look(Installation& opened) const {
  if (day < date_of(opened.clock.now()) ||
      khien::add(start_of(date_of(opened.clock.now())), {.days = 2}) < start_of(day))
    return Failure(
        Error::invalid({"Chỉ cho làm việc tiếp hôm nay hoặc ngày mai.", "A desk goes on for today or tomorrow only."}));
  const auto whom = logins(opened);
  if (whom.empty())
    return Failure(Error::conflict(
        {"Không có ai bị dừng truy cập ở đây mà chưa được làm việc tiếp một lần; mật khẩu nghi lộ thì không được.",
         "Nobody here is shut out who has not gone on once already; not with a password that is suspected."}));
  return Prospect{
      .summary = Text::format("cho {0} tên đăng nhập bị dừng làm việc tiếp đến hết {1}",
                              "let {0} logins that are shut out go on until the end of {1}", whom.size(), dmy(day)),
      .lines = {{Line::Kind::Note, {"lý do: " + reason, "reason: " + reason}}},
      .facts = iso(day),
      .affected = whom.size(),
      .of = opened.credentials().snapshot()->all().size()};
}

Result<Lines> ContinueDesk::carry_out(Installation& opened, const people::By& by) const {
  const auto whom = logins(opened);
  const Instant until = khien::add(start_of(day), {.days = 1});
  TRY(opened.directives().continue_until(by, whom, until, reason));
  return Lines{{Line::Kind::Result, Text::format("{0} tên đăng nhập làm việc tiếp đến {1}; sau đó phải đổi mật khẩu.",
                                                 "{0} logins go on until {1}; then the password must be changed.",
                                                 whom.size(), dmy_time(until))}};
}

}  // namespace khien::app
