#include "signin/admission.h"

#include <algorithm>

#include "people/rules.h"
#include "signin/words.h"

namespace khien::signin {

std::optional<Identity> identity_in(const View& view, const LoginId& id) {
  const credentials::Login* login = view.logins().find(id);
  if (login == nullptr) return std::nullopt;
  Identity out;
  out.login = id;
  out.person = login->holder;
  out.user_name = login->user_name;
  const auto* record = view.directory().person(login->holder);
  if (record == nullptr) return out;
  out.full_name = record->person.name;
  out.work_mail = record->person.work_mail;
  if (const auto posting = people::main_posting(view.directory(), login->holder, view.at())) {
    const people::UnitTree tree(view.directory(), view.at());
    if (const auto* version = tree.version(posting->unit)) {
      out.unit_code = version->code;
      out.unit_name = version->name;
    }
    out.position = posting->position;
  }
  for (const GroupId& group : people::groups_of(view.directory(), login->holder, view.at()))
    if (const auto* known = view.directory().group(group)) out.groups.push_back(known->code);
  return out;
}

Admission admission_in(const View& view, const LoginId& id, const SystemId& system) {
  Admission out;
  const credentials::Login* login = view.logins().find(id);
  if (login == nullptr) {
    out.refusal = {"Tên đăng nhập không còn.", "The login is gone."};
    return out;
  }
  const Standing standing = view.standing_of(*login);
  const auto words = [&](const RefusalWords& refusal) {
    const std::string vi = refusal.clauses.empty() ? "" : " (" + refusal.clauses.front().letter.vi + ")";
    const std::string en = refusal.clauses.empty() ? "" : " (" + refusal.clauses.front().letter.en + ")";
    return Text{refusal.reason.vi + vi + " " + refusal.action.vi, refusal.reason.en + en + " " + refusal.action.en};
  };
  const auto& decision = standing.decision;
  if (decision.verdict == policy::Verdict::Refused) {
    out.refusal = words(refusal_words(standing));
    out.clauses = standing.clause_ids(decision.refusal.clauses);
    return out;
  }
  const bool has_account = std::ranges::any_of(standing.accounts, [&](const accounts::Account& account) {
    return account.system == system && account.wanted == policy::LifecycleState::Active;
  });
  if (!has_account) {
    out.refusal = {"Ông/bà chưa có tài khoản trên hệ thống này. Đơn vị gửi đề nghị cấp tài khoản cho bộ phận quản trị.",
                   "You have no account in this system. Your unit asks the administrators for one."};
    return out;
  }
  for (const auto& step : decision.steps)
    if (policy::is_due(step, view.at())) {
      out.steps_owed = true;
      for (auto& clause : standing.clause_ids(step.clauses)) out.clauses.push_back(std::move(clause));
    }
  out.allowed = !out.steps_owed;
  if (out.steps_owed)
    out.refusal = {"Còn việc phải làm trước khi tiếp tục.", "Something is still owed before going on."};
  return out;
}

}  // namespace khien::signin
