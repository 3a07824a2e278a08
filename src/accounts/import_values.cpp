#include "accounts/import_values.h"

#include "sheets/values.h"

namespace khien::accounts {
namespace {

using sheets::Word;

constexpr Word<AccountKind> kKinds[] = {{"ca nhan", AccountKind::Personal},
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

constexpr Word<LifecycleState> kStates[] = {
    {"dang dung", LifecycleState::Active},       {"dang hoat dong", LifecycleState::Active},
    {"hoat dong", LifecycleState::Active},       {"dang su dung", LifecycleState::Active},
    {"active", LifecycleState::Active},          {"khoa", LifecycleState::Suspended},
    {"da khoa", LifecycleState::Suspended},      {"bi khoa", LifecycleState::Suspended},
    {"tam khoa", LifecycleState::Suspended},     {"locked", LifecycleState::Suspended},
    {"suspended", LifecycleState::Suspended},    {"dong", LifecycleState::Closed},
    {"da dong", LifecycleState::Closed},         {"closed", LifecycleState::Closed},
    {"chua kich hoat", LifecycleState::Invited}, {"moi cap", LifecycleState::Invited},
    {"chua su dung", LifecycleState::Invited},   {"invited", LifecycleState::Invited}};

}  // namespace

Result<AccountKind> kind_value(const sheets::Cell& cell) {
  return sheets::word_value<AccountKind>(cell, kKinds,
                                         {"Loại tài khoản phải là: cá nhân, đơn vị, quản trị hoặc kỹ thuật.",
                                          "The kind must be: personal, unit, administrator or service."});
}

Result<LifecycleState> state_value(const sheets::Cell& cell) {
  return sheets::word_value<LifecycleState>(cell, kStates,
                                            {"Trạng thái phải là: đang dùng, khóa, đóng hoặc chưa kích hoạt.",
                                             "The state must be: active, locked, closed or invited."});
}

}  // namespace khien::accounts
