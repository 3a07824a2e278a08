// Reading the cells of a list of accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/types.h"
#include "base/result.h"

namespace khien::accounts {

/// "cá nhân", "đơn vị", "quản trị", "kỹ thuật" …; nullopt for an empty cell.
Result<std::optional<AccountKind>> read_kind(const std::string& text);
/// "đang dùng", "khóa", "đóng", "chưa kích hoạt" …; nullopt for an empty cell.
Result<std::optional<LifecycleState>> read_state(const std::string& text);
/// Separated by semicolons, commas or line breaks, without repetition.
std::vector<std::string> read_list(const std::string& text);

}  // namespace khien::accounts
