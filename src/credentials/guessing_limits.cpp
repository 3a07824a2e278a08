#include "credentials/guessing_limits.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "credentials/places.h"

namespace khien::credentials {

struct GuessingLimits::State {
  State(const GuessingOptions& chosen, Random& random)
      : options(chosen),
        places({chosen.trust, chosen.places_per_login, chosen.max_places}),
        pairs(chosen.table_entries, chosen.pair),
        networks(chosen.table_entries, chosen.network),
        sites(chosen.table_entries, chosen.site),
        logins(chosen.table_entries, chosen.login) {
    random.fill(key);
  }

  [[nodiscard]] std::uint64_t keyed(std::span<const unsigned char> bytes) const {
    std::uint64_t out = 0;
    crypto_shorthash(reinterpret_cast<unsigned char*>(&out), bytes.data(), bytes.size(), key.data());
    return out == 0 ? 1 : out;  // 0 marks an empty entry
  }
  /// A sort of key, then up to 24 bytes.
  [[nodiscard]] std::uint64_t keyed(char sort, const Network* network, std::uint64_t number) const {
    std::array<unsigned char, 25> bytes{};
    bytes[0] = static_cast<unsigned char>(sort);
    if (network != nullptr) std::memcpy(bytes.data() + 1, network->bytes.data(), network->bytes.size());
    std::memcpy(bytes.data() + 17, &number, sizeof number);
    return keyed(bytes);
  }

  [[nodiscard]] std::uint64_t network_key(const Network& network) const { return keyed('n', &network, 0); }
  [[nodiscard]] std::uint64_t site_key(const Network& network) const {
    const Network site = site_of(network);
    return keyed('s', &site, 0);
  }
  [[nodiscard]] std::uint64_t login_key(std::uint64_t login) const { return keyed('l', nullptr, login); }
  [[nodiscard]] std::uint64_t pair_key(const Attempt& attempt) const {
    return keyed('p', &attempt.network, attempt.login);
  }
  [[nodiscard]] std::uint64_t device_key(std::uint64_t device) const { return keyed('d', nullptr, device); }

  /// The score of the place where the attempt is made; nullptr if it is a foreign one.
  Score* place_of(const Attempt& attempt, Instant now) {
    const std::uint64_t login = login_key(attempt.login);
    if (attempt.device) {
      // The cookie proves the device even after a restart: it is a place at once.
      const std::uint64_t device = device_key(*attempt.device);
      Score* const known = places.find(login, device, now);
      return known != nullptr ? known : &places.renew(login, device, 0, now, {});
    }
    return places.find(login, network_key(attempt.network), now);
  }

  [[nodiscard]] const Throttle& throttle_of_place(const Attempt& attempt) const {
    return attempt.front && !attempt.device ? options.front : options.place;
  }

  [[nodiscard]] double budget(std::uint64_t network_or_site) const {
    return options.free_per_login * static_cast<double>(places.logins_at(network_or_site));
  }

  Verdict judge_foreign(const Attempt& attempt, Instant now);
  void settle_foreign(const Attempt& attempt, Outcome outcome, Instant now);

  GuessingOptions options;
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key{};
  Places places;
  ScoreTable pairs;
  ScoreTable networks;
  ScoreTable sites;
  ScoreTable logins;
};

namespace {

bool is_repeat(const Score& score, const Attempt& attempt) {
  return attempt.candidate != 0 && score.candidate == attempt.candidate;
}

}  // namespace

Verdict GuessingLimits::State::judge_foreign(const Attempt& attempt, Instant now) {
  const std::uint64_t pair_at = pair_key(attempt);
  const std::uint64_t network_at = network_key(attempt.network);
  const std::uint64_t site_at = site_key(attempt.network);
  const std::uint64_t login_at = login_key(attempt.login);
  Instant next = now;
  const Score* const pair = pairs.find(pair_at);
  if (pair != nullptr) next = std::max(next, pair->next(options.pair));
  if (const Score* const score = networks.find(network_at); score != nullptr)
    next = std::max(next, score->next(options.network, budget(network_at)));
  if (const Score* const score = sites.find(site_at); score != nullptr)
    next = std::max(next, score->next(options.site, budget(site_at)));
  if (const Score* const score = logins.find(login_at); score != nullptr)
    next = std::max(next, score->next(options.login));
  if (next > now) return {.wait_until = next};
  if (pair != nullptr && is_repeat(*pair, attempt)) return {};
  pairs.at(pair_at, now).charge(now, options.pair);
  networks.at(network_at, now).charge(now, options.network);
  sites.at(site_at, now).charge(now, options.site);
  logins.at(login_at, now).charge(now, options.login);
  return {.charged = Verdict::Charged::Foreign};
}

void GuessingLimits::State::settle_foreign(const Attempt& attempt, Outcome outcome, Instant now) {
  Score* const pair = pairs.find(pair_key(attempt));
  if (outcome == Outcome::Wrong) {
    if (pair != nullptr) pair->candidate = attempt.candidate;
    return;
  }
  // Only what this attempt was charged: one's own sign-ins must not wipe out failures at others' logins.
  if (pair != nullptr) pair->give_back(now, options.pair);
  if (Score* const score = networks.find(network_key(attempt.network)); score != nullptr)
    score->give_back(now, options.network);
  if (Score* const score = sites.find(site_key(attempt.network)); score != nullptr) score->give_back(now, options.site);
  if (Score* const score = logins.find(login_key(attempt.login)); score != nullptr)
    score->give_back(now, options.login);
}

GuessingLimits::GuessingLimits(const GuessingOptions& options, Random& random)
    : state_(std::make_unique<State>(options, random)) {}
GuessingLimits::~GuessingLimits() = default;
GuessingLimits::GuessingLimits(GuessingLimits&&) noexcept = default;
GuessingLimits& GuessingLimits::operator=(GuessingLimits&&) noexcept = default;

Verdict GuessingLimits::before_attempt(const Attempt& attempt, Instant now) {
  Score* const place = state_->place_of(attempt, now);
  if (place == nullptr) return state_->judge_foreign(attempt, now);
  const Throttle& throttle = state_->throttle_of_place(attempt);
  const Instant next = place->next(throttle);
  if (next > now) return {.wait_until = next};
  if (is_repeat(*place, attempt)) return {};
  place->charge(now, throttle);
  return {.charged = Verdict::Charged::Place};
}

void GuessingLimits::after_attempt(const Attempt& attempt, const Verdict& verdict, Outcome outcome, Instant now) {
  if (!verdict.proceed()) return;
  if (verdict.charged == Verdict::Charged::Foreign) {
    state_->settle_foreign(attempt, outcome, now);
  } else if (verdict.charged == Verdict::Charged::Place) {
    Score* const place = state_->place_of(attempt, now);
    if (place != nullptr && outcome == Outcome::Wrong) place->candidate = attempt.candidate;
    if (place != nullptr && outcome != Outcome::Wrong) place->give_back(now, state_->throttle_of_place(attempt));
  }
  if (outcome != Outcome::Right) return;
  const std::uint64_t login = state_->login_key(attempt.login);
  // What failed here before it was a place still counts at the place.
  const Score* const pair = state_->pairs.find(state_->pair_key(attempt));
  state_->places.renew(login, state_->network_key(attempt.network), state_->site_key(attempt.network), now,
                       pair != nullptr ? *pair : Score{});
  if (attempt.device) state_->places.renew(login, state_->device_key(*attempt.device), 0, now, {});
}

void GuessingLimits::expect(std::size_t places) {
  state_->places.expect(places);
}

void GuessingLimits::remember(std::uint64_t login, const Network& network, Instant signed_in) {
  state_->places.renew(state_->login_key(login), state_->network_key(network), state_->site_key(network), signed_in,
                       {});
}

std::size_t GuessingLimits::places() const {
  return state_->places.size();
}

std::size_t GuessingLimits::memory() const {
  return state_->places.memory() + state_->pairs.memory() + state_->networks.memory() + state_->sites.memory() +
         state_->logins.memory();
}

}  // namespace khien::credentials
