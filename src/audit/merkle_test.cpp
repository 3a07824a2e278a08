#include "audit/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::audit {
namespace {

std::vector<Digest> some_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(bytes_of("entry " + std::to_string(i))));
  return leaves;
}

CompleteSubtrees subtrees_of(const std::vector<Digest>& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) -> Result<Digest> {
    return root_of(std::span(leaves).subspan(index << level, std::size_t{1} << level));
  };
}

TreeHead head_of(const std::vector<Digest>& leaves, std::size_t size) {
  return {size, root_of(std::span(leaves).first(size))};
}

/// The test vectors of the Certificate Transparency reference implementation: eight entries, the roots of each prefix.
std::vector<Digest> reference_leaves() {
  std::vector<Digest> leaves;
  for (const char* entry :
       {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
    leaves.push_back(leaf_hash(*from_hex(entry)));
  return leaves;
}

constexpr const char* kReferenceRoots[]{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(Merkle, TheEmptyTreeHasTheHashOfNothing) {
  EXPECT_EQ(hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Frontier().root(), empty_root());
  EXPECT_EQ(root_of({}), empty_root());
}

TEST(Merkle, RootsAreThoseOfTheReferenceImplementation) {
  const auto leaves = reference_leaves();
  Frontier frontier;
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    frontier.add(leaves[size - 1]);
    EXPECT_EQ(hex(root_of(std::span(leaves).first(size))), kReferenceRoots[size - 1]);
    EXPECT_EQ(hex(frontier.root()), kReferenceRoots[size - 1]);
  }
}

TEST(Merkle, ProofsAreThoseOfTheReferenceImplementation) {
  const auto leaves = reference_leaves();
  const auto subtrees = subtrees_of(leaves);
  const auto as_hex = [](const Proof& proof) {
    std::vector<std::string> out;
    for (const auto& hash : proof) out.push_back(hex(hash));
    return out;
  };
  EXPECT_EQ(as_hex(*inclusion_proof(subtrees, 5, 8)),
            (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_EQ(as_hex(*consistency_proof(subtrees, 2, 5)),
            (std::vector<std::string>{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
  EXPECT_EQ(as_hex(*consistency_proof(subtrees, 6, 8)),
            (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST(Merkle, EveryProofOfASmallTreeVerifiesAndOnlyAtItsPlace) {
  const auto leaves = some_leaves(33);
  const auto subtrees = subtrees_of(leaves);
  for (std::size_t size = 1; size <= leaves.size(); ++size)
    for (std::size_t leaf = 0; leaf < size; ++leaf) {
      const auto proof = *inclusion_proof(subtrees, leaf, size);
      for (std::size_t claimed = 0; claimed < size; ++claimed)
        EXPECT_EQ(verify_inclusion(head_of(leaves, size), claimed, leaves[leaf], proof), claimed == leaf);
      EXPECT_FALSE(verify_inclusion(head_of(leaves, size), size, leaves[leaf], proof));
    }
}

TEST(Merkle, AProofOutsideTheTreeIsRefused) {
  const auto leaves = some_leaves(3);
  EXPECT_FALSE(inclusion_proof(subtrees_of(leaves), 3, 3));
  EXPECT_FALSE(consistency_proof(subtrees_of(leaves), 3, 2));
  EXPECT_FALSE(verify_consistency(head_of(leaves, 3), head_of(leaves, 2), {}));
}

RC_GTEST_PROP(MerkleLaws, TheFrontierAndTheSubtreesGiveTheRootOfTheDefinition, ()) {
  const auto leaves = some_leaves(*rc::gen::inRange<std::size_t>(0, 600));
  Frontier frontier;
  for (const auto& leaf : leaves) frontier.add(leaf);
  RC_ASSERT(frontier.size() == leaves.size());
  RC_ASSERT(frontier.root() == root_of(leaves));
  RC_ASSERT(*root_at(subtrees_of(leaves), leaves.size()) == root_of(leaves));
}

RC_GTEST_PROP(MerkleLaws, AnInclusionProofVerifiesAndNoChangedOneDoes, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 600);
  const auto leaf = *rc::gen::inRange<std::size_t>(0, size);
  const auto leaves = some_leaves(size);
  const auto head = head_of(leaves, size);
  auto proof = *inclusion_proof(subtrees_of(leaves), leaf, size);
  RC_ASSERT(verify_inclusion(head, leaf, leaves[leaf], proof));
  RC_ASSERT(!verify_inclusion(head, leaf, leaf_hash(bytes_of("another")), proof));
  if (!proof.empty()) {
    const auto changed = *rc::gen::inRange<std::size_t>(0, proof.size());
    proof[changed][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
    RC_ASSERT(!verify_inclusion(head, leaf, leaves[leaf], proof));
    proof.pop_back();
    RC_ASSERT(!verify_inclusion(head, leaf, leaves[leaf], proof));
  }
  proof.push_back(head.root);
  RC_ASSERT(!verify_inclusion(head, leaf, leaves[leaf], proof) || proof.empty());
}

RC_GTEST_PROP(MerkleLaws, AConsistencyProofVerifiesAndNoChangedOneDoes, ()) {
  const auto newer = *rc::gen::inRange<std::size_t>(0, 600);
  const auto older = *rc::gen::inRange<std::size_t>(0, newer + 1);
  const auto leaves = some_leaves(newer);
  auto proof = *consistency_proof(subtrees_of(leaves), older, newer);
  RC_ASSERT(verify_consistency(head_of(leaves, older), head_of(leaves, newer), proof));
  auto wrong = head_of(leaves, older);
  wrong.root[7] ^= 1;
  RC_ASSERT(!verify_consistency(wrong, head_of(leaves, newer), proof));
  if (!proof.empty()) {
    proof[*rc::gen::inRange<std::size_t>(0, proof.size())][0] ^= 1;
    RC_ASSERT(!verify_consistency(head_of(leaves, older), head_of(leaves, newer), proof));
  }
  proof.push_back(Digest{});
  RC_ASSERT(!verify_consistency(head_of(leaves, older), head_of(leaves, newer), proof));
}

RC_GTEST_PROP(MerkleLaws, ATreeThatLostOrChangedAnOldLeafIsNotConsistent, ()) {
  const auto newer = *rc::gen::inRange<std::size_t>(2, 300);
  const auto older = *rc::gen::inRange<std::size_t>(1, newer);
  const auto leaves = some_leaves(newer);
  auto forged = leaves;
  forged[*rc::gen::inRange<std::size_t>(0, older)][0] ^= 1;
  const auto proof = *consistency_proof(subtrees_of(forged), older, newer);
  RC_ASSERT(!verify_consistency(head_of(leaves, older), head_of(forged, newer), proof));
}

}  // namespace
}  // namespace khien::audit
