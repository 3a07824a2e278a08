#include "accounts/store.h"

namespace khien::accounts {

Register load_register(store::Reader& reader, Instant known_at) {
  Register known;
  load_systems(reader, known, known_at);
  load_accounts(reader, known);
  load_holds(reader, known, known_at);
  load_exceptions(reader, known, known_at);
  return known;
}

}  // namespace khien::accounts
