#include "audit/verify_content.h"

#include "audit/openings.h"

namespace khien::audit {

ContentCheck::ContentCheck(store::Reader& reader, const store::Keyring* keyring) : reader_(reader), keyring_(keyring) {
  // Read ahead, because an erasure explains what stands before it. The bytes count, not the column; that the entry is
  // genuine is found out in its turn.
  each_erasure(reader, [&](const EntryRow& row) {
    const auto stored = decode(row.bytes);
    if (stored && stored->entry.type == kPersonErased && stored->entry.person)
      erasures_[*stored->entry.person] = row.leaf;
  });
}

MaybeFinding ContentCheck::check(const EntryRow& row, const Digest& leaf) {
  const auto stored = decode(row.bytes);
  if (!stored) return Finding{row.leaf, stored.error().text()};
  const Entry& entry = stored->entry;
  if (entry.type != row.type || entry.subject != row.subject || entry.at != row.at)
    return found_at(row.leaf, "cột loại, đối tượng hoặc thời điểm bên cạnh mục không khớp nội dung mục",
                    "the column of type, subject or time beside the entry is not what the entry says");
  for (const auto& commitment : stored->commitments) {
    const auto erasure = erasures_.find(*entry.person);
    const bool excused = erasure != erasures_.end() && erasure->second > row.leaf;
    auto wrong = excused ? check_erased(row.leaf, leaf, *entry.person, commitment)
                         : check_opening(row.leaf, leaf, *entry.person, commitment);
    if (wrong) return wrong;
  }
  return {};
}

bool ContentCheck::opens(const Digest& leaf, const PersonId& person, const Commitment& commitment) {
  const auto key = person_key(reader_, *keyring_, person);
  const auto opening = key ? read_opening(reader_, *key, leaf, commitment.name) : std::nullopt;
  return opening && commit_to(opening->salt, commitment.name, opening->value) == commitment.digest;
}

MaybeFinding ContentCheck::check_opening(std::uint64_t number, const Digest& leaf, const PersonId& person,
                                         const Commitment& commitment) {
  if (!has_opening(reader_, leaf, commitment.name))
    return found_at(number, "mất bản mở của «{0}» mà không có mục nào ghi việc xóa dữ liệu của người này",
                    "the opening of “{0}” is gone, and no entry says that the person was erased", commitment.name);
  if (keyring_ == nullptr) {
    ++unopened_;
    return {};
  }
  if (!opens(leaf, person, commitment))
    return found_at(number, "bản mở của «{0}» không mở được hoặc không khớp cam kết trong mục",
                    "the opening of “{0}” cannot be opened, or is not what the entry committed to", commitment.name);
  ++opened_;
  return {};
}

MaybeFinding ContentCheck::check_erased(std::uint64_t number, const Digest& leaf, const PersonId& person,
                                        const Commitment& commitment) {
  if (keyring_ != nullptr && opens(leaf, person, commitment))
    return found_at(number, "«{0}» vẫn mở được, dù một mục sau ghi rằng dữ liệu của người này đã bị xóa",
                    "“{0}” can still be opened, although a later entry says that the person was erased",
                    commitment.name);
  ++erased_;
  return {};
}

}  // namespace khien::audit
