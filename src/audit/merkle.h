// The Merkle tree of RFC 9162 section 2.1 (the same as RFC 6962's) over SHA-256: roots, proofs and their verification.
// Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace khien::audit {

/// What a checkpoint states: a number of leaves and the root over them.
struct TreeHead {
  std::uint64_t size = 0;
  Digest root{};
  bool operator==(const TreeHead&) const = default;
};

/// SHA-256(0x00 ‖ entry).
Digest leaf_hash(ByteView entry);
/// SHA-256(0x01 ‖ left ‖ right).
Digest node_hash(const Digest& left, const Digest& right);
/// SHA-256 of nothing: the root of the tree without leaves.
Digest empty_root();

/// The root over leaf hashes, by the definition of section 2.1.1.
Digest root_of(std::span<const Digest> leaf_hashes);

/// The tree that only grows, in memory logarithmic in its size.
class Frontier {
 public:
  Frontier() = default;
  /// From the roots of the complete subtrees, the largest first: one for each bit of `size`.
  Frontier(std::uint64_t size, std::vector<Digest> complete) : size_(size), complete_(std::move(complete)) {}

  void add(const Digest& leaf_hash) {
    add(leaf_hash, [](unsigned, const Digest&) {});
  }
  /// Calls completed(level, hash) for the leaf (level 0) and each larger subtree that it completes.
  template <class Completed>
  void add(const Digest& leaf_hash, Completed&& completed) {
    Digest hash = leaf_hash;
    unsigned level = 0;
    completed(level, hash);
    // Each complete pair on the right edge becomes one: as many as size_ has ones at its end.
    for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
      hash = node_hash(complete_.back(), hash);
      complete_.pop_back();
      completed(++level, hash);
    }
    complete_.push_back(hash);
    ++size_;
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Digest root() const;
  [[nodiscard]] TreeHead head() const { return {size_, root()}; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> complete_;
};

/// The hash of the complete subtree over leaves [index·2^level, (index+1)·2^level).
using CompleteSubtrees = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;
using Proof = std::vector<Digest>;

/// The root of the first `size` leaves.
Result<Digest> root_at(const CompleteSubtrees& subtrees, std::uint64_t size);
/// PATH(leaf, D[0:size]) of section 2.1.3.1. Needs leaf < size.
Result<Proof> inclusion_proof(const CompleteSubtrees& subtrees, std::uint64_t leaf, std::uint64_t size);
/// PROOF(older, D[0:newer]) of section 2.1.4.1. Needs older ≤ newer; empty if they are equal or `older` is 0.
Result<Proof> consistency_proof(const CompleteSubtrees& subtrees, std::uint64_t older, std::uint64_t newer);

/// Section 2.1.3.2.
bool verify_inclusion(const TreeHead& head, std::uint64_t leaf, const Digest& leaf_hash, std::span<const Digest> proof);
/// Section 2.1.4.2. Every tree is consistent with the empty one.
bool verify_consistency(const TreeHead& older, const TreeHead& newer, std::span<const Digest> proof);

}  // namespace khien::audit
