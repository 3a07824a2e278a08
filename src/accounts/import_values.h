// What the cells of a list of accounts mean, beside what sheets/values.h reads.
#pragma once

#include "accounts/types.h"
#include "base/result.h"
#include "sheets/types.h"

namespace khien::accounts {

/// "cá nhân", "đơn vị", "quản trị", "kỹ thuật" …
Result<AccountKind> kind_value(const sheets::Cell& cell);
/// "đang dùng", "khóa", "đóng", "chưa kích hoạt" …
Result<LifecycleState> state_value(const sheets::Cell& cell);

}  // namespace khien::accounts
