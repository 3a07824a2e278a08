#include "audit/prove.h"

#include <fmt/format.h>

#include "audit/checkpoint.h"
#include "audit/encode.h"
#include "audit/store.h"
#include "audit/stored_tiles.h"
#include "base/json_text.h"

namespace khien::audit {
namespace {

std::string list_of(const Proof& proof) {
  std::string out = "[";
  for (const auto& hash : proof) {
    if (out.size() > 1) out += ',';
    out += '"' + base64(hash) + '"';
  }
  return out + "]";
}

std::string json_of(const TreeHead& head) {
  return fmt::format(R"({{"size":{},"root":"{}"}})", head.size, base64(head.root));
}

}  // namespace

Result<std::string> inclusion_json(store::Reader& reader, std::uint64_t leaf) {
  std::optional<std::string> bytes;
  if (leaf < INT64_MAX)
    each_entry(reader, leaf, leaf + 1, 1, [&](const EntryRow& row) { bytes = std::string(row.bytes); });
  if (!bytes)
    return Failure(
        Error::not_found(Text::format("Nhật ký không có mục số {0}.", "The log has no entry number {0}.", leaf)));
  const auto checkpoint = checkpoint_covering(reader, leaf);
  if (!checkpoint)
    return Failure(
        Error::conflict({"Chưa có điểm kiểm tra nào bao gồm mục này; xin thử lại sau vài giây khi máy chủ đang chạy.",
                         "No checkpoint covers this entry yet; try again in some seconds while the server runs."}));
  const Proof proof = TRY(inclusion_proof(subtrees_in(reader), leaf, checkpoint->size));
  return fmt::format(R"({{"kind":"inclusion","leaf":{},"entry":"{}","leaf_hash":"{}","proof":{},"checkpoint":{}}})",
                     leaf, base64(bytes_of(*bytes)), base64(leaf_hash(bytes_of(*bytes))), list_of(proof),
                     json_text(checkpoint->note));
}

Result<std::string> consistency_json(store::Reader& reader, std::uint64_t older, std::uint64_t newer) {
  const auto tree = read_tree(reader);
  const std::uint64_t size = tree ? tree->head.size : 0;
  if (older > newer || newer > size)
    return Failure(Error::invalid(Text::format("Cần cỡ cũ ≤ cỡ mới ≤ {0}, là số mục hiện có.",
                                               "Wanted: older size ≤ newer size ≤ {0}, the number of entries.", size)));
  const auto subtrees = subtrees_in(reader);
  const TreeHead old_head{older, TRY(root_at(subtrees, older))};
  const TreeHead new_head{newer, TRY(root_at(subtrees, newer))};
  const Proof proof = TRY(consistency_proof(subtrees, older, newer));
  const auto checkpoint = newer == 0 ? std::nullopt : checkpoint_covering(reader, newer - 1);
  const std::string note = checkpoint && checkpoint->size == newer ? json_text(checkpoint->note) : "null";
  return fmt::format(R"({{"kind":"consistency","older":{},"newer":{},"proof":{},"checkpoint":{}}})", json_of(old_head),
                     json_of(new_head), list_of(proof), note);
}

}  // namespace khien::audit
