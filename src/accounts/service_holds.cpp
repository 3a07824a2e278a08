#include "accounts/service.h"
#include "accounts/store.h"
#include "base/vietnamese.h"

namespace khien::accounts {
namespace {

using policy::HoldRecord;
using policy::Kind;
using store::Reader;
using store::Transaction;

Result<HoldRecord> clean_hold(HoldRecord record, Instant now) {
  const auto letter = nfc(squeeze(record.letter));
  if (!letter || length(*letter) > 200)
    return Failure(Error::invalid({"Số công văn không hợp lệ.", "The number of the letter is not well-formed."}));
  record.letter = *letter;
  if (record.hold == policy::Hold::Enforced)
    return Failure(
        Error::refused({"\"Được thực thi\" chỉ có khi người dùng đăng nhập qua Khiên, không thể tự ghi nhận.",
                        "\"Enforced\" follows from signing in through Khiên and cannot be recorded."}));
  if (record.as_of && *record.as_of > now)
    return Failure(
        Error::invalid({"Thời điểm ghi nhận không thể ở tương lai.", "It cannot be known as of a later time."}));
  const bool needs_letter = record.hold == policy::Hold::Requested || record.hold == policy::Hold::Declared;
  if ((needs_letter && record.letter.empty()) || (record.hold != policy::Hold::Unknown && !record.as_of))
    return Failure(Error::invalid({"Cần nêu ngày, và số công văn nếu là yêu cầu hoặc cam kết.",
                                   "Give the date, and the letter's number of a request or declaration."}));
  return record;
}

Result<void> require(Reader& reader, const SystemId& id) {
  if (load_system(reader, id)) return {};
  return Failure(Error::not_found({"Không có hệ thống này trong danh sách.", "There is no such system."}));
}

Result<void> require(Reader& reader, const AccountId& id) {
  const auto account = load_account(reader, id);
  if (!account) return Failure(Error::not_found({"Không có tài khoản này.", "There is no such account."}));
  if (account->wanted == LifecycleState::Closed)
    return Failure(Error::refused({"Tài khoản đã đóng.", "The account is closed."}));
  return {};
}

/// Of a system nothing on record is the same as unknown; of an account it is the system that speaks then.
std::optional<HoldRecord> on_record(Reader& reader, const SystemId& id, Kind kind) {
  return load_hold(reader, id, kind).value_or(HoldRecord{});
}
std::optional<HoldRecord> on_record(Reader& reader, const AccountId& id, Kind kind) {
  return load_hold(reader, id, kind);
}

template <class Whose>
Result<void> record_in(Transaction& tx, audit::Recorder& recorder, const By& by, const Whose& whose, Kind kind,
                       const HoldRecord& record, Instant now) {
  TRY(require(tx, whose));
  const auto before = on_record(tx, whose, kind);
  if (before == record) return {};
  save_hold(tx, whose, kind, std::optional(record), now);
  recorder.record(tx, hold_entry(by, now, subject_of(whose), kind, before, record));
  return {};
}

}  // namespace

Result<void> Accounts::record_hold(const By& by, const SystemId& system, Kind kind, HoldRecord record) {
  const Instant now = clock_.now();
  record = TRY(clean_hold(std::move(record), now));
  return store_.write([&](Transaction& tx) { return record_in(tx, recorder_, by, system, kind, record, now); });
}

Result<void> Accounts::record_hold(const By& by, const AccountId& account, Kind kind, HoldRecord record) {
  const Instant now = clock_.now();
  record = TRY(clean_hold(std::move(record), now));
  return store_.write([&](Transaction& tx) { return record_in(tx, recorder_, by, account, kind, record, now); });
}

Result<void> Accounts::withdraw_hold(const By& by, const AccountId& account, Kind kind) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require(tx, account));
    const auto before = on_record(tx, account, kind);
    if (!before)
      return Failure(Error::not_found({"Không có ghi nhận riêng nào về biện pháp này của tài khoản.",
                                       "Nothing is on record about this control of the very account."}));
    save_hold(tx, account, kind, std::nullopt, now);
    recorder_.record(tx, hold_entry(by, now, subject_of(account), kind, before, std::nullopt));
    return {};
  });
}

}  // namespace khien::accounts
