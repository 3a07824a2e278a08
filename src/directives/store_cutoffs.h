// Tables of what is on record about cutoffs.
#pragma once

#include "directives/cutoffs.h"
#include "store/store.h"

namespace khien::directives {

/// Delays as they were known at that time, oldest first; Instant::max() is now.
std::vector<CutoffDelay> load_delays(store::Reader& reader, Instant known_at = Instant::max());
/// The one of that cutoff and unit, if any, is believed no more.
void save_delay(store::Transaction& transaction, const CutoffDelay& delay, Instant now);
/// Those of the cutoff that wait for confirmation end.
void end_waiting(store::Transaction& transaction, const CutoffKey& cutoff, Instant now);

std::map<CutoffKey, std::int64_t> load_confirmed(store::Reader& reader);
void save_confirmed(store::Transaction& transaction, const CutoffKey& cutoff, std::int64_t shown, Instant now);

void each_leave(store::Reader& reader, const std::function<void(const LoginId&, const policy::CutoffLeave&)>& callback);
policy::CutoffLeave load_leave(store::Reader& reader, const LoginId& login);
void save_leave(store::Transaction& transaction, const LoginId& login, const policy::CutoffLeave& leave);

}  // namespace khien::directives
