#include "audit/generation.h"

#include "audit/handover.h"
#include "audit/state_key.h"
#include "audit/store.h"

namespace khien::audit {

std::uint64_t generation(store::Reader& reader) {
  const auto tree = read_tree(reader);
  return tree ? tree->generation : 1;
}

Result<void> begin_generation(store::Transaction& tx, const store::Keyring& keyring, const store::Key& old_key,
                              std::string_view installation, std::uint64_t next, Instant now) {
  const StateKey states(keyring);
  const TreeRow tree = read_tree(tx).value_or(TreeRow{.head = TileTree().head()});
  const bool ours =
      tree.key_id.empty() ? !has_entries(tx) : states.made_tree_tag(tree.key_id, tree.tag, tree.generation, tree.head);
  if (!ours)
    return Failure(Error::refused(
        {"Trạng thái của nhật ký không do Khiên ghi.", "The state of the log was not written by Khiên."}));
  if (next <= tree.generation || next > kMostGeneration)
    return Failure(Error::refused(
        {"Thế hệ nhật ký mới phải lớn hơn thế hệ trước.", "A new generation of the log comes after the one before."}));
  const std::string from = origin_of(installation, tree.generation);
  const std::string to = origin_of(installation, next);
  const store::Key& new_key = keyring.current(store::Purpose::Log);
  append_handover(tx, tree.head.size, now, sign_handover(tree.head, now, from, old_key.bytes, to, new_key.bytes));
  write_tree(tx, {next, tree.head, new_key.id, states.tag_of_tree(new_key.id, next, tree.head)});
  return {};
}

}  // namespace khien::audit
