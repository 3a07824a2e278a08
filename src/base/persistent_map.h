// An immutable-when-shared hash map: copying it is one pointer, changing a copy leaves every other copy as it was.
//
// A trie of 8-way branches over the hash, with small leaves. A change copies the branches on its path and one leaf,
// unless this map alone holds them: then it changes them in place, so that filling a fresh map copies nothing.
// Who owns what: a node with more than one holder is never changed. One map object belongs to one thread at a time;
// its copies may be read, changed and destroyed in other threads.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace khien {

template <class Key, class Value, class Hash = std::hash<Key>>
class PersistentMap {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// nullptr if the key is absent. Valid until this map is changed or destroyed.
  [[nodiscard]] const Value* find(const Key& key) const {
    const Node* node = root_.get();
    for (std::uint64_t rest = mixed(key); node != nullptr; rest >>= kBits) {
      if (!node->children) return node->find(key);
      node = (*node->children)[rest % kWays].get();
    }
    return nullptr;
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != nullptr; }

  void set(const Key& key, Value value) { edit(key) = std::move(value); }

  /// A map of these entries, each leaf as small as it can be: several times as fast as setting one after the other. Of
  /// a key that comes twice the later value stays.
  static PersistentMap of(std::vector<std::pair<Key, Value>> entries) {
    std::vector<Place> places;
    places.reserve(entries.size());
    for (const auto& entry : entries) places.push_back({__builtin_bitreverse64(mixed(entry.first)), places.size()});
    std::ranges::sort(places, {}, [](const Place& place) { return std::pair(place.order, place.entry); });
    PersistentMap map;
    if (!places.empty()) map.root_ = map.build(entries, places, 0);
    return map;
  }

  /// The value of the key, made by default if it is absent, to be changed before the map is next used or copied.
  Value& edit(const Key& key) {
    Link* link = &root_;
    std::uint64_t rest = mixed(key);
    for (unsigned depth = 0;; ++depth, rest >>= kBits) {
      Node& node = own(*link);
      if (!node.children) {
        if (Value* found = node.find(key)) return *found;
        if (node.entries.size() < kMostInLeaf || depth == kMostDepth) {
          ++size_;
          return node.add(key);
        }
        split(node, depth);
      }
      link = &(*node.children)[rest % kWays];
    }
  }

  /// False if the key was absent.
  bool erase(const Key& key) {
    if (!contains(key)) return false;
    erase_below(root_, key, mixed(key));
    --size_;
    return true;
  }

  /// Calls `visit(key, value)` for every entry, in no order that means anything.
  template <class Visit>
  void for_each(Visit&& visit) const {
    visit_below(root_.get(), visit);
  }

 private:
  static constexpr unsigned kBits = 3;
  static constexpr std::size_t kWays = 1U << kBits;
  static constexpr std::size_t kMostInLeaf = 16;
  static constexpr unsigned kMostDepth = 63 / kBits;  // no bits of the hash are left: the leaf takes all that collide

  /// Of an entry before it is in the map. The bits that choose a branch first come first in the order, so that what
  /// lies below one branch lies together.
  struct Place {
    std::uint64_t order;
    std::size_t entry;
  };

  struct Node;
  using Link = std::shared_ptr<Node>;

  /// A leaf, or a branch if it has children.
  struct Node {
    std::vector<std::pair<Key, Value>> entries;
    std::unique_ptr<std::array<Link, kWays>> children;

    Node() = default;
    Node(const Node& other)
        : entries(other.entries),
          children(other.children ? std::make_unique<std::array<Link, kWays>>(*other.children) : nullptr) {}
    Node& operator=(const Node&) = delete;
    ~Node() = default;

    [[nodiscard]] const Value* find(const Key& key) const {
      for (const auto& entry : entries)
        if (entry.first == key) return &entry.second;
      return nullptr;
    }
    [[nodiscard]] Value* find(const Key& key) { return const_cast<Value*>(std::as_const(*this).find(key)); }
    Value& add(const Key& key) {
      if (entries.size() == entries.capacity()) entries.reserve(entries.size() * 5 / 4 + 1);  // lean
      return entries.emplace_back(key, Value{}).second;
    }
  };

  /// std::hash may be the identity; neighbours must not share a path.
  static std::uint64_t mixed(const Key& key) {
    std::uint64_t h = Hash{}(key);
    h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9U;
    h = (h ^ (h >> 27U)) * 0x94d049bb133111ebU;
    return h ^ (h >> 31U);
  }

  /// The node behind the link, held by nobody else. The links above must have been owned first.
  static Node& own(Link& link) {
    if (!link) {
      link = std::make_shared<Node>();
    } else if (link.use_count() != 1) {
      link = std::make_shared<Node>(*link);
    } else {
      // The last other holder let go: what it read lies before what is written now.
      std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *link;
  }

  Link build(std::vector<std::pair<Key, Value>>& entries, std::span<const Place> places, unsigned depth) {
    auto node = std::make_shared<Node>();
    if (places.size() <= kMostInLeaf || depth == kMostDepth) {
      node->entries.reserve(places.size());
      for (const Place& place : places) {
        auto& [key, value] = entries[place.entry];
        if (Value* twice = node->find(key)) {
          *twice = std::move(value);
        } else {
          node->entries.emplace_back(std::move(key), std::move(value));
          ++size_;
        }
      }
      return node;
    }
    node->children = std::make_unique<std::array<Link, kWays>>();
    const auto way_of = [&](const Place& place) {
      return (__builtin_bitreverse64(place.order) >> (depth * kBits)) % kWays;
    };
    while (!places.empty()) {
      const auto way = way_of(places.front());
      const auto end = std::ranges::find_if(places, [&](const Place& place) { return way_of(place) != way; });
      const auto here = places.first(static_cast<std::size_t>(end - places.begin()));
      (*node->children)[way] = build(entries, here, depth + 1);
      places = places.subspan(here.size());
    }
    return node;
  }

  static void split(Node& node, unsigned depth) {
    node.children = std::make_unique<std::array<Link, kWays>>();
    for (auto& entry : node.entries) {
      Node& child = own((*node.children)[(mixed(entry.first) >> (depth * kBits)) % kWays]);
      child.add(entry.first) = std::move(entry.second);
    }
    node.entries = {};
  }

  static void erase_below(Link& link, const Key& key, std::uint64_t rest) {
    Node& node = own(link);
    if (node.children) {
      erase_below((*node.children)[rest % kWays], key, rest >> kBits);
      for (const Link& child : *node.children)
        if (child) return;
    } else {
      std::erase_if(node.entries, [&](const auto& entry) { return entry.first == key; });
      if (!node.entries.empty()) return;
    }
    link.reset();
  }

  template <class Visit>
  static void visit_below(const Node* node, Visit& visit) {
    if (node == nullptr) return;
    for (const auto& entry : node->entries) visit(entry.first, entry.second);
    if (node->children)
      for (const Link& child : *node->children) visit_below(child.get(), visit);
  }

  Link root_;
  std::size_t size_ = 0;
};

}  // namespace khien
