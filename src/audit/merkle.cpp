#include "audit/merkle.h"

#include <array>
#include <bit>

namespace khien::audit {
namespace {

constexpr std::array<unsigned char, 1> kLeafPrefix{0x00};
constexpr std::array<unsigned char, 1> kNodePrefix{0x01};

/// The largest power of two below `size`; needs size ≥ 2.
std::uint64_t split_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

/// The hash over leaves [begin, end), where end - begin is at most what may still be taken as a left subtree of begin.
Result<Digest> range_hash(const CompleteSubtrees& subtrees, std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t count = end - begin;
  if (std::has_single_bit(count)) {
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    return subtrees(level, begin >> level);
  }
  const std::uint64_t split = begin + split_of(count);
  const Digest left = TRY(range_hash(subtrees, begin, split));
  return node_hash(left, TRY(range_hash(subtrees, split, end)));
}

Result<void> add_path(const CompleteSubtrees& subtrees, std::uint64_t leaf, std::uint64_t begin, std::uint64_t end,
                      Proof& proof) {
  if (end - begin == 1) return {};
  const std::uint64_t split = begin + split_of(end - begin);
  if (leaf < split) {
    TRY(add_path(subtrees, leaf, begin, split, proof));
    proof.push_back(TRY(range_hash(subtrees, split, end)));
  } else {
    TRY(add_path(subtrees, leaf, split, end, proof));
    proof.push_back(TRY(range_hash(subtrees, begin, split)));
  }
  return {};
}

/// SUBPROOF: `known` says that the subtree up to `older` is a whole one that the verifier has.
enum class Known { Yes, No };
Result<void> add_subproof(const CompleteSubtrees& subtrees, std::uint64_t older, std::uint64_t begin, std::uint64_t end,
                          Known known, Proof& proof) {
  if (older == end) {
    if (known == Known::No) proof.push_back(TRY(range_hash(subtrees, begin, end)));
    return {};
  }
  const std::uint64_t split = begin + split_of(end - begin);
  if (older <= split) {
    TRY(add_subproof(subtrees, older, begin, split, known, proof));
    proof.push_back(TRY(range_hash(subtrees, split, end)));
  } else {
    TRY(add_subproof(subtrees, older, split, end, Known::No, proof));
    proof.push_back(TRY(range_hash(subtrees, begin, split)));
  }
  return {};
}

}  // namespace

Digest leaf_hash(ByteView entry) {
  return sha256({kLeafPrefix, entry});
}

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256({kNodePrefix, left, right});
}

Digest empty_root() {
  return sha256(ByteView{});
}

Digest root_of(std::span<const Digest> leaf_hashes) {
  if (leaf_hashes.empty()) return empty_root();
  if (leaf_hashes.size() == 1) return leaf_hashes[0];
  const std::uint64_t split = split_of(leaf_hashes.size());
  return node_hash(root_of(leaf_hashes.first(split)), root_of(leaf_hashes.subspan(split)));
}

Digest Frontier::root() const {
  if (complete_.empty()) return empty_root();
  Digest hash = complete_.back();
  for (std::size_t i = complete_.size() - 1; i-- > 0;) hash = node_hash(complete_[i], hash);
  return hash;
}

Result<Digest> root_at(const CompleteSubtrees& subtrees, std::uint64_t size) {
  if (size == 0) return empty_root();
  return range_hash(subtrees, 0, size);
}

Result<Proof> inclusion_proof(const CompleteSubtrees& subtrees, std::uint64_t leaf, std::uint64_t size) {
  if (leaf >= size) return Failure(Error::internal("an inclusion proof of a leaf outside the tree"));
  Proof proof;
  TRY(add_path(subtrees, leaf, 0, size, proof));
  return proof;
}

Result<Proof> consistency_proof(const CompleteSubtrees& subtrees, std::uint64_t older, std::uint64_t newer) {
  if (older > newer) return Failure(Error::internal("a consistency proof from a larger to a smaller tree"));
  Proof proof;
  if (older != 0) TRY(add_subproof(subtrees, older, 0, newer, Known::Yes, proof));
  return proof;
}

bool verify_inclusion(const TreeHead& head, std::uint64_t leaf, const Digest& leaf_hash,
                      std::span<const Digest> proof) {
  if (leaf >= head.size) return false;
  std::uint64_t place = leaf;
  std::uint64_t last = head.size - 1;
  Digest hash = leaf_hash;
  for (const Digest& other : proof) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      hash = node_hash(other, hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, other);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == head.root;
}

bool verify_consistency(const TreeHead& older, const TreeHead& newer, std::span<const Digest> proof) {
  if (older.size > newer.size) return false;
  if (older.size == newer.size) return proof.empty() && older.root == newer.root;
  if (older.size == 0) return proof.empty() && older.root == empty_root();
  std::uint64_t place = older.size - 1;
  std::uint64_t last = newer.size - 1;
  while ((place & 1) != 0) {
    place >>= 1;
    last >>= 1;
  }
  // A power of two is itself a node of the newer tree, so that the proof does not repeat it.
  std::size_t used = 0;
  if (place != 0 && proof.empty()) return false;
  Digest old_hash = place == 0 ? older.root : proof[used++];
  Digest new_hash = old_hash;
  for (; used < proof.size(); ++used) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      old_hash = node_hash(proof[used], old_hash);
      new_hash = node_hash(proof[used], new_hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, proof[used]);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == older.root && new_hash == newer.root;
}

}  // namespace khien::audit
