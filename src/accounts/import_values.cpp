#include "accounts/import_values.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/vietnamese.h"
#include "people/import_values.h"

namespace khien::accounts {
namespace {

template <class Enum>
using Spelling = std::pair<std::string_view, Enum>;

constexpr Spelling<AccountKind> kKinds[] = {{"ca nhan", AccountKind::Personal},
                                            {"tac nghiep", AccountKind::Personal},
                                            {"nghiep vu", AccountKind::Personal},
                                            {"personal", AccountKind::Personal},
                                            {"don vi", AccountKind::Unit},
                                            {"co quan", AccountKind::Unit},
                                            {"dung chung", AccountKind::Unit},
                                            {"unit", AccountKind::Unit},
                                            {"quan tri", AccountKind::Administrator},
                                            {"quan tri vien", AccountKind::Administrator},
                                            {"administrator", AccountKind::Administrator},
                                            {"admin", AccountKind::Administrator},
                                            {"ky thuat", AccountKind::Service},
                                            {"dich vu", AccountKind::Service},
                                            {"he thong", AccountKind::Service},
                                            {"service", AccountKind::Service}};

constexpr Spelling<LifecycleState> kStates[] = {
    {"dang dung", LifecycleState::Active},       {"dang hoat dong", LifecycleState::Active},
    {"hoat dong", LifecycleState::Active},       {"dang su dung", LifecycleState::Active},
    {"active", LifecycleState::Active},          {"khoa", LifecycleState::Suspended},
    {"da khoa", LifecycleState::Suspended},      {"bi khoa", LifecycleState::Suspended},
    {"tam khoa", LifecycleState::Suspended},     {"locked", LifecycleState::Suspended},
    {"suspended", LifecycleState::Suspended},    {"dong", LifecycleState::Closed},
    {"da dong", LifecycleState::Closed},         {"closed", LifecycleState::Closed},
    {"chua kich hoat", LifecycleState::Invited}, {"moi cap", LifecycleState::Invited},
    {"chua su dung", LifecycleState::Invited},   {"invited", LifecycleState::Invited}};

template <class Enum>
std::optional<Enum> find_spelling(std::span<const Spelling<Enum>> spellings, const std::string& text) {
  const std::string folded = fold(squeeze(text));
  const auto found = std::ranges::find(spellings, folded, &Spelling<Enum>::first);
  return found == spellings.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Result<std::optional<AccountKind>> read_kind(const std::string& text) {
  if (squeeze(text).empty()) return std::nullopt;
  if (const auto kind = find_spelling<AccountKind>(kKinds, text)) return kind;
  return Failure(Error::invalid({"Loại tài khoản phải là: cá nhân, đơn vị, quản trị hoặc kỹ thuật.",
                                 "The kind must be: personal, unit, administrator or service."}));
}

Result<std::optional<LifecycleState>> read_state(const std::string& text) {
  if (squeeze(text).empty()) return std::nullopt;
  if (const auto state = find_spelling<LifecycleState>(kStates, text)) return state;
  return Failure(Error::invalid({"Trạng thái phải là: đang dùng, khóa, đóng hoặc chưa kích hoạt.",
                                 "The state must be: active, locked, closed or invited."}));
}

std::vector<std::string> read_list(const std::string& text) {
  std::string one_line = text;
  std::ranges::replace(one_line, '\n', ';');
  return people::read_codes(one_line);
}

}  // namespace khien::accounts
