// Limits that stop guessing of passwords and cannot be used to shut people out.
//
// A *place* of a login is a network (IPv4 /24, IPv6 /64) or a trusted device from which it signed in lately. At its
// places a login is held back only by what happens at that very place; elsewhere four scores act together: this login
// from this network, this network over all logins (its budget grows with the number of logins that sign in from it),
// its site (IPv6 /48) over all logins, which is looser, and this login from everywhere. A score halves with time; above
// what is free each further failure doubles the delay, up to a cap. So whoever is outside those places can never delay
// anybody there.
//
// Every attempt is charged before the password is looked at (many at once gain nothing), and settled afterwards.
// Unknown logins take the same path: the caller forms the login key from the name as typed (folded), known or not, asks
// here first, then hashes with a salt derived from the name, and settles a failure.
//
// Not thread-safe: the service guards it with one lock; each call takes about a microsecond.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/random.h"
#include "base/time.h"
#include "credentials/network.h"
#include "credentials/score.h"

namespace khien::credentials {

struct GuessingOptions {
  Throttle pair{};                                                    ///< a login from a foreign network
  Throttle place{.free = 6, .longest = std::chrono::minutes{5}};      ///< a login at one of its places
  Throttle front{.free = 30, .longest = std::chrono::seconds{10}};    ///< a place that is a front server
  Throttle network{.free = 20, .longest = std::chrono::minutes{10}};  ///< a network, over all logins
  Throttle site{.free = 60, .longest = std::chrono::minutes{2}};      ///< a site (network.h), over all logins
  Throttle login{.free = 30, .longest = std::chrono::seconds{30}};    ///< a login, from foreign networks
  double free_per_login = 5;  ///< added to what a network or site has free, for each login that signs in from there
  std::chrono::hours trust{24 * 30};  ///< how long a place stays one after the last sign-in
  std::size_t places_per_login = 8;   ///< the least recent goes
  std::size_t max_places = std::size_t{1} << 18;
  std::size_t table_entries = std::size_t{1} << 16;  ///< of each table of scores; a power of two
};

struct Attempt {
  std::uint64_t login = 0;                ///< keyed digest of the folded login name, known or not
  Network network{};                      ///< where the peer is
  std::optional<std::uint64_t> device{};  ///< a trusted device of this very login, proved by its cookie
  bool front = false;                     ///< the peer is a known server (mail) in front of many users
  std::uint32_t candidate = 0;  ///< keyed digest of the password typed: a repeated wrong one (a telephone that keeps
                                ///< the old password) is charged once; 0 if not known
};

struct Verdict {
  enum class Charged : std::uint8_t { Nothing, Place, Foreign };

  std::optional<Instant> wait_until{};  ///< refused until then; nullopt: proceed, and settle the attempt
  Charged charged = Charged::Nothing;
  [[nodiscard]] bool proceed() const { return !wait_until.has_value(); }
};

enum class Outcome : std::uint8_t {
  Right,      ///< the sign-in is complete: the network, and the device if any, become places
  Wrong,      ///< it was not, or there is no such login
  Undecided,  ///< not looked at (pool busy), or right but a second factor is still owed: the charge is given back; once
              ///< the sign-in is complete, `remember` makes the place
};

class GuessingLimits {
 public:
  /// The tables are hashed with a key from `random`, so that nobody can aim at an entry.
  GuessingLimits(const GuessingOptions& options, Random& random);
  ~GuessingLimits();
  GuessingLimits(GuessingLimits&&) noexcept;
  GuessingLimits& operator=(GuessingLimits&&) noexcept;

  /// Charges the attempt if it may proceed. A refusal charges nothing.
  Verdict before_attempt(const Attempt& attempt, Instant now);
  /// Once for each attempt that proceeded, with its verdict.
  void after_attempt(const Attempt& attempt, const Verdict& verdict, Outcome outcome, Instant now);

  /// That many calls of `remember` follow; only a matter of speed.
  void expect(std::size_t places);
  /// Puts a sign-in of the past back after a restart, oldest first.
  void remember(std::uint64_t login, const Network& network, Instant signed_in);

  [[nodiscard]] std::size_t places() const;
  /// Bytes held, an upper estimate; bounded by the options.
  [[nodiscard]] std::size_t memory() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khien::credentials
