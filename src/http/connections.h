// Which connections are open, from whom, and which of them goes when there is no room for one more. Only for this
// folder.
//
// Who is kept waiting by a peer is nobody's business but ours: a connection on which no request is being answered may
// be sent away at any time, and browsers open another. So idle connections shut nobody out: when nearly all places are
// taken, those who have most lose what has waited longest.
//
// Ownership: the mutex guards the lists; a place is shared by the list and by the connection's session. Its
// `connection` belongs to the loop; `waits_since` is written there and read here.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/loop.h"

namespace khien::http {

/// The place of one connection.
class Place {
 public:
  Place(Loop& loop, std::string peer) : loop_(loop), peer_(std::move(peer)) { waits(); }

  /// From now on we wait for the peer: for its handshake, for a request, for the rest of one.
  void waits() { waits_since_ = std::chrono::steady_clock::now().time_since_epoch().count(); }
  /// From now on the peer waits for us.
  void answers() { waits_since_ = kAnswers; }

  /// On the loop only: what is cut if the place is needed; nullptr while there is nothing to cut.
  Connection* connection = nullptr;

 private:
  friend class Connections;
  static constexpr std::int64_t kAnswers = INT64_MAX;

  Loop& loop_;
  const std::string peer_;
  std::atomic<std::int64_t> waits_since_;
  bool going_ = false;  // guarded by the mutex of Connections
  std::list<std::shared_ptr<Place>>::iterator at_;
};

/// Thread-safe.
class Connections {
 public:
  struct Bounds {
    std::size_t total;     ///< with those that were told to go and have not gone yet
    std::size_t per_peer;  ///< without them
  };
  struct Figures {
    std::size_t open = 0;
    std::uint64_t sent_away = 0;
  };

  explicit Connections(Bounds bounds) : bounds_(bounds) {}

  /// Makes room if nearly all places are taken. False: those who were told to go have not gone yet, so whoever comes
  /// next should wait a moment, rather than be turned away for the haste of others.
  bool is_ready();
  /// A place for one more of the peer, perhaps at the cost of its own that has waited longest; nullptr if there is
  /// none. A proxy of ours, behind which many stand, is bound by the total only, and loses connections after all
  /// others.
  std::shared_ptr<Place> enter(const std::string& peer, bool is_proxy, Loop& loop);
  /// Once for each place, when its connection is gone.
  void leave(const std::shared_ptr<Place>& place);
  /// Descriptors ran out in spite of the bounds: makes room.
  void make_room();

  [[nodiscard]] Figures figures() const;
  bool wait_until_empty(std::chrono::milliseconds limit);

 private:
  using PlacePtr = std::shared_ptr<Place>;
  struct Peer {
    std::list<PlacePtr> places;
    std::size_t going = 0;
    bool is_proxy = false;
    [[nodiscard]] std::size_t staying() const { return places.size() - going; }
  };

  void send_some_away();
  /// Those of a peer that wait longest, at most so many.
  std::size_t send_away(Peer& peer, std::size_t most);
  void send_away(Peer& peer, const PlacePtr& place);
  void stays(const PlacePtr& place);

  const Bounds bounds_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable emptied_;
  std::unordered_map<std::string, Peer> peers_;
  std::size_t open_ = 0;
  std::size_t going_ = 0;
  std::uint64_t sent_away_ = 0;
};

}  // namespace khien::http
