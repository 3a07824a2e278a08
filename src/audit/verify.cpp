#include "audit/verify.h"

#include "audit/state_key.h"
#include "audit/store.h"
#include "audit/verify_content.h"
#include "audit/verify_heads.h"
#include "audit/verify_tiles.h"

namespace khien::audit {
namespace {

/// Entries are read in runs of this many, so that a finding ends the reading.
constexpr std::uint64_t kRun = 4096;

/// One pass over the log. Everything that is wrong at a smaller leaf number is found first.
class Verification {
 public:
  Verification(store::Reader& reader, const VerifyOptions& options)
      : reader_(reader),
        options_(options),
        tiles_(reader),
        heads_(reader, options),
        content_(reader, options.keyring),
        tree_(read_tree(reader)) {}

  Result<Report> run() {
    wrong_ = TRY(heads_.start());
    check_heads();
    while (!wrong_ && read_run()) {
      if (options_.progress) options_.progress(frontier_.size(), tree_size());
    }
    if (!wrong_) check_end();
    return report();
  }

 private:
  [[nodiscard]] std::uint64_t tree_size() const { return tree_ ? tree_->head.size : 0; }

  /// False at the end of the entries.
  bool read_run() {
    const std::uint64_t before = frontier_.size();
    each_entry(reader_, before, UINT64_MAX, kRun, [&](const EntryRow& row) {
      if (!wrong_) check_entry(row);
    });
    return frontier_.size() != before;
  }

  void check_entry(const EntryRow& row) {
    const std::uint64_t next = frontier_.size();
    if (row.leaf != next) {
      wrong_ = row.leaf > next ? found_at(next, "mục không còn trong nhật ký", "the entry is no longer in the log")
                               : found_at(row.leaf, "số mục này có hai lần", "this leaf number is there twice");
      return;
    }
    if (next >= tree_size()) {
      wrong_ = found_at(next, "mục nằm ngoài độ dài đã ghi của nhật ký ({0} mục): đã bị chèn vào",
                        "the entry lies beyond the recorded length of the log ({0} entries): it was slipped in",
                        tree_size());
      return;
    }
    const Digest leaf = leaf_hash(bytes_of(row.bytes));
    frontier_.add(leaf, [&](unsigned level, const Digest& hash) {
      if (level % 8 == 0 && !wrong_) wrong_ = tiles_.compare(level / 8, next >> level, hash);
    });
    if (!wrong_) wrong_ = content_.check(row, leaf);
    check_heads();
  }

  void check_heads() {
    if (!wrong_ && heads_.wants(frontier_.size())) wrong_ = heads_.compare(frontier_.head());
  }

  void check_end() {
    const std::uint64_t size = frontier_.size();
    // A checkpoint says more than the tree row, which who cut the end off would have changed too.
    wrong_ = heads_.finish(size);
    if (!wrong_ && size < tree_size())
      wrong_ = found_at(size, "các mục từ đây đến {0} không còn trong nhật ký",
                        "the entries from here to {0} are no longer in the log", tree_size() - 1);
    if (!wrong_ && count_entries(reader_) != size)
      wrong_ = found_at({}, "có mục ngoài dãy số từ 0 đến {0}", "there are entries outside the numbers 0 to {0}", size);
    if (!wrong_) wrong_ = tiles_.finish(size);
    if (!wrong_) wrong_ = check_tree();
    if (!wrong_) wrong_ = check_pending();
  }

  MaybeFinding check_tree() {
    if (!tree_) return {};
    if (tree_->head != frontier_.head())
      return found_at({}, "mã băm gốc đã ghi không khớp các mục", "the recorded root is not that of the entries");
    if (options_.keyring == nullptr) return {};
    if (!StateKey(*options_.keyring).made_tree_tag(tree_->key_id, tree_->tag, tree_->generation, tree_->head))
      return found_at(heads_.newest() ? heads_.newest()->size : 0,
                      "trạng thái của nhật ký không do Khiên ghi: các mục từ đây có thể đã bị thêm từ bên ngoài",
                      "the state of the log was not written by Khiên: entries from here on may have been added from "
                      "outside");
    return {};
  }

  MaybeFinding check_pending() {
    const auto oldest = oldest_pending(reader_);
    if (!oldest || !heads_.newest() || *oldest >= heads_.newest()->signed_at) return {};
    return found_at({}, "có mục ghi lúc {0} vẫn chưa được đánh số, dù điểm kiểm tra sau đó đã ký",
                    "an entry recorded at {0} has no number yet, although a checkpoint was signed after it",
                    dmy_time(*oldest));
  }

  Report report() {
    Report out{.entries = frontier_.size(),
               .root = frontier_.root(),
               .checkpoints = heads_.checked(),
               .openings = content_.opened(),
               .erased = content_.erased(),
               .kept = heads_.kept()};
    if (out.entries != 0 && out.checkpoints == 0)
      out.notes.push_back(
          {"Nhật ký có mục nhưng không có điểm kiểm tra nào: chỉ con dấu của chính cơ sở dữ liệu nói lên "
           "điều gì; hãy tìm hiểu vì sao.",
           "The log has entries but no checkpoint: only the seal in the database itself says anything; "
           "find out why."});
    if (options_.against.empty())
      out.notes.push_back(
          {"Chưa so với điểm kiểm tra lưu ở nơi khác: nếu phần cuối nhật ký bị cắt cùng mọi điểm kiểm "
           "tra sau đó, hoặc cả cơ sở dữ liệu bị thay bằng bản cũ, lần kiểm tra này không thấy được.",
           "No checkpoint kept elsewhere was compared: an end that was cut off together with every "
           "later checkpoint, or a database exchanged for an older copy, is not seen by this check."});
    if (content_.unopened() != 0)
      out.notes.push_back(Text::format("{0} bản mở dữ liệu cá nhân chưa được mở vì không có khóa.",
                                       "{0} openings of personal facts were not opened, for want of the keys.",
                                       content_.unopened()));
    out.wrong = std::move(wrong_);
    return out;
  }

  store::Reader& reader_;
  const VerifyOptions& options_;
  Frontier frontier_;
  TileCheck tiles_;
  HeadCheck heads_;
  ContentCheck content_;
  std::optional<TreeRow> tree_;
  MaybeFinding wrong_;
};

}  // namespace

Result<Report> verify(store::Reader& reader, const VerifyOptions& options) {
  return Verification(reader, options).run();
}

Text summary_of(const Report& report) {
  if (!report.wrong)
    return Text::format("Nhật ký nguyên vẹn: {0} mục, {1} điểm kiểm tra khớp.",
                        "The log is whole: {0} entries, {1} checkpoints match.", report.entries, report.checkpoints);
  const auto& [leaf, text] = *report.wrong;
  if (!leaf) return {"Nhật ký KHÔNG nguyên vẹn: " + text.vi + ".", "The log is NOT whole: " + text.en + "."};
  const std::string number = std::to_string(*leaf);
  return {"Nhật ký KHÔNG nguyên vẹn, sai đầu tiên ở mục số " + number + ": " + text.vi + ".",
          "The log is NOT whole, first at entry number " + number + ": " + text.en + "."};
}

}  // namespace khien::audit
