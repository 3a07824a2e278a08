#include "http/connections.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace khien::http {
namespace {

/// Of all places, so many are made free at once: looking for them costs more than sending them away.
constexpr std::size_t kBatches = 64;
/// Of all places, so many are kept free for the time that those who were told to go need.
constexpr std::size_t kSpare = 16;

}  // namespace

Connections::PlacePtr Connections::enter(const std::string& name, bool is_proxy, Loop& loop) {
  const std::lock_guard lock(mutex_);
  if (open_ >= bounds_.total) return nullptr;
  Peer& peer = peers_[name];
  peer.is_proxy = is_proxy;
  if (!is_proxy && peer.staying() >= bounds_.per_peer && send_away(peer, 1) == 0) return nullptr;
  auto place = std::make_shared<Place>(loop, name);
  place->at_ = peer.places.insert(peer.places.end(), place);
  ++open_;
  return place;
}

bool Connections::is_ready() {
  const std::lock_guard lock(mutex_);
  if (open_ - going_ >= bounds_.total - bounds_.total / kSpare) send_some_away();
  return open_ < bounds_.total || going_ == 0;
}

void Connections::leave(const PlacePtr& place) {
  const std::lock_guard lock(mutex_);
  const auto peer = peers_.find(place->peer_);
  if (place->going_) {
    --peer->second.going;
    --going_;
    place->going_ = false;
  }
  peer->second.places.erase(place->at_);
  if (peer->second.places.empty()) peers_.erase(peer);
  if (--open_ == 0) emptied_.notify_all();
}

void Connections::make_room() {
  const std::lock_guard lock(mutex_);
  send_some_away();
}

void Connections::send_some_away() {
  std::vector<Peer*> all;
  all.reserve(peers_.size());
  for (auto& [name, peer] : peers_) all.push_back(&peer);
  const auto has_more = [](const Peer* a, const Peer* b) {
    return a->is_proxy != b->is_proxy ? b->is_proxy : a->staying() > b->staying();
  };
  std::size_t left = std::max<std::size_t>(bounds_.total / kBatches, 1);
  const std::size_t most = std::min(left, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(), has_more);
  // Nobody loses more than half of what he has while others have as much.
  for (std::size_t i = 0; i < most && left > 0; ++i)
    left -= send_away(*all[i], std::min(left, all[i]->staying() / 2 + 1));
}

std::size_t Connections::send_away(Peer& peer, std::size_t most) {
  std::vector<std::pair<std::int64_t, const PlacePtr*>> waiting;
  for (const PlacePtr& place : peer.places)
    if (const auto since = place->waits_since_.load(); !place->going_ && since != Place::kAnswers)
      waiting.emplace_back(since, &place);
  const std::size_t count = std::min(most, waiting.size());
  std::ranges::partial_sort(waiting, waiting.begin() + static_cast<std::ptrdiff_t>(count), {},
                            &std::pair<std::int64_t, const PlacePtr*>::first);
  for (std::size_t i = 0; i < count; ++i) send_away(peer, *waiting[i].second);
  return count;
}

void Connections::send_away(Peer& peer, const PlacePtr& place) {
  place->going_ = true;
  ++peer.going;
  ++going_;
  ++sent_away_;
  asio::post(place->loop_.executor(), [this, place] {
    // On its loop: it may have got a request, or be gone, since it was chosen.
    if (place->waits_since_ == Place::kAnswers) return stays(place);
    if (place->connection != nullptr) place->connection->cut();
  });
}

void Connections::stays(const PlacePtr& place) {
  const std::lock_guard lock(mutex_);
  if (place->going_) {
    --peers_.at(place->peer_).going;
    --going_;
    --sent_away_;
  }
  place->going_ = false;
}

Connections::Figures Connections::figures() const {
  const std::lock_guard lock(mutex_);
  return {.open = open_, .sent_away = sent_away_};
}

bool Connections::wait_until_empty(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, limit, [&] { return open_ == 0; });
}

}  // namespace khien::http
