// The tables of clients, codes and signing keys; SQL of this subject is nowhere else.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/oidc/types.h"
#include "store/store.h"

namespace khien::oidc {

std::vector<Client> load_clients(store::Reader& reader);
void insert_client(store::Transaction& tx, const Client& client);
/// False if there is no such client, or it is so already.
bool set_client_disabled(store::Transaction& tx, const ClientId& client, bool disabled);
/// Its codes go with it. False if there is no such client.
bool delete_client(store::Transaction& tx, const ClientId& client);

void insert_code(store::Transaction& tx, const Code& code);
std::optional<Code> find_code(store::Reader& reader, std::string_view digest);
/// The code is used now, for the tokens with that jti. False if it has been used before: exactly one caller gets true.
bool use_code(store::Transaction& tx, std::string_view digest, std::string_view jti, Instant now);
/// The tokens issued for the code no longer count. False if that was so already, or there is no such code.
bool revoke_code(store::Transaction& tx, std::string_view digest, Instant now);
/// The code for which the access token with that jti was issued.
std::optional<Code> find_code_of_token(store::Reader& reader, std::string_view jti);
/// Codes that expired before that time go; their number.
std::int64_t delete_codes_before(store::Transaction& tx, Instant expired_before);

/// A private JWK sealed under a key of the keyring.
struct SealedKey {
  std::string kid;
  SigningAlg alg;
  std::string wrapped_by;  ///< id of the wrapping key
  std::string sealed;      ///< base64url
  Instant created_at;
  std::optional<Instant> retired_at;
};
std::vector<SealedKey> load_keys(store::Reader& reader);
void insert_key(store::Transaction& tx, const SealedKey& key);
/// The same key, sealed anew.
void reseal_key(store::Transaction& tx, const SealedKey& key);
/// All of that algorithm that are not retired yet.
void retire_keys(store::Transaction& tx, SigningAlg alg, Instant at);

}  // namespace khien::oidc
