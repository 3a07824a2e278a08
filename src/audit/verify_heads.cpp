#include "audit/verify_heads.h"

#include <algorithm>

namespace khien::audit {
namespace {

Finding not_signed(const Text& source, const Error& error) {
  return {std::nullopt, {source.vi + ": " + error.text().vi, source.en + ": " + error.text().en}};
}

}  // namespace

Result<Checkpoint> HeadCheck::verified(std::string_view note) const {
  Result<Checkpoint> last = Failure(Error::refused({"Chưa có khóa kiểm tra nào.", "No verifier key was given."}));
  for (const auto& key : options_.keys) {
    last = verify_checkpoint(note, key);
    if (last) break;
  }
  return last;
}

Result<MaybeFinding> HeadCheck::start() {
  for (const auto& kept : options_.against) {
    TRY(parse_checkpoint(kept.note));
    const Text source = Text::format("điểm kiểm tra lưu ngoài «{0}»", "the checkpoint kept in “{0}”", kept.name);
    auto checkpoint = verified(kept.note);
    if (!checkpoint) return MaybeFinding(not_signed(source, checkpoint.error()));
    kept_.push_back({checkpoint->head, source});
  }
  std::ranges::sort(kept_, std::ranges::greater{}, [](const Expected& expected) { return expected.head.size; });
  if (auto wrong = next_stored()) return MaybeFinding(std::move(wrong));
  aim();
  return MaybeFinding();
}

MaybeFinding HeadCheck::next_stored() {
  auto row = checkpoint_after(reader_, newest_);
  stored_.reset();
  if (!row) return {};
  const Text source = Text::format("điểm kiểm tra ký lúc {0} (cỡ {1})", "the checkpoint signed at {0} (size {1})",
                                   dmy_time(row->signed_at), row->size);
  const auto checkpoint = verified(row->note);
  if (!checkpoint) return not_signed(source, checkpoint.error());
  if (checkpoint->head.size != row->size)
    return found_at({}, "{0}: nội dung đã ký ghi cỡ {1}", "{0}: what was signed says size {1}", source.vi,
                    checkpoint->head.size);
  stored_ = {checkpoint->head, source};
  newest_ = std::move(row);
  return {};
}

void HeadCheck::aim() {
  next_size_ = UINT64_MAX;
  if (stored_) next_size_ = stored_->head.size;
  if (!kept_.empty()) next_size_ = std::min(next_size_, kept_.back().head.size);
}

MaybeFinding HeadCheck::compare_one(const Expected& expected, const TreeHead& head) {
  if (expected.head.root != head.root) {
    const std::uint64_t last = head.size == 0 ? 0 : head.size - 1;
    return Finding{good_until_, Text{fmt::format("{}: trong các mục {}–{} có mục đã bị sửa, thêm, xóa hoặc đổi chỗ "
                                                 "kèm cả cây băm",
                                                 expected.source.vi, good_until_, last),
                                     fmt::format("{}: among entries {}–{} some were changed, added, removed or moved, "
                                                 "and the tree with them",
                                                 expected.source.en, good_until_, last)}};
  }
  ++checked_;
  return {};
}

MaybeFinding HeadCheck::compare(const TreeHead& head) {
  while (!kept_.empty() && kept_.back().head.size == head.size) {
    if (auto wrong = compare_one(kept_.back(), head)) return wrong;
    kept_.pop_back();
  }
  while (stored_ && stored_->head.size == head.size) {
    if (auto wrong = compare_one(*stored_, head)) return wrong;
    if (auto wrong = next_stored()) return wrong;
  }
  good_until_ = head.size;
  aim();
  return {};
}

MaybeFinding HeadCheck::finish(std::uint64_t size) {
  const Expected* missing = kept_.empty() ? nullptr : &kept_.front();
  if (stored_ && missing == nullptr) missing = &*stored_;
  if (missing == nullptr) return {};
  return Finding{size, Text{fmt::format("{}: nhật ký từng có {} mục, nay chỉ còn {}: phần cuối đã bị cắt hoặc một bản "
                                        "cũ đã được đặt lại",
                                        missing->source.vi, missing->head.size, size),
                            fmt::format("{}: the log had {} entries, now it has {}: its end was cut off, or an older "
                                        "copy was put in its place",
                                        missing->source.en, missing->head.size, size)}};
}

}  // namespace khien::audit
