#include "audit/verify_heads.h"

#include <algorithm>

namespace khien::audit {
namespace {

Finding not_signed(const Text& source, const Error& error) {
  return {std::nullopt, {source.vi + ": " + error.text().vi, source.en + ": " + error.text().en}};
}

}  // namespace

Result<Checkpoint> HeadCheck::verified(std::string_view note) const {
  const auto parsed = TRY(parse_checkpoint(note));
  Result<Checkpoint> last = Failure(Error::refused({"Chưa có khóa kiểm tra nào.", "No verifier key was given."}));
  for (const auto& [key, first, until, next] : trusted_) {
    // What is said of the key of this very log tells more than that the others are of another.
    auto checkpoint = verify_checkpoint(note, key);
    if (!checkpoint) {
      if (parsed.checkpoint.origin == key.name || trusted_.size() == 1) last = std::move(checkpoint);
      continue;
    }
    const std::uint64_t size = checkpoint->head.size;
    if (size >= first && size <= until) return checkpoint;
    if (size > until && next != key.name)
      last = Failure(Error::refused(Text::format(
          "nhật ký từng có {0} mục, nhưng đã được khôi phục từ bản sao lưu chỉ có {1} mục: các mục sau đó đã mất. Hãy "
          "đối chiếu mục installation.restored và hỏi ai đã khôi phục, vì sao.",
          "the log once had {0} entries, but was restored from a backup of {1}: those after them are lost. Compare the "
          "entry installation.restored, and ask who restored it and why.",
          size, until)));
    else
      last = Failure(Error::refused(Text::format(
          "ký bằng khóa đã được thay: khóa này chỉ được nói về nhật ký từ {0} đến {1} mục. Có người còn giữ khóa cũ.",
          "signed with a key that was replaced: it may speak of {0} to {1} entries only. Somebody still has the old "
          "key.",
          first, until)));
  }
  return last;
}

/// The keys that follow from those given, by the handovers that the database keeps.
MaybeFinding HeadCheck::follow_keys() {
  std::vector<Handover> handovers;
  for (const auto& note : read_handovers(reader_)) {
    auto handover = parse_handover(note);
    if (!handover) return found_at({}, "{0}", "{1}", handover.error().text().vi, handover.error().text().en);
    handovers.push_back(std::move(*handover));
  }
  trusted_ = follow_handovers(options_.keys, handovers);
  const auto is_trusted = [&](const VerifierKey& key) {
    return std::ranges::find(trusted_, key, &TrustedKey::key) != trusted_.end();
  };
  for (const auto& handover : handovers)
    if (is_trusted(handover.from))
      kept_.push_back({handover.checkpoint.head, Text{"biên bản chuyển khóa nhật ký", "the handover of the log key"}});
  return {};
}

Result<MaybeFinding> HeadCheck::start() {
  if (auto wrong = follow_keys()) return MaybeFinding(std::move(wrong));
  if (const auto odd = count_odd_checkpoints(reader_); odd != 0)
    return MaybeFinding(found_at({}, "có {0} điểm kiểm tra với cỡ hoặc thế hệ không thể có: đã bị chèn vào",
                                 "{0} checkpoints have a size or generation that cannot be: they were slipped in",
                                 odd));
  for (const auto& kept : options_.against) {
    TRY(parse_checkpoint(kept.note));
    const Text source = Text::format("điểm kiểm tra lưu ngoài «{0}»", "the checkpoint kept in “{0}”", kept.name);
    auto checkpoint = verified(kept.note);
    if (!checkpoint) return MaybeFinding(not_signed(source, checkpoint.error()));
    kept_.push_back({checkpoint->head, source, true});
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
  if (const auto at = time_of(*checkpoint); at && *at != row->signed_at)
    return found_at({}, "{0}: thời điểm đã ký là {1}", "{0}: the time that was signed is {1}", source.vi,
                    dmy_time(*at));
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
  if (expected.given) ++kept_agreed_;
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
