#include "accounts/service.h"
#include "accounts/store.h"
#include "base/vietnamese.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Transaction;

Error unknown_system() {
  return Error::not_found({"Không có hệ thống này trong danh sách.", "There is no such system."});
}

Result<void> require_free_code(Reader& reader, const System& system) {
  const auto taken = find_system_coded(reader, system.code);
  if (taken && *taken != system.id)
    return Failure(
        Error::conflict(Text::format("Mã hệ thống {0} đã được dùng.", "The system code {0} is taken.", system.code)));
  return {};
}

Result<void> require_owner(const people::Directory& directory, const System& system) {
  if (!system.owner.is_nil() && directory.unit(system.owner) == nullptr)
    return Failure(Error::not_found({"Không có đơn vị chủ quản này.", "The owner is no unit that is known."}));
  return {};
}

Result<policy::HoldRecord> clean_hold(policy::HoldRecord record, Instant now) {
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

}  // namespace

Result<SystemId> Accounts::add_system(const By& by, System system) {
  const Instant now = clock_.now();
  system.id = SystemId::make(random_);
  system = TRY(clean(std::move(system)));
  TRY(require_owner(*people_.snapshot(), system));
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require_free_code(tx, system));
    insert_system(tx, system, now);
    recorder_.record(tx, system_entry(by, "system.added", now, System{}, system));
    return {};
  }));
  return system.id;
}

Result<void> Accounts::correct_system(const By& by, const System& right) {
  const Instant now = clock_.now();
  const System system = TRY(clean(right));
  TRY(require_owner(*people_.snapshot(), system));
  return store_.write([&](Transaction& tx) -> Result<void> {
    const auto before = load_system(tx, system.id);
    if (!before) return Failure(unknown_system());
    if (*before == system) return {};
    TRY(require_free_code(tx, system));
    update_system(tx, system, now);
    recorder_.record(tx, system_entry(by, "system.corrected", now, *before, system));
    return {};
  });
}

Result<void> Accounts::record_hold(const By& by, const SystemId& system, policy::Kind kind, policy::HoldRecord record) {
  const Instant now = clock_.now();
  record = TRY(clean_hold(std::move(record), now));
  return store_.write([&](Transaction& tx) -> Result<void> {
    if (!load_system(tx, system)) return Failure(unknown_system());
    const auto before = load_hold(tx, system, kind);
    if (before == record) return {};
    save_hold(tx, system, kind, record, now);
    recorder_.record(tx, hold_entry(by, now, system, kind, before, record));
    return {};
  });
}

}  // namespace khien::accounts
