// From where each login signed in lately, kept over a restart for the limits of guessing: without it an outsider's
// flood would delay the holder at the usual place until the next sign-in there.
//
// No address is stored, only a keyed digest of its network.
#pragma once

#include <span>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "credentials/network.h"
#include "store/store.h"

namespace khien::signin {

struct RecentPlace {
  LoginId login;
  credentials::Network network;  ///< blinded: whatever the limits are asked with
  Instant at;
};

/// Puts the place in, or renews it; of one login the newest `kept` stay.
void note_place(store::Transaction& tx, const RecentPlace& place, std::size_t kept);
/// Those since that time, the newest `most` of them, oldest first.
std::vector<RecentPlace> load_places(store::Reader& reader, Instant since, std::size_t most);
/// How many went.
std::int64_t forget_places(store::Transaction& tx, Instant before);
std::int64_t erase_places(store::Transaction& tx, const LoginId& login);

std::span<const store::Migration> place_migrations();

}  // namespace khien::signin
