#include "signin/password_check.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "base/digest.h"
#include "credentials/network.h"

namespace khien::signin {
namespace {

std::uint64_t first_bytes(const Digest& digest) {
  std::uint64_t value = 0;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

}  // namespace

PasswordCheck::PasswordCheck(store::Store& store, const store::Keyring& keys, credentials::Credentials& credentials,
                             const Clock& clock, Random& random)
    : store_(store),
      keys_(keys),
      credentials_(credentials),
      clock_(clock),
      steady_(clock),
      devices_(keys, clock, random, options_.trust),
      limits_(options_, random) {}

Result<void> PasswordCheck::load() {
  const Instant now = clock_.now();
  const auto places = TRY(store_.read([&](store::Reader& reader) -> Result<std::vector<RecentPlace>> {
    return load_places(reader, now - options_.trust, options_.max_places);
  }));
  const auto logins = credentials_.snapshot();
  const std::lock_guard lock(mutex_);
  std::unordered_map<LoginId, std::uint64_t> keys;  // a login has several places, and a digest costs more than a look
  keys.reserve(places.size() / 2);
  limits_.expect(places.size());
  for (const RecentPlace& place : places) {
    const auto* login = logins->find(place.login);
    if (login == nullptr) continue;
    const auto [key, is_new] = keys.try_emplace(place.login);
    if (is_new) key->second = name_key(login->user_name);
    limits_.remember(key->second, place.network, std::min(place.at, now));
  }
  return {};
}

std::uint64_t PasswordCheck::source_of(const std::string& address) const {
  const auto network = credentials::network_of(address);
  if (!network) return 0;
  return first_bytes(keyed_digest(keys_.current(store::Purpose::Session).bytes,
                                  {bytes_of("source"), credentials::site_of(*network).bytes}));
}

std::uint64_t PasswordCheck::name_key(const std::string& name) const {
  return first_bytes(
      keyed_digest(keys_.current(store::Purpose::Session).bytes, {bytes_of("login name"), bytes_of(name)}));
}

credentials::Network PasswordCheck::blinded(const std::string& address) const {
  // The limits only compare networks and their sites; so nothing that is kept of them needs to be one.
  const auto network = credentials::network_of(address).value_or(credentials::Network{});
  const Secret& key = keys_.current(store::Purpose::Session).bytes;
  const Digest site = keyed_digest(key, {bytes_of("site"), credentials::site_of(network).bytes});
  const Digest digest = keyed_digest(key, {bytes_of("network"), network.bytes});
  credentials::Network out;
  std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
  std::copy_n(site.begin(), credentials::kSiteBytes, out.bytes.begin());
  return out;
}

credentials::Attempt PasswordCheck::attempt_of(const std::string& name, const credentials::Login* login,
                                               const Secret& password, const From& from) const {
  const Secret& key = keys_.current(store::Purpose::Session).bytes;
  credentials::Attempt attempt;
  attempt.login = name_key(name);
  attempt.network = blinded(from.address);
  if (const auto device = devices_.of(login, from.device))
    attempt.device = first_bytes(keyed_digest(key, {bytes_of("device"), device->id.bytes}));
  attempt.candidate = static_cast<std::uint32_t>(
      first_bytes(keyed_digest(key, {bytes_of("candidate"), bytes_of(name), password.bytes()})) | 1U);
  return attempt;
}

bool PasswordCheck::is_trusted(const std::string& user_name, const From& from) const {
  const auto logins = credentials_.snapshot();
  const auto* login = logins->named(credentials::look_up_form(user_name));
  return devices_.of(login, from.device).has_value();
}

Result<Proof> PasswordCheck::prove(const std::string& user_name, const Secret& password, const From& from) {
  const std::string name = credentials::look_up_form(user_name);
  const auto logins = credentials_.snapshot();
  const credentials::Login* login = logins->named(name);
  const auto attempt = attempt_of(name, login, password, from);
  credentials::Verdict verdict;
  {
    const std::lock_guard lock(mutex_);
    verdict = limits_.before_attempt(attempt, steady_.now());
  }
  if (!verdict.proceed()) {
    Proof out;
    out.wait_until = clock_.now() + (*verdict.wait_until - steady_.now());
    return out;
  }
  const auto settle = [&](credentials::Outcome outcome) {
    const std::lock_guard lock(mutex_);
    limits_.after_attempt(attempt, verdict, outcome, steady_.now());
  };
  auto right = credentials_.check(login, name, password, source_of(from.address));
  if (!right) {
    settle(credentials::Outcome::Undecided);
    return Failure(std::move(right).error());
  }
  settle(*right ? credentials::Outcome::Right : credentials::Outcome::Wrong);
  Proof out;
  if (*right) out.login = *login;
  return out;
}

void PasswordCheck::note_place(store::Transaction& tx, const LoginId& login, const std::string& address,
                               Instant at) const {
  signin::note_place(tx, {login, blinded(address), at}, options_.places_per_login);
}

Result<void> PasswordCheck::forget_old_places() {
  const Instant before = clock_.now() - options_.trust;
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    forget_places(tx, before);
    return {};
  });
}

}  // namespace khien::signin
